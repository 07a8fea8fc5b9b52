//! An edition as a workbook with live formulas and native charts.
//!
//! Two passes: [`layout`] gives every table its place, [`sheet`] writes cells. Formulas are
//! data until the second pass, when each reference is known by sheet, row and column.

mod cells;
mod chart;
#[cfg(test)]
mod chart_tests;
mod criteria;
mod draft;
mod formula;
mod helper;
mod layout;
mod lists;
mod names;
mod page;
mod rejects;
mod runs;
mod section;
mod series;
mod sheet;
mod style;
mod summary;
#[cfg(test)]
mod tests;
mod width;
mod words;

pub use rejects::rejects_xlsx;

use rust_xlsxwriter::{Workbook, XlsxError};

use super::RenderError;
use crate::report::edition::Edition;
use draft::{Draft, Kind};
use layout::Book;
use style::Styles;
use words::Words;

/// Deflate level of the workbook's parts: gives a little size for time.
const FAST: u8 = 2;

/// The workbook's bytes; the same for the same edition.
///
/// # Errors
/// [`RenderError::Workbook`] when the workbook cannot be written.
pub fn xlsx(edition: &Edition) -> Result<Vec<u8>, RenderError> {
    let book = Book::new(drafts(edition), &edition.constants);
    let styles = Styles::new(edition.lang);
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(FAST);
    workbook.set_properties(&page::properties(edition));
    workbook.set_default_format(styles.base(), 20, 64)?;
    for (index, laid) in book.sheets.iter().enumerate() {
        let worksheet = workbook.add_worksheet();
        page::set_up(worksheet, edition, laid)?;
        sheet::write(worksheet, &book, index, &styles)?;
    }
    define_constants(&mut workbook, &book)?;
    Ok(workbook.save_to_buffer()?)
}

/// References of formulas to a table, column, row or constant the workbook does not hold;
/// their cells carry values only. Empty for a sound report.
#[must_use]
pub fn dangling(edition: &Edition) -> Vec<String> {
    Book::new(drafts(edition), &edition.constants).dangling()
}

/// The sheets in order: the summary, a sheet a section, how to read and trust them, the data.
fn drafts(edition: &Edition) -> Vec<Draft<'_>> {
    let words = Words::new(edition);
    let mut out = vec![Draft::new(Kind::Summary, words.get("sheet_summary"))];
    out.extend(edition.sections.iter().map(|section| section::draft(section, words)));
    out.extend(lists::drafts(edition, words));
    out.extend(lists::data(edition, words));
    let contents = summary::contents(&out, words);
    if let Some(first) = out.first_mut() {
        first.items = summary::items(edition, words, contents);
    }
    out
}

fn define_constants(workbook: &mut Workbook, book: &Book<'_>) -> Result<(), XlsxError> {
    for (name, reference) in book.constants() {
        workbook.define_name(name, &format!("={reference}"))?;
    }
    Ok(())
}
