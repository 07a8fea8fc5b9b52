//! The workbook of rejected rows: what to mend, beside the row as it stood.

use rust_xlsxwriter::{Format, Url, Workbook, Worksheet, XlsxError};

use super::cells::{self, MAX_TEXT};
use super::draft::{Draft, Item, Kind, Line};
use super::layout::{Book, MAX_ROWS};
use super::lists;
use super::names::cut;
use super::style::{Side, Styles};
use super::words::Words;
use super::{FAST, page, sheet, width};
use crate::render::RenderError;
use crate::report::Emphasis;
use crate::report::edition::{RejectedLine, RejectedSheet, RejectsBook, Table};

/// Links a sheet may hold; Excel drops those beyond 65,530.
const MAX_LINKS: usize = 65_000;
/// The longest link Excel follows.
const MAX_LINK: usize = 2_000;
/// Widths of the columns before the row's own.
const WIDTHS: [f64; 6] = [9.0, 22.0, 8.0, 48.0, 9.0, 20.0];
const OWN_WIDTH: f64 = 16.0;

/// Rows of one sheet that fit on a sheet of ours.
type Part<'e> = (&'e RejectedSheet, &'e [RejectedLine]);

/// The workbook's bytes; the same for the same check.
///
/// # Errors
/// [`RenderError::Workbook`] when the workbook cannot be written.
pub fn rejects_xlsx(found: &RejectsBook) -> Result<Vec<u8>, RenderError> {
    let words = Words::new(&found.edition);
    let parts: Vec<Part<'_>> = found.sheets.iter().flat_map(parts).collect();
    let mut drafts = vec![summary(found, &parts, words)];
    drafts.extend(parts.iter().map(|(sheet, _)| Draft::new(Kind::Data, sheet.title.clone())));
    drafts.push(lists::inputs(&found.edition, words));
    let book = Book::new(drafts, &[]);
    let styles = Styles::new(found.edition.lang);
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(FAST);
    workbook.set_properties(&page::properties(&found.edition));
    workbook.set_default_format(styles.base(), 20, 64)?;
    for (index, laid) in book.sheets.iter().enumerate() {
        let worksheet = workbook.add_worksheet();
        page::set_up(worksheet, &found.edition, laid)?;
        match index.checked_sub(1).and_then(|index| parts.get(index)) {
            Some(part) => write_rows(worksheet, &found.before, part, &styles)?,
            None => sheet::write(worksheet, &book, index, &styles)?,
        }
    }
    Ok(workbook.save_to_buffer()?)
}

fn parts(sheet: &RejectedSheet) -> impl Iterator<Item = Part<'_>> {
    sheet.rows.chunks(MAX_ROWS).map(move |rows| (sheet, rows))
}

/// What was read, what is wrong, and the way to the rows.
fn summary<'e>(found: &'e RejectsBook, parts: &[Part<'_>], words: Words<'e>) -> Draft<'e> {
    let edition = &found.edition;
    let mut draft = Draft::new(Kind::Summary, words.get("sheet_summary"));
    let heading = |title: &str| Item::text(Line::Heading, title);
    draft.items.push(Item::text(Line::Title, &edition.title));
    for line in [&edition.subtitle, &edition.account_line] {
        draft.items.push(Item::text(Line::Subtitle, line));
    }
    draft.items.extend([Item::Gap, heading(&words.get("rejects"))]);
    draft.items.push(contents(parts, words));
    draft.items.extend([Item::Gap, heading(&words.get("problems"))]);
    draft.items.push(lists::issues(edition, words));
    for table in [&edition.account, &found.keys, &found.headings] {
        if !table.rows.is_empty() {
            draft.items.extend([Item::Gap, heading(&table.title), Item::borrowed(table)]);
        }
    }
    draft
}

/// The sheets of rejected rows, each with its link.
fn contents<'e>(parts: &[Part<'_>], words: Words<'_>) -> Item<'e> {
    use crate::report::Format::{Count, Text};
    if parts.is_empty() {
        return Item::text(Line::Plain, words.get("no_problems"));
    }
    let columns = [("sheet", Text), ("rows", Count)];
    let mut table = lists::table("workbook.rejects", words.get("rejects"), &columns, words);
    let row = |(sheet, rows): &Part<'_>| {
        lists::row(vec![lists::text(&sheet.title), lists::count(rows.len() as u64)])
    };
    table.rows = parts.iter().map(row).collect();
    let links = (1..=parts.len()).map(Some).collect();
    Item::Table { table: std::borrow::Cow::<'e, Table>::Owned(table), links }
}

fn write_rows(
    worksheet: &mut Worksheet,
    before: &[String; 6],
    (sheet, rows): &Part<'_>,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let header = styles.header(Side::First);
    let headings = before.iter().chain(&sheet.headings);
    for (col, heading) in (0..).zip(headings) {
        worksheet.write_string_with_format(0, col, cut(heading, 255), &header)?;
        let own = WIDTHS.get(usize::from(col)).copied().unwrap_or(OWN_WIDTH);
        worksheet.set_column_width(col, own)?;
    }
    let columns = WIDTHS.len() + sheet.headings.len();
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let last_col = u16::try_from(columns.saturating_sub(1)).unwrap_or(u16::MAX);
    worksheet.autofilter(0, 0, last, last_col)?;
    for (row, line) in (1..).zip(*rows) {
        write_line(worksheet, row, line, styles)?;
    }
    Ok(())
}

/// One row: every text is written as text, so that nothing of the source is ever evaluated.
fn write_line(
    worksheet: &mut Worksheet,
    row: u32,
    line: &RejectedLine,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let plain = styles.line(Line::Plain);
    for (col, text) in (0..).zip(&line.before) {
        worksheet.write_string_with_format(row, col, shortened(text), &plain)?;
    }
    write_link(worksheet, row, line, &styles.link())?;
    for (index, cell) in line.cells.iter().enumerate() {
        let Ok(col) = u16::try_from(index + WIDTHS.len()) else { break };
        let emphasis = line.faulty.contains(&index).then_some(Emphasis::Bad);
        if cell.value.is_none() && emphasis.is_none() {
            continue;
        }
        let format = styles.held(cell.value.as_ref(), emphasis);
        cells::write(worksheet, (row, col), cell, None)?;
        worksheet.set_cell_format(row, col, &format)?;
    }
    let tallest = |(text, columns): (&String, &f64)| width::lines(text, *columns - 1.5);
    let lines = line.before.iter().zip(&WIDTHS).map(tallest).max().unwrap_or(1);
    worksheet.set_row_height(row, width::height(lines))?;
    Ok(())
}

fn write_link(
    worksheet: &mut Worksheet,
    row: u32,
    line: &RejectedLine,
    format: &Format,
) -> Result<(), XlsxError> {
    let held = !line.link.is_empty() && line.link.len() <= MAX_LINK;
    if held && (row as usize) < MAX_LINKS {
        let [text, ..] = &line.before;
        let url = Url::new(format!("file:///{}", line.link)).set_text(cut(text, 255));
        worksheet.write_url_with_format(row, 0, url, format)?;
    }
    Ok(())
}

/// A text as long as a cell holds; a longer one ends in an ellipsis.
fn shortened(text: &str) -> String {
    match cut(text, MAX_TEXT) {
        whole if whole.len() == text.len() => whole.to_owned(),
        part => format!("{part}…"),
    }
}
