//! The rows of one table: used, refused or left out with a reason.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::super::cell::{ends_like_total, is_total};
use super::super::headers::{MappedHeader, Match, SheetMapping, suggestions};
use super::super::log::Log;
use super::super::rejects;
use super::super::row::RowBuf;
use super::super::slots::{Slot, has_own_id, slots};
use super::super::typing::RowTyper;
use super::ragged::Short;
use super::{Pass, Task};
use crate::dataset::TableBuilder;
use crate::records::{Issue, IssueCode, Origin, RejectedRow, SheetAccount};

/// Records handed over at once.
const CHUNK: usize = 16_384;

/// A table while its rows are read.
pub(super) struct Region<'t> {
    pub(super) task: &'t Task<'t>,
    pub(super) found: Match,
    pub(super) header_row: Option<u32>,
    pub(super) slots: Vec<Slot>,
    /// Fields of the header, where the sheet is a text.
    pub(super) width: u32,
    pub(super) short: Short,
    pub(super) typer: RowTyper,
    builder: TableBuilder,
    pub(super) log: Log,
    hashes: Option<HashSet<u64>>,
    rejects: Vec<RejectedRow>,
}

impl<'t> Region<'t> {
    /// A table below its header.
    pub(super) fn new(task: &'t Task<'t>, found: Match, header: Option<&RowBuf>) -> Self {
        let slots = slots(&found, &task.habits);
        let cols: Vec<_> = slots.iter().map(|slot| slot.col).collect();
        Self {
            task,
            header_row: header.map(|row| row.number),
            width: header.map_or(0, |row| row.width),
            short: Short::default(),
            typer: RowTyper::default(),
            builder: TableBuilder::new(found.kind, &cols),
            log: Log::new(task.source.clone(), task.max_examples),
            hashes: has_own_id(&found).then(HashSet::new),
            rejects: Vec::new(),
            slots,
            found,
        }
    }

    /// Reads one row below the header.
    pub(super) fn row(&mut self, row: &RowBuf, account: &mut SheetAccount) {
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
        if let Some(code) = self.misshapen(row) {
            return self.refuse(row, code, account);
        }
        let refused = self.typer.read(row, &mut self.slots);
        if refused == Some(IssueCode::BlankRequired) && first.is_some_and(ends_like_total) {
            return ignore(account);
        }
        if let Some(code) = refused.and_then(|code| self.too_short(row, code)) {
            return self.refuse(row, code, account);
        }
        self.keep_faults(row, refused);
        if let Some(code) = refused {
            *account.rejected.entry(code.code().to_owned()).or_default() += 1;
            return;
        }
        self.count_copy(row);
        self.count_short(row);
        let origin = Origin { source: self.task.index, row: row.number };
        self.builder.push(origin, &self.typer.cells());
        account.used += 1;
        if self.builder.len() >= CHUNK {
            self.task.sink.rows(self.builder.take());
        }
    }

    /// Refuses a row for its shape.
    fn refuse(&mut self, row: &RowBuf, code: IssueCode, account: &mut SheetAccount) {
        *account.rejected.entry(code.code().to_owned()).or_default() += 1;
        if self.task.keep_rejects {
            self.rejects.push(rejects::rejected(row, Some(code), Vec::new()));
        }
    }

    /// Logs what was wrong in the row just typed, and keeps the row where it is asked for.
    fn keep_faults(&mut self, row: &RowBuf, refused: Option<IssueCode>) {
        if self.typer.faults().is_empty() {
            return;
        }
        let faults = rejects::faults(row, self.typer.faults(), &self.slots);
        for fault in &faults {
            self.log.fault(fault, row.number);
        }
        if self.task.keep_rejects {
            self.rejects.push(rejects::rejected(row, refused, faults));
        }
    }

    /// Whether the row repeats the header, as page breaks in printed lists do.
    fn is_header(&self, row: &RowBuf) -> bool {
        let same = |c: &MappedHeader| row.text_at(c.at) == Some(c.header.trim());
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
            let at = row.cells().first().map_or(0, |(at, _)| *at);
            let place = self.log.place(Some((at, row.number)));
            let copy = || Issue::new(IssueCode::DuplicateRows, place);
            self.log.few(IssueCode::DuplicateRows, "", copy);
        }
    }

    /// What was read, and everything worth saying of it.
    pub(super) fn finish(mut self, account: &SheetAccount) -> Pass {
        self.report_headers();
        self.report_habits();
        self.report_short();
        if account.seen == account.header + account.title + account.blank {
            self.log.add(Issue::new(IssueCode::HeaderOnly, self.log.place(None)));
        }
        let revised = self.revised();
        let rejects = rejects::of_sheet(&self.task.source, &self.found, self.rejects);
        let mapping = SheetMapping {
            source: self.task.source.clone(),
            kind: Some(self.found.kind),
            header_row: self.header_row,
            suggestions: suggestions(&self.found),
            unmapped: self.found.unmapped.iter().map(|h| h.text.clone()).collect(),
            columns: self.found.columns,
        };
        self.task.sink.rows(self.builder.finish());
        let issues = self.log.into_issues();
        Pass { mapping, issues, rejects, revised }
    }
}
