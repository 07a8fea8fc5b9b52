//! Tables made up for tests of this wing.

use crate::dataset::{Cell, Dataset, Table};
use crate::units::{Day, Period};

/// A day by its number.
pub(super) const fn day(number: i32) -> Day {
    Day::from_number(number)
}

/// A text, or nothing where it is empty.
pub(super) fn text(text: &str) -> Cell<'_> {
    if text.is_empty() { Cell::Missing } else { Cell::Text(text) }
}

/// A dataset of some tables, looked at from a day.
pub(super) fn dataset(tables: impl IntoIterator<Item = Table>, as_of: Day) -> Dataset {
    Dataset {
        tables: tables.into_iter().map(|table| (table.kind(), table)).collect(),
        sources: Vec::new(),
        period: Period { from: as_of.plus(-60), to: as_of },
        as_of,
        threads: 1,
        kept: crate::dataset::Kept::default(),
    }
}
