//! The rows of one table: used, refused or left out with a reason.

use super::super::area::Area;
use super::super::cell::{ends_like_total, is_total, is_unit};
use super::super::habits::Habits;
use super::super::headers::{Match, SheetMapping, heads, is_heading, quantity, suggestions};
use super::super::log::Log;
use super::super::rejects;
use super::super::row::RowBuf;
use super::super::slots::{Slot, has_own_id, own_id, slots};
use super::super::typing::RowTyper;
use super::copies::Copies;
use super::held::{is_sentence, lone_text};
use super::ragged::Short;
use super::{Pass, Task, count, head_row};
use crate::dataset::{Cell, Column, MISSING_CODE, TableBuilder};
use crate::records::{CellKind, Col, Issue, IssueCode, Origin, RejectedRow, SheetAccount};

/// A table while its rows are read.
pub(super) struct Region<'t> {
    pub(super) task: &'t Task<'t>,
    pub(super) found: Match,
    pub(super) habits: Habits,
    /// The last row of its header.
    pub(super) header: Option<u32>,
    pub(super) slots: Vec<Slot>,
    /// Fields of the header, where the sheet is a text.
    pub(super) width: u32,
    pub(super) short: Short,
    pub(super) typer: RowTyper,
    pub(super) builder: TableBuilder,
    /// What every row says by the heading of its value, in the builder's last columns.
    told: Vec<(Col, String)>,
    pub(super) log: Log,
    /// Rows that wait for what follows them.
    pub(super) held: Vec<RowBuf>,
    index: u32,
    /// The rows of its header.
    heads: Vec<RowBuf>,
    /// Its columns, its header and the rows read so far.
    extent: Area,
    copies: Option<Copies>,
    rejects: Vec<RejectedRow>,
    /// Records handed over.
    pub(super) records: usize,
    /// The sums of their measures.
    pub(super) sums: Vec<(Col, f64)>,
}

impl<'t> Region<'t> {
    /// Table `number` of the sheet, below its header.
    pub(super) fn new(task: &'t Task<'t>, number: usize, found: Match, heads: Vec<RowBuf>) -> Self {
        let habits = task.habits.get(number).unwrap_or(&task.declared).clone();
        let slots = slots(&found, &habits);
        let told = quantity(&found);
        let cols = slots.iter().map(|slot| slot.col).chain(told.iter().map(|(col, _)| *col));
        let cols: Vec<Col> = cols.collect();
        Self {
            task,
            index: task.index.saturating_add(u32::try_from(number).unwrap_or(u32::MAX)),
            extent: extent(&found, &heads),
            width: heads.iter().map(|row| row.width).max().unwrap_or(0),
            short: Short::default(),
            typer: RowTyper::default(),
            builder: TableBuilder::new(found.kind, &cols),
            told,
            log: Log::new(task.source.clone(), task.max_examples),
            held: Vec::new(),
            copies: has_own_id(&found).then(Copies::default),
            rejects: Vec::new(),
            records: 0,
            sums: Vec::new(),
            header: heads.last().map(|row| row.number),
            heads,
            habits,
            slots,
            found,
        }
    }

    /// Reads one row below the header. A row that heads another table is left to that one.
    pub(super) fn row(&mut self, row: &RowBuf, account: &mut SheetAccount) -> Option<Match> {
        if self.is_header(row) || self.takes_units(row) {
            account.header += 1;
            return None;
        }
        let first = row.cells().iter().find_map(|(at, _)| row.text_at(*at));
        if first.is_some_and(is_total) {
            self.leave_out(row, "total", account);
            return None;
        }
        if self.is_misshapen(row) {
            let another = self.heads_another(row);
            if another.is_none() {
                self.release(account);
                self.refuse_misshapen(row, account);
            }
            return another;
        }
        let refused = self.typer.read(row, &mut self.slots);
        if let Some(another) =
            self.may_head(row, refused).then(|| self.heads_another(row)).flatten()
        {
            return Some(another);
        }
        if let Some(reason) = refused.and_then(|code| self.no_record(row, code, first)) {
            self.leave_out(row, reason, account);
        } else if self.is_open(row, refused) {
            self.held.push(row.clone());
        } else if self.held.is_empty() {
            self.take(row, refused, account);
        } else {
            self.release(account);
            let refused = self.typer.read(row, &mut self.slots);
            self.take(row, refused, account);
        }
        None
    }

    /// Why a refused row is no record at all.
    fn no_record(
        &self,
        row: &RowBuf,
        code: IssueCode,
        first: Option<&str>,
    ) -> Option<&'static str> {
        if code != IssueCode::BlankRequired {
            return None;
        }
        if row.cells().iter().all(|(at, _)| !self.extent.has_column(*at)) {
            return Some("footer");
        }
        let total = |(at, _): &(u32, _)| row.text_at(*at).is_some_and(is_total);
        (first.is_some_and(ends_like_total) || row.cells().iter().any(total)).then_some("total")
    }

    /// Uses the row just typed, or refuses it.
    fn take(&mut self, row: &RowBuf, refused: Option<IssueCode>, account: &mut SheetAccount) {
        self.extent.bottom = row.number;
        if let Some(code) = refused.and_then(|code| self.too_short(row, code)) {
            return self.refuse(row, code, account);
        }
        self.keep_faults(row, refused);
        if let Some(code) = refused {
            count(&mut account.rejected, code.code());
            return;
        }
        self.count_short(row);
        let origin = Origin { source: self.index, row: row.number };
        let told = self.told.iter().map(|(_, text)| Cell::Text(text));
        self.builder.extend(origin, self.typer.cells(row).chain(told));
        self.count_copy(row);
        account.used += 1;
        if self.builder.len() >= self.task.sink.at_once() {
            self.hand_over();
        }
    }

    /// Leaves a row out on purpose; a total is named, for it may be a record after all.
    fn leave_out(&mut self, row: &RowBuf, reason: &str, account: &mut SheetAccount) {
        count(&mut account.ignored, reason);
        if reason == "total" {
            let at = row.cells().first().map_or(0, |(at, _)| *at);
            let (place, text) = (self.log.place(Some((at, row.number))), row.text_at(at));
            let total = || Issue::new(IssueCode::TotalRow, place).value(text.unwrap_or_default());
            self.log.few(IssueCode::TotalRow, "", total);
        }
    }

    /// Refuses a row for its shape.
    pub(super) fn refuse(&mut self, row: &RowBuf, code: IssueCode, account: &mut SheetAccount) {
        count(&mut account.rejected, code.code());
        if self.task.keep_rejects {
            self.rejects.push(rejects::rejected(row, Some(code), Vec::new()));
        }
    }

    /// Hands the records read so far over.
    fn hand_over(&mut self) {
        let rows = self.builder.take();
        self.records += rows.len();
        for col in rows.cols() {
            let Some(sum) = rows.column(col).and_then(Column::sum) else { continue };
            match self.sums.iter_mut().find(|(known, _)| *known == col) {
                Some((_, all)) => *all += sum,
                None => self.sums.push((col, sum)),
            }
        }
        self.task.sink.rows(rows);
        if let Some(copies) = &mut self.copies {
            copies.forget_codes();
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

    /// Takes the rows held back for what they are by themselves.
    fn release(&mut self, account: &mut SheetAccount) {
        for row in std::mem::take(&mut self.held) {
            let refused = self.typer.read(&row, &mut self.slots);
            self.take(&row, refused, account);
        }
    }

    /// Tells the rows held back when no record follows.
    fn release_last(&mut self, account: &mut SheetAccount) {
        self.hand_over();
        let held = std::mem::take(&mut self.held);
        let last = held.len().saturating_sub(1);
        for (index, row) in held.iter().enumerate() {
            let refused = self.typer.read(row, &mut self.slots);
            if refused.is_some() && lone_text(row).is_some_and(is_sentence) {
                count(&mut account.ignored, "footer");
            } else if index == last && self.is_sums() {
                self.leave_out(row, "total", account);
            } else {
                self.take(row, refused, account);
            }
        }
    }

    /// How many of the rows just before the next header are its titles; the others are told.
    pub(super) fn take_titles(&mut self, account: &mut SheetAccount) -> u64 {
        let last_other = self.held.iter().rposition(|row| lone_text(row).is_none());
        let titles = self.held.split_off(last_other.map_or(0, |at| at + 1));
        self.release_last(account);
        titles.len() as u64
    }

    /// Whether the row repeats the header, as page breaks in printed lists do.
    fn is_header(&self, row: &RowBuf) -> bool {
        self.heads.iter().any(|head| {
            let mut texts =
                head.cells().iter().map(|(at, _)| (row.text_at(*at), head.text_at(*at)));
            head.cells().len() > 1 && texts.all(|(own, head)| own.is_some() && own == head)
        })
    }

    /// Whether the first row below the header only names units; they become part of the headings.
    fn takes_units(&mut self, row: &RowBuf) -> bool {
        let fresh = self.header == Some(self.extent.bottom);
        let unit = |(at, _): &(u32, _)| row.text_at(*at).is_some_and(is_unit);
        if !fresh || !row.cells().iter().all(unit) {
            return false;
        }
        for column in &mut self.found.columns {
            if let Some(unit) = row.text_at(column.at) {
                column.header = format!("{} {unit}", column.header);
            }
        }
        self.slots = slots(&self.found, &self.habits);
        self.heads.push(row.clone());
        self.extent.bottom = row.number;
        true
    }

    /// Whether a row just typed may be the header of another table; most rows surely are not.
    fn may_head(&self, row: &RowBuf, refused: Option<IssueCode>) -> bool {
        let labels = || self.slots.iter().all(|slot| slot.reading.kind == CellKind::Category);
        refused.is_some() || row.blank_before > 0 || labels()
    }

    /// The table a row heads, if it is surely the header of another one.
    fn heads_another(&self, row: &RowBuf) -> Option<Match> {
        let (at, _) = row.cells().first()?;
        // Ids and dates, the first cells of most rows, are told without a look at the vocabulary.
        let plain = |text: &&str| !text.bytes().any(|b| b.is_ascii_digit());
        if row.cells().len() < 2 || !row.text_at(*at).filter(plain).is_some_and(is_heading) {
            return None;
        }
        let found = heads(&head_row(row, &self.task.mapped), self.task.mapped.table)?;
        let sure = found.columns.len() > 2 || found.unmapped.is_empty();
        (sure && found.unmapped.len() <= found.columns.len()).then_some(found)
    }

    fn count_copy(&mut self, row: &RowBuf) {
        let Some(copies) = &mut self.copies else { return };
        let id = own_id(self.found.kind).and_then(|col| self.builder.last_code(col));
        if copies.is_copy(id.unwrap_or(MISSING_CODE), row.content_hash()) {
            let at = row.cells().first().map_or(0, |(at, _)| *at);
            let place = self.log.place(Some((at, row.number)));
            let copy = || Issue::new(IssueCode::DuplicateRows, place);
            self.log.few(IssueCode::DuplicateRows, "", copy);
        }
    }

    /// What was read, and everything worth saying of it.
    pub(super) fn finish(mut self, mut account: SheetAccount) -> Pass {
        self.release_last(&mut account);
        account.area = self.extent.to_string();
        self.report_headers();
        self.report_habits();
        self.report_short();
        if account.seen == account.header + account.title + account.blank {
            self.log.add(Issue::new(IssueCode::HeaderOnly, self.log.place(None)));
        }
        let rejects =
            rejects::of_sheet(&self.task.source, &self.found, std::mem::take(&mut self.rejects));
        let mapping = SheetMapping {
            source: self.task.source.clone(),
            kind: Some(self.found.kind),
            header_row: self.header,
            suggestions: suggestions(&self.found),
            unmapped: self.found.unmapped.iter().map(|h| h.text.clone()).collect(),
            columns: self.found.columns.clone(),
        };
        let shown = self.shown();
        self.hand_over();
        Pass { account, mapping, issues: self.log.into_issues(), rejects, shown }
    }
}

/// The columns of a header, and its rows.
fn extent(found: &Match, heads: &[RowBuf]) -> Area {
    let mapped = found.columns.iter().map(|column| column.at);
    let all = mapped.chain(heads.iter().flat_map(|row| row.cells().iter().map(|(at, _)| *at)));
    let (left, right) = all.fold((u32::MAX, 0), |(l, r), at| (l.min(at), r.max(at)));
    let row = |head: Option<&RowBuf>| head.map_or(1, |row| row.number);
    Area { top: row(heads.first()), bottom: row(heads.last()), left, right }
}
