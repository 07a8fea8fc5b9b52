//! Building a table row by row: the one door by which intake hands over records.

use super::{Column, Table};
use crate::records::{Col, Origin, TableKind, spec};
use crate::units::{Day, Money};

/// One typed cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// No value.
    Missing,
    /// Label or identifier.
    Text(&'a str),
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
}

impl TableBuilder {
    /// An empty table with the given columns. Columns that are not the table's are left out.
    #[must_use]
    pub fn new(kind: TableKind, cols: &[Col]) -> Self {
        let known = cols.iter().filter_map(|&col| Some((col, spec(kind).column(col)?.kind)));
        let columns = known.map(|(col, kind)| (col, Column::new(kind))).collect();
        Self { table: Table::new(kind, columns) }
    }

    /// Appends one row, its cells in the order of the builder's columns; a cell of another type
    /// than its column's, or a missing one, becomes a missing value.
    pub fn push(&mut self, origin: Origin, cells: &[Cell<'_>]) {
        for (i, (_, column)) in self.table.columns_mut().iter_mut().enumerate() {
            push_cell(column, cells.get(i).copied().unwrap_or(Cell::Missing));
        }
        self.table.push_origin(origin);
    }

    /// The columns, in the order cells are to be given.
    pub fn cols(&self) -> impl Iterator<Item = Col> + '_ {
        self.table.cols()
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
        std::mem::replace(&mut self.table, empty.table)
    }

    /// The table.
    #[must_use]
    pub fn finish(self) -> Table {
        self.table
    }
}

fn push_cell(column: &mut Column, cell: Cell<'_>) {
    match (&mut *column, cell) {
        (Column::Category(v), Cell::Text(text)) => v.push(Some(text)),
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
