//! The chart of individual values and their moving ranges (I-MR).
//!
//! Sources: NIST/SEMATECH e-Handbook, 6.3.2.2; D. Montgomery, *Introduction to Statistical Quality
//! Control*, section 6.4; D. Clifford, Quality Progress 26 (1993) for the median moving range;
//! J. von Neumann, Annals of Mathematical Statistics 12 (1941) for successive differences.

use super::constants::{Constants, c4};
use super::limits::Limits;
use super::subgroups::Subgroup;
use crate::stats::summary::quantile;
use crate::stats::{Unestimable, count};

/// How sigma is estimated from a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SigmaMethod {
    /// Mean moving range of two over d₂(2).
    MeanMovingRange,
    /// Median moving range of two over d₄(2): outliers hardly move it.
    MedianMovingRange,
    /// Standard deviation of all values: of place and spread together.
    Sd,
    /// The same over c₄(n).
    SdUnbiased,
    /// √(½ mean squared successive difference).
    Mssd,
}

/// The moving ranges of two: |xᵢ − xᵢ₋₁|; one fewer than the values.
#[must_use]
pub fn moving_ranges(x: &[f64]) -> Vec<f64> {
    x.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect()
}

/// Mean of the moving ranges of two; `None` of fewer than two values.
#[must_use]
pub fn mean_moving_range(x: &[f64]) -> Option<f64> {
    let total: f64 = x.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum();
    (x.len() > 1).then(|| total / (count(x.len()) - 1.0))
}

/// Median of the moving ranges of two; `None` of fewer than two values.
#[must_use]
pub fn median_moving_range(x: &[f64]) -> Option<f64> {
    let mut ranges = moving_ranges(x);
    ranges.sort_by(f64::total_cmp);
    quantile::type7(&ranges, 0.5)
}

/// Sigma of a series; 0 of a constant one.
///
/// # Errors
/// Fewer than two values, or one that is not a number.
pub fn sigma(x: &[f64], method: SigmaMethod) -> Result<f64, Unestimable> {
    estimate(x, whole(x)?, method).ok_or(Unestimable::TooFew { needed: 2, got: x.len() })
}

fn estimate(x: &[f64], whole: Subgroup, method: SigmaMethod) -> Option<f64> {
    let pair = Constants::of(2)?;
    let sd = whole.spread?.sd;
    Some(match method {
        SigmaMethod::MeanMovingRange => mean_moving_range(x)? / pair.d2,
        SigmaMethod::MedianMovingRange => median_moving_range(x)? / pair.d4,
        SigmaMethod::Sd => sd,
        SigmaMethod::SdUnbiased => sd / c4(x.len()),
        SigmaMethod::Mssd => {
            let squares: f64 = x.windows(2).map(|p| (p[1] - p[0]).powi(2)).sum();
            (squares / (2.0 * (count(x.len()) - 1.0))).sqrt()
        }
    })
}

/// An I-MR chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chart {
    /// Sigma of the process.
    pub sigma: f64,
    /// x̄ ± k σ.
    pub individuals: Limits,
    /// σ (d₂(2) ± k d₃(2)), not below 0; about the mean moving range when sigma comes from it.
    pub moving_ranges: Limits,
}

/// The chart of a baseline, `k` sigma wide. Of a constant series the limits lie on the centre
/// line and nothing is beyond them.
///
/// # Errors
/// Fewer than two values, or one that is not a number.
pub fn chart(x: &[f64], method: SigmaMethod, k: f64) -> Result<Chart, Unestimable> {
    let (whole, few) = (whole(x)?, Unestimable::TooFew { needed: 2, got: x.len() });
    let (sigma, pair) = estimate(x, whole, method).zip(Constants::of(2)).ok_or(few)?;
    let individuals = Limits::around(whole.mean, k * sigma);
    let moving_ranges = Limits::around(pair.d2 * sigma, k * pair.d3 * sigma).not_negative();
    Ok(Chart { sigma, individuals, moving_ranges })
}

/// The series as one sample.
fn whole(x: &[f64]) -> Result<Subgroup, Unestimable> {
    if x.len() < 2 {
        return Err(Unestimable::TooFew { needed: 2, got: x.len() });
    }
    Subgroup::of(x).ok_or(Unestimable::Outside("a value is not a number"))
}

#[cfg(test)]
mod tests {
    use super::{SigmaMethod, chart, moving_ranges, sigma};
    use proptest::prelude::*;

    const METHODS: [SigmaMethod; 5] = [
        SigmaMethod::MeanMovingRange,
        SigmaMethod::MedianMovingRange,
        SigmaMethod::Sd,
        SigmaMethod::SdUnbiased,
        SigmaMethod::Mssd,
    ];

    /// NIST/SEMATECH e-Handbook, 6.3.2.2: flow rates; printed limits use d₂ = 1.128.
    #[test]
    fn flow_rates_of_the_handbook() {
        let x = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
        let got = chart(&x, SigmaMethod::MeanMovingRange, 3.0);
        let got = got.unwrap_or_else(|_| unreachable!("ten values"));
        assert!((got.individuals.center - 50.81).abs() < 1e-12);
        assert!((got.individuals.ucl - 55.8041).abs() < 2e-3);
        assert!((got.individuals.lcl - 45.8159).abs() < 2e-3);
        assert!((got.moving_ranges.center - 1.8778).abs() < 5e-5);
        assert!(got.individuals.beyond(&x).is_empty());
    }

    #[test]
    fn one_value_has_no_sigma_two_have_and_constants_have_none_beyond() {
        assert!(sigma(&[5.0], SigmaMethod::MeanMovingRange).is_err());
        assert!(sigma(&[5.0, f64::NAN], SigmaMethod::Sd).is_err());
        let two = sigma(&[5.0, 7.0], SigmaMethod::MeanMovingRange).unwrap_or(f64::NAN);
        assert!((two - 1.772_453_850_905_516).abs() < 1e-14, "√π: {two}");
        for method in METHODS {
            let x = [0.1; 15];
            let got = chart(&x, method, 3.0).map(|c| (c.sigma, c.individuals.beyond(&x)));
            assert_eq!(got, Ok((0.0, vec![])));
        }
    }

    proptest! {
        #[test]
        fn sigma_follows_scale_not_place_and_time_matters_to_ranges(
            x in prop::collection::vec(-5.0..5.0_f64, 2..60), scale in 0.1..10.0_f64,
        ) {
            let moved: Vec<f64> = x.iter().map(|x| 1e5 + scale * x).collect();
            for method in METHODS {
                let (a, b) = (sigma(&x, method), sigma(&moved, method));
                let (a, b) = (a.unwrap_or(f64::NAN), b.unwrap_or(f64::NAN));
                prop_assert!((b - scale * a).abs() <= 1e-9 * (1.0 + b), "{:?}", method);
            }
            let mut sorted = x.clone();
            sorted.sort_by(f64::total_cmp);
            let total = |x: &[f64]| moving_ranges(x).iter().sum::<f64>();
            prop_assert!(total(&sorted) <= total(&x) + 1e-9, "no order moves less than the sorted");
        }
    }
}
