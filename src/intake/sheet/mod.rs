//! One pass over one sheet, or a part of it: its tables, their rows, and the account of both.

mod copies;
mod held;
mod looks;
mod ragged;
mod refusal;
mod region;
mod remarks;
mod rows;

use std::collections::BTreeMap;

use refusal::Refusal;
use region::Region;
use rows::Rows;
pub(super) use rows::Scope;

use super::cell::is_pivot_mark;
use super::habits::Habits;
use super::headers::{
    Declared, HeadRow, Header, Heading, Match, Recognition, SheetMapping, recognise,
};
use super::hidden::Unseen;
use super::log::Log;
use super::row::{Raw, RowBuf, SheetReader};
use super::sink::Sink;
use super::trouble::Trouble;
use crate::records::{Issue, IssueCode, SheetAccount, SheetRejects, Source};

/// Rows looked at to find the header.
const HEAD: usize = 30;

/// What a pass is asked.
pub(super) struct Task<'s> {
    /// The sheet.
    pub(super) source: Source,
    /// The index of its first table among all sources.
    pub(super) index: u32,
    /// What the settings declare of it.
    pub(super) mapped: Declared,
    /// Issues of a kind kept with their cell.
    pub(super) max_examples: usize,
    /// Whether rows with a fault are kept as they stood.
    pub(super) keep_rejects: bool,
    /// What is declared of the way its file is written.
    pub(super) declared: Habits,
    /// How its tables are written, in their order, where a first pass showed it.
    pub(super) habits: Vec<Habits>,
    /// The part of the sheet to be read.
    pub(super) scope: Scope,
    /// What its user does not see of it; the own reader tells it by itself.
    pub(super) hidden: Unseen,
    /// Whether those are left out.
    pub(super) skip_hidden: bool,
    /// Where its records go.
    pub(super) sink: &'s dyn Sink,
}

/// What a pass found of one table.
pub(super) struct Pass {
    /// What became of its rows.
    pub(super) account: SheetAccount,
    /// How the columns were understood.
    pub(super) mapping: SheetMapping,
    /// The problems.
    pub(super) issues: Vec<Issue>,
    /// The rows with a fault, where they were asked for and there are any.
    pub(super) rejects: Option<SheetRejects>,
    /// Habits the rows themselves show.
    pub(super) shown: Habits,
}

/// What a pass has so far.
pub(super) struct Progress {
    /// The tables read to their end.
    pub(super) passes: Vec<Pass>,
    /// The account of the rows after them.
    pub(super) account: SheetAccount,
    /// Hidden rows with a value, and the first of them.
    pub(super) hidden: (u64, Option<u32>),
}

impl Progress {
    /// Nothing so far.
    pub(super) const fn new(source: Source) -> Self {
        Self { passes: Vec::new(), account: SheetAccount::new(source), hidden: (0, None) }
    }
}

/// How a pass ended.
pub(super) enum Ended {
    /// Every row is accounted for.
    Whole,
    /// Tables stand beside each other in these columns; no row was accounted for.
    SideBySide(Vec<(u32, u32)>),
}

/// Reads a sheet.
///
/// # Errors
/// The trouble that stopped the reader; `progress` then holds the rows seen until there.
pub(super) fn read_sheet(
    reader: &mut dyn SheetReader,
    task: &Task<'_>,
    progress: &mut Progress,
) -> Result<Ended, Trouble> {
    let hidden = (&task.hidden, task.skip_hidden);
    let mut rows = Rows::new(reader, &task.scope).without(hidden);
    let head = head_rows(&mut rows, task.mapped.header_row, &mut progress.account)?;
    let texts: Vec<HeadRow> = head.iter().map(|row| head_row(row, &task.mapped)).collect();
    let is_open = task.mapped.table.is_none();
    let refusal = match recognise(&texts, task.mapped.table) {
        Recognition::SideBySide(parts) => return Ok(Ended::SideBySide(parts)),
        Recognition::Table(header) if is_open && below_pivot(&texts, &header) => Refusal::Pivot,
        Recognition::Table(header) if !header.found.ambiguous.is_empty() => {
            Refusal::Columns(head.get(header.at).map_or(1, |row| row.number), header)
        }
        Recognition::Table(header) => {
            let mut tables = Tables::new(task, progress, &head, *header);
            tables.region.builder.reserve(rows.expected().min(task.sink.at_once()));
            let below = head.get(tables.after_header..).unwrap_or_default();
            tables.unsee(below);
            for row in below {
                rows::see(row, &mut tables.progress.account);
                tables.row(row);
            }
            let mut row = RowBuf::default();
            while rows.next(&mut row, &mut tables.progress.account)? {
                tables.row(&row);
            }
            tables.finish();
            progress.hidden = rows.hidden_seen();
            report_hidden_columns(task, &rows, progress);
            report_unmet(task, &texts, progress);
            return Ok(Ended::Whole);
        }
        Recognition::Either(a, b) => Refusal::Either(a, b),
        Recognition::Unknown(..) if is_open && texts.iter().any(is_pivot) => Refusal::Pivot,
        Recognition::Unknown(near, missing) => Refusal::Unknown(near, missing),
    };
    no_table(task, &mut rows, head.len(), progress, &refusal)?;
    if let (Refusal::Unknown(near, _), Some(pass)) = (&refusal, progress.passes.last_mut()) {
        let alike = near.first().map(|&kind| looks::suggest(task, &head, &texts, kind));
        pass.issues.extend(alike.unwrap_or_default());
    }
    progress.hidden = rows.hidden_seen();
    report_unmet(task, &texts, progress);
    Ok(Ended::Whole)
}

/// Says which headings the settings map and the sheet does not have.
fn report_unmet(task: &Task<'_>, head: &[HeadRow], progress: &mut Progress) {
    let Some(pass) = progress.passes.last() else { return };
    let mapped = pass.mapping.columns.iter().map(|c| Heading::new(c.at, &c.header));
    let all = head.iter().flat_map(|row| row.headings.iter().cloned()).chain(mapped);
    let unmet = task.mapped.unmet(&all.collect::<Vec<_>>());
    let place = Log::new(task.source.clone(), task.max_examples).place(None);
    let issue = |name| {
        Issue::new(IssueCode::UnusedMapping, place.clone()).arg("header", name).arg("column", name)
    };
    let issues: Vec<Issue> = unmet.into_iter().map(issue).collect();
    if let Some(pass) = progress.passes.last_mut() {
        pass.issues.extend(issues);
    }
}

/// Says which columns with a meaning are hidden; they were read like the rest.
fn report_hidden_columns(task: &Task<'_>, rows: &Rows<'_>, progress: &mut Progress) {
    for pass in &mut progress.passes {
        let hidden = pass.mapping.columns.iter().filter(|column| rows.hides(column.at));
        let names: Vec<&str> = hidden.clone().map(|column| column.header.as_str()).collect();
        let Some(first) = hidden.map(|column| column.at).next() else { continue };
        let place = pass.mapping.header_row.map(|row| (first, row));
        let place = Log::new(task.source.clone(), task.max_examples).place(place);
        let issue = Issue::new(IssueCode::HiddenColumns, place).arg("columns", names.join(", "));
        pass.issues.push(issue);
    }
}

/// Reads the first rows into memory.
fn head_rows(
    rows: &mut Rows<'_>,
    header_row: Option<u32>,
    account: &mut SheetAccount,
) -> Result<Vec<RowBuf>, Trouble> {
    let mut head: Vec<RowBuf> = Vec::new();
    let above = |last: Option<&RowBuf>| last.is_none_or(|row| Some(row.number) < header_row);
    while head.len() < HEAD || above(head.last()) {
        let mut row = RowBuf::default();
        if !rows.next(&mut row, account)? {
            break;
        }
        head.push(row);
    }
    Ok(head)
}

/// A row as it looks to the search for a header; without headings where the settings name
/// another row.
fn head_row(row: &RowBuf, declared: &Declared) -> HeadRow {
    let columns = row.cells().iter().map(|(at, _)| *at).collect();
    if declared.header_row.is_some_and(|at| at != row.number) {
        return HeadRow { headings: Vec::new(), columns };
    }
    let texts = row.cells().iter().filter_map(|(at, raw)| match raw {
        Raw::Text(text) => Some((*at, row.text(*text))),
        _ => None,
    });
    let short = texts.filter(|(_, text)| text.len() <= 200);
    let heading = |(at, text)| {
        let mut heading = Heading::new(at, text);
        heading.declared = declared.used(&heading);
        heading
    };
    HeadRow { headings: short.map(heading).collect(), columns }
}

/// Whether a row holds the words a pivot table writes by itself.
fn is_pivot(row: &HeadRow) -> bool {
    row.headings.iter().any(|heading| is_pivot_mark(&heading.text))
}

/// Whether a poor header is no more than the labels of a pivot table.
fn below_pivot(head: &[HeadRow], header: &Header) -> bool {
    header.found.columns.len() < 4 && head.iter().take(header.at + 1).any(is_pivot)
}

/// Adds one to the count of a reason.
fn count(reasons: &mut BTreeMap<String, u64>, reason: &str) {
    if let Some(rows) = reasons.get_mut(reason) {
        *rows += 1;
    } else {
        reasons.insert(reason.to_owned(), 1);
    }
}

/// Counts the rows of a sheet as left out for a reason.
///
/// # Errors
/// The trouble that stopped the reader.
pub(super) fn count_rows(
    reader: &mut dyn SheetReader,
    account: &mut SheetAccount,
    reason: &str,
) -> Result<(), Trouble> {
    count_rest(&mut Rows::new(reader, &Scope::WHOLE), account, reason)
}

fn count_rest(
    rows: &mut Rows<'_>,
    account: &mut SheetAccount,
    reason: &str,
) -> Result<(), Trouble> {
    let mut row = RowBuf::default();
    while rows.next(&mut row, account)? {
        count(&mut account.ignored, reason);
    }
    Ok(())
}

/// Counts the rows of what is no record table, and says what it is.
fn no_table(
    task: &Task<'_>,
    rows: &mut Rows<'_>,
    head: usize,
    progress: &mut Progress,
    refusal: &Refusal,
) -> Result<(), Trouble> {
    let account = &mut progress.account;
    let reason = refusal.reason();
    (0..head).for_each(|_| count(&mut account.ignored, reason));
    count_rest(rows, account, reason)?;
    let mut log = Log::new(task.source.clone(), task.max_examples);
    let rows = account.ignored.get(reason).copied().unwrap_or(0);
    for mut issue in refusal.issues(task, &log) {
        issue.rows = rows;
        if rows > 0 {
            log.add(issue);
        }
    }
    let account = std::mem::replace(account, SheetAccount::new(task.source.clone()));
    progress.passes.push(Pass {
        account,
        mapping: SheetMapping::none(task.source.clone()),
        issues: log.into_issues(),
        rejects: None,
        shown: task.declared.clone(),
    });
    Ok(())
}

/// The tables of a sheet that stand one below the other.
struct Tables<'t> {
    task: &'t Task<'t>,
    progress: &'t mut Progress,
    region: Region<'t>,
    /// Index of the first row below the first header.
    after_header: usize,
}

impl<'t> Tables<'t> {
    fn new(
        task: &'t Task<'t>,
        progress: &'t mut Progress,
        head: &[RowBuf],
        header: Header,
    ) -> Self {
        let Header { at, rows, found } = header;
        let first = (at + 1).saturating_sub(rows);
        progress.account.kind = Some(found.kind);
        progress.account.title = first as u64;
        progress.account.header = rows as u64;
        let heads = head.get(first..=at).unwrap_or_default().to_vec();
        let region = Region::new(task, progress.passes.len(), found, heads);
        Self { task, progress, region, after_header: at + 1 }
    }

    /// Takes back that rows were seen, until it is known of which table each is.
    fn unsee(&mut self, rows: &[RowBuf]) {
        let blank: u64 = rows.iter().map(|row| row.blank_before).sum();
        self.progress.account.seen -= blank + rows.len() as u64;
        self.progress.account.blank -= blank;
    }

    fn row(&mut self, row: &RowBuf) {
        if let Some(found) = self.region.row(row, &mut self.progress.account) {
            self.next_table(row, found);
        }
    }

    /// Ends the table above a header; its titles go with what they are titles of.
    fn next_table(&mut self, row: &RowBuf, found: Match) {
        let titles = self.region.take_titles(&mut self.progress.account);
        let mut account = SheetAccount::new(self.task.source.clone());
        (account.kind, account.title, account.header) = (Some(found.kind), titles, 1);
        account.seen = titles + 1;
        self.progress.account.seen -= account.seen;
        let number = self.progress.passes.len() + 1;
        let next = Region::new(self.task, number, found, vec![row.clone()]);
        let done = std::mem::replace(&mut self.region, next);
        let above = std::mem::replace(&mut self.progress.account, account);
        self.progress.passes.push(done.finish(above));
    }

    fn finish(self) {
        let account = SheetAccount::new(self.task.source.clone());
        let account = std::mem::replace(&mut self.progress.account, account);
        self.progress.passes.push(self.region.finish(account));
    }
}

#[cfg(test)]
mod tests;
