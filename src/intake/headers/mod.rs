//! Headings: which column of which table a heading means.

mod recognise;
mod vocabulary;

pub(super) use recognise::{Heading, Match, Recognition, recognise, suggestions};
pub use recognise::{How, MappedHeader, SheetMapping, Suggestion};
