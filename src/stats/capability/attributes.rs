//! Capability of what is counted: defective units, or defects in units.

use crate::stats::interval::{Bounds, clopper_pearson, garwood};
use crate::stats::sigma::{throughput_yield, z_bounds, z_long_term};
use crate::stats::{Unestimable, total};

/// Capability of defective units among inspected ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Binomial {
    /// Share defective over all samples.
    pub share: f64,
    /// Its exact (Clopper–Pearson) interval.
    pub bounds: Bounds,
    /// Process Z = Φ⁻¹(1 − p), without shift; absent where nothing or everything is defective.
    pub z: Option<f64>,
    /// Its interval, carried over; an end that is unbounded is absent.
    pub z_bounds: (Option<f64>, Option<f64>),
}

/// Capability of `defectives` found in samples of `sizes`, at the two-sided `level`.
///
/// # Errors
/// No samples, as many counts as not sizes, no units, or more defectives than units.
pub fn binomial(defectives: &[u64], sizes: &[u64], level: f64) -> Result<Binomial, Unestimable> {
    same_length(defectives.len(), sizes.len())?;
    if defectives.iter().zip(sizes).any(|(found, size)| found > size) {
        return Err(Unestimable::Outside("more defectives than units"));
    }
    let (found, units) = (total(defectives)?, total(sizes)?);
    let none = Unestimable::Outside("needs units, and a level between 0 and 1");
    let bounds = clopper_pearson(found, units, level).ok_or(none)?;
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    let share = found as f64 / units as f64;
    Ok(Binomial { share, bounds, z: z_long_term(share), z_bounds: z_bounds(bounds) })
}

/// Capability of defects in inspected units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Poisson {
    /// Defects per unit.
    pub per_unit: f64,
    /// Its exact (Garwood) interval.
    pub bounds: Bounds,
    /// Mean defects per sample.
    pub per_sample: f64,
    /// Throughput yield e^(−DPU), were defects spread at random.
    pub throughput: f64,
    /// Its interval, carried over.
    pub throughput_bounds: Bounds,
}

/// Capability of `defects` found in samples of `units` (any positive measure), at `level`.
///
/// # Errors
/// No samples, as many counts as not sizes, or no units.
pub fn poisson(defects: &[u64], units: &[f64], level: f64) -> Result<Poisson, Unestimable> {
    same_length(defects.len(), units.len())?;
    let (found, exposure) = (total(defects)?, units.iter().sum::<f64>());
    let none = Unestimable::Outside("needs units, and a level between 0 and 1");
    let bounds = garwood(found, exposure, level).ok_or(none)?;
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    let (found, samples) = (found as f64, defects.len() as f64);
    let per_unit = found / exposure;
    let throughput_bounds =
        Bounds { low: throughput_yield(bounds.high), high: throughput_yield(bounds.low) };
    Ok(Poisson {
        per_unit,
        bounds,
        per_sample: found / samples,
        throughput: throughput_yield(per_unit),
        throughput_bounds,
    })
}

fn same_length(counts: usize, sizes: usize) -> Result<(), Unestimable> {
    if counts == 0 {
        return Err(Unestimable::TooFew { needed: 1, got: 0 });
    }
    if counts == sizes { Ok(()) } else { Err(Unestimable::Outside("each count needs a size")) }
}
