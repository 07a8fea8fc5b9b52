//! Report → Edition: words and formats, one language at a time.

mod catalog;

pub use catalog::Catalog;

use crate::report::Report;
use crate::report::edition::Edition;

/// The edition of a report in the catalog's language.
#[must_use]
pub fn edition(report: &Report, catalog: &Catalog) -> Edition {
    let _ = (report, catalog);
    Edition::default()
}
