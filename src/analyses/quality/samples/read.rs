//! The samples of each characteristic, in the order of their rows.

use std::collections::BTreeMap;

use super::params::{Kind, Params};
use crate::dataset::{Categories, Dataset, MISSING_CODE, Table};
use crate::records::{Col, TableKind};

/// One sample.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sample {
    /// Its label, where it has one.
    pub(super) label: Option<String>,
    /// What was counted, or how far it lies from the event before.
    pub(super) count: f64,
    /// What it was counted on; 1 where only counts are given.
    pub(super) size: f64,
}

/// The samples of one characteristic.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Series {
    /// Characteristic and step.
    pub(super) name: Option<String>,
    /// Which chart they make.
    pub(super) kind: Kind,
    /// Whether sizes are given.
    pub(super) sized: bool,
    /// The samples.
    pub(super) samples: Vec<Sample>,
}

/// The columns that hold counts, the chart each makes with sizes and without.
const COUNTS: [(Col, Kind, Option<Kind>); 4] = [
    (Col::Defective, Kind::P, None),
    (Col::Defects, Kind::U, Some(Kind::C)),
    (Col::CasesBetween, Kind::G, Some(Kind::G)),
    (Col::TimeBetween, Kind::T, Some(Kind::T)),
];

/// Whether defective units are all there is, without the size of any sample.
pub(super) fn lacks_size(data: &Dataset) -> bool {
    let has = |col| data.table(TableKind::Samples).is_some_and(|table| table.has(col));
    let others = [Col::Defects, Col::CasesBetween, Col::TimeBetween];
    has(Col::Defective) && !has(Col::Size) && !others.into_iter().any(has)
}

/// Every series, by name and chart.
pub(super) fn series(data: &Dataset, params: &Params) -> Vec<Series> {
    let Some(table) = data.table(TableKind::Samples) else { return Vec::new() };
    let mut rows: BTreeMap<[u32; 2], Vec<usize>> = BTreeMap::new();
    for row in 0..table.len() {
        let key = [Col::Characteristic, Col::Step].map(|col| code(table, col, row));
        rows.entry(key).or_default().push(row);
    }
    let mut out: Vec<Series> = rows
        .values()
        .flat_map(|rows| COUNTS.iter().filter_map(|&count| one(table, rows, count, params)))
        .collect();
    out.sort_by(|a, b| a.name.cmp(&b.name));
    out
}

fn code(table: &Table, col: Col, row: usize) -> u32 {
    let codes = table.categories(col).map(Categories::codes);
    codes.and_then(|codes| codes.get(row)).copied().unwrap_or(MISSING_CODE)
}

fn text(table: &Table, col: Col, row: usize) -> Option<String> {
    table.text(col, row).filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn one(
    table: &Table,
    rows: &[usize],
    (col, with_size, without): (Col, Kind, Option<Kind>),
    params: &Params,
) -> Option<Series> {
    let count = |row| table.number(col, row).or_else(|| table.count(col, row).map(|n| n as f64));
    let rows: Vec<usize> = rows.iter().copied().filter(|&row| count(row).is_some()).collect();
    let size = |row: usize| table.number(Col::Size, row).filter(|size| *size > 0.0);
    let sized = !rows.is_empty() && rows.iter().all(|&row| size(row).is_some());
    let kind = if sized { with_size } else { without? };
    let kind = asked(kind, params.chart, rows.iter().map(|&row| size(row)));
    let flat = matches!(kind, Kind::C | Kind::G | Kind::T);
    let sample = |&row: &usize| {
        let size = if flat { 1.0 } else { size(row)? };
        let count = count(row).filter(|n| *n >= 0.0)?;
        Some(Sample { label: text(table, Col::Subgroup, row), count, size })
    };
    let samples: Vec<Sample> = rows.iter().filter_map(sample).collect();
    let names =
        rows.first().map(|&row| [Col::Characteristic, Col::Step].map(|c| text(table, c, row)));
    let names: Vec<String> = names.into_iter().flatten().flatten().collect();
    let name = (!names.is_empty()).then(|| names.join(" · "));
    (samples.len() > 1).then_some(Series { name, kind, sized: !flat, samples })
}

/// The chart asked for where the data carry it: np beside p, c beside u of equal samples, g and t
/// for each other.
fn asked(kind: Kind, asked: Option<Kind>, sizes: impl Iterator<Item = Option<f64>>) -> Kind {
    match (kind, asked) {
        (Kind::P, Some(Kind::Np)) => Kind::Np,
        (Kind::G, Some(Kind::T)) => Kind::T,
        (Kind::T, Some(Kind::G)) => Kind::G,
        (Kind::U, Some(Kind::C)) => {
            let mut sizes: Vec<Option<u64>> = sizes.map(|size| size.map(f64::to_bits)).collect();
            sizes.dedup();
            if sizes.len() == 1 { Kind::C } else { Kind::U }
        }
        _ => kind,
    }
}
