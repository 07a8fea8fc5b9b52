//! The exact interval of a rate.
//!
//! Source: F. Garwood, Biometrika 28 (1936).

use super::{Bounds, tail};
use crate::stats::special::gamma;

/// Events per unit of exposure; `None` when `exposure` is not positive.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn rate(count: u64, exposure: f64) -> Option<f64> {
    (exposure > 0.0).then(|| count as f64 / exposure).filter(|rate| rate.is_finite())
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
    let low = if count > 0 { gamma::quantile(k, tail)? } else { 0.0 };
    let high = gamma::quantile(k + 1.0, 1.0 - tail)?;
    let bounds = Bounds { low: low / exposure, high: high / exposure };
    bounds.high.is_finite().then_some(bounds)
}
