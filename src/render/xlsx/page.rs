//! Panes, print setup and document properties.

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Worksheet, XlsxError};

use super::draft::{Item, Kind};
use super::layout::Sheet;
use super::names::cut;
use super::style::{BLUE, GREEN, GREY, VERMILLION};
use crate::report::edition::Edition;
use crate::units::Day;

const A4: u8 = 9;

/// Panes, tab colour, and the page for printing: A4 across, one page wide.
pub(super) fn set_up(
    worksheet: &mut Worksheet,
    edition: &Edition,
    sheet: &Sheet<'_>,
) -> Result<(), XlsxError> {
    worksheet.set_name(&sheet.name)?;
    worksheet.set_tab_color(tab(sheet.kind));
    worksheet.set_screen_gridlines(sheet.kind == Kind::Data);
    worksheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    worksheet.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3);
    worksheet.set_footer(footer(edition));
    let header = header_row(sheet);
    worksheet.set_freeze_panes(header + 1, u16::from(sheet.kind == Kind::Data))?;
    worksheet.set_repeat_rows(0, header)?;
    Ok(())
}

const fn tab(kind: Kind) -> Color {
    match kind {
        Kind::Summary => VERMILLION,
        Kind::Section => BLUE,
        Kind::List => GREEN,
        Kind::Data => GREY,
    }
}

/// The row that stays in sight: the header where a sheet is one table, else the title.
fn header_row(sheet: &Sheet<'_>) -> u32 {
    let tables = sheet.placed.iter().filter(|p| matches!(p.item, Item::Table { .. }));
    let mut rows = tables.map(|placed| placed.row);
    match (rows.next(), rows.next()) {
        (Some(row), None) if row <= 4 => row,
        _ => 0,
    }
}

/// Title, period and page. An ampersand would start a code, a digit would join the font size.
fn footer(edition: &Edition) -> String {
    let title = cut(&edition.title, 60).replace('&', "&&");
    let period = cut(&edition.period, 60).replace('&', "&&");
    format!("&L&8 {title}&C&8 {period}&R&8 &A   &P / &N")
}

/// Title and a creation date that says nothing of the clock: the day the report looks from.
pub(super) fn properties(edition: &Edition) -> DocProperties {
    let properties = DocProperties::new()
        .set_title(cut(&edition.title, 200))
        .set_subject(cut(&edition.period, 200))
        .set_author("gemba")
        .set_comment(cut(&edition.provenance, 200));
    match created(edition.as_of_day) {
        Some(date) => properties.set_creation_datetime(&date),
        None => properties,
    }
}

/// A day of Excel's calendar; a fixed one where the report's lies outside it.
fn created(day: Option<Day>) -> Option<ExcelDateTime> {
    let date = day.map(Day::civil).and_then(|(year, month, day)| {
        let (year, month) = (u16::try_from(year).ok()?, u8::try_from(month).ok()?);
        ExcelDateTime::from_ymd(year, month, u8::try_from(day).ok()?).ok()
    });
    date.or_else(|| ExcelDateTime::from_ymd(2000, 1, 1).ok())
}
