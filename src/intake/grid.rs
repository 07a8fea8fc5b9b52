//! Rows of an `xls` or `ods` sheet, which calamine hands over as a whole rectangle.

use std::collections::VecDeque;

use calamine::{Data, Range};

use super::convert::push_data;
use super::row::{Raw, RowBuf, SheetReader};
use super::trouble::Trouble;
use crate::settings::Limits;

/// Rows of a rectangle of cells.
pub(super) struct GridRows {
    range: Range<Data>,
    /// Formulas without a value, row by row, both from 0; some stand outside the rectangle.
    uncalculated: VecDeque<(u32, u32)>,
    limits: Limits,
    is_1904: bool,
    next: usize,
    last_row: u32,
}

impl GridRows {
    /// Rows of a rectangle, and of the formulas in and around it.
    pub(super) fn new(
        range: Range<Data>,
        formulas: &[(u32, u32)],
        limits: Limits,
        is_1904: bool,
    ) -> Self {
        let no_value = |at: &&(u32, u32)| {
            range.get_value(**at).is_none_or(|value| matches!(value, Data::Empty))
        };
        let uncalculated = formulas.iter().filter(no_value).copied().collect();
        Self { range, uncalculated, limits, is_1904, next: 0, last_row: 0 }
    }

    /// The next row of the rectangle, from 0.
    fn next_in_range(&self) -> Option<u32> {
        let (first, _) = self.range.start()?;
        let next = u32::try_from(self.next).ok().filter(|_| self.next < self.range.height())?;
        first.checked_add(next)
    }
}

impl SheetReader for GridRows {
    fn next_row(&mut self, row: &mut RowBuf) -> Result<bool, Trouble> {
        row.clear();
        while row.is_blank() {
            let (value, formula) = (self.next_in_range(), self.uncalculated.front().map(|at| at.0));
            let Some(at) = value.into_iter().chain(formula).min() else { return Ok(false) };
            row.number = at + 1;
            if value == Some(at) {
                let first_column = self.range.start().map_or(0, |(_, column)| column);
                for (column, index) in (first_column..).zip(0..self.range.width()) {
                    if let Some(cell) = self.range.get((self.next, index)) {
                        push_data(row, column, cell, self.is_1904, &self.limits)?;
                    }
                }
                self.next += 1;
            }
            while let Some(&(_, column)) = self.uncalculated.front().filter(|cell| cell.0 == at) {
                row.push(column, Raw::Uncalculated);
                self.uncalculated.pop_front();
            }
        }
        row.blank_before = u64::from(row.number.saturating_sub(self.last_row + 1));
        self.last_row = row.number;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::{Data, GridRows, Limits, Range, Raw, RowBuf, SheetReader as _};
    use calamine::Cell;

    #[test]
    fn formulas_without_a_value_are_no_blanks() {
        let number = |row, column| Cell::new((row, column), Data::Float(1.0));
        let range = Range::from_sparse(vec![number(2, 1), number(2, 3), number(4, 1)]);
        let formulas = [(0, 5), (2, 2), (2, 3), (3, 1), (4, 7), (6, 0)];
        let mut rows = GridRows::new(range, &formulas, Limits::default(), false);
        let (mut row, mut seen) = (RowBuf::default(), Vec::new());
        while rows.next_row(&mut row) == Ok(true) {
            let cells = row.cells().iter().map(|(at, raw)| (*at, matches!(raw, Raw::Uncalculated)));
            seen.push((row.number, row.blank_before, cells.collect::<Vec<_>>()));
        }
        let expected = [
            (1, 0, vec![(5, true)]),
            (3, 1, vec![(1, false), (2, true), (3, false)]),
            (4, 0, vec![(1, true)]),
            (5, 0, vec![(1, false), (7, true)]),
            (7, 1, vec![(0, true)]),
        ];
        assert_eq!(seen, expected);
    }
}
