//! Takt: available time over demand.

use super::super::params::Params;
use super::{HOUR, exact, first_instant};
use crate::dataset::{Dataset, StepLog, day_of};
use crate::records::{Col, TableKind};
use crate::stats::flow::capacity;

/// Takt, and what it is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::struct_field_names, reason = "the figure bears the name of its kind")]
pub(in super::super) struct Takt {
    /// Time available to one unit, in milliseconds.
    pub(in super::super) takt: f64,
    /// Hours available.
    pub(in super::super) hours: f64,
    /// Units wanted.
    pub(in super::super) demand: f64,
    /// Where the hours come from.
    pub(in super::super) hours_from: From,
    /// Where the demand comes from.
    pub(in super::super) demand_from: From,
}

/// Where a figure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum From {
    /// The capacity table.
    Capacity,
    /// A parameter of the report: hours a day.
    Parameter,
    /// Cases begun.
    Cases,
}

impl From {
    /// The last part of its word key.
    pub(in super::super) const fn key(self) -> &'static str {
        match self {
            Self::Capacity => "capacity",
            Self::Parameter => "parameter",
            Self::Cases => "cases",
        }
    }
}

/// Why there is no takt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum NoTakt {
    /// Nothing says how much time is available.
    NoHours,
    /// Nothing was demanded in the period.
    NoDemand,
}

/// Takt over the period: hours of the capacity table, or so many a day of the parameter; demand of
/// the capacity table, else the cases begun.
pub(super) fn takt(log: &StepLog<'_>, data: &Dataset, params: &Params) -> Result<Takt, NoTakt> {
    let tabled = |col| sum(data, col).filter(|sum| *sum > 0.0);
    let days = exact(log.now - first_instant(data.period.from)) / (24.0 * HOUR);
    let (hours, hours_from) = match (tabled(Col::Hours), params.available_hours) {
        (Some(hours), _) => (hours, From::Capacity),
        (None, Some(a_day)) => (a_day * days, From::Parameter),
        (None, None) => return Err(NoTakt::NoHours),
    };
    let begun = || {
        let starts = log.cases().filter(|case| data.period.contains(day_of(case.start)));
        exact(i64::try_from(starts.count()).unwrap_or(i64::MAX))
    };
    let (demand, demand_from) = match tabled(Col::Demand) {
        Some(demand) => (demand, From::Capacity),
        None => (begun(), From::Cases),
    };
    let takt = capacity::takt(hours * HOUR, demand).map_err(|_| NoTakt::NoDemand)?;
    Ok(Takt { takt, hours, demand, hours_from, demand_from })
}

/// The sum of a column of the capacity table over the period.
fn sum(data: &Dataset, col: Col) -> Option<f64> {
    let table = data.table(TableKind::Capacity).filter(|table| table.has(col))?;
    let known = |row: usize| {
        let day = table.day(Col::Date, row)?;
        data.period.contains(day).then(|| table.number(col, row)).flatten()
    };
    Some(crate::stats::summary::sum::sum((0..table.len()).filter_map(known)))
}
