//! What the step log says of each waste.

use super::compute::{Basis, Line};
use super::params::Params;
use crate::dataset::{Dataset, MISSING_CODE, StepCase, StepEvent, StepLog, Waste};
use crate::records::{Col, TableKind};
use crate::stats::sigma::rates::Rate;
use crate::stats::summary::quantile::type7;
use crate::units::{Money, Month, Period};

const HOUR: f64 = 3_600_000.0;
/// Open cases older than this share of finished ones hold inventory.
const OLD: f64 = 0.85;

/// Why a waste cannot be inferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    /// No step log, or no case finished.
    Steps,
    /// No ends of steps.
    Ends,
    /// Nothing says which steps add value.
    ValueAdded,
    /// Nobody is named.
    Resource,
    /// No team is named.
    Team,
    /// No demand to compare the output with.
    Demand,
}

impl Lack {
    /// The last part of its word key.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Ends => "ends",
            Self::ValueAdded => "value_added",
            Self::Resource => "resource",
            Self::Team => "team",
            Self::Demand => "demand",
        }
    }
}

/// The finished cases, and what is needed beside them.
pub(super) struct Steps<'a> {
    log: &'a StepLog<'a>,
    finished: Vec<StepCase<'a>>,
    period: Period,
    first: Month,
    months: usize,
    demand: Option<f64>,
}

/// Events and milliseconds of a waste in one case.
type Part = (u64, i64);

impl<'a> Steps<'a> {
    pub(super) fn new(log: &'a StepLog<'a>, data: &Dataset, first: Month, months: usize) -> Self {
        let finished = log.cases().filter(|case| case.finished).collect();
        Self { log, finished, period: data.period, first, months, demand: demand(data) }
    }

    /// Lead time of the cases finished in the period, in hours.
    pub(super) fn lead(&self) -> Option<f64> {
        let sum: i64 = self.in_period().map(crate::dataset::StepCase::lead).sum();
        (sum > 0).then(|| hours(sum))
    }

    fn in_period(&self) -> impl Iterator<Item = &StepCase<'a>> {
        self.finished.iter().filter(|case| self.period.contains(case.end_day()))
    }

    /// A line of what each finished case holds of a waste.
    fn of_cases(&self, waste: Waste, part: impl Fn(&StepCase<'_>) -> Part) -> Line {
        let mut months = vec![Rate::default(); self.months];
        let (mut events, mut time) = (0, 0);
        for case in &self.finished {
            let (seen, ms) = part(case);
            let month = case.end_day().month().number() - self.first.number();
            if let Some(rate) = usize::try_from(month).ok().and_then(|at| months.get_mut(at)) {
                rate.events += hours(ms);
                rate.exposure += 1.0;
            }
            if self.period.contains(case.end_day()) {
                events += seen;
                time += ms;
            }
        }
        let hours = Some(hours(time));
        let (money, within, change) = (None, None, None);
        Line { waste, basis: Basis::Inferred, events, hours, money, within, months, change }
    }
}

#[expect(clippy::cast_precision_loss, reason = "lengths of time stay below 2^53 ms")]
fn hours(ms: i64) -> f64 {
    ms as f64 / HOUR
}

/// Units asked for in the period by the capacity table.
fn demand(data: &Dataset) -> Option<f64> {
    let table = data.table(TableKind::Capacity).filter(|table| table.has(Col::Demand))?;
    let within = |row: &usize| table.day(Col::Date, *row).is_some_and(|d| data.period.contains(d));
    let asked = (0..table.len()).filter(within).filter_map(|row| table.number(Col::Demand, row));
    Some(crate::stats::summary::sum::sum(asked))
}

/// The line of a waste, or what it lacks.
pub(super) fn line(steps: &Steps<'_>, waste: Waste, params: &Params) -> Result<Line, Lack> {
    let log = steps.log;
    let need = |there: bool, lack: Lack| if there { Ok(()) } else { Err(lack) };
    need(steps.lead().is_some(), Lack::Steps)?;
    let line = match waste {
        Waste::Waiting => steps.of_cases(waste, |case| {
            let waits = case.waits().map(|(_, wait)| wait).filter(|wait| *wait > 0);
            waits.fold((0, 0), |(n, sum), wait| (n + 1, sum + wait))
        }),
        Waste::Motion => {
            need(log.has(Col::Resource), Lack::Resource)?;
            let same_team = |a: &StepEvent, b: &StepEvent| a.team == b.team;
            let hands =
                |a: &StepEvent, b: &StepEvent| same_team(a, b) && changed(a.resource, b.resource);
            steps.of_cases(waste, |case| passages(case, hands))
        }
        Waste::Transport => {
            need(log.has(Col::Team), Lack::Team)?;
            steps.of_cases(waste, |case| passages(case, |a, b| changed(a.team, b.team)))
        }
        Waste::Rework => {
            need(log.timed, Lack::Ends)?;
            steps.of_cases(waste, |case| worked(case, |_, again| again))
        }
        Waste::OverProcessing => {
            need(log.timed, Lack::Ends)?;
            need(log.has(Col::ValueAdded), Lack::ValueAdded)?;
            let needless =
                |event: &StepEvent, again: bool| !again && event.value_added == Some(false);
            steps.of_cases(waste, |case| worked(case, needless))
        }
        Waste::Inventory => inventory(steps),
        Waste::Overproduction => overproduction(steps)?,
    };
    Ok(priced(line, params))
}

/// Whether two codes name different people or teams.
const fn changed(a: u32, b: u32) -> bool {
    a != MISSING_CODE && b != MISSING_CODE && a != b
}

/// Passages from one event to the next that count, and the waiting in them.
fn passages(case: &StepCase<'_>, counts: impl Fn(&StepEvent, &StepEvent) -> bool) -> Part {
    let mut before: Option<&StepEvent> = None;
    let mut sum = (0, 0);
    for (event, wait) in case.waits() {
        if before.is_some_and(|before| counts(before, event)) {
            sum = (sum.0 + 1, sum.1 + wait);
        }
        before = Some(event);
    }
    sum
}

/// Events that count, and the work in them.
fn worked(case: &StepCase<'_>, counts: impl Fn(&StepEvent, bool) -> bool) -> Part {
    let events = case.repeats().filter(|(event, again)| counts(event, *again));
    events.fold((0, 0), |(n, sum), (event, _)| (n + 1, sum + event.work()))
}

/// Time open cases have spent beyond the 85th percentile of finished ones.
fn inventory(steps: &Steps<'_>) -> Line {
    let mut leads: Vec<f64> = steps.in_period().map(|case| hours(case.lead())).collect();
    leads.sort_by(f64::total_cmp);
    let usual = type7(&leads, OLD).unwrap_or(f64::INFINITY);
    let open = steps.log.cases().filter(|case| !case.finished);
    let mut beyond: Vec<f64> =
        open.map(|case| hours(steps.log.now - case.start) - usual).filter(|h| *h > 0.0).collect();
    beyond.sort_by(f64::total_cmp);
    Line {
        events: beyond.len() as u64,
        hours: Some(crate::stats::summary::sum::sum(beyond)),
        months: Vec::new(),
        ..steps.of_cases(Waste::Inventory, |_| (0, 0))
    }
}

/// Work in the units finished beyond those asked for.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of cases"
)]
fn overproduction(steps: &Steps<'_>) -> Result<Line, Lack> {
    let demand = steps.demand.ok_or(Lack::Demand)?;
    if !steps.log.timed {
        return Err(Lack::Ends);
    }
    let cases = steps.in_period().count() as f64;
    let work: i64 = steps.in_period().map(|case| case.worked(|_| true)).sum();
    let excess = (cases - demand).max(0.0);
    Ok(Line {
        events: excess as u64,
        hours: Some(excess * hours(work) / cases),
        months: Vec::new(),
        ..steps.of_cases(Waste::Overproduction, |_| (0, 0))
    })
}

/// With the cost of its hours where they are hours of work, and what holds them otherwise.
fn priced(line: Line, params: &Params) -> Line {
    let (work, within) = match line.waste {
        Waste::Rework | Waste::OverProcessing | Waste::Overproduction => (true, None),
        Waste::Motion | Waste::Transport => (false, Some(Waste::Waiting)),
        Waste::Waiting | Waste::Inventory => (false, None),
    };
    let cost = params.hourly_cost.filter(|_| work).zip(line.hours);
    Line { money: cost.and_then(|(cost, hours)| Money::from_units(cost * hours)), within, ..line }
}
