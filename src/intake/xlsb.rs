//! Formula cells of an `xlsb` sheet whose value is an error: the parser passes over them, so they
//! would look blank. The records are those of [MS-XLSB] 2.3.

use std::collections::BTreeMap;
use std::io::{self, BufReader, Read};

use calamine::{CellErrorType, DataRef};

use super::markup::{Parts, links};
use super::stream::Streamed;
use super::trouble::Trouble;
use crate::settings::Limits;

const ROW: u16 = 0;
const FORMULA_ERROR: u16 = 11;
const BEGIN_ROWS: u16 = 145;
const END_ROWS: u16 = 146;
const SHEET: u16 = 156;

/// Bytes of a record looked at; a sheet's entry, the longest of interest, takes less.
const KEPT: u64 = 2048;

/// A cell whose formula gives an error; row and column count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ErrorCell {
    row: u32,
    column: u32,
    error: u8,
}

impl ErrorCell {
    /// The cell as the parser would have handed it over; an error of no known number counts as a
    /// formula without a value.
    fn streamed<'a>(self) -> Streamed<'a> {
        let error = match self.error {
            0x00 => Some(CellErrorType::Null),
            0x07 => Some(CellErrorType::Div0),
            0x0F => Some(CellErrorType::Value),
            0x17 => Some(CellErrorType::Ref),
            0x1D => Some(CellErrorType::Name),
            0x24 => Some(CellErrorType::Num),
            0x2A => Some(CellErrorType::NA),
            0x2B => Some(CellErrorType::GettingData),
            _ => None,
        };
        let value = error.map_or(DataRef::Empty, DataRef::Error);
        Streamed { row: self.row, column: self.column, value, formula: true }
    }
}

/// The cells of a sheet with those whose formula gives an error in their places.
pub(super) fn with_errors<'a>(
    mut cells: impl FnMut() -> Result<Option<Streamed<'a>>, String>,
    errors: &[ErrorCell],
) -> impl FnMut() -> Result<Option<Streamed<'a>>, String> {
    let mut errors = errors.iter().peekable();
    let (mut held, mut done) = (None, false);
    move || {
        if held.is_none() && !done {
            held = cells()?;
            done = held.is_none();
        }
        let is_first = |error: &&ErrorCell| {
            held.as_ref().is_none_or(|cell| (error.row, error.column) < (cell.row, cell.column))
        };
        Ok(errors.next_if(is_first).map(|error| error.streamed()).or_else(|| held.take()))
    }
}

/// The error cells of every sheet that has any, by its name. What is broken ends the search: the
/// parser says what is wrong with it.
///
/// # Errors
/// More of them than a sheet may hold.
pub(super) fn error_cells(
    bytes: &[u8],
    limits: &Limits,
) -> Result<BTreeMap<String, Vec<ErrorCell>>, Trouble> {
    let mut out = BTreeMap::new();
    let Some(mut parts) = Parts::open(bytes) else { return Ok(out) };
    let Some(workbook) = parts.take("xl/workbook.bin") else { return Ok(out) };
    let targets = links(&mut parts, "xl/workbook.bin");
    for (id, name) in sheets(&workbook) {
        let part = targets.iter().find(|link| link.id == id).map(|link| link.part.as_str());
        let Some(part) = part.and_then(|part| parts.reader(part)) else { continue };
        let cells = of_sheet(BufReader::new(part), limits)?;
        if !cells.is_empty() {
            out.insert(name, cells);
        }
    }
    Ok(out)
}

/// The links and names of the sheets.
fn sheets(workbook: &[u8]) -> Vec<(String, String)> {
    let (mut from, mut body, mut out) = (workbook, Vec::new(), Vec::new());
    while let Ok(kind) = record(&mut from, &mut body) {
        let texts = || {
            let (id, used) = wide(body.get(8..)?)?;
            Some((id, wide(body.get(8 + used..)?)?.0))
        };
        out.extend((kind == SHEET).then(texts).flatten());
    }
    out
}

fn of_sheet(mut from: impl Read, limits: &Limits) -> Result<Vec<ErrorCell>, Trouble> {
    let (mut body, mut cells) = (Vec::new(), Vec::new());
    let (mut row, mut begun) = (0, false);
    while let Ok(kind) = record(&mut from, &mut body) {
        match kind {
            BEGIN_ROWS => begun = true,
            END_ROWS => break,
            ROW if begun => row = number(&body).unwrap_or(row),
            FORMULA_ERROR if begun => {
                let cell = number(&body).zip(body.get(8));
                cells.extend(cell.map(|(column, &error)| ErrorCell { row, column, error }));
            }
            _ => {}
        }
        if cells.len() as u64 > limits.grid_cells {
            return Err(Trouble::OverLimit("cells", limits.grid_cells));
        }
    }
    Ok(cells)
}

/// Reads a record, its first bytes into `body`; its kind.
fn record(from: &mut impl Read, body: &mut Vec<u8>) -> io::Result<u16> {
    let low = byte(from)?;
    let high = if low & 0x80 == 0 { 0 } else { byte(from)? };
    let kind = u16::from(low & 0x7f) | u16::from(high & 0x7f) << 7;
    let mut length = 0;
    for shift in [0, 7, 14, 21] {
        let part = byte(from)?;
        length |= u64::from(part & 0x7f) << shift;
        if part & 0x80 == 0 {
            break;
        }
    }
    body.resize(usize::try_from(length.min(KEPT)).unwrap_or(0), 0);
    from.read_exact(body)?;
    io::copy(&mut from.take(length.saturating_sub(KEPT)), &mut io::sink())?;
    Ok(kind)
}

fn byte(from: &mut impl Read) -> io::Result<u8> {
    let mut one = [0];
    from.read_exact(&mut one)?;
    let [byte] = one;
    Ok(byte)
}

fn number(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk().map(|four| u32::from_le_bytes(*four))
}

/// A text of units of two bytes, and the bytes it takes.
fn wide(bytes: &[u8]) -> Option<(String, usize)> {
    let used = usize::try_from(number(bytes)?).ok()?.checked_mul(2)?.checked_add(4)?;
    let units = bytes.get(4..used)?.chunks_exact(2).filter_map(|two| two.first_chunk());
    let units: Vec<u16> = units.map(|two| u16::from_le_bytes(*two)).collect();
    Some((String::from_utf16_lossy(&units), used))
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, ErrorCell, Limits, error_cells, with_errors};
    use crate::intake::stream::Streamed;
    use calamine::{CellErrorType, DataRef};
    use std::io::{Cursor, Write as _};
    use zip::write::SimpleFileOptions;

    fn record(kind: u8, body: &[u8]) -> Vec<u8> {
        let length = u8::try_from(body.len()).unwrap_or(0);
        if kind < 0x80 {
            return [&[kind, length], body].concat();
        }
        [&[kind, 1, length], body].concat()
    }

    fn wide(text: &str) -> Vec<u8> {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u32::try_from(units.len() / 2).unwrap_or(0);
        [&length.to_le_bytes()[..], &units].concat()
    }

    fn workbook() -> zip::result::ZipResult<Vec<u8>> {
        let error = |column: u8, code: u8| record(11, &[column, 0, 0, 0, 0, 0, 0, 0, code, 0, 0]);
        let row = |row: u8| record(0, &[row, 0, 0, 0, 0, 0, 0, 0]);
        let sheet = [
            record(0, &[9, 0, 0, 0]),
            record(145, &[]),
            row(1),
            error(2, 0x07),
            record(6, &[3, 0, 0, 0]),
            row(4),
            error(0, 0x2A),
            record(146, &[]),
            error(7, 0),
        ];
        let entry = record(156, &[vec![0; 8], wide("rId1"), wide("工單")].concat());
        let links = br#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/Sheet1.bin"/></Relationships>"#;
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in [
            ("xl/workbook.bin", entry),
            ("xl/_rels/workbook.bin.rels", links.to_vec()),
            ("xl/worksheets/sheet1.bin", sheet.concat()),
        ] {
            zip.start_file(name, SimpleFileOptions::default())?;
            zip.write_all(&bytes)?;
        }
        zip.finish().map(Cursor::into_inner)
    }

    #[test]
    fn error_formulas_are_found_between_the_rows_of_a_sheet() -> zip::result::ZipResult<()> {
        let bytes = workbook()?;
        let cells = vec![
            ErrorCell { row: 1, column: 2, error: 7 },
            ErrorCell { row: 4, column: 0, error: 0x2A },
        ];
        let found = error_cells(&bytes, &Limits::default());
        assert_eq!(found, Ok(BTreeMap::from([("工單".to_owned(), cells)])));
        let few = Limits { grid_cells: 1, ..Limits::default() };
        assert!(error_cells(&bytes, &few).is_err());
        assert_eq!(error_cells(b"no archive", &few), Ok(BTreeMap::new()));
        Ok(())
    }

    #[test]
    fn error_cells_take_their_places() {
        let mut values = [(1, 1), (1, 3), (2, 0)].into_iter();
        let mut ended = false;
        let cells = || {
            assert!(!ended, "the parser was asked after its last cell");
            let next = values.next();
            ended = next.is_none();
            let value = DataRef::Float(1.0);
            Ok(next.map(|(row, column)| Streamed { row, column, value, formula: false }))
        };
        let errors = [(0, 5, 0), (1, 2, 0x07), (2, 1, 0x99), (3, 0, 0x2A)]
            .map(|(row, column, error)| ErrorCell { row, column, error });
        let mut all = with_errors(cells, &errors);
        let mut seen = Vec::new();
        while let Ok(Some(cell)) = all() {
            seen.push((cell.row, cell.column, cell.value));
        }
        let (one, error) = (DataRef::Float(1.0), DataRef::Error);
        let expected = [
            (0, 5, error(CellErrorType::Null)),
            (1, 1, one.clone()),
            (1, 2, error(CellErrorType::Div0)),
            (1, 3, one.clone()),
            (2, 0, one),
            (2, 1, DataRef::Empty),
            (3, 0, error(CellErrorType::NA)),
        ];
        assert_eq!(seen, expected);
    }
}
