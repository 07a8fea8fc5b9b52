//! Headings: which column of which table a heading means.

mod blocks;
mod declared;
mod levels;
mod matching;
mod quantity;
mod recognise;
mod search;
mod unit;
mod vocabulary;

pub(super) use declared::{Declared, column_lines, fits_sheet, table_lines, unused_rules};
pub(super) use matching::{Heading, Match, match_row};
pub use matching::{How, MappedHeader};
pub(super) use quantity::quantity;
pub(super) use recognise::suggestions;
pub use recognise::{SheetMapping, Suggestion};
pub(super) use search::{HeadRow, Header, Recognition, heads, recognise};
pub use unit::currency_of;
pub(super) use unit::{HeadingUnit, unit_of};
pub(super) use vocabulary::is_heading;
