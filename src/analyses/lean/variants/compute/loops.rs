//! Steps done more than once on a case: what that costs, and whether it became more frequent.

use std::collections::{BTreeMap, BTreeSet};

use super::{exact, ms};
use crate::dataset::{Dataset, StepCase, StepLog};
use crate::stats::control_chart::change_point::{Change, Way, likeliest};
use crate::stats::holm;
use crate::stats::hypothesis::Alternative;
use crate::stats::hypothesis::mann_whitney::{Shift, mann_whitney, shift};
use crate::stats::sigma::rates::Rate;
use crate::units::Month;

/// A step that was repeated.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Loop {
    /// Code of the step.
    pub(super) code: u32,
    /// Its name.
    pub(in super::super) step: String,
    /// Cases that passed it at all.
    pub(in super::super) passed: u64,
    /// Cases that repeated it.
    pub(in super::super) cases: u64,
    /// Events beyond the first of a case.
    pub(in super::super) repeats: u64,
    /// Work in those events, in milliseconds.
    pub(in super::super) work: f64,
    /// How much longer the cases that repeated it took than the others that passed it.
    pub(in super::super) cost: Option<Shift>,
    /// p-value of that, after Holm over the steps.
    pub(in super::super) p: Option<f64>,
}

impl Loop {
    /// Lead time lost to it over all its cases, in milliseconds.
    pub(in super::super) fn lost(&self) -> f64 {
        let each = self.cost.map_or(0.0, |cost| cost.estimate.max(0.0));
        each * exact(usize::try_from(self.cases).unwrap_or(0))
    }
}

/// The share of cases that repeat a step rose.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Rise {
    /// The step.
    pub(in super::super) step: String,
    /// First month after the change.
    pub(in super::super) month: Month,
    /// Share of finished cases before and since.
    pub(in super::super) before: f64,
    /// Share of finished cases since.
    pub(in super::super) after: f64,
    /// p-value adjusted for months, and by Holm for steps.
    pub(in super::super) p: f64,
}

#[derive(Default)]
struct Group {
    once: Vec<f64>,
    again: Vec<f64>,
    repeats: u64,
    work: f64,
}

/// Every step some case repeated, the most time lost first.
pub(super) fn loops(log: &StepLog<'_>, cases: &[StepCase<'_>], least: usize) -> Vec<Loop> {
    let mut groups: BTreeMap<u32, Group> = BTreeMap::new();
    for case in cases {
        add(&mut groups, case);
    }
    groups.retain(|_, group| !group.again.is_empty());
    let p: Vec<f64> = groups.values().map(|group| test(group, least)).collect();
    let mut out: Vec<Loop> = groups
        .into_iter()
        .zip(holm(&p))
        .map(|((code, group), p)| Loop {
            code,
            step: log.step(code).to_owned(),
            passed: (group.once.len() + group.again.len()) as u64,
            cases: group.again.len() as u64,
            repeats: group.repeats,
            work: group.work,
            cost: p.is_finite().then(|| shift(&group.again, &group.once, 0.95).ok()).flatten(),
            p: Some(p).filter(|p| p.is_finite()),
        })
        .collect();
    out.sort_by(|a, b| {
        b.lost().total_cmp(&a.lost()).then(b.cases.cmp(&a.cases)).then_with(|| a.step.cmp(&b.step))
    });
    out
}

fn add(groups: &mut BTreeMap<u32, Group>, case: &StepCase<'_>) {
    let mut again = BTreeSet::new();
    let mut steps = BTreeSet::new();
    for (event, repeat) in case.repeats() {
        steps.insert(event.step);
        if repeat {
            again.insert(event.step);
            let group = groups.entry(event.step).or_default();
            group.repeats += 1;
            group.work += ms(event.work());
        }
    }
    for step in steps {
        let group = groups.entry(step).or_default();
        let leads = if again.contains(&step) { &mut group.again } else { &mut group.once };
        leads.push(ms(case.lead()));
    }
}

/// p-value of longer lead times where the step is repeated; NaN where there are too few.
fn test(group: &Group, least: usize) -> f64 {
    if group.again.len() < least || group.once.len() < least {
        return f64::NAN;
    }
    let test = mann_whitney(&group.again, &group.once, Alternative::Greater);
    test.map_or(f64::NAN, |test| test.p_value())
}

/// Rises over all complete months up to the last day looked at, the surest first.
pub(super) fn rises(log: &StepLog<'_>, data: &Dataset, loops: &[Loop]) -> Vec<Rise> {
    let Some((first, months)) = months(log, data) else { return Vec::new() };
    let mut all = vec![0.0; months];
    let mut by_step: BTreeMap<u32, Vec<f64>> =
        loops.iter().map(|l| (l.code, vec![0.0; months])).collect();
    for case in log.cases().filter(|case| case.finished) {
        let at = usize::try_from(case.end_day().month().number() - first.number()).unwrap_or(0);
        let Some(n) = all.get_mut(at) else { continue };
        *n += 1.0;
        let again: BTreeSet<u32> = case.repeats().filter(|r| r.1).map(|r| r.0.step).collect();
        for step in again {
            if let Some(n) = by_step.get_mut(&step).and_then(|series| series.get_mut(at)) {
                *n += 1.0;
            }
        }
    }
    let series = |step: &u32| -> Vec<Rate> {
        let counts = by_step.get(step).map(Vec::as_slice).unwrap_or_default();
        counts.iter().zip(&all).map(|(&events, &exposure)| Rate { events, exposure }).collect()
    };
    let found: Vec<(&Loop, Option<Change>)> =
        loops.iter().map(|l| (l, likeliest(&series(&l.code), Way::Rise))).collect();
    let p: Vec<f64> = found.iter().map(|(_, change)| change.map_or(1.0, |c| c.p)).collect();
    let rise = |((of, change), p): ((&Loop, Option<Change>), f64)| {
        let change = change?;
        Some(Rise {
            step: of.step.clone(),
            month: first.plus(i32::try_from(change.at).ok()?),
            before: change.before.value()?,
            after: change.after.value()?,
            p,
        })
    };
    let mut out: Vec<Rise> = found.into_iter().zip(holm(&p)).filter_map(rise).collect();
    out.sort_by(|a, b| a.p.total_cmp(&b.p).then_with(|| a.step.cmp(&b.step)));
    out
}

/// The first month with a finished case, and how many complete months there are.
fn months(log: &StepLog<'_>, data: &Dataset) -> Option<(Month, usize)> {
    let ends = log.cases().filter(|case| case.finished).map(|case| case.end_day().month());
    let (first, until) = (ends.min()?, data.until());
    let complete = until.month().plus(i32::from(until.month().last_day() == until));
    Some((first, usize::try_from(complete.number() - first.number()).ok()?))
}
