//! Writes the first inputs of both targets into fuzz/corpus: small workbooks with every kind of
//! cell, as Excel, LibreOffice and streaming exporters lay them out.

#[path = "../benches/support/mod.rs"]
mod support;

use std::error::Error;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use gemba_fuzz::{BETWEEN, PARTS};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use support::workbook::{Layout, write};
use zip::ZipArchive;

fn main() -> Result<(), Box<dyn Error>> {
    let mut seeds = vec![("kinds", kinds()?)];
    for layout in [Layout::Excel, Layout::Lo, Layout::Inline] {
        let mut bytes = Cursor::new(Vec::new());
        write(4, layout, &mut bytes)?;
        seeds.push((layout.name(), bytes.into_inner()));
    }
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for target in ["workbook", "sheet"] {
        fs::create_dir_all(corpus.join(target))?;
    }
    for (name, bytes) in seeds {
        fs::write(corpus.join("workbook").join(name), &bytes)?;
        fs::write(corpus.join("sheet").join(name), parts(&bytes)?)?;
    }
    Ok(())
}

/// The parts of a workbook as the target `sheet` takes them.
fn parts(book: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut archive = ZipArchive::new(Cursor::new(book))?;
    let mut out = Vec::new();
    for (i, name) in PARTS.into_iter().enumerate() {
        if i > 0 {
            out.push(BETWEEN);
        }
        if let Ok(mut part) = archive.by_name(name) {
            part.read_to_end(&mut out)?;
        }
    }
    Ok(out)
}

/// Texts, rich text, entities, numbers, dates, booleans, errors, formulas, hidden and merged cells.
fn kinds() -> Result<Vec<u8>, Box<dyn Error>> {
    let mut book = Workbook::new();
    let (bold, day) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    let sheet = book.add_worksheet().set_name("Records")?;
    for (column, name) in (0..).zip(["Date", "Team", "Units", "Defects", "Open", "Note"]) {
        sheet.write_with_format(0, column, name, &bold)?;
    }
    let plain = Format::new();
    for row in 1..4_u16 {
        let at = u32::from(row);
        let date = ExcelDateTime::from_ymd(2026, 10, 5 + u8::try_from(row)?)?;
        sheet.write_with_format(at, 0, &date, &day)?;
        sheet.write(at, 1, "Nord & Süd 北 <1>")?;
        sheet.write(at, 2, 10 * row)?;
        sheet.write(
            at,
            3,
            Formula::new(format!("=C{}/5", row + 1)).set_result((2 * row).to_string()),
        )?;
        sheet.write(at, 4, row % 2 == 0)?;
        sheet.write_rich_string(at, 5, &[(&plain, "half "), (&bold, "bold\nline")])?;
    }
    sheet.write(4, 3, Formula::new("=1/0").set_result("#DIV/0!"))?;
    sheet.write(4, 1, Formula::new("=B2&\"x\"").set_result("text"))?;
    sheet.merge_range(6, 0, 6, 3, "merged", &bold)?;
    sheet.set_row_hidden(2)?;
    sheet.set_column_hidden(4)?;
    Ok(book.save_to_buffer()?)
}
