//! Capability indices from a location and a spread, and what is expected beyond the limits.
//!
//! Sources: S. Kotz and N. Johnson, *Process Capability Indices* (1993); ISO 22514-2:2017 for the
//! percentile form, which the normal one is a case of.

use super::Specification;
use crate::stats::special::normal;
use crate::stats::{Unestimable, count};

/// Indices of capability. Which names they carry depends on the spread they were given: Cp, Cpl,
/// Cpu, Cpk with sigma within, Pp, Ppl, Ppu, Ppk with the overall standard deviation.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Indices {
    /// Cp = (USL − LSL) / 6σ; only with both limits.
    pub potential: Option<f64>,
    /// Cpl = (μ − LSL) / 3σ.
    pub lower: Option<f64>,
    /// Cpu = (USL − μ) / 3σ.
    pub upper: Option<f64>,
}

impl Indices {
    /// Of a normal process with `mean` and `sigma` (unit of the limits).
    ///
    /// # Errors
    /// A sigma of 0: nothing varies, so there is no capability.
    pub fn normal(mean: f64, sigma: f64, spec: &Specification) -> Result<Self, Unestimable> {
        if sigma.is_nan() || sigma <= 0.0 {
            return Err(Unestimable::Constant);
        }
        Ok(Self {
            potential: spec.both().map(|(lsl, usl)| (usl - lsl) / (6.0 * sigma)),
            lower: spec.lower().map(|lsl| (mean - lsl) / (3.0 * sigma)),
            upper: spec.upper().map(|usl| (usl - mean) / (3.0 * sigma)),
        })
    }

    /// Of any distribution with the 0.135, 50 and 99.865 % points `q`, which hold the share of a
    /// normal distribution within ±3σ (ISO 22514-2).
    ///
    /// # Errors
    /// Points that do not rise.
    pub fn percentile(q: [f64; 3], spec: &Specification) -> Result<Self, Unestimable> {
        let [low, middle, high] = q;
        if !(low < middle && middle < high) {
            return Err(Unestimable::Constant);
        }
        Ok(Self {
            potential: spec.both().map(|(lsl, usl)| (usl - lsl) / (high - low)),
            lower: spec.lower().map(|lsl| (middle - lsl) / (middle - low)),
            upper: spec.upper().map(|usl| (usl - middle) / (high - middle)),
        })
    }

    /// Cpk: the smaller of the one-sided indices, or the only one.
    #[must_use]
    pub fn least(&self) -> Option<f64> {
        [self.lower, self.upper].into_iter().flatten().reduce(f64::min)
    }
}

/// Shares beyond the limits of specification, between 0 and 1; 0 where there is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Beyond {
    /// Below the lower limit.
    pub below: f64,
    /// Above the upper limit.
    pub above: f64,
}

impl Beyond {
    /// Expected of a normal process: Φ at the standardised limits, right far beyond six sigma.
    #[must_use]
    pub fn normal(mean: f64, sigma: f64, spec: &Specification) -> Self {
        let beyond = |distance: f64| normal::cdf(-distance / sigma);
        Self {
            below: spec.lower().map_or(0.0, |lsl| beyond(mean - lsl)),
            above: spec.upper().map_or(0.0, |usl| beyond(usl - mean)),
        }
    }

    /// Observed in `values`: a value on a limit is within. `None` of no values.
    #[must_use]
    pub fn observed(values: &[f64], spec: &Specification) -> Option<Self> {
        let share = |limit: Option<f64>, out: fn(f64, f64) -> bool| {
            let limit = limit.map(|limit| values.iter().filter(|x| out(**x, limit)).count());
            count(limit.unwrap_or(0)) / count(values.len())
        };
        (!values.is_empty()).then(|| Self {
            below: share(spec.lower(), |x, limit| x < limit),
            above: share(spec.upper(), |x, limit| x > limit),
        })
    }

    /// Share beyond either limit.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.below + self.above
    }

    /// Z.bench = Φ⁻¹(1 − total), the normal distance with the same share on one side; `None` where
    /// the share is 0 or 1.
    #[must_use]
    pub fn z_bench(&self) -> Option<f64> {
        normal::upper_quantile(self.total())
    }
}
