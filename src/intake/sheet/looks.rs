//! What the values of unknown columns look like: suggestions, never used by themselves.

use std::collections::BTreeSet;

use super::super::cell::{Evidence, Habit, Reading, Typed, Unit, typed};
use super::super::headers::{HeadRow, Heading, Match, column_lines, match_row};
use super::super::log::Log;
use super::super::row::{Raw, RowBuf};
use super::Task;
use crate::dataset::DealOutcome;
use crate::records::{CellKind, Col, Issue, IssueCode, TableKind, spec};
use crate::settings::{DateOrder, DecimalMark};

/// Values a column must show at least to look like anything.
const FEWEST: usize = 3;

/// The columns whose first values look like what the table lacks.
pub(super) fn suggest(
    task: &Task<'_>,
    head: &[RowBuf],
    texts: &[HeadRow],
    kind: TableKind,
) -> Vec<Issue> {
    let rows = texts.iter().enumerate().map(|(at, row)| (at, match_row(kind, &row.headings)));
    let nearest = rows.max_by_key(|(at, found)| (found.columns.len(), std::cmp::Reverse(*at)));
    let Some((at, found)) = nearest else { return Vec::new() };
    let below = head.get(at + 1..).unwrap_or_default();
    let pairs = found.unmapped.iter().flat_map(|heading| {
        found
            .missing
            .iter()
            .filter(|&&col| alike(kind, col, below, heading))
            .map(move |&col| (heading, col))
    });
    let log = Log::new(task.source.clone(), task.max_examples);
    let row = head.get(at).map_or(1, |row| row.number);
    let issue = |(heading, col): (&Heading, Col)| {
        Issue::new(IssueCode::ValueSuggestion, log.place(Some((heading.at, row))))
            .value(&heading.text)
            .arg("header", &heading.text)
            .arg("column", col.name())
            .arg("toml", lines(task, &found, heading.at, col))
    };
    pairs.map(issue).collect()
}

/// The lines that map the column; they name the table too, so that the sheet is surely taken so.
fn lines(task: &Task<'_>, found: &Match, at: u32, col: Col) -> String {
    let columns = column_lines(&task.source, at, col);
    columns.replacen("columns =", &format!("table = \"{}\"\ncolumns =", found.kind.name()), 1)
}

/// Whether at least nine of ten values below a heading could stand in a column.
fn alike(kind: TableKind, col: Col, below: &[RowBuf], heading: &Heading) -> bool {
    let Some(column) = spec(kind).column(col) else { return false };
    let cells = below.iter().filter_map(|row| Some((row, row.get(heading.at)?)));
    let cells: Vec<(&RowBuf, &Raw)> = cells.collect();
    if cells.len() < FEWEST {
        return false;
    }
    let fits = match column.kind {
        CellKind::Category => return labels(col, &cells),
        other => cells.iter().filter(|(row, raw)| is_kind(other, row, raw)).count(),
    };
    fits * 10 >= cells.len() * 9
}

/// Whether a cell is surely of a kind: a plain number is no date, a date no number.
fn is_kind(kind: CellKind, row: &RowBuf, raw: &Raw) -> bool {
    let date = matches!(kind, CellKind::Day | CellKind::Instant);
    match raw {
        Raw::Number(_) if date => false,
        Raw::Stamp { .. } => date,
        _ => {
            let how = Reading {
                kind,
                order: Habit::Assumed(DateOrder::Dmy),
                mark: Habit::Assumed(DecimalMark::Point),
                month_ok: false,
                unit: Unit::Seconds,
                id: false,
                scale: 1.0,
            };
            let value = typed(row, Some(raw), how, &mut Evidence::default(), &mut String::new());
            value.is_ok_and(|value| value != Typed::Missing)
        }
    }
}

/// Whether texts look like identifiers, stages, mail addresses or telephone numbers.
fn labels(col: Col, cells: &[(&RowBuf, &Raw)]) -> bool {
    let mut shown = Vec::new();
    for (row, raw) in cells {
        let mut text = String::new();
        row.show(raw, &mut text);
        shown.push(text);
    }
    let most = |test: &dyn Fn(&str) -> bool| {
        shown.iter().filter(|text| test(text)).count() * 10 >= shown.len() * 9
    };
    let different = shown.iter().collect::<BTreeSet<_>>().len();
    match col {
        Col::Email => {
            most(&|text| text.split_once('@').is_some_and(|(_, host)| host.contains('.')))
        }
        Col::Phone => most(&is_phone),
        Col::Stage => shown.iter().any(|text| DealOutcome::of_stage(text) != DealOutcome::Open),
        _ if col.name().ends_with("_id") => different == shown.len() && most(&is_id),
        _ => false,
    }
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (7..=15).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || " +-()./#".contains(c))
}

/// A short word with a digit, as `C-1042`.
fn is_id(text: &str) -> bool {
    text.len() <= 24 && !text.contains(' ') && text.chars().any(|c| c.is_ascii_digit())
}
