//! Identifiers that should stand once, of one column or of several together.

use std::cmp::Ordering;

use super::super::{Categories, Column, MISSING_CODE, Table};
use super::{NAMED, Places};
use crate::records::{Col, Issue, IssueCode, TableKind};

/// Columns whose values, taken together, should stand once.
const UNIQUE: &[(TableKind, &[Col])] = &[
    (TableKind::Customers, &[Col::CustomerId]),
    (TableKind::Products, &[Col::ProductId]),
    (TableKind::People, &[Col::Rep]),
    (TableKind::Leads, &[Col::LeadId]),
    (TableKind::Opportunities, &[Col::OppId]),
    (TableKind::Tickets, &[Col::TicketId]),
    (TableKind::Calls, &[Col::CallId]),
    (TableKind::Campaigns, &[Col::CampaignId]),
    (TableKind::Projects, &[Col::ProjectId]),
    (TableKind::Contracts, &[Col::ContractId]),
    (TableKind::StageHistory, &[Col::OppId, Col::Stage, Col::Entered]),
    (TableKind::ProcessSteps, &[Col::CaseId, Col::Step, Col::Start]),
    (TableKind::Sends, &[Col::CampaignId, Col::CustomerId]),
    (
        TableKind::Targets,
        &[Col::PeriodMonth, Col::Metric, Col::Owner, Col::Region, Col::Channel, Col::Team],
    ),
];

/// The columns that tell one row of a table from another, where it has such.
fn key_of(kind: TableKind) -> Option<&'static [Col]> {
    UNIQUE.iter().find(|(known, _)| *known == kind).map(|(_, cols)| *cols)
}

/// A key that stands more than once.
struct Repeat {
    /// The first row that repeats it.
    row: usize,
    /// Rows beyond the first.
    rows: u64,
}

/// The keys of a table that stand more than once, each with the cell of its first repeat.
pub(super) fn repeated(table: &Table, places: &Places<'_>) -> Vec<Issue> {
    let Some(cols) = key_of(table.kind()) else { return Vec::new() };
    let present: Vec<(Col, &Column)> =
        cols.iter().filter_map(|&col| Some((col, table.column(col)?))).collect();
    let Some(&(first, _)) = present.first() else { return Vec::new() };
    if cols.len() == 1 && !table.has(first) {
        return Vec::new();
    }
    let columns: Vec<&Column> = present.iter().map(|(_, column)| *column).collect();
    let names: Vec<&str> = present.iter().map(|(col, _)| col.name()).collect();
    let issue = |repeat: &Repeat, rows: u64| {
        let origin = table.origins().get(repeat.row).copied();
        let place = origin.map_or_else(Default::default, |origin| places.cell(origin, first));
        let mut issue = Issue::new(IssueCode::DuplicateKey, place)
            .arg("column", names.join(", "))
            .arg("table", table.kind().name())
            .arg("rows", rows.to_string());
        issue.rows = rows;
        issue
    };
    let all = repeats(&columns, table.len());
    let shown = |row: usize| {
        let parts: Vec<String> = columns.iter().filter_map(|c| c.show(row)).collect();
        parts.join(" · ")
    };
    let first_few = all.iter().take(NAMED).map(|r| issue(r, r.rows).value(&shown(r.row)));
    let mut out: Vec<Issue> = first_few.collect();
    if let Some(rest) = all.get(NAMED..).filter(|rest| !rest.is_empty()) {
        let rows = rest.iter().map(|r| r.rows).sum();
        let keys = rest.len().to_string();
        out.extend(rest.first().map(|r| issue(r, rows).arg("keys", keys)));
    }
    out
}

/// Keys that repeat, in the order of their first repeat. Rows whose first part is missing have no
/// key; a missing further part is a part like another.
fn repeats(columns: &[&Column], rows: usize) -> Vec<Repeat> {
    if let &[Column::Category(labels)] = columns {
        return repeated_labels(labels);
    }
    let mut order: Vec<usize> = keyed_rows(columns, rows);
    order.sort_by(|&a, &b| by_key(columns, a, b).then(a.cmp(&b)));
    let same = order.chunk_by(|&a, &b| by_key(columns, a, b) == Ordering::Equal);
    let repeat = |rows: &[usize]| {
        let row = *rows.get(1)?;
        Some(Repeat { row, rows: rows.len() as u64 - 1 })
    };
    let mut out: Vec<Repeat> = same.filter_map(repeat).collect();
    out.sort_by_key(|repeat| repeat.row);
    out
}

/// The same for one column of labels, whose codes need no sorting to be counted.
fn repeated_labels(labels: &Categories) -> Vec<Repeat> {
    let mut seen = vec![0_u32; labels.named()];
    // Found at its second row, a key stands before those that repeat later.
    let mut out: Vec<(u32, usize)> = Vec::new();
    for (row, &code) in labels.codes().iter().enumerate().filter(|(_, c)| **c != MISSING_CODE) {
        let Some(seen) = seen.get_mut(code as usize) else { continue };
        *seen = seen.saturating_add(1);
        if *seen == 2 {
            out.push((code, row));
        }
    }
    let more = |code: u32| seen.get(code as usize).map_or(0, |seen| u64::from(*seen) - 1);
    out.into_iter().map(|(code, row)| Repeat { row, rows: more(code) }).collect()
}

/// Rows that have a key.
pub(in crate::dataset) fn keyed_rows(columns: &[&Column], rows: usize) -> Vec<usize> {
    let has = |row: &usize| columns.first().is_some_and(|column| !column.is_missing(*row));
    (0..rows).filter(has).collect()
}

/// Rows by their keys, in some order that is the same for equal keys.
pub(in crate::dataset) fn by_key(columns: &[&Column], a: usize, b: usize) -> Ordering {
    let parts = columns.iter().map(|column| column.compare(a, b));
    parts.fold(Ordering::Equal, Ordering::then)
}
