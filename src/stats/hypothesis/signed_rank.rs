//! Wilcoxon's signed rank test of differences, the sign test, and the median difference.
//!
//! Sources: F. Wilcoxon (Biometrics Bulletin 1, 1945); M. Hollander and D. Wolfe, Nonparametric
//! Statistical Methods (1973), ch. 3; J. Tukey for the means of two values (Walsh averages).

use super::alternative::{Alternative, p_of_z};
use super::exact::binomial_two_sided;
use super::mann_whitney::Shift;
use super::ordered::walsh_averages;
use super::rank_sum::{first_beyond, sign_ways, whole};
use super::ranks::Ranks;
use super::t_test::{enough, finite};
use crate::stats::special::normal;
use crate::stats::summary::sum::sum;
use crate::stats::{Unestimable, count};

/// A signed rank test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignedRank {
    /// V: the sum of the ranks of the positive differences.
    pub v: f64,
    /// Differences other than zero; zeros are set aside, as Wilcoxon did.
    pub n: usize,
    /// Differences of zero.
    pub zeros: usize,
    /// Whether any two differences are equally large.
    pub tied: bool,
    /// P-value over all ways to give signs to the ranks; absent where there are too many.
    pub exact: Option<f64>,
    /// P-value by the normal distribution, with ½ taken off the distance from the mean and the
    /// variance corrected for ties.
    pub continuity: f64,
    /// The same without the ½.
    pub no_continuity: f64,
}

impl SignedRank {
    /// The exact p-value where it could be counted, else the normal one with continuity.
    #[must_use]
    pub fn p_value(&self) -> f64 {
        self.exact.unwrap_or(self.continuity)
    }
}

/// Whether `differences` lie about zero. For pairs, pass first − second.
///
/// # Errors
/// No difference other than zero, or values that are no numbers.
pub fn signed_rank(
    differences: &[f64],
    alternative: Alternative,
) -> Result<SignedRank, Unestimable> {
    finite(differences)?;
    let kept: Vec<f64> = differences.iter().copied().filter(|d| *d != 0.0).collect();
    enough(&kept, 1)?;
    let all = Ranks::of(&kept.iter().map(|d| d.abs()).collect::<Vec<_>>());
    let v = sum(kept.iter().zip(&all.ranks).filter(|(d, _)| **d > 0.0).map(|(_, rank)| *rank));
    let n = count(kept.len());
    let variance = n * (n + 1.0) * (2.0 * n + 1.0) / 24.0 - all.ties / 48.0;
    let distance = v - n * (n + 1.0) / 4.0;
    let toward = alternative.continuity(distance);
    let p = |distance: f64| p_of_z(distance / variance.sqrt(), alternative);
    Ok(SignedRank {
        v,
        n: kept.len(),
        zeros: differences.len() - kept.len(),
        tied: all.ties > 0.0,
        exact: exact(&all.ranks, v, alternative),
        continuity: p(distance - toward),
        no_continuity: p(distance),
    })
}

/// The distribution of V over all signs is symmetric, ties or not.
fn exact(ranks: &[f64], v: f64, alternative: Alternative) -> Option<f64> {
    let doubled: Vec<usize> = ranks.iter().map(|rank| whole(2.0 * rank)).collect();
    let ways = sign_ways(&doubled)?;
    let seen = whole(2.0 * v);
    let all: f64 = ways.iter().sum();
    let lower: f64 = ways.iter().take(seen + 1).sum();
    let upper: f64 = ways.iter().skip(seen).sum();
    Some(alternative.p_value(lower / all, upper / all))
}

/// A sign test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignTest {
    /// Positive differences.
    pub positive: u64,
    /// Differences other than zero.
    pub n: u64,
    /// Exact two-sided binomial p-value against ½.
    pub p_value: f64,
}

/// Whether positive and negative differences are equally likely.
///
/// # Errors
/// No difference other than zero.
pub fn sign_test(differences: &[f64]) -> Result<SignTest, Unestimable> {
    let counted = |keep: fn(&f64) -> bool| differences.iter().map(|d| u64::from(keep(d))).sum();
    let (positive, n) = (counted(|d| *d > 0.0), counted(|d| *d != 0.0));
    let p_value = binomial_two_sided(positive, n, 0.5);
    let p_value = p_value.ok_or(Unestimable::TooFew { needed: 1, got: 0 })?;
    Ok(SignTest { positive, n, p_value })
}

/// The median of all means of two differences (Hodges and Lehmann's pseudo-median) with the
/// distribution-free interval of V: counted exactly without ties and zeros where that is feasible,
/// else by the normal distribution.
///
/// # Errors
/// No values, values that are no numbers, or a level outside (0, 1).
pub fn median_difference(differences: &[f64], level: f64) -> Result<Shift, Unestimable> {
    enough(differences, 1)?;
    finite(differences)?;
    let tail = (1.0 - level) / 2.0;
    let z = normal::upper_quantile(tail)
        .ok_or(Unestimable::Outside("a confidence level lies between 0 and 1"))?;
    let pairs = walsh_averages(differences);
    let ranks: Vec<usize> = (1..=differences.len()).collect();
    let n = count(differences.len());
    let spread = (n * (n + 1.0) * (2.0 * n + 1.0) / 24.0).sqrt();
    let near = sign_ways(&ranks).map_or_else(
        || (n * (n + 1.0) / 4.0 - z * spread).floor(),
        |ways| count(first_beyond(&ways, tail)),
    );
    Ok(Shift { estimate: pairs.median(), bounds: pairs.between(near) })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{median_difference, sign_test, signed_rank};
    use crate::stats::hypothesis::Alternative;

    /// Hollander and Wolfe (1973), p. 29: depression factors; V = 40, one-sided p = 0.0195.
    #[test]
    fn the_depression_factors() {
        let d = [0.952, -0.147, 1.022, 0.430, 0.620, 0.590, 0.490, -0.080, 0.010];
        let test = signed_rank(&d, Alternative::Greater).unwrap();
        assert!((test.v - 40.0).abs() < 1e-12 && !test.tied && test.zeros == 0);
        assert!((test.p_value() - 10.0 / 512.0).abs() < 1e-15);
        let sign = sign_test(&d).unwrap();
        assert_eq!((sign.positive, sign.n), (7, 9));
        assert!((sign.p_value - 92.0 / 512.0).abs() < 1e-12);
        let median = median_difference(&d, 0.95).unwrap();
        assert!(median.bounds.is_some_and(|b| b.low < median.estimate && median.estimate < b.high));
    }

    /// Differences 1, 1, −1 with one zero set aside: V = 4 of ranks 2, 2, 2; of the eight ways to
    /// give signs four reach 4.
    #[test]
    fn ties_and_zeros_are_counted_out_exactly() {
        let test = signed_rank(&[1.0, 0.0, 1.0, -1.0], Alternative::Greater).unwrap();
        assert_eq!((test.n, test.zeros, test.tied), (3, 1, true));
        assert!((test.v - 4.0).abs() < 1e-12 && (test.exact.unwrap() - 0.5).abs() < 1e-15);
        assert!(signed_rank(&[0.0, 0.0], Alternative::TwoSided).is_err());
        assert!(sign_test(&[0.0]).is_err() && median_difference(&[], 0.95).is_err());
    }

    #[test]
    fn many_differences_go_over_into_the_normal() {
        let d: Vec<f64> =
            (1..=150).map(|i| if i % 2 == 0 { -f64::from(i) } else { f64::from(i) }).collect();
        let test = signed_rank(&d, Alternative::TwoSided).unwrap();
        assert!((test.exact.unwrap() / test.continuity - 1.0).abs() < 0.05);
    }
}
