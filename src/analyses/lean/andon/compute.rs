//! Stops by month, by step and team, and how long they took.

use std::collections::BTreeMap;

use super::params::Params;
use crate::dataset::{DAY_MS, Dataset, Table, day_of};
use crate::records::{Col, TableKind};
use crate::stats::comparison::homogeneity::{Homogeneity, equal_rates};
use crate::stats::control_chart::attribute_chart::{Chart, Kind, Limits, Point, sigma_z, test};
use crate::stats::control_chart::change_point::{Change, Way, likeliest};
use crate::stats::control_chart::rules::Rule;
use crate::stats::holm;
use crate::stats::sigma::rates::Rate;
use crate::stats::survival::{Case, Curve, kaplan_meier};
use crate::units::Month;

/// Dispersion is taken for real below this p-value.
const DISPERSED: f64 = 0.01;

/// The stops of one month.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stopped {
    /// The month.
    pub(super) month: Month,
    /// Stops.
    pub(super) stops: u64,
    /// Days.
    pub(super) days: f64,
    /// Limits of stops a day.
    pub(super) limits: Limits,
    /// Whether the month completes a run rule.
    pub(super) signal: bool,
}

/// Stops of one step or team.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    /// Its name.
    pub(super) name: String,
    /// Stops.
    pub(super) stops: u64,
    /// Executions of the step, or 1 where they are not known: what the stops are held against.
    pub(super) exposure: f64,
    /// Time to recovery, open stops censored.
    pub(super) recovery: Curve,
}

/// Places, and the test of equal rates.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_field_names, reason = "the places, and what was found of them")]
pub(super) struct Places {
    /// The most stops first.
    pub(super) places: Vec<Place>,
    /// Whether exposure is counted in executions.
    pub(super) exposed: bool,
    /// The test; absent where there is nothing to compare.
    pub(super) test: Option<Homogeneity>,
}

/// Everything about stops.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stops {
    /// Stops in the period.
    pub(super) count: u64,
    /// Days of the period with records.
    pub(super) days: f64,
    /// Complete months, oldest first.
    pub(super) months: Vec<Stopped>,
    /// Whether the limits are Laney's.
    pub(super) laney: bool,
    /// Likeliest change, which way, and p after Holm over both ways.
    pub(super) change: Option<(Change, Way, f64)>,
    /// Minutes to the answer; absent without the column.
    pub(super) response: Option<Curve>,
    /// Minutes to recovery; absent without the column.
    pub(super) recovery: Option<Curve>,
    /// Stops not recovered.
    pub(super) open: u64,
    /// By step.
    pub(super) steps: Places,
    /// By team.
    pub(super) teams: Places,
}

/// One stop, in milliseconds.
struct Stop {
    row: usize,
    raised: i64,
    recovered: Option<i64>,
    responded: Option<i64>,
}

impl Stops {
    /// The stops; `None` without any in the period.
    pub(super) fn new(data: &Dataset, params: &Params) -> Option<Self> {
        let table = data.table(TableKind::Andon)?;
        let now = i64::from(data.until().plus(1).number()) * DAY_MS;
        let all = stops(table, now);
        let within = |stop: &&Stop| data.period.contains(day_of(stop.raised));
        let own: Vec<&Stop> = all.iter().filter(within).collect();
        let first = day_of(own.iter().map(|stop| stop.raised).min()?);
        let has = |col| table.has(col);
        let (months, laney, change) = by_month(&all, data, params.baseline_months);
        let open = own.iter().filter(|stop| stop.recovered.is_none()).count() as u64;
        Some(Self {
            count: own.len() as u64,
            days: f64::from(data.until().since(first.max(data.period.from)) + 1),
            months,
            laney,
            change,
            response: has(Col::RespondedAt).then(|| minutes(&own, now, |stop| stop.responded)),
            recovery: has(Col::RecoveredAt).then(|| minutes(&own, now, |stop| stop.recovered)),
            open: if has(Col::RecoveredAt) { open } else { 0 },
            steps: places(&own, table, Col::Step, now, Some(data)),
            teams: places(&own, table, Col::Team, now, None),
        })
    }
}

/// The stops raised by now; an answer before its stop is none.
fn stops(table: &Table, now: i64) -> Vec<Stop> {
    let stop = |row: usize| {
        let raised = table.count(Col::RaisedAt, row).filter(|raised| *raised < now)?;
        let later = |col| table.count(col, row).filter(|&at| (raised..now).contains(&at));
        let (responded, recovered) = (later(Col::RespondedAt), later(Col::RecoveredAt));
        Some(Stop { row, raised, recovered, responded })
    };
    (0..table.len()).filter_map(stop).collect()
}

/// Time from a stop to something, in minutes; stops without it are censored.
#[expect(clippy::cast_precision_loss, reason = "lengths of time stay below 2^53 ms")]
fn minutes(stops: &[&Stop], now: i64, until: impl Fn(&Stop) -> Option<i64>) -> Curve {
    let case = |stop: &&Stop| {
        let end = until(stop);
        let time = (end.unwrap_or(now) - stop.raised) as f64 / 60_000.0;
        Case::new(time, end.map(|_| 0))
    };
    kaplan_meier(&stops.iter().map(case).collect::<Vec<_>>(), 1)
}

type Months = (Vec<Stopped>, bool, Option<(Change, Way, f64)>);

/// Complete months with limits of stops a day, frozen over the first `baseline`.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn by_month(stops: &[Stop], data: &Dataset, baseline: usize) -> Months {
    let until = data.until();
    let complete = until.month().plus(i32::from(until.month().last_day() == until));
    let mut counts: BTreeMap<Month, u64> = BTreeMap::new();
    for stop in stops {
        *counts.entry(day_of(stop.raised).month()).or_default() += 1;
    }
    let Some(first) = counts.keys().next().copied() else { return (Vec::new(), false, None) };
    let months: Vec<Month> = (first.number()..complete.number()).map(Month::from_number).collect();
    let days = |month: Month| f64::from(month.last_day().since(month.first_day()) + 1);
    let count = |month: &Month| counts.get(month).copied().unwrap_or(0);
    let points: Vec<Point> =
        months.iter().map(|m| Point { count: count(m) as f64, size: days(*m) }).collect();
    let base = points.get(..baseline.min(points.len())).unwrap_or_default();
    let Some(theory) = Chart::fit(Kind::U, base) else { return (Vec::new(), false, None) };
    let wide = test(&theory, base).is_some_and(|d| d.p_over < DISPERSED);
    let factor = if wide { sigma_z(&theory, base).unwrap_or(1.0).max(1.0) } else { 1.0 };
    let chart = theory.widened(factor);
    let z: Vec<f64> = points.iter().map(|point| chart.z(*point)).collect();
    let rules = [Rule::Beyond, Rule::NineOneSide, Rule::SixTrend, Rule::TwoOfThree];
    let stopped = |(at, month): (usize, &Month)| Stopped {
        month: *month,
        stops: count(month),
        days: days(*month),
        limits: chart.limits(days(*month), 3.0),
        signal: rules.iter().any(|rule| rule.completes(z.get(..=at).unwrap_or_default())),
    };
    let rates: Vec<Rate> =
        points.iter().map(|p| Rate { events: p.count, exposure: p.size }).collect();
    (months.iter().enumerate().map(stopped).collect(), factor > 1.0, change(&rates))
}

fn change(rates: &[Rate]) -> Option<(Change, Way, f64)> {
    let ways = [Way::Rise, Way::Fall];
    let found = ways.map(|way| likeliest(rates, way));
    let adjusted = holm(&found.map(|change| change.map_or(1.0, |change| change.p)));
    let known = ways.into_iter().zip(found).zip(adjusted);
    let known = known.filter_map(|((way, change), p)| Some((change?, way, p)));
    known.min_by(|a, b| a.2.total_cmp(&b.2))
}

/// Stops by the label of a column, held against executions of the step where all are known.
fn places(stops: &[&Stop], table: &Table, col: Col, now: i64, data: Option<&Dataset>) -> Places {
    let mut groups: BTreeMap<&str, Vec<&Stop>> = BTreeMap::new();
    for stop in stops {
        if let Some(name) = table.text(col, stop.row) {
            groups.entry(name).or_default().push(stop);
        }
    }
    let runs = data.map(executions).unwrap_or_default();
    let exposed = !groups.is_empty() && groups.keys().all(|name| runs.contains_key(*name));
    let place = |(name, stops): (&str, Vec<&Stop>)| Place {
        name: name.to_owned(),
        stops: stops.len() as u64,
        exposure: if exposed { runs.get(name).copied().unwrap_or(0.0) } else { 1.0 },
        recovery: minutes(&stops, now, |stop| stop.recovered),
    };
    let mut places: Vec<Place> = groups.into_iter().map(place).collect();
    places.sort_by(|a, b| b.stops.cmp(&a.stops).then_with(|| a.name.cmp(&b.name)));
    let rates: Vec<(u64, f64)> = places.iter().map(|p| (p.stops, p.exposure)).collect();
    Places { test: equal_rates(&rates), exposed, places }
}

/// How often each step was done in the period, by name.
fn executions(data: &Dataset) -> BTreeMap<String, f64> {
    let mut runs = BTreeMap::new();
    let Some(table) = data.table(TableKind::ProcessSteps) else { return runs };
    for row in 0..table.len() {
        let day = table.count(Col::Start, row).map(day_of);
        if let Some(step) = table.text(Col::Step, row)
            && day.is_some_and(|day| data.period.contains(day))
        {
            *runs.entry(step.to_owned()).or_default() += 1.0;
        }
    }
    runs
}

impl Place {
    /// Stops over exposure; 0 without exposure.
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    pub(super) fn stops_rate(&self) -> f64 {
        if self.exposure > 0.0 { self.stops as f64 / self.exposure } else { 0.0 }
    }
}
