//! What the pilot measured, and what was predicted of it.

use super::params::Params;
use crate::dataset::{Dataset, Family, Part, Table, ToleranceStack, tolerance_stacks};
use crate::records::{Col, TableKind};
use crate::stats::Bounds;
use crate::stats::capability::{Indices, Sample, Specification, Terms, assess};
use crate::stats::design::tolerance::{self, Component, Shape, predict, stack};
use crate::stats::interval::{self, Estimate, clopper_pearson};
use crate::stats::summary::moments::Moments;
use crate::units::Period;

/// Whether the pilot reached the design target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The whole interval lies at or above the target.
    Met,
    /// The whole interval lies below it.
    NotMet,
    /// It reaches to both sides, or there is none.
    CannotTell,
}

/// A figure as predicted and as observed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Pair {
    pub(super) predicted: Option<f64>,
    pub(super) observed: Option<Estimate>,
}

impl Pair {
    /// Whether the prediction lies in the observed interval.
    pub(super) fn agrees(&self) -> Option<bool> {
        let (predicted, seen) = self.predicted.zip(self.observed)?;
        Some(seen.bounds.low <= predicted && predicted <= seen.bounds.high)
    }
}

/// One characteristic a pilot measured.
#[derive(Debug)]
pub(super) struct Verified {
    pub(super) project: Option<String>,
    pub(super) characteristic: Option<String>,
    /// Measurements, ascending.
    pub(super) values: Vec<f64>,
    pub(super) lsl: Option<f64>,
    pub(super) usl: Option<f64>,
    pub(super) mean: Pair,
    pub(super) sd: Pair,
    pub(super) ppk: Pair,
    /// Share of results within the limits.
    pub(super) share: Pair,
    pub(super) verdict: Verdict,
}

impl Verified {
    /// Figures whose prediction lies outside what was observed.
    pub(super) fn differing(&self) -> Vec<&'static str> {
        let pairs =
            [("mean", self.mean), ("sd", self.sd), ("ppk", self.ppk), ("share", self.share)];
        pairs
            .into_iter()
            .filter(|(_, pair)| pair.agrees() == Some(false))
            .map(|(id, _)| id)
            .collect()
    }

    /// Whether anything was predicted of it.
    pub(super) const fn is_predicted(&self) -> bool {
        self.mean.predicted.is_some()
    }
}

/// Everything the section is written from.
#[derive(Debug)]
pub(super) struct Computed {
    pub(super) verified: Vec<Verified>,
    pub(super) target: f64,
    pub(super) level: f64,
    pub(super) period: Period,
}

impl Computed {
    /// `None` where no measurement of a pilot falls before the day the report looks from.
    pub(super) fn new(data: &Dataset, params: &Params, level: f64) -> Option<Self> {
        let table = data.table(TableKind::Measurements)?;
        let stacks = tolerance_stacks(data);
        let until = data.until();
        let counts = |row: &usize| {
            let early = table.day(Col::Date, *row).is_none_or(|day| day <= until);
            early && Family::Trial.says(table.text(Col::Phase, *row), "pilot")
        };
        let groups = table.rows_by(&[Col::ProjectId, Col::Characteristic]);
        let verified = groups.into_iter().filter_map(|(key, rows)| {
            let names = [0, 1].map(|i| key.get(i).copied().flatten());
            let rows: Vec<usize> = rows.into_iter().filter(counts).collect();
            let own = stacks.iter().find(|stack| stack.is_of(names[0], names[1]));
            verified(table, names, &rows, own, (params, level))
        });
        let verified: Vec<Verified> = verified.collect();
        let period = Period { from: data.period.from, to: until };
        let target = params.target_ppk;
        (!verified.is_empty()).then_some(Self { verified, target, level, period })
    }

    /// The characteristic with the least Ppk.
    pub(super) fn worst(&self) -> Option<&Verified> {
        let ppk = |v: &&Verified| v.ppk.observed.map(|e| e.value);
        let known = self.verified.iter().filter(|v| ppk(v).is_some());
        known.min_by(|a, b| ppk(a).unwrap_or(0.0).total_cmp(&ppk(b).unwrap_or(0.0)))
    }
}

fn verified(
    table: &Table,
    [project, characteristic]: [Option<&str>; 2],
    rows: &[usize],
    own: Option<&ToleranceStack>,
    (params, level): (&Params, f64),
) -> Option<Verified> {
    let mut values: Vec<f64> = rows.iter().filter_map(|&r| table.number(Col::Value, r)).collect();
    values.sort_by(f64::total_cmp);
    let limits = |col| rows.iter().filter_map(move |&row| table.number(col, row));
    let lsl = limits(Col::Lsl).reduce(f64::max);
    let usl = limits(Col::Usl).reduce(f64::min);
    let moments = Moments::of(&values);
    let spec = Specification::new(lsl, None, usl).ok();
    let predicted = own.and_then(|own| prediction(own, spec.as_ref(), params, level));
    let capable = spec.as_ref().and_then(|spec| capability(&values, spec, level));
    let pair = |predicted: Option<f64>, observed| Pair { predicted, observed };
    let of = |i: usize| predicted.and_then(|figures| figures.get(i).copied().flatten());
    let ppk = pair(of(2), capable.map(|c| c.0));
    (!values.is_empty()).then(|| Verified {
        project: project.map(str::to_owned),
        characteristic: characteristic.map(str::to_owned),
        mean: pair(of(0), interval::mean(&moments, level).ok()),
        sd: pair(of(1), interval::standard_deviation(&moments, level).ok()),
        share: pair(of(3), capable.map(|c| c.1)),
        verdict: judged(ppk.observed.map(|e| e.bounds), params.target_ppk),
        ppk,
        values,
        lsl,
        usl,
    })
}

fn judged(bounds: Option<Bounds>, target: f64) -> Verdict {
    match bounds {
        Some(bounds) if bounds.low >= target => Verdict::Met,
        Some(bounds) if bounds.high < target => Verdict::NotMet,
        _ => Verdict::CannotTell,
    }
}

/// Ppk with Bissell's interval, and the share within the limits with its exact one.
fn capability(values: &[f64], spec: &Specification, level: f64) -> Option<(Estimate, Estimate)> {
    let terms = Terms { level, ..Terms::default() };
    let found = assess(Sample::Individuals(values), spec, terms).ok()?;
    let overall = found.overall;
    let ppk = Estimate { value: overall.normal.indices.least()?, bounds: overall.ppk_bounds? };
    let within = |x: &&f64| {
        spec.lower().is_none_or(|lsl| **x >= lsl) && spec.upper().is_none_or(|usl| **x <= usl)
    };
    let (inside, n) = (values.iter().filter(within).count() as u64, values.len() as u64);
    let bounds = clopper_pearson(inside, n, level)?;
    Some((ppk, Estimate { value: 1.0 - found.observed.total(), bounds }))
}

/// Mean, standard deviation, Ppk and share within the limits as the components promise.
fn prediction(
    own: &ToleranceStack,
    spec: Option<&Specification>,
    params: &Params,
    level: f64,
) -> Option<[Option<f64>; 4]> {
    let component = |part: &Part| {
        let shape = Shape::named(part.law?)?;
        Some(Component { mean: part.mean, sd: part.sd, coefficient: part.coefficient, shape })
    };
    let components: Vec<Component> = own.parts.iter().map(component).collect::<Option<_>>()?;
    let sum = stack(&components).ok()?;
    let terms = tolerance::Terms { seed: params.seed, draws: params.draws, level };
    let ppk = spec.and_then(|spec| Indices::normal(sum.mean, sum.sd, spec).ok()?.least());
    let share = spec.and_then(|spec| predict(&components, spec, terms).ok());
    Some([Some(sum.mean), Some(sum.sd), ppk, share.map(|p| p.simulated.value)])
}
