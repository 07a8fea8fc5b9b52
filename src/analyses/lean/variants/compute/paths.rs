//! Sequences of steps, and steps that follow each other.

use std::collections::{BTreeMap, BTreeSet};

use super::{exact, ms};
use crate::dataset::{StepCase, StepLog};
use crate::stats::flow::event_log::{CaseFlow, Flow};
use crate::stats::holm;
use crate::stats::hypothesis::Alternative;
use crate::stats::hypothesis::mann_whitney::mann_whitney;
use crate::stats::summary::quantile::type7;

/// One way through the process.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Variant {
    /// Its steps, by name.
    pub(in super::super) path: Vec<String>,
    /// Cases that took it.
    pub(in super::super) cases: usize,
    /// Their lead times, ascending, in milliseconds.
    pub(in super::super) leads: Vec<f64>,
    /// p-value of lead times other than the first variant's, after Holm; absent where too few.
    pub(in super::super) p: Option<f64>,
}

impl Variant {
    /// The lead time at most the share `p` of its cases stayed below.
    pub(in super::super) fn quantile(&self, p: f64) -> Option<f64> {
        type7(&self.leads, p)
    }
}

/// One step right after another.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Transition {
    /// The earlier step.
    pub(in super::super) from: String,
    /// The later step.
    pub(in super::super) to: String,
    /// Times between them, ascending, in milliseconds.
    pub(in super::super) waits: Vec<f64>,
    /// Their sum.
    pub(in super::super) total: f64,
}

/// The variants, the most frequent first; those of equal frequency by their steps.
pub(super) fn variants(log: &StepLog<'_>, flow: &Flow, least: usize) -> Vec<Variant> {
    let mut leads: BTreeMap<&[usize], Vec<f64>> = BTreeMap::new();
    for CaseFlow { trace, lead, .. } in &flow.cases {
        leads.entry(trace).or_default().push(*lead);
    }
    let name = |step: &usize| log.step(u32::try_from(*step).unwrap_or(u32::MAX)).to_owned();
    let mut variants: Vec<Variant> = leads
        .into_iter()
        .map(|(trace, mut leads)| {
            leads.sort_by(f64::total_cmp);
            Variant { path: trace.iter().map(name).collect(), cases: leads.len(), leads, p: None }
        })
        .collect();
    variants.sort_by(|a, b| b.cases.cmp(&a.cases).then_with(|| a.path.cmp(&b.path)));
    compare(&mut variants, least);
    variants
}

/// Each variant with enough cases against the first.
fn compare(variants: &mut [Variant], least: usize) {
    let Some((first, others)) = variants.split_first_mut() else { return };
    let test = |other: &Variant| {
        let enough = first.cases >= least && other.cases >= least;
        let test = enough.then(|| mann_whitney(&other.leads, &first.leads, Alternative::TwoSided));
        test.and_then(Result::ok).map_or(f64::NAN, |test| test.p_value())
    };
    let p: Vec<f64> = others.iter().map(test).collect();
    for (other, p) in others.iter_mut().zip(holm(&p)) {
        other.p = Some(p).filter(|p| p.is_finite());
    }
}

/// How many variants, the most frequent first, hold the share `most` of cases.
pub(super) fn needed(variants: &[Variant], cases: usize, most: f64) -> usize {
    let mut sum = 0;
    let reached = |variant: &Variant| {
        sum += variant.cases;
        exact(sum) >= most * exact(cases)
    };
    variants.iter().position(reached).map_or(variants.len(), |at| at + 1)
}

/// Times a case came back to a step after another one.
pub(super) fn returns(case: &StepCase<'_>) -> u64 {
    let mut seen = BTreeSet::new();
    let mut before = None;
    let mut count = 0;
    for event in case.events {
        let known = !seen.insert(event.step);
        count += u64::from(known && before != Some(event.step));
        before = Some(event.step);
    }
    count
}

/// Every step after every other, with the time between the two; the most time first.
pub(super) fn transitions(log: &StepLog<'_>, cases: &[StepCase<'_>]) -> Vec<Transition> {
    let mut waits: BTreeMap<(u32, u32), Vec<f64>> = BTreeMap::new();
    for case in cases {
        let mut before = None;
        for (event, wait) in case.waits() {
            if let Some(before) = before.replace(event.step) {
                waits.entry((before, event.step)).or_default().push(ms(wait));
            }
        }
    }
    let named = |((from, to), mut waits): ((u32, u32), Vec<f64>)| {
        waits.sort_by(f64::total_cmp);
        let (from, to) = (log.step(from).to_owned(), log.step(to).to_owned());
        Transition { from, to, total: waits.iter().sum(), waits }
    };
    let mut out: Vec<Transition> = waits.into_iter().map(named).collect();
    out.sort_by(|a, b| {
        b.total.total_cmp(&a.total).then_with(|| (&a.from, &a.to).cmp(&(&b.from, &b.to)))
    });
    out
}
