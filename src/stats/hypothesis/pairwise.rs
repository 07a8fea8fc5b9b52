//! All pairs of group means compared, the chance of any false difference held at once.
//!
//! Sources: J. Tukey, "The problem of multiple comparisons" (1953), with C. Kramer's form for
//! unequal sizes (Biometrics 12, 1956); P. Games and J. Howell (Journal of Educational Statistics
//! 1, 1976); NIST/SEMATECH e-Handbook, 7.4.7.1.

use super::anova::moments;
use super::sample::Sample;
use super::t_test::satterthwaite;
use crate::stats::special::studentized_range;
use crate::stats::summary::sum::sum;
use crate::stats::{Bounds, Unestimable};

/// Two groups' means compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Place of the group subtracted, from 0.
    pub first: usize,
    /// Place of the group it is subtracted from.
    pub second: usize,
    /// Mean of `second` less mean of `first`, in the unit of the values.
    pub difference: f64,
    /// Simultaneous interval of the difference.
    pub bounds: Bounds,
    /// |difference| over its standard error by √2: compared with the studentized range.
    pub q: f64,
    /// Degrees of freedom of the standard error.
    pub df: f64,
    /// P-value adjusted for all pairs.
    pub p_value: f64,
}

/// Tukey's honestly significant differences (Tukey–Kramer): one pooled variance.
///
/// q = |x̄ⱼ − x̄ᵢ| / √(MSₑ/2 (1/nᵢ + 1/nⱼ)), N − k degrees of freedom. Pairs are ordered by `first`,
/// then `second`.
///
/// # Errors
/// Fewer than two groups or more than 1000, an empty group, no more values than groups, no spread
/// within any group, values that are no numbers, or a level outside (0, 1).
pub fn tukey(groups: &[&[f64]], level: f64) -> Result<Vec<Pair>, Unestimable> {
    let moments = moments(groups, 1)?;
    let df = sum(moments.iter().map(Sample::df));
    let squares = sum(moments.iter().map(|m| m.squares));
    if df < 1.0 {
        let got = groups.iter().map(|g| g.len()).sum();
        return Err(Unestimable::TooFew { needed: groups.len() + 1, got });
    }
    let variance = squares / df;
    let reach = reach(level, groups.len(), df)?;
    pairs(&moments, |a, b| (variance * (1.0 / a.n + 1.0 / b.n), df), |_| Ok(reach))
}

/// Games and Howell's comparison: each pair with its own variances and Satterthwaite's degrees of
/// freedom. To be preferred when the groups do not vary alike.
///
/// # Errors
/// As [`tukey`], and a group with fewer than two values; two groups without spread.
pub fn games_howell(groups: &[&[f64]], level: f64) -> Result<Vec<Pair>, Unestimable> {
    let moments = moments(groups, 2)?;
    let error = |a: &Sample, b: &Sample| {
        let (va, vb) = (a.variance() / a.n, b.variance() / b.n);
        (va + vb, satterthwaite(va, a.df(), vb, b.df()))
    };
    pairs(&moments, error, |df| reach(level, groups.len(), df))
}

/// The studentized range that the largest difference passes with the chance 1 − `level`.
fn reach(level: f64, groups: usize, df: f64) -> Result<f64, Unestimable> {
    let refused = Unestimable::Outside("no studentized range for this level and so many groups");
    studentized_range::upper_quantile(1.0 - level, groups, df).ok_or(refused)
}

/// Every pair, given the squared standard error and degrees of freedom of its difference.
fn pairs(
    moments: &[Sample],
    error: impl Fn(&Sample, &Sample) -> (f64, f64),
    reach: impl Fn(f64) -> Result<f64, Unestimable>,
) -> Result<Vec<Pair>, Unestimable> {
    let mut out = Vec::with_capacity(moments.len() * moments.len().saturating_sub(1) / 2);
    for (first, a) in moments.iter().enumerate() {
        for (second, b) in moments.iter().enumerate().skip(first + 1) {
            let (variance, df) = error(a, b);
            if variance <= 0.0 {
                return Err(Unestimable::Constant);
            }
            let (scale, difference) = ((variance / 2.0).sqrt(), b.mean - a.mean);
            let q = difference.abs() / scale;
            let refused = Unestimable::Outside("too few degrees of freedom");
            let p_value = studentized_range::upper(q, moments.len(), df).ok_or(refused)?;
            let half = reach(df)? * scale;
            let bounds = Bounds { low: difference - half, high: difference + half };
            out.push(Pair { first, second, difference, bounds, q, df, p_value });
        }
    }
    Ok(out)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{games_howell, tukey};
    use crate::stats::hypothesis::t_test::{self, Question};

    /// NIST/SEMATECH e-Handbook 7.4.7.1: 1.13 < μ₃ − μ₁ < 5.31, 0.29 < μ₂ − μ₁ < 4.47.
    #[test]
    fn the_handbooks_intervals() {
        let groups: [&[f64]; 4] = [
            &[6.9, 5.4, 5.8, 4.6, 4.0],
            &[8.3, 6.8, 7.8, 9.2, 6.5],
            &[8.0, 10.5, 8.1, 6.9, 9.3],
            &[5.8, 3.8, 6.1, 5.6, 6.2],
        ];
        let pairs = tukey(&groups, 0.95).unwrap();
        assert_eq!(pairs.len(), 6);
        for (pair, (low, high)) in pairs.iter().zip([(0.29, 4.47), (1.13, 5.31)]) {
            assert!((pair.bounds.low - low).abs() < 0.01 && (pair.bounds.high - high).abs() < 0.01);
        }
        for pair in pairs.iter().chain(&games_howell(&groups, 0.95).unwrap()) {
            let covers = pair.bounds.low < 0.0 && pair.bounds.high > 0.0;
            assert_eq!(covers, pair.p_value > 0.05);
        }
    }

    /// With two groups there is one pair, and it is a t test.
    #[test]
    fn two_groups_are_a_t_test() {
        let (a, b) = ([1.0, 2.0, 4.0], [3.0, 5.0, 6.0, 9.0]);
        let t = t_test::pooled(&b, &a, Question::default()).unwrap();
        let pair = tukey(&[&a, &b], 0.95).unwrap()[0];
        assert!((pair.p_value / t.p_value - 1.0).abs() < 1e-9);
        assert!((pair.bounds.high - t.high.unwrap()).abs() < 1e-8);
        let t = t_test::welch(&b, &a, Question::default()).unwrap();
        let pair = games_howell(&[&a, &b], 0.95).unwrap()[0];
        assert!((pair.p_value / t.p_value - 1.0).abs() < 1e-9);
    }

    #[test]
    fn what_cannot_be_compared_says_why() {
        assert!(tukey(&[&[1.0], &[2.0]], 0.95).is_err());
        assert!(tukey(&[&[1.0, 1.0], &[2.0, 2.0]], 0.95).is_err());
        assert!(games_howell(&[&[1.0, 2.0], &[2.0]], 0.95).is_err());
        assert!(tukey(&[&[1.0, 2.0], &[2.0, 4.0]], 1.0).is_err());
    }
}
