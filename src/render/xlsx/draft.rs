//! What a sheet holds, before it has a place: items from the top down.

use std::borrow::Cow;

use crate::report::edition::{Chart, Table};

/// What a sheet is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The front sheet.
    Summary,
    /// One analysis.
    Section,
    /// How the report was made: rows, rejects, method, inputs.
    List,
    /// Base counts, as an Excel table.
    Data,
}

/// How a line of text stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// The sheet's title.
    Title,
    /// Beside the title.
    Subtitle,
    /// A heading above a block.
    Heading,
    /// A paragraph.
    Plain,
    /// A caveat.
    Caution,
    /// A finding that asks for action.
    Bad,
    /// A finding of something better.
    Good,
    /// What stands under another line.
    Muted,
}

/// One item of a sheet.
pub(super) enum Item<'e> {
    /// A line of text over the width of the sheet.
    Text(Line, String),
    /// A link to the first sheet.
    Back(String),
    /// A table; `links` names the draft each row's first cell leads to.
    Table {
        /// The table.
        table: Cow<'e, Table>,
        /// Index of a draft by row, where the row leads somewhere.
        links: Vec<Option<usize>>,
    },
    /// A native chart over the table that stands below it.
    Chart(&'e Chart),
    /// An empty row.
    Gap,
}

impl<'e> Item<'e> {
    /// A table of the edition.
    pub(super) const fn borrowed(table: &'e Table) -> Self {
        Self::Table { table: Cow::Borrowed(table), links: Vec::new() }
    }

    /// A table made for the workbook.
    pub(super) const fn owned(table: Table) -> Self {
        Self::Table { table: Cow::Owned(table), links: Vec::new() }
    }

    /// A line of text.
    pub(super) fn text(line: Line, text: impl Into<String>) -> Self {
        Self::Text(line, text.into())
    }
}

/// A sheet without a place.
pub(super) struct Draft<'e> {
    /// What it is for.
    pub(super) kind: Kind,
    /// The name it should have.
    pub(super) wish: String,
    /// Its items, from the top down.
    pub(super) items: Vec<Item<'e>>,
}

impl Draft<'_> {
    /// An empty sheet.
    pub(super) const fn new(kind: Kind, wish: String) -> Self {
        Self { kind, wish, items: Vec::new() }
    }
}
