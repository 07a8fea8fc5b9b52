//! Rows of an `xlsx` or `xlsb` sheet, streamed cell by cell: the declared size of the sheet is
//! never asked for, and gaps cost nothing.

use std::io::{Read, Seek};

use calamine::{DataRef, XlsxCellReader};

use super::convert::push_ref;
use super::row::{Raw, RowBuf, SheetReader};
use super::trouble::Trouble;
use crate::settings::Limits;

/// One cell from the stream; rows and columns count from 0.
pub(super) struct Streamed<'a> {
    /// Row.
    pub(super) row: u32,
    /// Column.
    pub(super) column: u32,
    /// Value, empty for a blank cell with a format.
    pub(super) value: DataRef<'a>,
    /// Whether the cell holds a formula.
    pub(super) formula: bool,
}

/// The cells of an `xlsx` sheet in file order; formulas without a stored value are told apart.
pub(super) fn xlsx_cells<'a, RS: Read + Seek>(
    mut reader: XlsxCellReader<'a, RS>,
) -> impl FnMut() -> Result<Option<Streamed<'a>>, String> {
    move || {
        let cell = reader.next_cell_with_formula_metadata().map_err(|e| e.to_string())?;
        Ok(cell.map(|c| Streamed {
            row: c.pos.0,
            column: c.pos.1,
            value: c.value,
            formula: c.formula.is_some(),
        }))
    }
}

/// Rows gathered from a stream of cells.
pub(super) struct StreamRows<'a, F> {
    cells: F,
    limits: Limits,
    is_1904: bool,
    seen: u64,
    last_row: u32,
    pending: Option<Streamed<'a>>,
    /// calamine must not be asked again after the last cell.
    done: bool,
}

impl<'a, F> StreamRows<'a, F>
where
    F: FnMut() -> Result<Option<Streamed<'a>>, String>,
{
    /// Rows of a stream.
    pub(super) const fn new(cells: F, limits: Limits, is_1904: bool) -> Self {
        Self { cells, limits, is_1904, seen: 0, last_row: 0, pending: None, done: false }
    }

    /// The next cell that holds a value or a formula.
    fn next_cell(&mut self) -> Result<Option<Streamed<'a>>, Trouble> {
        if let Some(cell) = self.pending.take() {
            return Ok(Some(cell));
        }
        while !self.done {
            let Some(cell) = (self.cells)().map_err(Trouble::Broken)? else { break };
            self.seen += 1;
            self.check(&cell)?;
            if cell.formula || !matches!(cell.value, DataRef::Empty) {
                return Ok(Some(cell));
            }
        }
        self.done = true;
        Ok(None)
    }

    fn check(&self, cell: &Streamed<'a>) -> Result<(), Trouble> {
        let over = |name, maximum| Err(Trouble::OverLimit(name, maximum));
        if self.seen > self.limits.cells {
            return over("cells", self.limits.cells);
        }
        if cell.row >= self.limits.rows {
            return over("rows", u64::from(self.limits.rows));
        }
        if cell.column >= self.limits.columns {
            return over("columns", u64::from(self.limits.columns));
        }
        Ok(())
    }
}

impl<'a, F> SheetReader for StreamRows<'a, F>
where
    F: FnMut() -> Result<Option<Streamed<'a>>, String>,
{
    fn next_row(&mut self, row: &mut RowBuf) -> Result<bool, Trouble> {
        row.clear();
        while let Some(cell) = self.next_cell()? {
            let number = cell.row + 1;
            if !row.is_blank() && number != row.number {
                self.pending = Some(cell);
                break;
            }
            if number < self.last_row {
                return Err(Trouble::Broken(format!("row {number} after row {}", self.last_row)));
            }
            row.number = number;
            if cell.formula && matches!(cell.value, DataRef::Empty) {
                row.push(cell.column, Raw::Uncalculated);
            } else {
                push_ref(row, cell.column, &cell.value, self.is_1904, &self.limits)?;
            }
        }
        if row.is_blank() {
            return Ok(false);
        }
        row.blank_before = u64::from(row.number.saturating_sub(self.last_row + 1));
        self.last_row = row.number;
        Ok(true)
    }
}
