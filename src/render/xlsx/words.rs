//! The interface words of the workbook.

use crate::report::edition::Edition;

/// The words at `ui.*` of an edition.
#[derive(Clone, Copy)]
pub(super) struct Words<'e> {
    edition: &'e Edition,
}

impl<'e> Words<'e> {
    pub(super) const fn new(edition: &'e Edition) -> Self {
        Self { edition }
    }

    /// The word at `ui.<key>`; the key itself where the language lacks it.
    pub(super) fn get(self, key: &str) -> String {
        let word = self.edition.ui.get(key);
        word.cloned().unwrap_or_else(|| key.to_owned())
    }
}
