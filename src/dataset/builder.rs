//! Building a table row by row: the one door by which intake hands over records.

use super::{Categories, Column, MISSING_CODE, Table};
use crate::records::{Col, Origin, TableKind, spec};
use crate::units::{Day, Money};

/// One typed cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// No value.
    Missing,
    /// Label or identifier.
    Text(&'a str),
    /// The same, and its number among the texts its sheet shares.
    Shared(u32, &'a str),
    /// Calendar day.
    Day(Day),
    /// Instant or duration in milliseconds.
    Millis(i64),
    /// Money.
    Money(Money),
    /// Whole number.
    Count(i64),
    /// Measurement, finite.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

/// A table being filled. Rows go in whole; columns not named in [`TableBuilder::new`] stay absent.
#[derive(Debug)]
pub struct TableBuilder {
    table: Table,
    /// One for each column.
    known: Vec<Known>,
}

/// The codes of shared texts in one column, by their number: a text met before needs no second
/// look at its letters. Those of high numbers are identifiers, which are met once.
#[derive(Clone, Debug, Default)]
struct Known(Vec<u32>);

/// Shared texts of lower numbers are remembered.
const REMEMBERED: u32 = 1 << 16;

impl Known {
    fn code(&mut self, number: u32, text: &str, column: &mut Categories) -> u32 {
        if number >= REMEMBERED {
            return column.intern(text);
        }
        let at = number as usize;
        if self.0.len() <= at {
            self.0.resize((at + 1).next_power_of_two(), MISSING_CODE);
        }
        match self.0.get_mut(at) {
            Some(code) if *code != MISSING_CODE => *code,
            Some(code) => {
                *code = column.intern(text);
                *code
            }
            None => column.intern(text),
        }
    }
}

impl TableBuilder {
    /// An empty table with the given columns. Columns that are not the table's are left out.
    #[must_use]
    pub fn new(kind: TableKind, cols: &[Col]) -> Self {
        let known = cols.iter().filter_map(|&col| Some((col, spec(kind).column(col)?.kind)));
        let columns: Vec<_> = known.map(|(col, kind)| (col, Column::new(kind))).collect();
        let known = vec![Known::default(); columns.len()];
        Self { table: Table::new(kind, columns), known }
    }

    /// Appends one row, its cells in the order of the builder's columns; a cell of another type
    /// than its column's, or a missing one, becomes a missing value.
    pub fn push(&mut self, origin: Origin, cells: &[Cell<'_>]) {
        self.extend(origin, cells.iter().copied());
    }

    /// [`Self::push`] of cells that come one by one.
    pub fn extend<'a>(&mut self, origin: Origin, mut cells: impl Iterator<Item = Cell<'a>>) {
        for ((_, column), known) in self.table.columns_mut().iter_mut().zip(&mut self.known) {
            push_cell(column, known, cells.next().unwrap_or(Cell::Missing));
        }
        self.table.push_origin(origin);
    }

    /// The columns, in the order cells are to be given.
    pub fn cols(&self) -> impl Iterator<Item = Col> + '_ {
        self.table.cols()
    }

    /// Makes room for so many more rows.
    pub fn reserve(&mut self, rows: usize) {
        self.table.reserve(rows);
    }

    /// The code of the row pushed last in a column of labels.
    #[must_use]
    pub fn last_code(&self, col: Col) -> Option<u32> {
        self.table.codes(col).last().copied()
    }

    /// Rows pushed since the last [`TableBuilder::take`].
    #[must_use]
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether no row was pushed since.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// The rows pushed so far; the columns stay for those that follow.
    #[must_use]
    pub fn take(&mut self) -> Table {
        let empty = Self::new(self.table.kind(), &self.cols().collect::<Vec<_>>());
        std::mem::replace(self, empty).table
    }

    /// The table.
    #[must_use]
    pub fn finish(self) -> Table {
        self.table
    }
}

fn push_cell(column: &mut Column, known: &mut Known, cell: Cell<'_>) {
    match (&mut *column, cell) {
        (Column::Category(v), Cell::Text(text)) => v.push(Some(text)),
        (Column::Category(v), Cell::Shared(number, text)) => {
            let code = known.code(number, text, v);
            v.push_code(code);
        }
        (Column::Day(v), Cell::Day(day)) => v.push(day.number()),
        (Column::Millis(v), Cell::Millis(ms)) => v.push(ms),
        (Column::Money(v), Cell::Money(money)) => {
            v.push(i64::try_from(money.raw()).unwrap_or(i64::MIN));
        }
        (Column::Count(v), Cell::Count(n)) => v.push(n),
        (Column::Number(v), Cell::Number(x)) => v.push(x),
        (Column::Flag(v), Cell::Flag(yes)) => v.push(i8::from(yes)),
        (column, _) => column.push_missing(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, REMEMBERED, TableBuilder};
    use crate::records::{Col, Origin, TableKind};

    #[test]
    fn a_shared_text_has_the_code_of_its_letters() {
        let mut people = TableBuilder::new(TableKind::People, &[Col::Rep]);
        let origin = Origin { source: 0, row: 1 };
        let cells = [
            Cell::Text("Ann"),
            Cell::Shared(7, "Bo"),
            Cell::Shared(3, "Ann"),
            Cell::Shared(7, "Bo"),
            Cell::Shared(REMEMBERED, "Ann"),
        ];
        for cell in cells {
            people.push(origin, &[cell]);
        }
        let first = people.take();
        let codes = first.categories(Col::Rep).map(|names| names.codes().to_vec());
        assert_eq!(codes, Some(vec![0, 1, 0, 1, 0]));
        people.push(origin, &[Cell::Shared(7, "Bo")]);
        assert_eq!(people.finish().text(Col::Rep, 0), Some("Bo"));
    }
}
