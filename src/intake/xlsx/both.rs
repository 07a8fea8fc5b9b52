//! Both readers of `xlsx` on the same bytes, for tests and for fuzzing: the same cells, or one of
//! them reads none.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Workbook;
use crate::intake::book::{Book, SheetName};
use crate::intake::row::{Raw, RowBuf};
use crate::intake::sniff::Format;
use crate::settings::Limits;

/// A row: its number, the blank rows before it, whether it is hidden, and its cells.
pub(super) type Row = (u32, u64, bool, Vec<(u32, String)>);
/// The sheets of a workbook in order; of each its rows, or why it has none.
pub(super) type Sheets = Vec<(SheetName, Result<Vec<Row>, String>)>;

fn cell(row: &RowBuf, raw: &Raw) -> String {
    let mut text = String::new();
    row.show(raw, &mut text);
    match raw {
        Raw::Text(_) => format!("text {text}"),
        Raw::Number(x) => format!("number {:x}", x.to_bits()),
        Raw::Stamp { serial, millis } => format!("moment {:x} {millis}", serial.to_bits()),
        Raw::Error(_) => format!("error {text}"),
        other => format!("{other:?}"),
    }
}

pub(super) fn sheets(mut book: Book<'_>) -> Sheets {
    let mut out = Vec::new();
    for sheet in book.sheets() {
        let hidden = book.unseen(&sheet.name);
        let rows = book.rows(&sheet.name, Limits::default()).and_then(|mut rows| {
            let (mut row, mut all) = (RowBuf::default(), Vec::new());
            while rows.next_row(&mut row)? {
                let cells = row.cells().iter().map(|(at, raw)| (*at, cell(&row, raw)));
                let unseen = row.hidden || hidden.has(row.number);
                all.push((row.number, row.blank_before, unseen, cells.collect()));
            }
            Ok(all)
        });
        out.push((sheet, rows.map_err(|trouble| format!("{trouble:?}"))));
    }
    out
}

/// What the own reader makes of a workbook; why it declines it.
pub(super) fn own(bytes: &[u8]) -> Result<Sheets, &'static str> {
    let book = Workbook::open(Box::new(Cursor::new(bytes)), Limits::default(), None);
    book.map(|book| sheets(Book::Streamed(Box::new(book)))).map_err(|declined| declined.0)
}

/// What the general reader makes of it; why it fails.
pub(super) fn general(bytes: &[u8]) -> Result<Sheets, String> {
    let read = || Book::open(bytes, Format::Xlsx, None, &Limits::default()).map(sheets);
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => read.map_err(|trouble| format!("{trouble:?}")),
        Err(_) => Err("a panic".to_owned()),
    }
}

/// Workbooks the general reader fails on though their cells are whole, by what it says.
const FAULTS_OF_THE_GENERAL_READER: [(&str, &str); 2] = [
    ("missing the expected column component", "the size a sheet declares is no range"),
    ("a panic", "an address beyond every sheet overflows"),
];

/// What became of every sheet: its name, and `equal`, `different`, `declined`, or which reader
/// alone takes it.
pub(in crate::intake) fn verdicts(bytes: &[u8]) -> Vec<(String, String)> {
    let whole = |verdict: String| vec![(String::new(), verdict)];
    let ours = match own(bytes) {
        Ok(ours) => ours,
        Err(why) => return whole(format!("declined: {why}")),
    };
    let theirs = match general(bytes) {
        Ok(theirs) => theirs,
        Err(why) => return whole(failed(&why)),
    };
    if ours.iter().map(|(sheet, _)| sheet).ne(theirs.iter().map(|(sheet, _)| sheet)) {
        return whole("different: the sheets".to_owned());
    }
    let pairs = ours.into_iter().zip(theirs);
    pairs.map(|((sheet, ours), (_, theirs))| (sheet.name, of_sheet(ours, theirs))).collect()
}

fn of_sheet(ours: Result<Vec<Row>, String>, theirs: Result<Vec<Row>, String>) -> String {
    match (ours, theirs) {
        (Err(why), _) => format!("declined: {why}"),
        (Ok(_), Err(why)) => failed(&why),
        (Ok(ours), Ok(theirs)) if ours == theirs => "equal".to_owned(),
        (Ok(ours), Ok(theirs)) if seen(&ours) == seen(&theirs) => {
            "read by the own reader alone: rows hidden in a part of an unusual name".to_owned()
        }
        (Ok(ours), Ok(theirs)) => {
            let first = ours.iter().zip(&theirs).find(|(a, b)| a != b);
            format!("different: {} and {} rows, {first:?}", ours.len(), theirs.len())
        }
    }
}

/// Rows as if none were hidden.
fn seen(rows: &[Row]) -> Vec<(u32, &[(u32, String)])> {
    rows.iter().map(|(number, _, _, cells)| (*number, cells.as_slice())).collect()
}

/// The verdict on a workbook that only the own reader takes.
fn failed(why: &str) -> String {
    let known = FAULTS_OF_THE_GENERAL_READER.iter().find(|(said, _)| why.contains(said));
    known.map_or_else(
        || format!("refused by the general reader: {why}"),
        |(_, cause)| format!("read by the own reader alone: {cause}"),
    )
}
