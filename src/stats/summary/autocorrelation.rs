//! How far each value follows the ones before it.
//!
//! Source: G. Box, G. Jenkins and G. Reinsel, *Time Series Analysis*, section 2.1; NIST/SEMATECH
//! e-Handbook, 1.3.5.12.

use super::moments::Moments;
use super::sum::sum;
use crate::stats::special::normal;
use crate::stats::{Unestimable, count};

/// Autocorrelations of `values` in time order at the lags 1 to `lags`:
/// rₖ = Σ(xₜ − x̄)(xₜ₊ₖ − x̄) / Σ(xₜ − x̄)².
///
/// Without unit, each between −1 and 1. Cost grows with n · `lags`.
///
/// # Errors
/// Not more values than `lags`, or all the same.
pub fn autocorrelations(values: &[f64], lags: usize) -> Result<Vec<f64>, Unestimable> {
    if values.len() <= lags {
        return Err(Unestimable::TooFew { needed: lags + 1, got: values.len() });
    }
    let deviations = Moments::of(values).deviations(values)?;
    let total = sum(deviations.iter().map(|d| d * d));
    let at = |lag: usize| {
        let later = deviations.iter().skip(lag);
        sum(deviations.iter().zip(later).map(|(a, b)| a * b)) / total
    };
    Ok((1..=lags).map(at).collect())
}

/// Lag-1 autocorrelation r₁ of `values` in time order.
///
/// # Errors
/// Fewer than two values, or all the same.
pub fn lag1(values: &[f64]) -> Result<f64, Unestimable> {
    let all = autocorrelations(values, 1)?;
    all.first().copied().ok_or(Unestimable::TooFew { needed: 2, got: values.len() })
}

/// The distance from 0 within which each autocorrelation of `n` independent values lies with
/// probability `level`: z / √n. `None` without values or for a level outside (0, 1).
#[must_use]
pub fn white_noise_limit(n: usize, level: f64) -> Option<f64> {
    let z = normal::upper_quantile((1.0 - level) / 2.0).filter(|_| level > 0.0 && n > 0)?;
    Some(z / count(n).sqrt())
}

#[cfg(test)]
mod tests {
    use super::{autocorrelations, lag1, white_noise_limit};
    use crate::stats::Unestimable;
    use proptest::prelude::*;

    #[test]
    fn an_alternating_series_is_as_far_from_independent_as_its_length_allows() {
        let values = [1.0, -1.0, 1.0, -1.0, 1.0, -1.0];
        let all = autocorrelations(&values, 3).unwrap_or_default();
        for (got, want) in all.iter().zip([-5.0 / 6.0, 4.0 / 6.0, -3.0 / 6.0]) {
            assert!((got - want).abs() < 1e-15, "{got} for {want}");
        }
        assert_eq!(all.len(), 3);
    }

    #[test]
    fn white_noise_of_a_hundred_values_stays_within_two_tenths() {
        let limit = white_noise_limit(100, 0.95).unwrap_or_default();
        assert!((limit - 0.195_996_398_454_005).abs() < 1e-14, "{limit}");
        assert_eq!((white_noise_limit(0, 0.95), white_noise_limit(9, 1.0)), (None, None));
    }

    #[test]
    fn too_few_or_constant_values_have_no_autocorrelation() {
        assert_eq!(lag1(&[1.0]), Err(Unestimable::TooFew { needed: 2, got: 1 }));
        assert_eq!(lag1(&[0.1; 30]), Err(Unestimable::Constant));
    }

    proptest! {
        #[test]
        fn scale_origin_and_direction_of_time_change_nothing(
            values in prop::collection::vec(-1e3_f64..1e3, 3..40),
            scale in 0.1_f64..10.0,
        ) {
            let moved: Vec<f64> = values.iter().rev().map(|v| 1e3 - scale * v).collect();
            if let (Ok(a), Ok(b)) = (lag1(&values), lag1(&moved)) {
                prop_assert!((a - b).abs() < 1e-9 && a.abs() <= 1.0);
            }
        }
    }
}
