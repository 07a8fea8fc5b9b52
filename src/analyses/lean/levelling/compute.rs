//! The load of each working day, and how even it is.

use std::collections::BTreeMap;

use super::params::Params;
use crate::dataset::{Dataset, StepLog, day_of};
use crate::records::{Col, TableKind};
use crate::stats::flow::capacity::evenness;
use crate::stats::hypothesis::equal_variance::{Centre, levene};
use crate::stats::summary::moments::Moments;
use crate::units::{Day, Month, Period};

/// What a day's load is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// Cases begun.
    Cases,
    /// Units of the service records.
    Units,
}

impl Source {
    /// The last part of its word key.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::Units => "units",
        }
    }
}

/// How even the loads of some days are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Evenness {
    /// Days.
    pub(super) days: usize,
    /// Mean load.
    pub(super) mean: f64,
    /// Standard deviation over mean.
    pub(super) cv: Option<f64>,
    /// Jain's index.
    pub(super) index: Option<f64>,
    /// The largest load.
    pub(super) peak: f64,
}

impl Evenness {
    fn of(loads: &[f64]) -> Option<Self> {
        let moments = Moments::of(loads);
        let mean = moments.mean().ok()?;
        Some(Self {
            days: loads.len(),
            mean,
            cv: moments.coefficient_of_variation().ok().filter(|cv| cv.is_finite()),
            index: evenness(loads).ok(),
            peak: loads.iter().copied().fold(0.0, f64::max),
        })
    }

    /// The variation chance alone gives to independent arrivals: 1/√mean.
    pub(super) fn by_chance(&self) -> Option<f64> {
        (self.mean > 0.0).then(|| 1.0 / self.mean.sqrt())
    }
}

/// Everything about the daily load.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Load {
    /// What is counted.
    pub(super) source: Source,
    /// All working days of the period.
    pub(super) whole: Evenness,
    /// Its first and second half.
    pub(super) halves: Option<[Evenness; 2]>,
    /// p-value of the halves differing in relative spread (Brown and Forsythe).
    pub(super) p: Option<f64>,
    /// By month.
    pub(super) months: Vec<(Month, Evenness)>,
    /// Days of the week that count, Monday first.
    pub(super) weekdays: [bool; 7],
}

impl Load {
    /// The load; `None` without enough working days.
    pub(super) fn new(data: &Dataset, params: &Params) -> Option<Self> {
        let (source, counts) = cases(data).or_else(|| units(data))?;
        let first = *counts.keys().next()?;
        let span = Period { from: first.max(data.period.from), to: data.until() };
        let weekdays = working(&counts, span, params.working_share);
        let days: Vec<(Day, f64)> = (0..span.days())
            .map(|n| span.from.plus(n))
            .filter(|day| weekdays.get(weekday(*day)).copied().unwrap_or(false))
            .map(|day| (day, counts.get(&day).copied().unwrap_or(0.0)))
            .collect();
        if days.len() < params.min_days.max(2) {
            return None;
        }
        let loads: Vec<f64> = days.iter().map(|day| day.1).collect();
        let (before, after) = loads.split_at(loads.len() / 2);
        let months = days.chunk_by(|a, b| a.0.month() == b.0.month());
        let month = |days: &[(Day, f64)]| {
            let loads: Vec<f64> = days.iter().map(|day| day.1).collect();
            Some((days.first()?.0.month(), Evenness::of(&loads)?))
        };
        Some(Self {
            source,
            whole: Evenness::of(&loads)?,
            halves: Evenness::of(before).zip(Evenness::of(after)).map(|(a, b)| [a, b]),
            p: compare(before, after),
            months: months.filter_map(month).collect(),
            weekdays,
        })
    }
}

/// p-value of unequal spread about the median of loads over their own mean.
fn compare(before: &[f64], after: &[f64]) -> Option<f64> {
    let relative = |loads: &[f64]| -> Option<Vec<f64>> {
        let mean = Moments::of(loads).mean().ok().filter(|mean| *mean > 0.0)?;
        Some(loads.iter().map(|load| load / mean).collect())
    };
    let (before, after) = (relative(before)?, relative(after)?);
    Some(levene(&[&before, &after], Centre::Median).ok()?.p_value)
}

type ByDay = BTreeMap<Day, f64>;

fn cases(data: &Dataset) -> Option<(Source, ByDay)> {
    let log = StepLog::of(data, &[])?;
    let mut days = ByDay::new();
    for case in log.cases() {
        *days.entry(day_of(case.start)).or_default() += 1.0;
    }
    Some((Source::Cases, days))
}

#[expect(clippy::cast_precision_loss, reason = "units stay far below 2^53")]
fn units(data: &Dataset) -> Option<(Source, ByDay)> {
    let table = data.table(TableKind::ServiceRecords).filter(|table| table.has(Col::Units))?;
    let mut days = ByDay::new();
    for row in 0..table.len() {
        let units = table.count(Col::Units, row).filter(|units| *units > 0);
        if let Some((day, units)) = table.day(Col::Date, row).zip(units) {
            *days.entry(day).or_default() += units as f64;
        }
    }
    (!days.is_empty()).then_some((Source::Units, days))
}

/// Monday is 0.
fn weekday(day: Day) -> usize {
    usize::try_from(day.weekday() - 1).unwrap_or(0)
}

/// Days of the week on which work comes in often enough.
fn working(counts: &ByDay, span: Period, least: f64) -> [bool; 7] {
    let (mut all, mut busy) = ([0.0_f64; 7], [0.0_f64; 7]);
    for n in 0..span.days() {
        let day = span.from.plus(n);
        let at = weekday(day);
        if let (Some(all), Some(busy)) = (all.get_mut(at), busy.get_mut(at)) {
            *all += 1.0;
            *busy += f64::from(u8::from(counts.get(&day).is_some_and(|load| *load > 0.0)));
        }
    }
    let mut out = [false; 7];
    for (out, (busy, all)) in out.iter_mut().zip(busy.into_iter().zip(all)) {
        *out = busy > 0.0 && busy >= least * all;
    }
    out
}
