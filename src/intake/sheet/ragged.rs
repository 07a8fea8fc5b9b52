//! Rows of a text whose fields are not those of the header.
//!
//! A row with a value beyond the last heading is refused: its cells may have slipped. A row that
//! ends early is used with the cells it has, and refused where a needed cell is among those it
//! lacks. A row in which a quote never closes is refused whole.

use super::super::row::RowBuf;
use super::region::Region;
use crate::records::{Issue, IssueCode, SheetAccount};

/// Rows that end before the last heading and were used.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Short {
    rows: u64,
    first: u32,
}

impl Region<'_> {
    /// Whether a row is refused before its cells are read.
    pub(super) fn is_misshapen(&self, row: &RowBuf) -> bool {
        let last = row.cells().last().map_or(0, |(column, _)| *column);
        row.open_quote.is_some() || (self.width > 0 && last >= self.width)
    }

    /// Refuses a row for its shape, and says why.
    pub(super) fn refuse_misshapen(&mut self, row: &RowBuf, account: &mut SheetAccount) {
        let code = if let Some(open) = row.open_quote {
            let issue =
                Issue::new(IssueCode::OpenQuote, self.log.place(Some((open.column, open.line))))
                    .value(row.text_at(open.column).unwrap_or_default())
                    .arg("line", open.line.to_string());
            self.log.few(issue.code, "", || issue);
            IssueCode::OpenQuote
        } else {
            let last = row.cells().last().map_or(0, |(column, _)| *column);
            self.ragged(row, (self.width, last + 1));
            IssueCode::RaggedRow
        };
        self.refuse(row, code, account);
    }

    /// The code that refuses a row whose cells were read: a needed cell it lacks because it ends
    /// early is no blank one.
    pub(super) fn too_short(&mut self, row: &RowBuf, refused: IssueCode) -> Option<IssueCode> {
        let lacking = |(slot, code): &(usize, IssueCode)| {
            let slot = self.slots.get(*slot)?;
            (*code == IssueCode::BlankRequired && slot.at >= row.width).then_some(slot.at)
        };
        let short = row.width > 0 && row.width < self.width && refused == IssueCode::BlankRequired;
        let column = self.typer.faults().iter().find_map(lacking).filter(|_| short)?;
        self.ragged(row, (column, row.width));
        Some(IssueCode::RaggedRow)
    }

    fn ragged(&mut self, row: &RowBuf, (column, fields): (u32, u32)) {
        let issue = Issue::new(IssueCode::RaggedRow, self.log.place(Some((column, row.number))))
            .value(row.text_at(column).unwrap_or_default())
            .arg("columns", fields.to_string())
            .arg("expected", self.width.to_string());
        self.log.few(issue.code, "", || issue);
    }

    /// Counts a used row that ends early.
    pub(super) const fn count_short(&mut self, row: &RowBuf) {
        if row.width > 0 && row.width < self.width {
            self.short.rows += 1;
            if self.short.rows == 1 {
                self.short.first = row.number;
            }
        }
    }

    /// Says how many used rows end early.
    pub(super) fn report_short(&mut self) {
        let Short { rows, first } = self.short;
        if rows > 0 {
            let mut issue = Issue::new(IssueCode::ShortRows, self.log.place(Some((0, first))))
                .arg("rows", rows.to_string())
                .arg("line", first.to_string());
            issue.rows = rows;
            self.log.add(issue);
        }
    }
}
