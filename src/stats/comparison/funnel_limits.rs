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
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn funnel_limits(center: f64, n: u64, level: f64) -> Option<Bounds> {
    let z = normal::quantile(0.5 + level / 2.0)?;
    if n == 0 || !(0.0..=1.0).contains(&center) {
        return None;
    }
    let half = z * (center * (1.0 - center) / n as f64).sqrt();
    Some(Bounds { low: (center - half).max(0.0), high: (center + half).min(1.0) })
}

#[cfg(test)]
mod tests {
    use super::funnel_limits;
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
}
