//! Sample quantiles of sorted values, in the nine definitions in use.
//!
//! Source: R. Hyndman and Y. Fan, Sample quantiles in statistical packages, The American
//! Statistician 50 (1996).

use crate::stats::count;

/// How a quantile is read between the order statistics. With x₍ⱼ₎ the j-th smallest of n values,
/// R4 to R9 lie on the straight lines between them, at position np + m.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Definition {
    /// Inverse of the empirical distribution, the nearest rank: the smallest value with at least
    /// the share p at or below.
    R1,
    /// As R1, but the mean of both where the share is met exactly (SAS's default).
    R2,
    /// The order statistic nearest to np, the even one of two (SAS definition 2).
    R3,
    /// m = 0: linear on the empirical distribution.
    R4,
    /// m = ½: Hazen's, through the middle of the steps.
    R5,
    /// m = p: Weibull's; Minitab, SPSS, and `PERCENTILE.EXC`.
    R6,
    /// m = 1 − p: R, `NumPy`, and `PERCENTILE.INC`.
    R7,
    /// m = (p + 1) / 3: about median-unbiased whatever the distribution; Hyndman and Fan's choice.
    R8,
    /// m = p / 4 + 3 / 8: about unbiased for normal values.
    R9,
}

impl Definition {
    /// All nine, in their order.
    pub const ALL: [Self; 9] =
        [Self::R1, Self::R2, Self::R3, Self::R4, Self::R5, Self::R6, Self::R7, Self::R8, Self::R9];

    /// What is added to np to find the position.
    fn shift(self, p: f64) -> f64 {
        match self {
            Self::R1 | Self::R2 | Self::R4 => 0.0,
            Self::R3 => -0.5,
            Self::R5 => 0.5,
            Self::R6 => p,
            Self::R7 => 1.0 - p,
            Self::R8 => (p + 1.0) / 3.0,
            Self::R9 => p / 4.0 + 0.375,
        }
    }

    /// The weight of the order statistic above position `whole` + `part`.
    fn weight(self, whole: f64, part: f64) -> f64 {
        let beyond = part > 0.0;
        match self {
            Self::R1 => f64::from(beyond),
            Self::R2 => {
                if beyond {
                    1.0
                } else {
                    0.5
                }
            }
            Self::R3 => f64::from(beyond || whole % 2.0 != 0.0),
            _ => part,
        }
    }
}

/// The quantile of `sorted` (ascending, any unit; the result has the same) at the share `p`.
///
/// `None` when it is empty or p lies outside 0 … 1.
#[must_use]
pub fn quantile(sorted: &[f64], p: f64, definition: Definition) -> Option<f64> {
    let (whole, part) = position(sorted.len(), p, definition.shift(p))?;
    let (low, high) = (at(sorted, whole)?, at(sorted, whole + 1.0)?);
    let weight = definition.weight(whole, part);
    Some(if weight >= 1.0 || low >= high { high } else { low + (high - low) * weight })
}

/// R7, the default of spreadsheets: [`quantile`] by [`Definition::R7`].
#[must_use]
pub fn type7(sorted: &[f64], p: f64) -> Option<f64> {
    quantile(sorted, p, Definition::R7)
}

/// R1, for values of any kind: the smallest with at least the share `p` of values at or below.
///
/// `sorted` is ascending. `None` when it is empty or p lies outside 0 … 1.
#[must_use]
pub fn nearest_rank<T: Copy>(sorted: &[T], p: f64) -> Option<T> {
    let (whole, part) = position(sorted.len(), p, 0.0)?;
    at(sorted, whole + Definition::R1.weight(whole, part))
}

/// np + `shift` as its whole part and the rest. A position a rounding error away from a whole one
/// is that whole one: it must not cost a rank.
fn position(n: usize, p: f64, shift: f64) -> Option<(f64, f64)> {
    if n == 0 || !(0.0..=1.0).contains(&p) {
        return None;
    }
    let position = count(n) * p + shift;
    let fuzz = 4.0 * f64::EPSILON * position.abs().max(1.0);
    let whole = (position + fuzz).floor();
    let part = position - whole;
    Some((whole, if part < fuzz { 0.0 } else { part }))
}

/// The order statistic of `rank`, counted from 1; ranks beyond the ends read the ends.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the rank is a whole number between 1 and n"
)]
fn at<T: Copy>(sorted: &[T], rank: f64) -> Option<T> {
    sorted.get(rank.clamp(1.0, count(sorted.len())) as usize - 1).copied()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{Definition, nearest_rank, quantile, type7};
    use proptest::prelude::*;

    #[test]
    fn type_7_interpolates_as_a_spreadsheet_does() {
        let values = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(type7(&values, 0.5), Some(2.5));
        assert_eq!(type7(&values, 1.0), Some(4.0));
        let p90 = type7(&values, 0.9).unwrap_or_default();
        assert!((p90 - 3.7).abs() < 1e-12, "{p90}");
        assert_eq!((type7(&[], 0.5), type7(&values, 1.1)), (None, None));
    }

    #[test]
    fn nearest_rank_is_a_value_of_the_sample() {
        let values = [15, 20, 35, 40, 50];
        let ranks = [0.0, 0.05, 0.3, 0.4, 0.5, 1.0].map(|p| nearest_rank(&values, p));
        assert_eq!(ranks, [15, 15, 20, 20, 35, 50].map(Some));
        assert_eq!(nearest_rank::<i64>(&[], 0.5), None);
    }

    /// NIST/SEMATECH e-Handbook 7.2.6.2: resistivities of twelve wafers, 90th percentile.
    #[test]
    fn the_handbooks_wafers_have_its_percentiles() {
        let sorted = [
            95.061, 95.0925, 95.1065, 95.1195, 95.1442, 95.1567, 95.1591, 95.1682, 95.1772,
            95.1937, 95.1959, 95.199,
        ];
        let wanted =
            [(Definition::R6, 95.1981), (Definition::R7, 95.1957), (Definition::R8, 95.1972)];
        for (definition, want) in wanted {
            let got = quantile(&sorted, 0.9, definition).unwrap_or_default();
            assert!((got - want).abs() < 6e-5, "{definition:?}: {got}");
        }
    }

    /// Worked by hand on 10, 20, 30, 40 from the definitions.
    #[test]
    fn the_nine_differ_where_they_should() {
        let sorted = [10.0, 20.0, 30.0, 40.0];
        let by_hand = [
            (0.25, [10.0, 15.0, 10.0, 10.0, 15.0, 12.5, 17.5, 14.0 + 1.0 / 6.0, 14.375]),
            (0.375, [20.0, 20.0, 20.0, 15.0, 20.0, 18.75, 21.25, 19.583_333_333_333_332, 19.6875]),
            (0.625, [30.0, 30.0, 20.0, 25.0, 30.0, 31.25, 28.75, 30.416_666_666_666_668, 30.3125]),
        ];
        for (p, wanted) in by_hand {
            for (definition, want) in Definition::ALL.into_iter().zip(wanted) {
                let got = quantile(&sorted, p, definition).unwrap_or_default();
                assert!((got - want).abs() < 1e-12, "{definition:?} at {p}: {got} for {want}");
            }
        }
    }

    proptest! {
        #[test]
        fn quantiles_rise_with_the_share_and_stay_within_the_sample(
            mut values in prop::collection::vec(-1e6_f64..1e6, 1..30),
            mut shares in prop::collection::vec(0.0_f64..=1.0, 2),
        ) {
            values.sort_by(f64::total_cmp);
            shares.sort_by(f64::total_cmp);
            for definition in Definition::ALL {
                let low = quantile(&values, shares[0], definition).unwrap();
                let high = quantile(&values, shares[1], definition).unwrap();
                prop_assert!(values[0] <= low && low <= high + 1e-9, "{:?}", definition);
                prop_assert!(high <= values[values.len() - 1]);
            }
            prop_assert_eq!(nearest_rank(&values, shares[0]), quantile(&values, shares[0], Definition::R1));
        }
    }
}
