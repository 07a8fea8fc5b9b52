//! The page behind a figure, and the numbers formulas name.

use serde::Serialize;

/// A method or constant used, for the method page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MethodNote {
    /// Id of the metric, finding or constant.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Definition.
    pub definition: String,
    /// Formula; empty where none.
    pub formula: String,
    /// How to read it.
    pub reading: String,
    /// Where other tools differ, and what is chosen here; empty where they do not.
    pub conventions: String,
    /// Source.
    pub source: String,
}

impl MethodNote {
    /// The parts it has, in the order of a page: the word of each (`ui.*` without the prefix)
    /// and its text.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let parts = [
            ("definition", self.definition.as_str()),
            ("formula", &self.formula),
            ("how_to_read", &self.reading),
            ("conventions", &self.conventions),
            ("source", &self.source),
        ];
        parts.into_iter().filter(|(_, text)| !text.is_empty())
    }
}

/// One number formulas name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Constant {
    /// Its name, as `sigma_shift`.
    pub name: String,
    /// What it is.
    pub meaning: String,
    /// Its value.
    pub value: f64,
}
