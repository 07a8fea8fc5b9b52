//! The rows of one area of a sheet, each counted when it is handed out.

use super::super::area::Area;
use super::super::hidden::Unseen;
use super::super::row::{RowBuf, SheetReader};
use super::super::trouble::Trouble;
use super::count;
use crate::records::SheetAccount;

/// Which rows and columns of a sheet a pass reads.
#[derive(Clone, Debug)]
pub(in crate::intake) struct Scope {
    /// The rectangle.
    pub(in crate::intake) area: Area,
    /// The rectangles of all tables of the sheet, where rows that belong to none of them are
    /// counted by this pass.
    pub(in crate::intake) all: Option<Vec<Area>>,
    /// The name by which the settings ask for it.
    pub(in crate::intake) range: Option<String>,
    /// Whether records right below belong to it: a program that appends rows to an Excel table
    /// often leaves the size of the table as it was.
    pub(in crate::intake) grows: bool,
}

impl Scope {
    /// The whole sheet.
    pub(in crate::intake) const WHOLE: Self =
        Self { area: Area::WHOLE, all: None, range: None, grows: false };

    /// The same rows in several runs of columns.
    pub(in crate::intake) fn split(&self, parts: &[(u32, u32)]) -> Vec<Self> {
        let part = |(index, &(left, right)): (usize, &(u32, u32))| Self {
            area: Area {
                left: left.max(self.area.left),
                right: right.min(self.area.right),
                ..self.area
            },
            all: self.all.clone().filter(|_| index == 0),
            range: self.range.clone(),
            grows: false,
        };
        parts.iter().enumerate().map(part).collect()
    }
}

/// Rows of a reader within a scope.
pub(super) struct Rows<'r> {
    reader: &'r mut dyn SheetReader,
    scope: &'r Scope,
    /// The rectangle of the scope, as far as it has grown.
    area: Area,
    last: u32,
    /// The hidden rows, and whether they are left out.
    hidden: Option<(&'r Unseen, bool)>,
    hidden_seen: (u64, Option<u32>),
}

impl<'r> Rows<'r> {
    /// Rows of a reader that was not yet asked for any.
    pub(super) const fn new(reader: &'r mut dyn SheetReader, scope: &'r Scope) -> Self {
        let last = scope.area.top.saturating_sub(1);
        Self { reader, scope, area: scope.area, last, hidden: None, hidden_seen: (0, None) }
    }

    /// About how many rows the sheet has; 0 where it is not known.
    pub(super) fn expected(&self) -> usize {
        self.reader.expected()
    }

    /// With an eye on the hidden rows, which are left out if so asked.
    pub(super) const fn without(mut self, hidden: (&'r Unseen, bool)) -> Self {
        self.hidden = Some(hidden);
        self
    }

    /// Whether a column is hidden.
    pub(super) fn hides(&self, column: u32) -> bool {
        let known = self.hidden.is_some_and(|(known, _)| known.columns().has(column));
        known || self.reader.hides(column)
    }

    /// Hidden rows with a value so far, and the first of them.
    pub(super) const fn hidden_seen(&self) -> (u64, Option<u32>) {
        self.hidden_seen
    }

    /// Reads the next row and counts it, with the blank ones before it, as seen; `false` after
    /// the last.
    pub(super) fn next(
        &mut self,
        row: &mut RowBuf,
        account: &mut SheetAccount,
    ) -> Result<bool, Trouble> {
        while self.reader.next_row(row)? {
            if self.area == Area::WHOLE || self.inside(row, account) {
                see(row, account);
                if !self.left_out(row) {
                    return Ok(true);
                }
                count(&mut account.ignored, "hidden_rows");
            }
        }
        Ok(false)
    }

    /// Notes a hidden row; whether it is left out.
    fn left_out(&mut self, row: &RowBuf) -> bool {
        let Some((known, skip)) = self.hidden else { return false };
        if !row.hidden && !known.has(row.number) {
            return false;
        }
        self.hidden_seen.0 += 1;
        self.hidden_seen.1 = self.hidden_seen.1.or(Some(row.number));
        skip
    }

    /// Narrows a row to the area; whether anything of it is left.
    fn inside(&mut self, row: &mut RowBuf, account: &mut SheetAccount) -> bool {
        if self.continues(row) {
            self.area.bottom = row.number;
        }
        let area = self.area;
        if !area.has_row(row.number) {
            let stray = |all: &Vec<Area>| !all.iter().any(|area| area.has_row(row.number));
            if self.scope.all.as_ref().is_some_and(stray) {
                account.seen += 1;
                count(&mut account.ignored, "outside");
            }
            return false;
        }
        row.keep_columns(|at| area.has_column(at));
        if row.is_blank() {
            return false;
        }
        row.blank_before = u64::from(row.number.saturating_sub(self.last + 1));
        self.last = row.number;
        true
    }

    /// Whether a row right below the area is one more of its rows; a text alone is a note.
    fn continues(&self, row: &RowBuf) -> bool {
        let next = self.scope.grows && row.number == self.area.bottom.saturating_add(1);
        next && row.cells().iter().filter(|(at, _)| self.area.has_column(*at)).count() > 1
    }
}

/// Counts a row and the blank ones before it as seen.
pub(super) fn see(row: &RowBuf, account: &mut SheetAccount) {
    account.seen += row.blank_before + 1;
    account.blank += row.blank_before;
}
