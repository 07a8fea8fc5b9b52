//! Intervals for proportions and rates.
//!
//! Sources: C. Clopper and E. Pearson, Biometrika 26 (1934); E. Wilson, JASA 22 (1927);
//! F. Garwood, Biometrika 28 (1936); R. Newcombe, Statistics in Medicine 17 (1998), method 10.

use statrs::distribution::{Beta, ContinuousCDF, Gamma};

use super::normal;

/// The two ends of an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Exact (Clopper–Pearson) interval of a proportion: `k` of `n`, two-sided at `level`.
///
/// `None` when `n` is 0, `k > n`, or `level` is not inside (0, 1).
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn clopper_pearson(k: u64, n: u64, level: f64) -> Option<Bounds> {
    let tail = tail(level)?;
    if n == 0 || k > n {
        return None;
    }
    let (k, n) = (k as f64, n as f64);
    let low = if k > 0.0 { Beta::new(k, n - k + 1.0).ok()?.inverse_cdf(tail) } else { 0.0 };
    let high = if k < n { Beta::new(k + 1.0, n - k).ok()?.inverse_cdf(1.0 - tail) } else { 1.0 };
    Some(Bounds { low, high })
}

/// Wilson score interval of a proportion: `k` of `n`, two-sided at `level`.
///
/// `None` when `n` is 0, `k > n`, or `level` is not inside (0, 1).
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn wilson(k: u64, n: u64, level: f64) -> Option<Bounds> {
    let z = normal::quantile(1.0 - tail(level)?)?;
    if n == 0 || k > n {
        return None;
    }
    let (p, n) = (k as f64 / n as f64, n as f64);
    let z2 = z * z;
    let center = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let low = if k == 0 { 0.0 } else { (center - half).max(0.0) };
    let high = if p >= 1.0 { 1.0 } else { (center + half).min(1.0) };
    Some(Bounds { low, high })
}

/// Exact (Garwood) interval of a rate: `count` events in `exposure`, two-sided at `level`,
/// in events per unit of exposure. `None` when `exposure` is not positive.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn garwood(count: u64, exposure: f64, level: f64) -> Option<Bounds> {
    let tail = tail(level)?;
    if exposure <= 0.0 || !exposure.is_finite() {
        return None;
    }
    let k = count as f64;
    let low = if count > 0 { Gamma::new(k, 1.0).ok()?.inverse_cdf(tail) } else { 0.0 };
    let high = Gamma::new(k + 1.0, 1.0).ok()?.inverse_cdf(1.0 - tail);
    Some(Bounds { low: low / exposure, high: high / exposure })
}

/// Newcombe's interval of the difference p₁ − p₂ from two Wilson intervals.
///
/// `None` where either Wilson interval is.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn newcombe(k1: u64, n1: u64, k2: u64, n2: u64, level: f64) -> Option<Bounds> {
    let (a, b) = (wilson(k1, n1, level)?, wilson(k2, n2, level)?);
    let (p1, p2) = (k1 as f64 / n1 as f64, k2 as f64 / n2 as f64);
    let d = p1 - p2;
    let low = d - ((p1 - a.low).powi(2) + (b.high - p2).powi(2)).sqrt();
    let high = d + ((a.high - p1).powi(2) + (p2 - b.low).powi(2)).sqrt();
    Some(Bounds { low, high })
}

fn tail(level: f64) -> Option<f64> {
    (level > 0.0 && level < 1.0).then_some((1.0 - level) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::{clopper_pearson, wilson};

    #[test]
    fn crm_win_rate_has_its_published_wilson_interval() {
        let b = wilson(4238, 6711, 0.95).map(|b| (b.low, b.high));
        let (low, high) = b.unwrap_or_default();
        assert!((low - 0.619_886_914_783_114_1).abs() < 1e-12, "{low}");
        assert!((high - 0.642_963_669_377_957_3).abs() < 1e-12, "{high}");
    }

    #[test]
    fn exact_interval_matches_the_constructed_reps() {
        let b = clopper_pearson(171, 200, 0.95).map(|b| (b.low, b.high));
        let (low, high) = b.unwrap_or_default();
        assert!((low - 0.798_438_503_826_820_2).abs() < 1e-9, "{low}");
        assert!((high - 0.900_691_377_444_792_4).abs() < 1e-9, "{high}");
    }
}
