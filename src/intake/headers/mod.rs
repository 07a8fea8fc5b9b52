//! Headings: which column of which table a heading means.

mod matching;
mod recognise;
mod vocabulary;

pub(super) use matching::{Heading, Match};
pub use matching::{How, MappedHeader};
pub(super) use recognise::{Recognition, recognise, suggestions};
pub use recognise::{SheetMapping, Suggestion};
pub(super) use vocabulary::is_heading;
