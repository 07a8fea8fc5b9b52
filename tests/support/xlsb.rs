//! A small `xlsb` workbook of one sheet: no office program here writes the format.
//! Records as [MS-XLSB] 2.3 and 2.4 name them.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;

/// One cell.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    /// No value.
    Blank,
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A date by its serial number.
    Date(u32),
}

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const DOC: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The bytes of a workbook whose only sheet holds these rows.
pub(crate) fn workbook(rows: &[Vec<Cell>]) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let link = |id: &str, kind: &str, target: &str| {
        let link = format!(r#"<Relationship Id="{id}" Type="{DOC}/{kind}" Target="{target}"/>"#);
        format!(r#"<Relationships xmlns="{RELATIONS}">{link}</Relationships>"#).into_bytes()
    };
    let parts = [
        ("_rels/.rels", link("rId1", "officeDocument", "xl/workbook.bin")),
        ("xl/_rels/workbook.bin.rels", link("rId1", "worksheet", "worksheets/sheet1.bin")),
        ("xl/workbook.bin", book()),
        ("xl/styles.bin", styles()),
        ("xl/worksheets/sheet1.bin", sheet(rows)),
    ];
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A record: its number and its length in groups of seven bits, then its bytes.
fn record(out: &mut Vec<u8>, number: u16, bytes: &[u8]) {
    let low = u8::try_from(number & 0x7f).unwrap_or(0);
    match u8::try_from(number >> 7) {
        Ok(0) | Err(_) => out.push(low),
        Ok(high) => out.extend([low | 0x80, high]),
    }
    let mut length = bytes.len();
    while length > 0x7f {
        out.push(u8::try_from(length & 0x7f).unwrap_or(0) | 0x80);
        length >>= 7;
    }
    out.push(u8::try_from(length).unwrap_or(0));
    out.extend_from_slice(bytes);
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).unwrap_or(0).to_le_bytes();
    length.into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

fn book() -> Vec<u8> {
    let mut out = Vec::new();
    let sheet = [&0_u32.to_le_bytes()[..], &1_u32.to_le_bytes(), &wide("rId1"), &wide("Orders")];
    record(&mut out, 153, &[0; 12]); // BrtWbProp: the epoch of 1900
    record(&mut out, 156, &sheet.concat()); // BrtBundleSh: visible
    record(&mut out, 144, &[]); // BrtEndBundleShs
    record(&mut out, 132, &[]); // BrtEndBook
    out
}

/// Two cell formats: general, and the date of number format 14.
fn styles() -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 617, &2_u32.to_le_bytes()); // BrtBeginCellXFs
    for format in [0_u8, 14] {
        let mut xf = [0; 16];
        xf[2] = format;
        record(&mut out, 47, &xf); // BrtXF
    }
    record(&mut out, 618, &[]); // BrtEndCellXFs
    out
}

fn sheet(rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 148, &[0; 16]); // BrtWsDim
    record(&mut out, 145, &[]); // BrtBeginSheetData
    for (row, cells) in (0_u32..).zip(rows) {
        let mut header = row.to_le_bytes().to_vec();
        header.resize(17, 0);
        record(&mut out, 0, &header); // BrtRowHdr
        for (column, cell) in (0_u32..).zip(cells) {
            let style = u32::from(matches!(cell, Cell::Date(_)));
            let at = [column.to_le_bytes(), style.to_le_bytes()].concat();
            let real = |x: f64| [&at[..], &x.to_le_bytes()].concat();
            match cell {
                Cell::Blank => {}
                Cell::Text(text) => record(&mut out, 6, &[at, wide(text)].concat()), // BrtCellSt
                Cell::Number(x) => record(&mut out, 5, &real(*x)),                   // BrtCellReal
                Cell::Date(serial) => record(&mut out, 5, &real(f64::from(*serial))),
            }
        }
    }
    record(&mut out, 146, &[]); // BrtEndSheetData
    out
}
