//! Taguchi's signal-to-noise ratios, in decibels; larger is always better.
//!
//! Source: G. Taguchi, Introduction to Quality Engineering (1986), chapter 4; D. Montgomery, Design
//! and Analysis of Experiments (2013), § 12.2. Three definitions of nominal-is-best are in use.

use crate::stats::{Unestimable, count};

/// The ratios of one row of an experiment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignalToNoise {
    /// −10 log₁₀(Σ y² / n); `None` where all values are 0.
    pub smaller_is_better: Option<f64>,
    /// −10 log₁₀(Σ (1/y²) / n); `None` where a value is 0.
    pub larger_is_better: Option<f64>,
    /// 10 log₁₀(ȳ² / s²), Minitab's default of nominal-is-best; `None` without spread or mean.
    pub nominal_mean_over_spread: Option<f64>,
    /// −10 log₁₀ s², of nominal-is-best where the spread does not follow the mean; `None` without
    /// spread.
    pub nominal_spread: Option<f64>,
    /// 10 log₁₀((Sₘ − s²) / (n s²)) with Sₘ = (Σ y)² / n, Taguchi's own nominal-is-best; `None`
    /// without spread, or where the mean is lost in it.
    pub nominal_taguchi: Option<f64>,
}

/// The ratios of `values`, the results of one row.
///
/// # Errors
/// `TooFew` without values, `Outside` where one is not finite.
pub fn signal_to_noise(values: &[f64]) -> Result<SignalToNoise, Unestimable> {
    if values.is_empty() {
        return Err(Unestimable::TooFew { needed: 1, got: 0 });
    }
    if values.iter().any(|v| !v.is_finite()) {
        return Err(Unestimable::Outside("a value is not a finite number"));
    }
    let n = count(values.len());
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| v * v).sum();
    let inverse: f64 = values.iter().map(|v| 1.0 / (v * v)).sum();
    let constant = values.windows(2).all(|pair| pair[0].total_cmp(&pair[1]).is_eq());
    let about: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    let variance = (!constant).then(|| about / (n - 1.0));
    let of_mean = n * mean * mean;
    Ok(SignalToNoise {
        smaller_is_better: decibel(squares / n).map(|db| -db),
        larger_is_better: decibel(inverse / n).map(|db| -db),
        nominal_mean_over_spread: variance.and_then(|s2| decibel(mean * mean / s2)),
        nominal_spread: variance.and_then(decibel).map(|db| -db),
        nominal_taguchi: variance.and_then(|s2| decibel((of_mean - s2) / (n * s2))),
    })
}

fn decibel(ratio: f64) -> Option<f64> {
    (ratio > 0.0 && ratio.is_finite()).then(|| 10.0 * ratio.log10())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::signal_to_noise;
    use proptest::prelude::*;

    #[test]
    fn ratios_by_hand() {
        let row = signal_to_noise(&[9.0, 10.0, 11.0]).unwrap();
        let near = |got: Option<f64>, want: f64| assert!((got.unwrap() - want).abs() < 1e-12);
        near(row.smaller_is_better, -10.0 * (302.0_f64 / 3.0).log10());
        near(row.nominal_mean_over_spread, 20.0);
        near(row.nominal_spread, 0.0);
        near(row.nominal_taguchi, 10.0 * (299.0_f64 / 3.0).log10());
    }

    #[test]
    fn what_a_ratio_cannot_say_is_none() {
        let zero = signal_to_noise(&[0.0, 0.0]).unwrap();
        assert_eq!((zero.smaller_is_better, zero.larger_is_better), (None, None));
        let one = signal_to_noise(&[0.1]).unwrap();
        assert_eq!((one.nominal_spread, one.nominal_taguchi), (None, None));
        assert!(one.smaller_is_better.is_some());
        assert_eq!(signal_to_noise(&[-1.0, 1.0]).unwrap().nominal_mean_over_spread, None);
        assert!(signal_to_noise(&[]).is_err() && signal_to_noise(&[f64::NAN]).is_err());
    }

    proptest! {
        #[test]
        fn a_unit_ten_times_smaller_adds_twenty_decibels_or_none(
            values in prop::collection::vec(0.1..1e3_f64, 2..12),
        ) {
            let tenfold: Vec<f64> = values.iter().map(|v| 10.0 * v).collect();
            let (a, b) = (signal_to_noise(&values).unwrap(), signal_to_noise(&tenfold).unwrap());
            let moved = |a: Option<f64>, b: Option<f64>| b.unwrap() - a.unwrap();
            prop_assert!((moved(a.smaller_is_better, b.smaller_is_better) + 20.0).abs() < 1e-9);
            prop_assert!((moved(a.larger_is_better, b.larger_is_better) - 20.0).abs() < 1e-9);
            let nominal = moved(a.nominal_mean_over_spread, b.nominal_mean_over_spread);
            prop_assert!(nominal.abs() < 1e-6);
        }
    }
}
