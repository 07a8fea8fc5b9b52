//! The figures of one group of records: rates and yields with their exact intervals.

use crate::dataset::DefectCounts;
use crate::stats::interval::{self, Estimate};
use crate::stats::sigma::rates;
use crate::stats::{Bounds, sigma};

/// Which exact interval holds for defects per opportunity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exact {
    /// An opportunity holds one defect at most: Clopper–Pearson.
    Proportion,
    /// Defects exceed opportunities somewhere: Garwood.
    Rate,
}

/// Counts and how to read them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figures {
    /// The counts.
    pub(super) counts: DefectCounts,
    /// Which interval holds.
    pub(super) exact: Exact,
    /// Confidence level.
    pub(super) level: f64,
}

impl Figures {
    /// Defects per unit; `None` without units.
    pub(super) fn dpu(&self) -> Option<f64> {
        share(self.counts.defects, self.counts.units)
    }

    /// Defects per unit with its exact (Garwood) interval.
    pub(super) fn dpu_estimate(&self) -> Option<Estimate> {
        let bounds = garwood(self.counts.defects, self.counts.units, self.level)?;
        Some(Estimate { value: self.dpu()?, bounds })
    }

    /// Defects per opportunity with its exact interval; `None` without opportunities.
    pub(super) fn dpo(&self) -> Option<Estimate> {
        let (d, n) = (self.counts.defects, self.counts.opportunities);
        let value = share(d, n)?;
        let bounds = match self.exact {
            Exact::Proportion => interval::clopper_pearson(d, n, self.level)?,
            Exact::Rate => garwood(d, n, self.level)?,
        };
        Some(Estimate { value, bounds })
    }

    /// Long-term Z, absent where unbounded, and the ends of its interval.
    pub(super) fn z(&self) -> (Option<f64>, Option<f64>, Option<f64>) {
        let Some(dpo) = self.dpo() else { return (None, None, None) };
        let (low, high) = sigma::z_bounds(dpo.bounds);
        (sigma::z_long_term(dpo.value), low, high)
    }

    /// Whether defective units were counted, so that the yield need not be inferred.
    pub(super) const fn judged(&self) -> bool {
        self.counts.judged > 0 && self.counts.defective <= self.counts.judged
    }

    /// First-time yield: from defective units where counted, else e^(−DPU).
    pub(super) fn fty(&self) -> Option<Estimate> {
        if self.judged() {
            let good = self.counts.judged - self.counts.defective;
            let bounds = interval::clopper_pearson(good, self.counts.judged, self.level)?;
            return Some(Estimate { value: share(good, self.counts.judged)?, bounds });
        }
        let dpu = self.dpu_estimate()?;
        let yields = sigma::throughput_yield;
        let bounds = Bounds { low: yields(dpu.bounds.high), high: yields(dpu.bounds.low) };
        Some(Estimate { value: yields(dpu.value), bounds })
    }

    /// The counts as a rate of defects per opportunity.
    pub(super) fn rate(&self) -> rates::Rate {
        rates::Rate {
            events: double(self.counts.defects),
            exposure: double(self.counts.opportunities),
        }
    }
}

/// A yield rolled over steps, with its interval where every step's yield is positive.
pub(super) fn rolled(steps: &[Estimate]) -> Option<(f64, Option<Bounds>)> {
    let yields: Vec<f64> = steps.iter().map(|step| step.value).collect();
    let bounds = interval::product(steps).map(|product| product.bounds);
    Some((sigma::rolled_yield(&yields)?, bounds))
}

/// A count as a double.
#[expect(clippy::cast_precision_loss, reason = "counts of work stay below 2^53")]
pub(super) const fn double(n: u64) -> f64 {
    n as f64
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| double(part) / double(whole))
}

fn garwood(count: u64, exposure: u64, level: f64) -> Option<Bounds> {
    interval::garwood(count, double(exposure), level)
}
