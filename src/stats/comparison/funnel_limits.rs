//! Limits of a funnel plot: where the rates of like units lie, by their number of cases.
//!
//! Source: D. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in
//! Medicine 24 (2005), § 3.1 (normal approximation).

use crate::stats::Bounds;
use crate::stats::special::normal;

/// p̄ ± z √(p̄ (1 − p̄) / n), cut at 0 and 1, holding the share `level` of like units.
///
/// `None` when n is 0 or `center` or `level` is not a share.
#[must_use]
pub fn funnel_limits(center: f64, n: u64, level: f64) -> Option<Bounds> {
    at_sigma(center, n, width(level)?)
}

/// The same, `k` standard errors from the centre.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn at_sigma(center: f64, n: u64, k: f64) -> Option<Bounds> {
    if n == 0 || !(0.0..=1.0).contains(&center) {
        return None;
    }
    let half = k * (center * (1.0 - center) / n as f64).sqrt();
    Some(Bounds { low: (center - half).max(0.0), high: (center + half).min(1.0) })
}

/// Limits of rates, in events per unit of exposure: r̄ ± z √(r̄ / exposure), cut at 0.
///
/// `None` when `exposure` is not positive, `center` is negative, or `level` is no share.
#[must_use]
pub fn rate_limits(center: f64, exposure: f64, level: f64) -> Option<Bounds> {
    let z = width(level)?;
    if !(exposure > 0.0 && center >= 0.0) {
        return None;
    }
    let half = z * (center / exposure).sqrt();
    Some(Bounds { low: (center - half).max(0.0), high: center + half })
}

/// Limits of means of `n` values each: μ ± z σ / √n, with the spread σ of single values.
///
/// `None` when n is 0, `sd` is negative, or `level` is no share.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn mean_limits(center: f64, sd: f64, n: u64, level: f64) -> Option<Bounds> {
    let z = width(level)?;
    let half = z * sd / (n as f64).sqrt();
    (n > 0 && half >= 0.0).then_some(Bounds { low: center - half, high: center + half })
}

/// Standard errors either way that hold the share `level`.
fn width(level: f64) -> Option<f64> {
    normal::quantile(0.5 + level / 2.0)
}

#[cfg(test)]
mod tests {
    use super::{at_sigma, funnel_limits, mean_limits, rate_limits};
    use crate::stats::special::normal;

    #[test]
    fn three_sigma_limits_of_the_constructed_reps() {
        let level = normal::cdf(3.0) - normal::cdf(-3.0);
        let b = funnel_limits(1117.0 / 1285.0, 200, level).map(|b| (b.low, b.high));
        let (low, high) = b.unwrap_or_default();
        assert!((low - 0.797_747_805_875_832).abs() < 1e-9, "{low}");
        assert!((high - 0.940_773_594_902_379).abs() < 1e-9, "{high}");
        assert!(funnel_limits(0.87, 3, level).is_some_and(|b| b.high <= 1.0));
        assert_eq!(funnel_limits(0.5, 0, 0.95), None);
    }

    #[test]
    fn limits_narrow_with_size_and_rates_stay_above_nothing() {
        let width = |e| rate_limits(2.0, e, 0.95).map_or(0.0, |b| b.high - b.low);
        assert!((width(16.0) - 2.0 * 1.959_963_984_540_054 * 2.0_f64.sqrt() / 4.0).abs() < 1e-12);
        assert_eq!(rate_limits(0.1, 0.5, 0.95).map(|b| b.low), Some(0.0));
        let mean = mean_limits(50.0, 6.0, 9, 0.95).map(|b| (b.low + b.high, b.high - 50.0));
        assert_eq!(mean.map(|m| m.0), Some(100.0));
        assert!(mean.is_some_and(|m| (m.1 - 2.0 * 1.959_963_984_540_054).abs() < 1e-12));
        let by_level = funnel_limits(0.3, 40, normal::cdf(2.0) - normal::cdf(-2.0));
        let by_sigma = at_sigma(0.3, 40, 2.0);
        assert!(by_level.zip(by_sigma).is_some_and(|(a, b)| (a.low - b.low).abs() < 1e-9));
        assert_eq!((rate_limits(1.0, 0.0, 0.95), mean_limits(1.0, 1.0, 0, 0.95)), (None, None));
    }
}
