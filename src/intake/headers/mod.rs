//! Headings: which column of which table a heading means.

mod blocks;
mod levels;
mod matching;
mod recognise;
mod search;
mod vocabulary;

pub(super) use matching::{Heading, Match};
pub use matching::{How, MappedHeader};
pub(super) use recognise::suggestions;
pub use recognise::{SheetMapping, Suggestion};
pub(super) use search::{HeadRow, Header, Recognition, heads, recognise};
pub(super) use vocabulary::is_heading;
