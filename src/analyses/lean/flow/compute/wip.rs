//! Cases under way: how many on average, Little's law, and how old the open ones are.

use super::{exact, first_instant};
use crate::dataset::{DAY_MS, Dataset, StepCase, StepLog};
use crate::stats::flow::event_log::mean_open;
use crate::stats::summary::quantile::type7;

/// Shares of finished cases that bound the bands of age.
pub(in super::super) const BOUNDS: [f64; 3] = [0.5, 0.85, 0.95];

/// An open case.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Open {
    /// Its name.
    pub(in super::super) case: String,
    /// The step it is at, or was last at.
    pub(in super::super) step: String,
    /// The team of that step; empty where unknown.
    pub(in super::super) team: String,
    /// Time since it began.
    pub(in super::super) age: f64,
    /// Time since anything happened.
    pub(in super::super) idle: f64,
}

/// Open cases between two ages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Band {
    /// Older than this.
    pub(in super::super) from: f64,
    /// At most this old; no end for the last band.
    pub(in super::super) to: Option<f64>,
    /// How many.
    pub(in super::super) cases: u64,
}

/// Work in process.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Wip {
    /// Cases open at the end.
    pub(in super::super) open: u64,
    /// Open cases by age, against the lead times of finished ones.
    pub(in super::super) bands: Vec<Band>,
    /// The oldest of them.
    pub(in super::super) oldest: Vec<Open>,
    /// Days of the window of the mean.
    pub(in super::super) days: f64,
    /// Mean number under way over the window.
    pub(in super::super) mean: Option<f64>,
    /// Cases finished in the window.
    pub(in super::super) finished: u64,
    /// Mean lead time of those.
    pub(in super::super) mean_lead: f64,
    /// Open at the first and at the last instant of the window.
    pub(in super::super) ends: (u64, u64),
}

impl Wip {
    /// Throughput × mean lead time: what Little's law expects the mean to be.
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    pub(in super::super) fn by_law(&self) -> Option<f64> {
        let throughput = self.finished as f64 / self.days;
        Some(throughput * self.mean_lead / exact(DAY_MS)).filter(|x| x.is_finite())
    }

    pub(super) fn new(log: &StepLog<'_>, data: &Dataset, leads: &[f64], oldest: usize) -> Self {
        let first = log.cases().map(|case| case.start).min().unwrap_or(log.now);
        let (from, to) = (first_instant(data.period.from).max(first), log.now);
        let end = |case: &StepCase<'_>| if case.finished { case.end } else { to };
        let spans: Vec<(f64, f64)> =
            log.cases().map(|case| (exact(case.start), exact(end(&case)))).collect();
        let at_start = |case: &StepCase<'_>| case.start < from && end(case) >= from;
        let mut open: Vec<StepCase<'_>> = log.cases().filter(|case| !case.finished).collect();
        open.sort_by_key(|case| (case.start, log.case(case.events.first().map_or(0, |e| e.case))));
        Self {
            open: open.len() as u64,
            bands: bands(&open, leads, to),
            oldest: open.iter().take(oldest).filter_map(|case| told(log, case)).collect(),
            days: exact(to - from) / exact(DAY_MS),
            mean: mean_open(&spans, exact(from), exact(to)),
            finished: leads.len() as u64,
            mean_lead: crate::stats::summary::sum::sum(leads.iter().copied())
                / exact(i64::try_from(leads.len()).unwrap_or(i64::MAX)),
            ends: (log.cases().filter(at_start).count() as u64, open.len() as u64),
        }
    }
}

fn told(log: &StepLog<'_>, case: &StepCase<'_>) -> Option<Open> {
    let last = case.events.last()?;
    Some(Open {
        case: log.case(last.case).to_owned(),
        step: log.step(last.step).to_owned(),
        team: log.team(last.team).to_owned(),
        age: exact(log.now - case.start),
        idle: exact(log.now - case.end),
    })
}

/// Open cases between the median, P85 and P95 of the lead times of finished ones.
fn bands(open: &[StepCase<'_>], leads: &[f64], now: i64) -> Vec<Band> {
    let bounds: Vec<f64> = BOUNDS.iter().filter_map(|&p| type7(leads, p)).collect();
    let starts = std::iter::once(0.0).chain(bounds.iter().copied());
    let ends = bounds.iter().copied().map(Some).chain([None]);
    let age = |case: &StepCase<'_>| exact(now - case.start);
    let within = |from: f64, to: Option<f64>| {
        open.iter().filter(|case| age(case) > from && to.is_none_or(|to| age(case) <= to)).count()
    };
    starts.zip(ends).map(|(from, to)| Band { from, to, cases: within(from, to) as u64 }).collect()
}
