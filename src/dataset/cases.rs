//! One row a case: tables handed in as a log of changes, many rows a ticket or deal.
//!
//! A share over the rows of such a log weighs a ticket by how often somebody touched it. The last
//! row of a case speaks for it: last by the time of the change where the log has it, else in the
//! order of rows. What that row leaves blank is taken from the latest row before that has it, but
//! not the end of the case: a case reopened has none. Its beginning is the earliest one named.

use std::collections::BTreeMap;

use super::keys::unique::{by_key, keyed_rows};
use super::{Column, Table};
use crate::records::{Account, Col, Issue, IssueCode, Place, Source, TableKind};

/// Tables that tell of cases, and the column that names the case.
const CASES: &[(TableKind, Col)] = &[
    (TableKind::Tickets, Col::TicketId),
    (TableKind::Opportunities, Col::OppId),
    (TableKind::Leads, Col::LeadId),
];

/// The earliest of these stands for the case.
const BEGINNINGS: &[Col] = &[Col::Opened, Col::Created, Col::FirstResponse];
/// Of these only the last row speaks.
const ENDINGS: &[Col] = &[Col::Resolved, Col::Closed];

/// A log of changes that became one row a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseLog {
    /// The table.
    pub kind: TableKind,
    /// Rows of the log.
    pub rows: u64,
    /// Cases it tells of.
    pub cases: u64,
    /// Whether the time of the change decided which row is the last.
    pub by_time: bool,
    /// Rows another row of their case took the place of, by source.
    superseded: BTreeMap<u32, u64>,
}

/// Turns logs of changes into one row a case.
///
/// A table is such a log where it has at least three rows for two cases, and most rows that repeat
/// a case differ from the one before: a few repeated identifiers are a fault, not a log.
pub fn one_row_a_case(tables: &mut BTreeMap<TableKind, Table>) -> Vec<CaseLog> {
    let mut logs = Vec::new();
    for &(kind, id) in CASES {
        let Some(table) = tables.get_mut(&kind) else { continue };
        if let Some((one, log)) = collapsed(table, id) {
            *table = one;
            logs.push(log);
        }
    }
    logs
}

impl CaseLog {
    /// Moves the rows left out from used to ignored.
    pub fn settle(&self, account: &mut Account, sources: &[Source]) {
        for (&source, &rows) in &self.superseded {
            let Some(source) = sources.get(source as usize) else { continue };
            let own = |sheet: &&mut crate::records::SheetAccount| {
                sheet.source == *source && sheet.kind == Some(self.kind) && sheet.used >= rows
            };
            if let Some(sheet) = account.sheets.iter_mut().find(own) {
                sheet.used -= rows;
                *sheet.ignored.entry("superseded".to_owned()).or_default() += rows;
            }
        }
    }

    /// What to say of it.
    #[must_use]
    pub fn issue(&self, sources: &[Source]) -> Issue {
        let source = self.superseded.keys().next().and_then(|&s| sources.get(s as usize));
        let place = source.map_or_else(Place::default, |source| Place {
            file: source.file.clone(),
            sheet: source.sheet.clone(),
            cell: String::new(),
        });
        Issue::new(IssueCode::CaseLog, place)
            .arg("table", self.kind.name())
            .arg("events", self.rows.to_string())
            .arg("cases", self.cases.to_string())
            .arg("order", if self.by_time { "change" } else { "rows" })
    }
}

fn collapsed(table: &Table, id: Col) -> Option<(Table, CaseLog)> {
    let ids = table.categories(id)?;
    // Cheap for the many tables that have one row a case anyway.
    if table.len() * 2 < ids.named() * 3 {
        return None;
    }
    let key = [table.column(id)?];
    let time = table.column(Col::EventAt).filter(|column| !column.all_missing());
    let mut order = keyed_rows(&key, table.len());
    order.sort_by(|&a, &b| {
        let by_time = || time.map_or(std::cmp::Ordering::Equal, |time| time.compare(a, b));
        by_key(&key, a, b).then_with(by_time).then(a.cmp(&b))
    });
    let mut cases: Vec<&[usize]> = order.chunk_by(|&a, &b| by_key(&key, a, b).is_eq()).collect();
    if order.len() * 2 < cases.len() * 3 || !mostly_changes(table, &cases) {
        return None;
    }
    cases.sort_by_key(|rows| rows.iter().min().copied());
    let log = CaseLog {
        kind: table.kind(),
        rows: order.len() as u64,
        cases: cases.len() as u64,
        by_time: time.is_some(),
        superseded: superseded(table, &cases),
    };
    Some((last_rows(table, &cases), log))
}

/// Whether most rows that repeat a case differ from the row before in anything.
fn mostly_changes(table: &Table, cases: &[&[usize]]) -> bool {
    let columns: Vec<&Column> = table.cols().filter_map(|col| table.column(col)).collect();
    let (mut repeats, mut changes) = (0_u64, 0_u64);
    for pair in cases.iter().flat_map(|rows| rows.windows(2)) {
        let &[a, b] = pair else { continue };
        repeats += 1;
        changes += u64::from(!by_key(&columns, a, b).is_eq());
    }
    changes * 2 > repeats
}

fn superseded(table: &Table, cases: &[&[usize]]) -> BTreeMap<u32, u64> {
    let mut out = BTreeMap::new();
    for rows in cases {
        for &row in rows.iter().rev().skip(1) {
            if let Some(origin) = table.origins().get(row) {
                *out.entry(origin.source).or_default() += 1;
            }
        }
    }
    out
}

fn last_rows(table: &Table, cases: &[&[usize]]) -> Table {
    let columns = table.cols().filter_map(|col| {
        let column = table.column(col)?;
        let rows: Vec<Option<usize>> = cases.iter().map(|rows| speaks(col, column, rows)).collect();
        Some((col, column.gather(&rows)))
    });
    let last = cases.iter().filter_map(|rows| table.origins().get(*rows.last()?).copied());
    Table::with_origins(table.kind(), columns.collect(), last.collect())
}

/// The row of a case whose value of a column stands for the case.
fn speaks(col: Col, column: &Column, rows: &[usize]) -> Option<usize> {
    if ENDINGS.contains(&col) {
        return rows.last().copied();
    }
    let mut known = rows.iter().copied().filter(|&row| !column.is_missing(row));
    if BEGINNINGS.contains(&col) {
        known.min_by(|&a, &b| column.compare(a, b))
    } else {
        known.next_back()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::one_row_a_case;
    use crate::dataset::{Cell, TableBuilder};
    use crate::records::{Account, Col, Origin, SheetAccount, Source, TableKind};

    /// Ticket, time of change, resolved, agent; blank where empty or below zero.
    type Row = (&'static str, i64, i64, &'static str);

    fn tickets(rows: &[Row]) -> BTreeMap<TableKind, crate::dataset::Table> {
        let cols = [Col::TicketId, Col::EventAt, Col::Resolved, Col::Agent];
        let mut table = TableBuilder::new(TableKind::Tickets, &cols);
        let millis = |x: i64| if x < 0 { Cell::Missing } else { Cell::Millis(x) };
        for (row, &(id, at, resolved, agent)) in (2..).zip(rows) {
            let agent = if agent.is_empty() { Cell::Missing } else { Cell::Text(agent) };
            let cells = [Cell::Text(id), millis(at), millis(resolved), agent];
            table.push(Origin { source: 0, row }, &cells);
        }
        BTreeMap::from([(TableKind::Tickets, table.finish())])
    }

    #[test]
    fn the_last_change_speaks_for_a_ticket() {
        let rows = [("A", 3, -1, ""), ("A", 1, 1, "Ann"), ("A", 2, 2, "Bo"), ("B", 1, 9, "Cy")];
        let mut tables = tickets(&rows);
        let logs = one_row_a_case(&mut tables);
        let seen: Vec<_> = logs.iter().map(|log| (log.rows, log.cases, log.by_time)).collect();
        assert_eq!(seen, [(4, 2, true)]);
        let table = tables.get(&TableKind::Tickets);
        let of = |row| table.map(|t| (t.text(Col::Agent, row), t.count(Col::Resolved, row)));
        assert_eq!(of(0), Some((Some("Bo"), None)), "reopened, so without an end");
        assert_eq!(of(1), Some((Some("Cy"), Some(9))));
        assert_eq!(table.map(|t| t.origins()[0].row), Some(2));

        let source = Source { file: "log.csv".to_owned(), sheet: String::new() };
        let mut sheet = SheetAccount::new(source.clone());
        (sheet.kind, sheet.seen, sheet.header, sheet.used) = (Some(TableKind::Tickets), 5, 1, 4);
        let mut account = Account { sheets: vec![sheet] };
        for log in &logs {
            log.settle(&mut account, std::slice::from_ref(&source));
        }
        assert!(account.sheets.iter().all(SheetAccount::balances));
        assert_eq!((account.used(), account.ignored()), (2, 2));
    }

    #[test]
    fn a_few_repeats_and_pasted_copies_are_no_log() {
        let few = [("A", 1, 1, "x"), ("A", 2, 2, "y"), ("B", 1, 1, "x"), ("C", 1, 1, "x")];
        let pasted = [("A", 1, 1, "x"), ("B", 1, 1, "y"), ("A", 1, 1, "x"), ("B", 1, 1, "y")];
        for rows in [few, pasted] {
            assert!(one_row_a_case(&mut tickets(&rows)).is_empty());
        }
    }
}
