//! Where records go while their sheet is read.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::dataset::Table;
use crate::records::TableKind;

/// Tables by their kind.
pub(super) type Tables = BTreeMap<TableKind, Table>;

/// Takes the records of a sheet. They stand only once kept: a sheet that breaks, or has to be
/// read again, is dropped whole, for half a table would be a wrong figure.
pub(super) trait Sink {
    /// Records it takes at once.
    fn at_once(&self) -> usize;
    /// Takes records.
    fn rows(&self, rows: Table);
    /// Keeps what was taken since the last word.
    fn keep(&self);
    /// Forgets what was taken since the last word.
    fn discard(&self);
}

/// Adds rows to the table they are of.
pub(super) fn add_rows(tables: &mut Tables, rows: Table) {
    match tables.get_mut(&rows.kind()) {
        _ if rows.is_empty() => {}
        Some(all) => all.append(&rows),
        None => drop(tables.insert(rows.kind(), rows)),
    }
}

/// Records in memory: those that stand, and those of the sheet being read.
#[derive(Debug, Default)]
pub(super) struct Shelf(RefCell<(Tables, Tables)>);

impl Shelf {
    /// The records that stand.
    pub(super) fn into_tables(self) -> Tables {
        self.0.into_inner().0
    }
}

impl Sink for Shelf {
    /// All of a sheet: they are moved here, not copied.
    fn at_once(&self) -> usize {
        usize::MAX
    }

    fn rows(&self, rows: Table) {
        add_rows(&mut self.0.borrow_mut().1, rows);
    }

    fn keep(&self) {
        let (kept, taken) = &mut *self.0.borrow_mut();
        for rows in std::mem::take(taken).into_values() {
            add_rows(kept, rows);
        }
    }

    fn discard(&self) {
        self.0.borrow_mut().1.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::{Shelf, Sink};
    use crate::dataset::{Cell, Table, TableBuilder};
    use crate::records::{Col, Origin, TableKind};

    fn row(name: &str) -> Table {
        let mut table = TableBuilder::new(TableKind::People, &[Col::Rep]);
        table.push(Origin { source: 0, row: 1 }, &[Cell::Text(name)]);
        table.finish()
    }

    #[test]
    fn only_what_is_kept_stands() {
        let shelf = Shelf::default();
        shelf.rows(row("a"));
        shelf.discard();
        shelf.rows(row("b"));
        shelf.keep();
        shelf.rows(row("c"));
        shelf.rows(row("d"));
        shelf.keep();
        shelf.rows(row("e"));
        let tables = shelf.into_tables();
        let reps = tables.get(&TableKind::People).and_then(|t| t.categories(Col::Rep));
        assert_eq!(
            reps.map(|c| c.names().collect::<Vec<_>>()).unwrap_or_default(),
            ["b", "c", "d"]
        );
    }
}
