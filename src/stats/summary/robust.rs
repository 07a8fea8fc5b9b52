//! Location and spread that a few wild values cannot move.
//!
//! Sources: J. Tukey, *Exploratory Data Analysis* (1977), for the fences; P. Huber and
//! E. Ronchetti, *Robust Statistics* (2009), for the median deviation and trimming.
//! Every function takes `sorted`, ascending; figures have the unit of the values.

use super::quantile::{Definition, nearest_rank, quantile};
use super::sum::sum;
use crate::stats::{Bounds, Unestimable, count};

/// 1 / Φ⁻¹(¾): makes the median deviation of normal values estimate their standard deviation.
pub const NORMAL_CONSISTENT: f64 = 1.482_602_218_505_602;

/// The median: the middle value, or the mean of the two in the middle. `None` without values.
#[must_use]
pub fn median(sorted: &[f64]) -> Option<f64> {
    quantile(sorted, 0.5, Definition::R7)
}

/// The median distance from the median, unscaled; times [`NORMAL_CONSISTENT`] it estimates the
/// standard deviation of normal values. `None` without values.
#[must_use]
pub fn median_absolute_deviation(sorted: &[f64]) -> Option<f64> {
    let center = median(sorted)?;
    let mut distances: Vec<f64> = sorted.iter().map(|value| (value - center).abs()).collect();
    distances.sort_by(f64::total_cmp);
    median(&distances)
}

/// The mean of what is left after ⌊n · `share`⌋ values are cut from either end (R's `trim`).
///
/// # Errors
/// No values, or a share outside 0 ≤ `share` < ½.
pub fn trimmed_mean(sorted: &[f64], share: f64) -> Result<f64, Unestimable> {
    if !(0.0..0.5).contains(&share) {
        return Err(Unestimable::Outside("the share cut from an end is not below one half"));
    }
    let cut = (count(sorted.len()) * share + 1e-9).floor();
    let kept: Vec<f64> = sorted
        .iter()
        .enumerate()
        .filter(|(i, _)| count(*i) >= cut && count(sorted.len() - 1 - i) >= cut)
        .map(|(_, value)| *value)
        .collect();
    if kept.is_empty() {
        return Err(Unestimable::TooFew { needed: 1, got: 0 });
    }
    Ok(sum(kept.iter().copied()) / count(kept.len()))
}

/// The quartiles Q1 and Q3 by `definition`. `None` without values.
#[must_use]
pub fn quartiles(sorted: &[f64], definition: Definition) -> Option<Bounds> {
    let at = |p| quantile(sorted, p, definition);
    Some(Bounds { low: at(0.25)?, high: at(0.75)? })
}

/// The interquartile range Q3 − Q1 by `definition`. `None` without values.
#[must_use]
pub fn interquartile_range(sorted: &[f64], definition: Definition) -> Option<f64> {
    quartiles(sorted, definition).map(|quartiles| quartiles.high - quartiles.low)
}

/// Tukey's fences Q1 − `reach` · IQR and Q3 + `reach` · IQR, the quartiles by `definition`:
/// `reach` 1.5 for values outside, 3 for values far out. A box plot's whiskers end at the last
/// value within. `None` without values.
#[must_use]
pub fn fences(sorted: &[f64], reach: f64, definition: Definition) -> Option<Bounds> {
    let Bounds { low, high } = quartiles(sorted, definition)?;
    let reach = reach * (high - low);
    Some(Bounds { low: low - reach, high: high + reach })
}

/// The smallest and largest value: ranks, so no interpolation. `None` without values.
#[must_use]
pub fn extremes(sorted: &[f64]) -> Option<Bounds> {
    Some(Bounds { low: nearest_rank(sorted, 0.0)?, high: nearest_rank(sorted, 1.0)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::special::normal;
    use proptest::prelude::*;

    /// Constructed: two strays below, as in S. Newcomb's light.
    const SORTED: [f64; 12] =
        [-44.0, -2.0, 16.0, 19.0, 21.0, 22.0, 24.0, 25.0, 27.0, 28.0, 30.0, 40.0];

    #[test]
    fn strays_move_the_mean_and_nothing_else() {
        assert_eq!(median(&SORTED), Some(23.0));
        // Distances in order: 1 1 2 2 4 4 5 7 7 17 25 67.
        assert_eq!(median_absolute_deviation(&SORTED), Some(4.5));
        assert_eq!(trimmed_mean(&SORTED, 0.0), Ok(206.0 / 12.0));
        assert_eq!(trimmed_mean(&SORTED, 0.1), Ok(210.0 / 10.0));
        assert_eq!(trimmed_mean(&SORTED, 0.25), Ok(138.0 / 6.0));
        assert!(trimmed_mean(&SORTED, 0.5).is_err() && trimmed_mean(&[], 0.1).is_err());
    }

    #[test]
    fn fences_stand_one_and_a_half_ranges_out() {
        let quartiles = Bounds { low: 18.25, high: 27.25 };
        assert_eq!(super::quartiles(&SORTED, Definition::R7), Some(quartiles));
        assert_eq!(interquartile_range(&SORTED, Definition::R7), Some(9.0));
        let fences = fences(&SORTED, 1.5, Definition::R7);
        assert_eq!(fences, Some(Bounds { low: 4.75, high: 40.75 }));
        assert_eq!(extremes(&SORTED), Some(Bounds { low: -44.0, high: 40.0 }));
        assert_eq!((median(&[]), extremes(&[])), (None, None));
    }

    #[test]
    fn the_scale_of_normal_values_is_the_inverse_of_their_upper_quartile() {
        let scale = 1.0 / normal::quantile(0.75).unwrap_or_default();
        assert!((scale - NORMAL_CONSISTENT).abs() < 1e-13, "{scale}");
    }

    proptest! {
        #[test]
        fn one_wild_value_in_five_leaves_median_and_its_deviation_where_the_others_are(
            values in prop::collection::vec(-10.0_f64..10.0, 4),
            wild in 1e3_f64..1e12,
        ) {
            let mut values = values;
            values.push(wild);
            values.sort_by(f64::total_cmp);
            prop_assert!(median(&values).is_some_and(|m| m.abs() <= 10.0));
            prop_assert!(median_absolute_deviation(&values).is_some_and(|d| d <= 20.0));
        }
    }
}
