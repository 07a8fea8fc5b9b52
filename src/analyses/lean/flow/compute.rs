//! Lead times, work within them, and cases under way.

mod months;
mod queue;
mod takt;
mod wip;

pub(super) use months::{Month, Recent};
pub(super) use queue::Queue;
pub(super) use takt::{NoTakt, Takt};
pub(super) use wip::{Band, Open, Wip};

use super::params::Params;
use crate::dataset::{DAY_MS, Dataset, StepCase, StepLog};
use crate::records::Col;
use crate::stats::interval::{Estimate, ratio_of_sums};
use crate::stats::summary::moments::Moments;
use crate::stats::survival::{Case, Curve, kaplan_meier};
use crate::units::{Day, Period};

/// Milliseconds of an hour.
pub(super) const HOUR: f64 = 3_600_000.0;

/// Which work counts as adding value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// Events marked as adding value.
    ValueAdded,
    /// All work, for nothing says which adds value.
    Processing,
}

/// Everything the section is written from. Times are milliseconds.
pub(super) struct Computed {
    /// Share of cases not yet finished, by time since they began.
    pub(super) curve: Curve,
    /// Lead times of the cases finished in the period, ascending.
    pub(super) leads: Vec<f64>,
    /// Mean and spread of them.
    pub(super) moments: Moments,
    /// Work in each case finished in the period, ascending; absent where the log has no ends.
    pub(super) works: Option<Vec<f64>>,
    /// Value-added or processing time over lead time.
    pub(super) efficiency: Option<(Work, Estimate)>,
    /// Cases under way.
    pub(super) wip: Wip,
    /// Time before each step.
    pub(super) queues: Vec<Queue>,
    /// Available time over demand.
    pub(super) takt: Result<Takt, NoTakt>,
    /// Lead times by month finished.
    pub(super) months: Vec<Month>,
    /// The last complete month against those before.
    pub(super) recent: Option<Recent>,
    /// Names of the steps that close a case.
    pub(super) closing: Vec<String>,
    /// Whether the log has ends.
    pub(super) timed: bool,
    /// Rows whose end lies before their start.
    pub(super) reversed: u64,
    /// Events in the log.
    pub(super) events: usize,
    /// Hours promised.
    pub(super) promise: Option<f64>,
}

impl Computed {
    /// The figures; `None` where no case was finished in the period.
    pub(super) fn new(
        log: &StepLog<'_>,
        data: &Dataset,
        params: &Params,
        level: f64,
    ) -> Option<Self> {
        let in_period = |case: &StepCase<'_>| case.finished && data.period.contains(case.end_day());
        let finished: Vec<StepCase<'_>> = log.cases().filter(in_period).collect();
        let mut leads: Vec<f64> = finished.iter().map(|case| exact(case.lead())).collect();
        let works = log.timed.then(|| works(&finished));
        let efficiency =
            works.as_ref().and_then(|works| efficiency(log, &finished, works, &leads, level));
        leads.sort_by(f64::total_cmp);
        if leads.is_empty() {
            return None;
        }
        let months = months::by_month(log, params.min_month);
        Some(Self {
            curve: kaplan_meier(&survivals(log, data.period), 1),
            moments: Moments::of(&leads),
            works: works.map(sorted),
            efficiency,
            wip: Wip::new(log, data, &leads, params.oldest),
            queues: queue::by_step(log, data.period),
            takt: takt::takt(log, data, params),
            recent: months::recent(log, data, params, &months),
            months,
            closing: log.closing.clone(),
            timed: log.timed,
            reversed: log.reversed,
            events: log.events().len(),
            promise: params.promise_hours,
            leads,
        })
    }

    /// The median, unless the curve fell to zero on young cases while older ones were to come.
    pub(super) fn time_left(&self, share: f64) -> Option<f64> {
        let (_, before) = self.curve.steps.split_last()?;
        let broken = before.iter().any(|step| step.survival <= 0.0);
        if broken { None } else { self.curve.time_left_midway(share) }
    }
}

/// Milliseconds as a number: exact below 2^53.
#[expect(clippy::cast_precision_loss, reason = "instants stay below 2^53 ms")]
pub(super) fn exact(ms: i64) -> f64 {
    ms as f64
}

pub(super) fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

/// Time in which somebody worked on each case.
fn works(cases: &[StepCase<'_>]) -> Vec<f64> {
    cases.iter().map(|case| exact(case.worked(|_| true))).collect()
}

fn efficiency(
    log: &StepLog<'_>,
    cases: &[StepCase<'_>],
    works: &[f64],
    leads: &[f64],
    level: f64,
) -> Option<(Work, Estimate)> {
    if !log.has(Col::ValueAdded) {
        return Some((Work::Processing, ratio_of_sums(works, leads, level).ok()?));
    }
    let valued = |case: &StepCase<'_>| exact(case.worked(|event| event.value_added == Some(true)));
    let valued: Vec<f64> = cases.iter().map(valued).collect();
    Some((Work::ValueAdded, ratio_of_sums(&valued, leads, level).ok()?))
}

/// Cases as seen in the period: those begun earlier enter with their age on its first day.
fn survivals(log: &StepLog<'_>, span: Period) -> Vec<Case> {
    log.cases().filter_map(|case| survival(&case, log.now, span)).collect()
}

/// One case as seen from the first to the last day of `span`; open ones are seen until `now`.
fn survival(case: &StepCase<'_>, now: i64, span: Period) -> Option<Case> {
    let (from, to) = (first_instant(span.from), first_instant(span.to.plus(1)).min(now));
    let over = case.finished.then_some(case.end).filter(|&end| end < to);
    if case.start >= to || over.is_some_and(|end| end < from) {
        return None;
    }
    let time = exact(over.unwrap_or(to) - case.start);
    let seen = Case::new(time, over.map(|_| 0));
    Some(if case.start < from { seen.entering(exact(from - case.start)) } else { seen })
}

/// Midnight at which a day begins.
fn first_instant(day: Day) -> i64 {
    i64::from(day.number()) * DAY_MS
}
