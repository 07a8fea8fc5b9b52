//! One pass over one sheet: header, rows, and the account of both.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::cell::{ends_like_total, is_total};
use super::habits::Habits;
use super::headers::{Heading, Match, Recognition, SheetMapping, recognise, suggestions};
use super::log::Log;
use super::row::{Raw, RowBuf, SheetReader};
use super::slots::{Slot, has_own_id, slots};
use super::trouble::Trouble;
use super::typing::RowTyper;
use crate::dataset::{Table, TableBuilder};
use crate::records::{Col, Issue, IssueCode, Origin, SheetAccount, Source, TableKind};

/// Rows looked at to find the header.
const HEAD: usize = 30;

/// What a pass is asked.
pub(super) struct Task {
    /// The sheet.
    pub(super) source: Source,
    /// Its index among all sources.
    pub(super) index: u32,
    /// The table it was declared to be.
    pub(super) fixed: Option<TableKind>,
    /// Issues of a kind kept with their cell.
    pub(super) max_examples: usize,
    /// How the sheet is written.
    pub(super) habits: Habits,
}

/// What a pass found.
pub(super) struct Pass {
    /// How the columns were understood.
    pub(super) mapping: SheetMapping,
    /// The records.
    pub(super) table: Option<Table>,
    /// The problems.
    pub(super) issues: Vec<Issue>,
    /// Habits the rows themselves show, where they differ from those assumed.
    pub(super) revised: Option<Habits>,
}

/// Reads a sheet.
///
/// # Errors
/// The trouble that stopped the reader; `account` then holds the rows seen until there.
pub(super) fn read_sheet(
    reader: &mut dyn SheetReader,
    task: &Task,
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

fn unknown_table(task: &Task, account: &SheetAccount, near: &[TableKind], missing: &[Col]) -> Pass {
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
    Pass { mapping, table: None, issues: log.into_issues(), revised: None }
}

fn known_table(
    reader: &mut dyn SheetReader,
    task: &Task,
    account: &mut SheetAccount,
    head: &[RowBuf],
    at: usize,
    found: Match,
) -> Result<Pass, Trouble> {
    let header_row = head.get(at).map(|row| row.number);
    account.kind = Some(found.kind);
    account.title = at as u64;
    account.header = 1;
    let mut sheet = Sheet::new(task, found, header_row);
    for row in head.iter().skip(at + 1) {
        sheet.row(row, account);
    }
    let mut row = RowBuf::default();
    while reader.next_row(&mut row)? {
        see(account, &row);
        sheet.row(&row, account);
    }
    Ok(sheet.finish(account))
}

/// A sheet of a known table while its rows are read.
struct Sheet<'t> {
    task: &'t Task,
    found: Match,
    header_row: Option<u32>,
    slots: Vec<Slot>,
    typer: RowTyper,
    builder: TableBuilder,
    log: Log,
    hashes: Option<HashSet<u64>>,
    copies: (u64, Option<u32>),
}

impl<'t> Sheet<'t> {
    fn new(task: &'t Task, found: Match, header_row: Option<u32>) -> Self {
        let slots = slots(&found, &task.habits);
        let cols: Vec<_> = slots.iter().map(|slot| slot.col).collect();
        Self {
            task,
            header_row,
            typer: RowTyper::default(),
            builder: TableBuilder::new(found.kind, &cols),
            log: Log::new(task.source.clone(), task.max_examples),
            hashes: has_own_id(&found).then(HashSet::new),
            copies: (0, None),
            slots,
            found,
        }
    }

    fn row(&mut self, row: &RowBuf, account: &mut SheetAccount) {
        let ignore = |account: &mut SheetAccount| {
            *account.ignored.entry("total".to_owned()).or_default() += 1;
        };
        if self.is_header(row) {
            account.header += 1;
            return;
        }
        let first = row.cells().iter().find_map(|(at, _)| row.text_at(*at));
        if first.is_some_and(is_total) {
            return ignore(account);
        }
        let refused = self.typer.read(row, &mut self.slots);
        if refused == Some(IssueCode::BlankRequired) && first.is_some_and(ends_like_total) {
            return ignore(account);
        }
        for (slot, code) in self.typer.faults() {
            let Some(slot) = self.slots.get(*slot) else { continue };
            let mut value = String::new();
            if let Some(raw) = row.get(slot.at) {
                row.show(raw, &mut value);
            }
            self.log.fault(*code, (slot.at, row.number), &slot.header, &value);
        }
        if let Some(code) = refused {
            *account.rejected.entry(code.code().to_owned()).or_default() += 1;
            return;
        }
        self.count_copy(row);
        let origin = Origin { source: self.task.index, row: row.number };
        self.builder.push(origin, &self.typer.cells());
        account.used += 1;
    }

    /// Whether the row repeats the header, as page breaks in printed lists do.
    fn is_header(&self, row: &RowBuf) -> bool {
        let same = |c: &super::headers::MappedHeader| row.text_at(c.at) == Some(c.header.trim());
        self.found.columns.len() > 1 && self.found.columns.iter().all(same)
    }

    fn count_copy(&mut self, row: &RowBuf) {
        let Some(hashes) = &mut self.hashes else { return };
        let mut hash = DefaultHasher::new();
        let mut shown = String::new();
        for (at, raw) in row.cells() {
            shown.clear();
            row.show(raw, &mut shown);
            (at, &shown).hash(&mut hash);
        }
        if !hashes.insert(hash.finish()) {
            self.copies.0 += 1;
            self.copies.1 = self.copies.1.or(Some(row.number));
        }
    }

    fn finish(mut self, account: &SheetAccount) -> Pass {
        self.report_headers();
        self.report_habits();
        if account.seen == account.header + account.title + account.blank {
            self.log.add(Issue::new(IssueCode::HeaderOnly, self.log.place(None)));
        }
        if self.copies.0 > 0 {
            let place = self.log.place(self.copies.1.map(|row| (0, row)));
            let rows = self.copies.0.to_string();
            let mut issue = Issue::new(IssueCode::DuplicateRows, place).arg("rows", rows);
            issue.rows = self.copies.0;
            self.log.add(issue);
        }
        let revised = self.revised();
        let mapping = SheetMapping {
            source: self.task.source.clone(),
            kind: Some(self.found.kind),
            header_row: self.header_row,
            suggestions: suggestions(&self.found),
            unmapped: self.found.unmapped.iter().map(|h| h.text.clone()).collect(),
            columns: self.found.columns,
        };
        let table = self.builder.finish();
        let table = (!table.is_empty()).then_some(table);
        let issues = self.log.into_issues();
        Pass { mapping, table, issues, revised }
    }

    fn report_headers(&mut self) {
        let cell = |at: u32| self.header_row.map(|row| (at, row));
        for (used, other) in &self.found.twice {
            let issue = Issue::new(IssueCode::DuplicateHeader, self.log.place(cell(other.at)))
                .value(&other.text)
                .arg("column", &used.header)
                .arg("other", &other.text);
            self.log.add(issue);
        }
        for slot in self.slots.iter().filter(|slot| slot.product.is_some()) {
            let from: Vec<&str> = [Col::Qty, Col::Price].map(Col::name).to_vec();
            let issue = Issue::new(IssueCode::DerivedColumn, self.log.place(cell(slot.at)))
                .arg("column", slot.col.name())
                .arg("from", from.join(", "));
            self.log.add(issue);
        }
        for near in suggestions(&self.found) {
            let issue = Issue::new(IssueCode::HeaderSuggestion, self.log.place(cell(near.at)))
                .value(&near.header)
                .arg("header", &near.header)
                .arg("column", near.col.name());
            self.log.add(issue);
        }
    }

    /// Says how dates were read where the text alone left it open.
    fn report_habits(&mut self) {
        if self.task.habits.decimal_comma {
            self.log.add(Issue::new(IssueCode::DecimalComma, self.log.place(None)));
        }
        for slot in &self.slots {
            let place = self.log.place(self.header_row.map(|row| (slot.at, row)));
            let note = |code| Issue::new(code, place).arg("column", &slot.header);
            let issue = match slot.tally.order() {
                Some(order) => note(IssueCode::DateOrder).arg("order", order),
                None if slot.tally.undecided() => note(IssueCode::DateOrderUnknown),
                None => continue,
            };
            self.log.add(issue);
        }
    }

    /// The habits the rows show, if a second pass must follow them.
    fn revised(&self) -> Option<Habits> {
        let assumed = &self.task.habits;
        let day_first = self.slots.iter().filter(|s| s.tally.says_day_first()).map(|s| s.at);
        let comma: u64 = self.slots.iter().map(|s| s.tally.comma).sum();
        let point: u64 = self.slots.iter().map(|s| s.tally.point).sum();
        let shown = Habits { day_first: day_first.collect(), decimal_comma: comma > point };
        (shown != *assumed).then_some(shown)
    }
}
