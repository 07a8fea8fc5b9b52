//! What the process holds of its specification, as it runs now.

use super::chart::Charted;
use super::read::Series;
use crate::stats::capability::nonnormal::box_cox;
use crate::stats::capability::nonnormal::choice::{self, Assessment, Model};
use crate::stats::capability::nonnormal::fit::{Family, ISO_SHARES, estimate};
use crate::stats::capability::nonnormal::percentile::empirical;
use crate::stats::capability::{
    Capability, Indices, Sample, Specification, Terms, assess, interval,
};
use crate::stats::control_chart::stability::Stability;
use crate::stats::interval::{Bounds, Estimate, clopper_pearson};
use crate::stats::summary::bootstrap::{Resampling, bootstrap};

/// Values looked at to choose a distribution, at most; beyond, every so-manieth.
const LOOKED_AT: usize = 5000;
/// Resamples of an interval without a normal distribution, and the seed of their stream.
const RESAMPLING: Resampling = Resampling { seed: 20_250_101, resamples: 1000 };
/// Fewer values say nothing of capability.
pub(super) const ENOUGH: usize = 8;

/// Capability against a specification.
#[derive(Clone, Debug)]
pub(super) struct Ability {
    /// The specification.
    pub(super) spec: Specification,
    /// Cp to Cpm with the values taken for normal.
    pub(super) normal: Capability,
    /// The distribution by the fixed order; absent of too few values.
    pub(super) shape: Option<Assessment>,
    /// Ppk, by the distribution the values do not speak against.
    pub(super) ppk: Estimate,
    /// Share expected beyond the limits by a normal distribution, with its interval.
    pub(super) expected: Option<Bounds>,
    /// Share observed beyond the limits.
    pub(super) observed: Option<Estimate>,
}

impl Ability {
    /// Of the current phase of a series; `None` where the values do not carry it.
    pub(super) fn new(
        series: &Series,
        charted: &Charted,
        spec: Specification,
        level: f64,
    ) -> Option<Self> {
        let samples = series.samples.get(charted.current())?;
        let groups: Vec<Vec<f64>> = samples.iter().map(|s| s.values.clone()).collect();
        let values = groups.concat();
        if values.len() < ENOUGH {
            return None;
        }
        let unstable = charted.stability == Stability::Unstable;
        let signals = if unstable { charted.signals(charted.current().start) } else { 0 };
        let terms = Terms { level, signals, ..Terms::default() };
        let sample =
            if series.grouped { Sample::Subgroups(&groups) } else { Sample::Individuals(&values) };
        let normal = assess(sample, &spec, terms).ok()?;
        let shape = choice::assess(&thinned(&values), &spec).ok();
        let model = shape.as_ref().map(|shape| shape.model);
        let ppk = ppk(&values, &spec, model, level)?;
        let sd = normal.overall.normal.sigma;
        Some(Self {
            expected: interval::exceedance(normal.mean, sd, normal.n, &spec, level),
            observed: observed(&values, &spec, level),
            spec,
            normal,
            shape,
            ppk,
        })
    }

    /// Whether the values speak against a normal distribution.
    pub(super) fn skewed(&self) -> bool {
        self.shape.as_ref().is_some_and(Assessment::percentiles_first)
    }

    /// Whether `value` lies better than `other`: nearer the target, the middle or, of one limit,
    /// farther from it.
    pub(super) fn better(&self, value: f64, other: f64) -> bool {
        let middle = self.spec.both().map(|(lsl, usl)| f64::midpoint(lsl, usl));
        match (self.spec.target().or(middle), self.spec.upper()) {
            (Some(target), _) => (value - target).abs() < (other - target).abs(),
            (None, Some(_)) => value < other,
            (None, None) => value > other,
        }
    }

    /// The model Ppk is read from.
    pub(super) fn model(&self) -> Option<Model> {
        self.shape.as_ref().map(|shape| shape.model)
    }
}

fn thinned(values: &[f64]) -> Vec<f64> {
    values.iter().step_by(values.len().div_ceil(LOOKED_AT)).copied().collect()
}

/// Ppk of values by a model: of a normal one with Bissell's interval, of any other from its 0.135,
/// 50 and 99.865 % points with a bootstrap interval.
pub(super) fn ppk(
    values: &[f64],
    spec: &Specification,
    model: Option<Model>,
    level: f64,
) -> Option<Estimate> {
    let normal = || {
        let terms = Terms { level, ..Terms::default() };
        let found = assess(Sample::Individuals(values), spec, terms).ok()?;
        let value = found.overall.normal.indices.least()?;
        Some(Estimate { value, bounds: found.overall.ppk_bounds? })
    };
    let resampled = |index: &dyn Fn(&[f64]) -> Option<Indices>| {
        let found = bootstrap(values, |sample| index(sample)?.least(), RESAMPLING, level).ok()?;
        Some(Estimate { value: found.value, bounds: found.percentile })
    };
    match model {
        Some(Model::Distribution(fit)) if fit.family != Family::Normal => {
            resampled(&|sample| of_family(fit.family, sample, spec))
        }
        Some(Model::Power(power, _)) => {
            resampled(&|sample| box_cox::indices(sample, power.lambda, spec).ok())
        }
        Some(Model::Johnson(johnson)) => {
            let moved: Option<Vec<f64>> =
                values.iter().map(|&x| johnson.transformation.apply(x)).collect();
            let terms = Terms { level, ..Terms::default() };
            let moved = moved?;
            let found = assess(Sample::Individuals(&moved), &johnson.specification, terms).ok()?;
            let value = found.overall.normal.indices.least()?;
            Some(Estimate { value, bounds: found.overall.ppk_bounds? })
        }
        Some(Model::Percentiles) => {
            resampled(&|sample| empirical(sample, spec).ok()?.indices.ok()).or_else(normal)
        }
        _ => normal(),
    }
}

fn of_family(family: Family, values: &[f64], spec: &Specification) -> Option<Indices> {
    let law = estimate(family, values).ok()?;
    let [low, middle, high] = ISO_SHARES.map(|share| law.quantile(share));
    Indices::percentile([low?, middle?, high?], spec).ok()
}

fn observed(values: &[f64], spec: &Specification, level: f64) -> Option<Estimate> {
    let beyond = |x: &&f64| {
        spec.lower().is_some_and(|lsl| **x < lsl) || spec.upper().is_some_and(|usl| **x > usl)
    };
    let out = values.iter().filter(beyond).count() as u64;
    let bounds = clopper_pearson(out, values.len() as u64, level)?;
    Some(Estimate {
        value: crate::stats::capability::Beyond::observed(values, spec)?.total(),
        bounds,
    })
}
