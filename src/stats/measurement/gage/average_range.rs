//! AIAG's average and range method: the gage R&R of the paper form.
//!
//! Source: AIAG, Measurement Systems Analysis, 4th edition (2010), chapter III, section B, and
//! appendix C for d2*; A. Duncan, Quality Control and Industrial Statistics (1974), § 6.5.

use super::layout::{Layout, Reading};
use crate::stats::control_chart::constants::Constants;
use crate::stats::{Unestimable, count};

/// A study by averages and ranges, in the names of the form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AverageRange {
    /// 1 / d₂ by the number of trials, to four digits as printed.
    pub k1: f64,
    /// 1 / d₂* of a single range, √(d₂² + d₃²), by the number of operators; likewise.
    pub k2: f64,
    /// The same by the number of parts.
    pub k3: f64,
    /// R̄̄: mean of the ranges within cells.
    pub mean_range: f64,
    /// Range of the operators' means.
    pub operator_range: f64,
    /// Range of the parts' means.
    pub part_range: f64,
    /// Equipment variation, R̄̄ K1.
    pub equipment: f64,
    /// Appraiser variation, √((X̄diff K2)² − EV² / (parts · trials)), 0 where that is negative.
    pub appraiser: f64,
    /// √(EV² + AV²).
    pub gage: f64,
    /// Part variation, Rp K3.
    pub part: f64,
    /// √(GRR² + PV²).
    pub total: f64,
}

/// Analyses a crossed study by averages and ranges.
///
/// # Errors
/// `Outside` where it is unbalanced or a value is not finite; `TooFew` below two parts, operators
/// or trials; `Constant` where nothing varies.
pub fn average_range(readings: &[Reading]) -> Result<AverageRange, Unestimable> {
    let layout = Layout::new(readings, true)?;
    let few = |got| Unestimable::TooFew { needed: 2, got };
    let many_ranges = |n| Constants::of(n).map(|c| printed(1.0 / c.d2)).ok_or(few(n));
    let one_range = |n| Constants::of(n).map(|c| printed(1.0 / c.d2.hypot(c.d3))).ok_or(few(n));
    let (k1, k2) = (many_ranges(layout.trials)?, one_range(layout.operators)?);
    let k3 = one_range(layout.parts)?;
    let ranges: f64 = layout.cells.iter().flatten().map(|cell| range(cell)).sum();
    let mean_range = ranges / count(layout.operators * layout.parts);
    let operator_range = range(&layout.operator_means());
    let part_range = range(&layout.part_means());
    let equipment = mean_range * k1;
    let readings = count(layout.parts * layout.trials);
    let between = (operator_range * k2).powi(2) - equipment.powi(2) / readings;
    let appraiser = between.max(0.0).sqrt();
    let gage = equipment.hypot(appraiser);
    let part = part_range * k3;
    let total = gage.hypot(part);
    if total <= 0.0 {
        return Err(Unestimable::Constant);
    }
    Ok(AverageRange {
        k1,
        k2,
        k3,
        mean_range,
        operator_range,
        part_range,
        equipment,
        appraiser,
        gage,
        part,
        total,
    })
}

/// To four digits, as the form prints its constants.
fn printed(constant: f64) -> f64 {
    (constant * 1e4).round() / 1e4
}

fn range(values: &[f64]) -> f64 {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    values.iter().copied().fold(f64::NEG_INFINITY, f64::max) - low
}

impl AverageRange {
    /// A variation in per cent of the total.
    #[must_use]
    pub fn percent(&self, variation: f64) -> f64 {
        100.0 * variation / self.total
    }

    /// Categories of parts the gage can tell apart, 1.41 · PV / GRR, not rounded; `None` where the
    /// gage has no spread.
    #[must_use]
    pub fn distinct_categories(&self) -> Option<f64> {
        (self.gage > 0.0).then(|| 1.41 * self.part / self.gage)
    }
}
