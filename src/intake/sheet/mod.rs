//! One pass over one sheet: header, rows, and the account of both.

mod ragged;
mod region;
mod remarks;

use region::Region;

use super::habits::Habits;
use super::headers::{Heading, Match, Recognition, SheetMapping, recognise};
use super::log::Log;
use super::row::{Raw, RowBuf, SheetReader};
use super::sink::Sink;
use super::trouble::Trouble;
use crate::records::{Col, Issue, IssueCode, SheetAccount, SheetRejects, Source, TableKind};

/// Rows looked at to find the header.
const HEAD: usize = 30;

/// What a pass is asked.
pub(super) struct Task<'s> {
    /// The sheet.
    pub(super) source: Source,
    /// Its index among all sources.
    pub(super) index: u32,
    /// The table it was declared to be.
    pub(super) fixed: Option<TableKind>,
    /// Issues of a kind kept with their cell.
    pub(super) max_examples: usize,
    /// Whether rows with a fault are kept as they stood.
    pub(super) keep_rejects: bool,
    /// How the sheet is written.
    pub(super) habits: Habits,
    /// Where its records go.
    pub(super) sink: &'s dyn Sink,
}

/// What a pass found.
pub(super) struct Pass {
    /// How the columns were understood.
    pub(super) mapping: SheetMapping,
    /// The problems.
    pub(super) issues: Vec<Issue>,
    /// The rows with a fault, where they were asked for and there are any.
    pub(super) rejects: Option<SheetRejects>,
    /// Habits the rows themselves show, where they differ from those assumed.
    pub(super) revised: Option<Habits>,
}

/// Reads a sheet.
///
/// # Errors
/// The trouble that stopped the reader; `account` then holds the rows seen until there.
pub(super) fn read_sheet(
    reader: &mut dyn SheetReader,
    task: &Task<'_>,
    account: &mut SheetAccount,
) -> Result<Pass, Trouble> {
    let head = head_rows(reader, account)?;
    let headings: Vec<Vec<Heading>> = head.iter().map(headings).collect();
    match recognise(&headings, task.fixed) {
        Recognition::Table(at, found) => known_table(reader, task, account, &head, at, *found),
        Recognition::Unknown(near, missing) => {
            if !head.is_empty() {
                account.ignored.insert("unknown_table".to_owned(), head.len() as u64);
            }
            count_rows(reader, account, "unknown_table")?;
            Ok(unknown_table(task, account, &near, &missing))
        }
    }
}

/// Reads the first rows into memory.
fn head_rows(
    reader: &mut dyn SheetReader,
    account: &mut SheetAccount,
) -> Result<Vec<RowBuf>, Trouble> {
    let mut rows = Vec::new();
    while rows.len() < HEAD {
        let mut row = RowBuf::default();
        if !reader.next_row(&mut row)? {
            break;
        }
        see(account, &row);
        rows.push(row);
    }
    Ok(rows)
}

/// Counts a row and the blank ones before it as seen.
fn see(account: &mut SheetAccount, row: &RowBuf) {
    account.seen += row.blank_before + 1;
    account.blank += row.blank_before;
}

fn headings(row: &RowBuf) -> Vec<Heading> {
    let texts = row.cells().iter().filter_map(|(at, raw)| match raw {
        Raw::Text(range) => Some((*at, row.text(range))),
        _ => None,
    });
    texts.filter(|(_, text)| text.len() <= 200).map(|(at, text)| Heading::new(at, text)).collect()
}

/// Counts all further rows as left out for a reason.
pub(super) fn count_rows(
    reader: &mut dyn SheetReader,
    account: &mut SheetAccount,
    reason: &str,
) -> Result<(), Trouble> {
    let mut row = RowBuf::default();
    while reader.next_row(&mut row)? {
        see(account, &row);
        *account.ignored.entry(reason.to_owned()).or_default() += 1;
    }
    Ok(())
}

fn unknown_table(
    task: &Task<'_>,
    account: &SheetAccount,
    near: &[TableKind],
    missing: &[Col],
) -> Pass {
    let mut log = Log::new(task.source.clone(), task.max_examples);
    if task.fixed.is_some() && account.seen > 0 {
        for col in missing {
            let issue = Issue::new(IssueCode::MissingColumn, log.place(None));
            log.add(issue.arg("column", col.name()));
        }
    } else if account.seen > 0 {
        let near: Vec<&str> = near.iter().map(|kind| kind.name()).collect();
        let missing: Vec<&str> = missing.iter().map(|col| col.name()).collect();
        let mut issue = Issue::new(IssueCode::UnknownTable, log.place(None))
            .arg("nearest", near.join(", "))
            .arg("missing", missing.join(", "));
        issue.rows = account.seen - account.blank;
        log.add(issue);
    }
    let mapping = SheetMapping {
        source: task.source.clone(),
        kind: None,
        header_row: None,
        columns: Vec::new(),
        unmapped: Vec::new(),
        suggestions: Vec::new(),
    };
    Pass { mapping, issues: log.into_issues(), rejects: None, revised: None }
}

fn known_table(
    reader: &mut dyn SheetReader,
    task: &Task<'_>,
    account: &mut SheetAccount,
    head: &[RowBuf],
    at: usize,
    found: Match,
) -> Result<Pass, Trouble> {
    account.kind = Some(found.kind);
    account.title = at as u64;
    account.header = 1;
    let mut region = Region::new(task, found, head.get(at));
    for row in head.iter().skip(at + 1) {
        region.row(row, account);
    }
    let mut row = RowBuf::default();
    while reader.next_row(&mut row)? {
        see(account, &row);
        region.row(&row, account);
    }
    Ok(region.finish(account))
}
