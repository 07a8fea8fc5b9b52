//! Time before each step in which nothing was done on the case.

use std::collections::BTreeMap;

use super::{exact, sorted};
use crate::dataset::{StepLog, day_of};
use crate::units::Period;

/// The waits before one step.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Queue {
    /// The step.
    pub(in super::super) step: String,
    /// Waits before it, ascending, in milliseconds.
    pub(in super::super) waits: Vec<f64>,
    /// Their sum.
    pub(in super::super) total: f64,
}

/// The waits before every step but the first of a case, for events begun in the period; the
/// longest in all first.
pub(super) fn by_step(log: &StepLog<'_>, period: Period) -> Vec<Queue> {
    let mut waits: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for case in log.cases() {
        for (event, wait) in case.waits().skip(1) {
            if period.contains(day_of(event.start)) {
                waits.entry(event.step).or_default().push(exact(wait));
            }
        }
    }
    let queue = |(step, waits): (u32, Vec<f64>)| {
        let waits = sorted(waits);
        Queue { step: log.step(step).to_owned(), total: waits.iter().sum(), waits }
    };
    let mut queues: Vec<Queue> = waits.into_iter().map(queue).collect();
    queues.sort_by(|a, b| b.total.total_cmp(&a.total).then_with(|| a.step.cmp(&b.step)));
    queues
}
