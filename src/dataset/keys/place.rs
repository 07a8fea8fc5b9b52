//! Where a key stands in its sheet.

use std::collections::BTreeMap;

use crate::records::{Col, Origin, Place, Source, address};

/// The sheets rows came from, and in which column of each a column of a table stands.
#[derive(Clone, Debug)]
pub struct Places<'a> {
    sources: &'a [Source],
    columns: BTreeMap<(Source, Col), u32>,
}

impl<'a> Places<'a> {
    /// The sheets, and where their columns stand (0 for the first).
    pub fn new(
        sources: &'a [Source],
        columns: impl IntoIterator<Item = (Source, Col, u32)>,
    ) -> Self {
        let columns = columns.into_iter().map(|(source, col, at)| ((source, col), at));
        Self { sources, columns: columns.collect() }
    }

    /// The cell of a row's column; without its address where the column was not in the sheet.
    #[must_use]
    pub fn cell(&self, origin: Origin, col: Col) -> Place {
        let Some(source) = self.sources.get(origin.source as usize) else {
            return Place::default();
        };
        let at = self.columns.get(&(source.clone(), col));
        let cell = at.map_or_else(String::new, |&at| address(at, origin.row));
        Place { file: source.file.clone(), sheet: source.sheet.clone(), cell }
    }
}
