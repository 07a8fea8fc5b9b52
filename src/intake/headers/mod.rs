//! Headings: which column of which table a heading means.

mod fold;
mod recognise;
mod vocabulary;

pub(crate) use fold::fold;
pub(super) use recognise::{Heading, Match, Recognition, recognise, suggestions};
pub use recognise::{How, MappedHeader, SheetMapping, Suggestion};
