//! One language speaking of one report.

use super::Catalog;
use super::template::fill;
use crate::report::Message;

/// A message in words.
#[must_use]
pub fn say(message: &Message, catalog: &Catalog) -> String {
    Voice::new(catalog).say(message)
}

/// A catalog and the currency money is shown in.
#[derive(Clone, Copy)]
pub(super) struct Voice<'a> {
    /// The words.
    pub(super) catalog: &'a Catalog,
    /// ISO 4217 code, where configured.
    pub(super) currency: Option<&'a str>,
}

impl<'a> Voice<'a> {
    /// A voice that names no currency.
    pub(super) const fn new(catalog: &'a Catalog) -> Self {
        Self { catalog, currency: None }
    }

    /// The word at a key.
    pub(super) fn word(&self, key: &str) -> String {
        self.catalog.word(key)
    }

    /// The word at a key, empty where the language has none.
    pub(super) fn maybe(&self, key: &str) -> String {
        self.catalog.get(key).unwrap_or_default().to_owned()
    }

    /// A message in words.
    pub(super) fn say(&self, message: &Message) -> String {
        let sentence = self.catalog.shown(&message.key);
        fill(&sentence, |name| message.args.get(name).map(|value| self.value(value)))
    }

    /// A sentence of our own with its gaps filled.
    pub(super) fn fill(&self, key: &str, args: &[(&str, String)]) -> String {
        let find = |name: &str| args.iter().find(|(n, _)| *n == name).map(|(_, text)| text.clone());
        fill(&self.catalog.shown(key), find)
    }

    /// Things said one after the other.
    pub(super) fn list(&self, items: impl IntoIterator<Item = String>) -> String {
        let join = |first, rest| self.fill("format.list", &[("first", first), ("rest", rest)]);
        items.into_iter().reduce(join).unwrap_or_default()
    }
}
