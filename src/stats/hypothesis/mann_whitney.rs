//! Mann and Whitney's test of two samples (Wilcoxon's rank sum), and how far apart they lie.
//!
//! Sources: H. Mann and D. Whitney (Annals of Mathematical Statistics 18, 1947); M. Hollander and
//! D. Wolfe, Nonparametric Statistical Methods (1973), ch. 4; E. Lehmann, Nonparametrics (1975),
//! § 1.4, for ties.

use super::alternative::{Alternative, p_of_z};
use super::ordered::differences;
use super::rank_sum;
use super::ranks::Ranks;
use super::t_test::{enough, finite};
use crate::stats::special::normal;
use crate::stats::summary::sum::sum;
use crate::stats::{Bounds, Unestimable, count};

/// A Mann–Whitney test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MannWhitney {
    /// U of the first sample: pairs in which its value is the larger one, ties counted half.
    pub u: f64,
    /// Whether any two values are equal.
    pub tied: bool,
    /// P-value from the distribution of U over all ways to deal the values out, given their ties;
    /// absent where there are too many ways to count. Two-sided with ties: the chance of a U at
    /// least as far from its mean.
    pub exact: Option<f64>,
    /// P-value by the normal distribution, with ½ taken off the distance from the mean and the
    /// variance corrected for ties.
    pub continuity: f64,
    /// The same without the ½.
    pub no_continuity: f64,
}

impl MannWhitney {
    /// The exact p-value where it could be counted, else the normal one with continuity.
    #[must_use]
    pub fn p_value(&self) -> f64 {
        self.exact.unwrap_or(self.continuity)
    }
}

/// Whether values of `first` tend to be larger or smaller than those of `second`.
///
/// # Errors
/// An empty sample, all values the same, or values that are no numbers.
pub fn mann_whitney(
    first: &[f64],
    second: &[f64],
    alternative: Alternative,
) -> Result<MannWhitney, Unestimable> {
    let (all, by_sample) = ranked(first, second)?;
    let (m, n) = (count(first.len()), count(second.len()));
    let own = by_sample.first().map_or(0.0, |ranks| sum(ranks.iter().copied()));
    let u = own - m * (m + 1.0) / 2.0;
    let size = m + n;
    let variance = m * n / 12.0 * (size + 1.0 - all.ties / (size * (size - 1.0)));
    // Equal values throughout leave rounding, if anything.
    if variance <= 1e-12 * m * n {
        return Err(Unestimable::Constant);
    }
    let distance = u - m * n / 2.0;
    let toward = alternative.continuity(distance);
    let p = |distance: f64| p_of_z(distance / variance.sqrt(), alternative);
    Ok(MannWhitney {
        u,
        tied: all.ties > 0.0,
        exact: rank_sum::p_value(&all.ranks, first.len(), own, alternative),
        continuity: p(distance - toward),
        no_continuity: p(distance),
    })
}

fn ranked(first: &[f64], second: &[f64]) -> Result<(Ranks, Vec<Vec<f64>>), Unestimable> {
    for values in [first, second] {
        enough(values, 1)?;
        finite(values)?;
    }
    Ok(Ranks::by_group(&[first, second]))
}

/// P(X > Y) + ½ P(X = Y): the chance that a value drawn from `first` is the larger one. ½ means
/// neither sample tends to larger values; the rank-biserial correlation, and Cliff's δ, are twice
/// this less 1.
///
/// # Errors
/// An empty sample, or values that are no numbers.
pub fn probability_of_superiority(first: &[f64], second: &[f64]) -> Result<f64, Unestimable> {
    let (_, by_sample) = ranked(first, second)?;
    let (m, n) = (count(first.len()), count(second.len()));
    let own = by_sample.first().map_or(0.0, |ranks| sum(ranks.iter().copied()));
    Ok((own - m * (m + 1.0) / 2.0) / (m * n))
}

/// How far `first` lies above `second`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// Hodges and Lehmann's estimate: the median of all differences, in the unit of the values.
    pub estimate: f64,
    /// Interval of the shift; absent where the samples are too small for the level.
    pub bounds: Option<Bounds>,
}

/// Hodges and Lehmann's shift with its distribution-free interval.
///
/// The ends are the Cth smallest and Cth largest difference; C is counted exactly where no values
/// tie and the samples are small, else mn/2 − z √(mn(m + n + 1)/12) rounded down. The level is
/// held or exceeded where C is exact. Differences are selected in
/// O((m + n) log) steps, never listed.
///
/// # Errors
/// An empty sample, values that are no numbers, or a level outside (0, 1).
pub fn shift(first: &[f64], second: &[f64], level: f64) -> Result<Shift, Unestimable> {
    let (all, _) = ranked(first, second)?;
    let tail = (1.0 - level) / 2.0;
    let z = normal::upper_quantile(tail)
        .ok_or(Unestimable::Outside("a confidence level lies between 0 and 1"))?;
    let pairs = differences(first, second);
    let (m, n) = (count(first.len()), count(second.len()));
    let exact =
        if all.ties > 0.0 { None } else { rank_sum::critical(first.len(), second.len(), tail) };
    let spread = (m * n * (m + n + 1.0) / 12.0).sqrt();
    let near = exact.unwrap_or((m * n / 2.0 - z * spread).floor());
    Ok(Shift { estimate: pairs.median(), bounds: pairs.between(near) })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{mann_whitney, probability_of_superiority, shift};
    use crate::stats::hypothesis::Alternative;
    use proptest::prelude::*;

    /// Hollander and Wolfe (1973), p. 69: permeability constants; U = 35, one-sided p = 0.1272.
    #[test]
    fn the_permeability_constants() {
        let first = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
        let second = [1.15, 0.88, 0.90, 0.74, 1.21];
        let test = mann_whitney(&first, &second, Alternative::Greater).unwrap();
        assert!((test.u - 35.0).abs() < 1e-12 && !test.tied);
        assert!((test.p_value() - 0.1272).abs() < 5e-5, "{}", test.p_value());
        let shift = shift(&first, &second, 0.95).unwrap();
        assert!((shift.estimate - 0.305).abs() < 1e-12);
        assert!(shift.bounds.is_some_and(|b| b.low < 0.0 && b.high > 0.305));
        assert!((probability_of_superiority(&first, &second).unwrap() - 0.7).abs() < 1e-12);
    }

    #[test]
    fn samples_wholly_apart_and_wholly_alike() {
        let test = mann_whitney(&[1.0, 2.0], &[3.0, 4.0, 5.0], Alternative::TwoSided).unwrap();
        assert!(test.u.abs() < 1e-12 && (test.p_value() - 0.2).abs() < 1e-12);
        assert!(mann_whitney(&[1.0, 1.0], &[1.0], Alternative::TwoSided).is_err());
        assert!(mann_whitney(&[], &[1.0], Alternative::TwoSided).is_err());
        let few = shift(&[1.0, 2.0], &[3.0, 4.0], 0.95).unwrap();
        assert!(few.bounds.is_none(), "four differences are never that sure");
    }

    proptest! {
        #[test]
        fn order_does_not_matter_and_sides_mirror(
            x in prop::collection::vec(0..6_i32, 2..12), y in prop::collection::vec(0..6_i32, 2..12),
        ) {
            let (x, y): (Vec<f64>, Vec<f64>) = (
                x.into_iter().map(f64::from).collect(), y.into_iter().map(f64::from).collect(),
            );
            let mut all = [x.clone(), y.clone()].concat();
            all.dedup();
            prop_assume!(all.len() > 1);
            let Ok(test) = mann_whitney(&x, &y, Alternative::Less) else { return Ok(()) };
            let mirror = mann_whitney(&y, &x, Alternative::Greater).unwrap();
            prop_assert!((test.p_value() - mirror.p_value()).abs() < 1e-12);
            prop_assert!((test.u + mirror.u - crate::stats::count(x.len() * y.len())).abs() < 1e-9);
            let mut turned = x.clone();
            turned.reverse();
            prop_assert_eq!(mann_whitney(&turned, &y, Alternative::Less).unwrap(), test);
        }
    }
}
