//! The measurements of each characteristic, in the order they were taken.

use std::collections::BTreeMap;

use super::params::Chart;
use crate::dataset::{Categories, Dataset, MISSING_CODE, Table};
use crate::records::{Col, TableKind};
use crate::units::Day;

/// What was measured, where, and in which phase of a project if in one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Scope {
    /// Characteristic.
    pub(super) characteristic: Option<String>,
    /// Step.
    pub(super) step: Option<String>,
    /// Phase: a pilot is not the running process.
    pub(super) phase: Option<String>,
}

/// What the values are held against, as last recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Limits {
    /// Lower limit of specification.
    pub(super) lsl: Option<f64>,
    /// Target.
    pub(super) target: Option<f64>,
    /// Upper limit of specification.
    pub(super) usl: Option<f64>,
    /// Whether earlier rows say otherwise.
    pub(super) changed: bool,
}

/// One point of a chart: a value, or a subgroup.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sample {
    /// Its (first) day.
    pub(super) day: Option<Day>,
    /// Its label, where it has one.
    pub(super) label: Option<String>,
    /// Its values, at least one.
    pub(super) values: Vec<f64>,
}

/// The measurements of one characteristic.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Series {
    /// What was measured.
    pub(super) scope: Scope,
    /// Unit of the values.
    pub(super) unit: Option<String>,
    /// What they are held against.
    pub(super) limits: Limits,
    /// The points, oldest first.
    pub(super) samples: Vec<Sample>,
    /// Whether values stand in subgroups.
    pub(super) grouped: bool,
    /// Whether every value has its day.
    pub(super) dated: bool,
}

/// Every series with values, by name.
pub(super) fn series(data: &Dataset, chart: Option<Chart>) -> Vec<Series> {
    let Some(table) = data.table(TableKind::Measurements) else { return Vec::new() };
    let until = data.until();
    let mut rows: BTreeMap<[u32; 3], Vec<usize>> = BTreeMap::new();
    for row in 0..table.len() {
        let seen = table.day(Col::Date, row).is_none_or(|day| day <= until);
        if seen && table.number(Col::Value, row).is_some() {
            let key = [Col::Characteristic, Col::Step, Col::Phase].map(|col| code(table, col, row));
            rows.entry(key).or_default().push(row);
        }
    }
    let mut out: Vec<Series> =
        rows.into_values().map(|rows| one(table, &ordered(table, rows), chart)).collect();
    out.sort_by(|a, b| a.scope.cmp(&b.scope));
    out
}

fn code(table: &Table, col: Col, row: usize) -> u32 {
    let codes = table.categories(col).map(Categories::codes);
    codes.and_then(|codes| codes.get(row)).copied().unwrap_or(MISSING_CODE)
}

/// Rows by day; undated ones by the number of their subgroup where all have one, else as they stand.
fn ordered(table: &Table, mut rows: Vec<usize>) -> Vec<usize> {
    let number = |row: usize| text(table, Col::Subgroup, row)?.trim().parse::<f64>().ok();
    if rows.iter().all(|&row| table.day(Col::Date, row).is_none() && number(row).is_some()) {
        rows.sort_by(|&a, &b| {
            number(a).partial_cmp(&number(b)).unwrap_or(std::cmp::Ordering::Equal)
        });
    } else {
        rows.sort_by_key(|&row| table.day(Col::Date, row));
    }
    rows
}

fn text(table: &Table, col: Col, row: usize) -> Option<&str> {
    table.text(col, row).filter(|text| !text.trim().is_empty())
}

fn one(table: &Table, rows: &[usize], chart: Option<Chart>) -> Series {
    let first = rows.first().copied().unwrap_or_default();
    let label = |col| text(table, col, first).map(str::to_owned);
    let phase = label(Col::Phase);
    let scope = Scope { characteristic: label(Col::Characteristic), step: label(Col::Step), phase };
    let (samples, grouped) = samples(table, rows, chart);
    Series {
        scope,
        unit: rows.iter().find_map(|&row| text(table, Col::Unit, row)).map(str::to_owned),
        limits: limits(table, rows),
        samples,
        grouped,
        dated: rows.iter().all(|&row| table.day(Col::Date, row).is_some()),
    }
}

fn limits(table: &Table, rows: &[usize]) -> Limits {
    let at = |row: usize| [Col::Lsl, Col::Target, Col::Usl].map(|col| table.number(col, row));
    let known = || rows.iter().map(|&row| at(row)).filter(|all| all.iter().any(Option::is_some));
    let Some(last) = known().next_back() else { return Limits::default() };
    let [lsl, target, usl] = last;
    Limits { lsl, target, usl, changed: known().any(|other| other != last) }
}

/// Values by subgroup where a label repeats, one by one where none does.
fn samples(table: &Table, rows: &[usize], chart: Option<Chart>) -> (Vec<Sample>, bool) {
    let labels = Some(Col::Subgroup).filter(|&col| table.has(col));
    let label = |row: usize| labels.and_then(|col| text(table, col, row));
    let day = |row: usize| table.day(Col::Date, row);
    let by_label = labels.is_some_and(|_| repeats(rows.iter().map(|&row| label(row))));
    let by_day = matches!(chart, Some(Chart::XbarR | Chart::XbarS)) && !by_label;
    if chart == Some(Chart::Individuals) || !(by_label || by_day) {
        let one = |&row: &usize| Sample {
            day: day(row),
            label: label(row).map(str::to_owned),
            values: table.number(Col::Value, row).into_iter().collect(),
        };
        return (rows.iter().map(one).collect(), false);
    }
    let daily = by_day || streams(rows.iter().map(|&row| (label(row), day(row))));
    let mut at: BTreeMap<(Option<&str>, Option<Day>), usize> = BTreeMap::new();
    let mut out: Vec<Sample> = Vec::new();
    for &row in rows {
        let key = (label(row).filter(|_| !by_day), day(row).filter(|_| daily));
        let index = *at.entry(key).or_insert(out.len());
        if index == out.len() {
            let label = label(row).map(str::to_owned);
            out.push(Sample { day: day(row), label, values: Vec::new() });
        }
        out[index].values.extend(table.number(Col::Value, row));
    }
    (out, true)
}

/// Whether any label stands twice.
fn repeats<'a>(labels: impl Iterator<Item = Option<&'a str>>) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    labels.flatten().any(|label| !seen.insert(label))
}

/// Whether labels name shifts or places rather than subgroups: there are more days than labels, so
/// that each day has subgroups of its own.
fn streams<'a>(places: impl Iterator<Item = (Option<&'a str>, Option<Day>)>) -> bool {
    let (labels, days): (std::collections::BTreeSet<_>, std::collections::BTreeSet<_>) =
        places.unzip();
    days.len() > labels.len()
}
