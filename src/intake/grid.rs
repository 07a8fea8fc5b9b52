//! Rows of an `xls` or `ods` sheet, which calamine hands over as a whole rectangle.

use calamine::{Data, Range};

use super::convert::push_data;
use super::row::{RowBuf, SheetReader};
use super::trouble::Trouble;
use crate::settings::Limits;

/// Rows of a rectangle of cells.
pub(super) struct GridRows {
    range: Range<Data>,
    limits: Limits,
    is_1904: bool,
    next: usize,
    last_row: u32,
}

impl GridRows {
    /// Rows of a rectangle.
    pub(super) const fn new(range: Range<Data>, limits: Limits, is_1904: bool) -> Self {
        Self { range, limits, is_1904, next: 0, last_row: 0 }
    }
}

impl SheetReader for GridRows {
    fn next_row(&mut self, row: &mut RowBuf) -> Result<bool, Trouble> {
        row.clear();
        let (first_row, first_column) = self.range.start().unwrap_or((0, 0));
        while row.is_blank() {
            if self.next >= self.range.height() {
                return Ok(false);
            }
            row.number = first_row + u32::try_from(self.next).unwrap_or(u32::MAX - first_row) + 1;
            for (column, at) in (first_column..).zip(0..self.range.width()) {
                if let Some(cell) = self.range.get((self.next, at)) {
                    push_data(row, column, cell, self.is_1904, &self.limits)?;
                }
            }
            self.next += 1;
        }
        row.blank_before = u64::from(row.number.saturating_sub(self.last_row + 1));
        self.last_row = row.number;
        Ok(true)
    }
}
