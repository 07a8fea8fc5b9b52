//! The figures of each step, in the order work passes them.

use std::collections::{BTreeMap, BTreeSet};

use super::params::Params;
use crate::dataset::{
    DAY_MS, Dataset, DefectCube, Grain, MISSING_CODE, OpportunityBasis, StepEvent, StepLog, day_of,
};
use crate::records::{Col, fold};
use crate::stats::hypothesis::Alternative;
use crate::stats::hypothesis::mann_whitney::mann_whitney;
use crate::stats::sigma::rolled_yield;
use crate::stats::sigma::step::Step as Counted;
use crate::stats::summary::quantile::type7;

/// Milliseconds of an hour.
pub(super) const HOUR: f64 = 3_600_000.0;

/// Where a first-time yield comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YieldFrom {
    /// Units without a defect in the service records.
    Records,
    /// e^(−DPU) of the service records.
    Dpu,
    /// Cases that passed the step once only.
    Repeats,
}

/// One step. Times are milliseconds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    /// Its name.
    pub(super) name: String,
    /// Events in the period.
    pub(super) events: u64,
    /// Work in each, ascending; empty in a log without ends.
    pub(super) works: Vec<f64>,
    /// Waits before it, ascending.
    pub(super) waits: Vec<f64>,
    /// Mean place in the order of a case.
    place: f64,
    /// First-time yield.
    pub(super) first_time: f64,
    /// Where that comes from.
    pub(super) yield_from: YieldFrom,
    /// Open cases whose last event it is.
    pub(super) open: u64,
    /// People who did it; 0 where none is named.
    pub(super) people: usize,
    /// Hours of work a person and day of the period.
    pub(super) load: Option<f64>,
    /// Load over the hours a person is there.
    pub(super) utilisation: Option<f64>,
}

impl Step {
    /// Mean work.
    pub(super) fn work(&self) -> Option<f64> {
        mean(&self.works)
    }

    /// Mean wait before it.
    pub(super) fn wait(&self) -> Option<f64> {
        mean(&self.waits)
    }

    /// The share `p` of its waits is at most this long.
    pub(super) fn wait_quantile(&self, p: f64) -> Option<f64> {
        type7(&self.waits, p)
    }
}

/// The step before which most time is spent waiting.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bottleneck {
    /// Index of the step.
    pub(super) step: usize,
    /// Its part of all waiting.
    pub(super) share: f64,
    /// p-value of longer waits before it than before the other steps.
    pub(super) p: Option<f64>,
    /// The step whose people work most a day.
    pub(super) busiest: Option<usize>,
}

/// Everything the section is written from.
pub(super) struct Computed {
    /// The steps in order.
    pub(super) steps: Vec<Step>,
    /// Where work is held up.
    pub(super) bottleneck: Option<Bottleneck>,
    /// ∏ of the first-time yields.
    pub(super) rolled: Option<f64>,
    /// Whether the log has ends.
    pub(super) timed: bool,
    /// Days of the period with events.
    pub(super) days: f64,
}

fn mean(values: &[f64]) -> Option<f64> {
    let n = crate::stats::summary::moments::Moments::of(values);
    n.mean().ok()
}

#[derive(Default)]
struct Group {
    works: Vec<f64>,
    waits: Vec<f64>,
    events: u64,
    places: f64,
    cases: u64,
    repeated: u64,
    open: u64,
    people: BTreeSet<u32>,
}

impl Computed {
    /// The figures; `None` where nothing was begun in the period.
    pub(super) fn new(log: &StepLog<'_>, data: &Dataset, params: &Params) -> Option<Self> {
        let mut groups: BTreeMap<u32, Group> = BTreeMap::new();
        let mut first = log.now;
        for case in log.cases() {
            let repeats: BTreeSet<u32> =
                case.repeats().filter(|(_, again)| *again).map(|(e, _)| e.step).collect();
            let mut seen = BTreeSet::new();
            for (at, (event, wait)) in case.waits().enumerate() {
                if !data.period.contains(day_of(event.start)) {
                    continue;
                }
                first = first.min(event.start);
                let group = groups.entry(event.step).or_default();
                group.add(event, (at > 0).then_some(wait));
                if seen.insert(event.step) {
                    group.cases += 1;
                    group.places += number(at);
                    group.repeated += u64::from(repeats.contains(&event.step));
                }
            }
            if let Some(last) = case.events.last().filter(|_| !case.finished) {
                groups.entry(last.step).or_default().open += 1;
            }
        }
        let days = exact(log.now - first) / exact(DAY_MS);
        let yields = yields(data);
        let step = |(code, group): (u32, Group)| {
            let name = log.step(code);
            group.step(name, days, yields.get(&fold(name)).copied(), params)
        };
        let mut steps: Vec<Step> =
            groups.into_iter().filter(|(_, group)| group.events > 0).map(step).collect();
        steps.sort_by(|a, b| a.place.total_cmp(&b.place).then_with(|| a.name.cmp(&b.name)));
        let rolled = rolled_yield(&steps.iter().map(|step| step.first_time).collect::<Vec<_>>());
        let bottleneck = bottleneck(&steps);
        (!steps.is_empty()).then_some(Self { steps, bottleneck, rolled, timed: log.timed, days })
    }
}

impl Group {
    fn add(&mut self, event: &StepEvent, wait: Option<i64>) {
        self.events += 1;
        self.works.extend(event.end.map(|_| exact(event.work())));
        self.waits.extend(wait.map(exact));
        if event.resource != MISSING_CODE {
            self.people.insert(event.resource);
        }
    }

    fn step(
        mut self,
        name: &str,
        days: f64,
        counted: Option<(f64, YieldFrom)>,
        params: &Params,
    ) -> Step {
        self.works.sort_by(f64::total_cmp);
        self.waits.sort_by(f64::total_cmp);
        let once = || 1.0 - count(self.repeated) / count(self.cases.max(1));
        let (first_time, yield_from) = counted.unwrap_or_else(|| (once(), YieldFrom::Repeats));
        let hours = crate::stats::summary::sum::sum(self.works.iter().copied()) / HOUR;
        let load = (!self.people.is_empty() && !self.works.is_empty())
            .then(|| hours / (number(self.people.len()) * days));
        Step {
            name: name.to_owned(),
            events: self.events,
            place: self.places / count(self.cases.max(1)),
            works: self.works,
            waits: self.waits,
            first_time,
            yield_from,
            open: self.open,
            people: self.people.len(),
            load,
            utilisation: load.zip(params.available_hours).map(|(load, hours)| load / hours),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "lengths of time stay below 2^53 ms")]
const fn exact(ms: i64) -> f64 {
    ms as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn number(n: usize) -> f64 {
    n as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn count(n: u64) -> f64 {
    n as f64
}

/// First-time yields of the steps the service records name, over the period.
fn yields(data: &Dataset) -> BTreeMap<String, (f64, YieldFrom)> {
    let cube =
        DefectCube::by(data, Grain::Month, data.until(), OpportunityBasis::PerUnit, &[Col::Step]);
    let (from, to) = (data.period.from.month().number(), data.period.to.month().number());
    let of = |(at, name): (usize, &Option<String>)| {
        let sum = cube.total(|p| p.step == at && (from..=to).contains(&p.period));
        let judged = sum.judged == sum.units && sum.defective <= sum.units;
        let counted = Counted {
            units: sum.units,
            opportunities_per_unit: 1,
            defects: sum.defects,
            defective_units: judged.then_some(sum.defective),
        };
        let figures = counted.assess(0.95).ok()?;
        let first_time = figures.first_time_yield.map(|y| (y.value, YieldFrom::Records));
        Some((
            fold(name.as_ref()?),
            first_time.unwrap_or((figures.throughput_yield, YieldFrom::Dpu)),
        ))
    };
    cube.steps.iter().enumerate().filter_map(of).collect()
}

/// The step with the most waiting before it, and the step whose people work most.
fn bottleneck(steps: &[Step]) -> Option<Bottleneck> {
    let total = |step: &Step| crate::stats::summary::sum::sum(step.waits.iter().copied());
    let all: f64 = steps.iter().map(total).sum();
    let most = |of: &dyn Fn(&Step) -> Option<f64>| {
        let known = steps.iter().enumerate().filter_map(|(at, step)| Some((at, of(step)?)));
        known.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
    };
    let (step, longest) = most(&|step| Some(total(step))).filter(|(_, sum)| *sum > 0.0)?;
    let others: Vec<f64> = (0..)
        .zip(steps)
        .filter(|(at, _)| *at != step)
        .flat_map(|(_, s)| s.waits.iter().copied())
        .collect();
    let waits = steps.get(step).map(|step| step.waits.as_slice()).unwrap_or_default();
    let test = mann_whitney(waits, &others, Alternative::Greater);
    Some(Bottleneck {
        step,
        share: longest / all,
        p: test.ok().map(|test| test.p_value()),
        busiest: most(&|step| step.load).map(|(at, _)| at),
    })
}
