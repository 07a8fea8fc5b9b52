//! Second pass: the items of a sheet, written where the layout put them.

use rust_xlsxwriter::{
    Format, Table as ExcelTable, TableColumn, TableStyle, Url, Worksheet, XlsxError,
};

use super::cells;
use super::chart;
use super::draft::{Item, Kind, Line};
use super::formula::Here;
use super::layout::{Book, Place, Placed, Sheet, held_rows, live_rows};
use super::names::{cut, identifier};
use super::runs::Runs;
use super::style::{Look, Side, Styles};
use super::width;
use crate::report::edition::{Column, Row, Table};

/// Writes a sheet.
pub(super) fn write(
    worksheet: &mut Worksheet,
    book: &Book<'_>,
    index: usize,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let Some(sheet) = book.sheets.get(index) else { return Ok(()) };
    for (col, width) in (0..).zip(&sheet.widths) {
        worksheet.set_column_width(col, *width)?;
    }
    for (item, placed) in sheet.placed.iter().enumerate() {
        match &placed.item {
            Item::Text(line, text) => {
                write_text(worksheet, sheet, placed, &styles.line(*line), (*line, text))?;
            }
            Item::Back(text) => {
                let first = book.sheets.first().map_or("''", |s| s.quoted.as_str());
                write_link(worksheet, (placed.row, 0), first, text, &styles.link())?;
            }
            Item::Table { table, links } => {
                let place = Place { sheet: index, item, first: placed.row + 1 };
                write_table(worksheet, book, &place, table, styles)?;
                write_links(worksheet, book, placed, (table, links), styles)?;
            }
            Item::Chart(drawn) => chart::insert(worksheet, book, index, placed.row, drawn)?,
            Item::Gap => {}
        }
    }
    Ok(())
}

/// A line of text, over the width of the sheet and as tall as it needs.
fn write_text(
    worksheet: &mut Worksheet,
    sheet: &Sheet<'_>,
    placed: &Placed<'_>,
    format: &Format,
    (line, text): (Line, &str),
) -> Result<(), XlsxError> {
    let text = cut(text, 32_000);
    if matches!(line, Line::Title | Line::Heading) || sheet.span < 2 {
        worksheet.write_string_with_format(placed.row, 0, text, format)?;
        let height = if line == Line::Title { 24.0 } else { 20.0 };
        worksheet.set_row_height(placed.row, height)?;
        return Ok(());
    }
    worksheet.merge_range(placed.row, 0, placed.row, sheet.span - 1, text, format)?;
    let total: f64 = sheet.widths.iter().take(usize::from(sheet.span)).sum();
    let lines = width::lines(text, total);
    worksheet.set_row_height(placed.row, width::height(lines))?;
    Ok(())
}

fn write_link(
    worksheet: &mut Worksheet,
    (row, col): (u32, u16),
    sheet: &str,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let url = Url::new(format!("internal:{sheet}!A1")).set_text(cut(text, 255));
    worksheet.write_url_with_format(row, col, url, format)?;
    Ok(())
}

fn write_links(
    worksheet: &mut Worksheet,
    book: &Book<'_>,
    placed: &Placed<'_>,
    (table, links): (&Table, &[Option<usize>]),
    styles: &Styles,
) -> Result<(), XlsxError> {
    for ((link, line), row) in links.iter().zip(&table.rows).zip(placed.row + 1..) {
        let target = link.and_then(|index| book.sheets.get(index));
        let text = line.cells.first().map(|cell| cell.text.as_str());
        if let (Some(target), Some(text)) = (target, text.filter(|text| !text.is_empty())) {
            write_link(worksheet, (row, 0), &target.quoted, text, &styles.link())?;
        }
    }
    Ok(())
}

fn write_table(
    worksheet: &mut Worksheet,
    book: &Book<'_>,
    place: &Place,
    table: &Table,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let sheet = book.sheets.get(place.sheet);
    let is_data = sheet.is_some_and(|sheet| sheet.kind == Kind::Data);
    let widths = sheet.map_or(&[] as &[f64], |sheet| &sheet.widths);
    write_header(worksheet, place.first - 1, table, styles, widths)?;
    let live = live_rows(table);
    let mut runs = Runs::default();
    for (index, (row, line)) in
        (place.first..).zip(table.rows.iter().take(held_rows(table))).enumerate()
    {
        let here = Here { book, place, table, row: index };
        let here = (index < live).then_some(&here);
        for (col, cell) in (0..).zip(&line.cells) {
            let emphasis = if is_data { None } else { line.emphasis };
            let value = cell.value.as_ref();
            cells::write(worksheet, (row, col), cell, here)?;
            let format = || styles.cell(value, col, emphasis);
            runs.put(worksheet, (row, col), Look::of(value, emphasis), format)?;
        }
        if !is_data {
            set_height(worksheet, row, line, widths)?;
        }
    }
    runs.finish(worksheet)?;
    if is_data { add_excel_table(worksheet, place, table, styles) } else { Ok(()) }
}

fn write_header(
    worksheet: &mut Worksheet,
    row: u32,
    table: &Table,
    styles: &Styles,
    widths: &[f64],
) -> Result<(), XlsxError> {
    let mut lines = 1;
    for ((col, column), width) in (0..).zip(&table.columns).zip(widths) {
        let format = styles.header(Side::of(usize::from(col), column.format));
        worksheet.write_string_with_format(row, col, cut(&column.header, 255), &format)?;
        lines = lines.max(width::lines(&column.header, *width - 2.0));
    }
    worksheet.set_row_height(row, width::height(lines))?;
    Ok(())
}

/// Wrapped text needs its height given: not every program measures it when it opens a file.
fn set_height(
    worksheet: &mut Worksheet,
    row: u32,
    line: &Row,
    widths: &[f64],
) -> Result<(), XlsxError> {
    let wrapped = |(cell, width): (&crate::report::edition::Cell, &f64)| {
        let is_text = cell.value.as_ref().is_some_and(|value| cells::raw(value).is_none());
        if is_text { width::lines(&cell.text, *width - 1.5) } else { 1 }
    };
    let lines = line.cells.iter().zip(widths).map(wrapped).max().unwrap_or(1);
    if lines > 1 {
        worksheet.set_row_height(row, width::height(lines))?;
    }
    Ok(())
}

/// An Excel table with its filter, ready for pivots.
fn add_excel_table(
    worksheet: &mut Worksheet,
    place: &Place,
    table: &Table,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let (rows, columns) = (held_rows(table), table.columns.len());
    let last = u32::try_from(rows).unwrap_or(0).saturating_sub(1);
    let last_column = u16::try_from(columns.saturating_sub(1)).unwrap_or(0);
    if rows == 0 || columns == 0 {
        return Ok(());
    }
    let headers: Vec<TableColumn> = unique_headers(&table.columns)
        .into_iter()
        .zip(&table.columns)
        .enumerate()
        .map(|(index, (header, column))| {
            let format = styles.header(Side::of(index, column.format));
            TableColumn::new().set_header(header).set_header_format(&format)
        })
        .collect();
    let excel = ExcelTable::new()
        .set_name(identifier(&table.id))
        .set_columns(&headers)
        .set_style(TableStyle::Light1)
        .set_alt_text_title(cut(&table.title, 200));
    worksheet.add_table(place.first - 1, 0, place.first + last, last_column, &excel)?;
    Ok(())
}

/// Headings of an Excel table must differ.
fn unique_headers(columns: &[Column]) -> Vec<String> {
    let mut taken = std::collections::BTreeSet::new();
    let mut free = |column: &Column| {
        let wish = cut(&column.header, 240);
        let numbered = (2..).map(|n| format!("{wish} {n}"));
        let mut tries = std::iter::once(wish.to_owned()).chain(numbered);
        tries.find(|name| taken.insert(name.to_lowercase())).unwrap_or_default()
    };
    columns.iter().map(&mut free).collect()
}
