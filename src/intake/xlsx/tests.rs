//! The own reader against the general one: the same cells, or none at all.
#![expect(clippy::disallowed_methods, reason = "tests read the workbooks of a folder")]

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use super::Workbook;
use crate::intake::book::{Book, SheetName};
use crate::intake::row::{Raw, RowBuf};
use crate::intake::sniff::Format;
use crate::settings::Limits;

/// A row: its number, the blank rows before it, whether it is hidden, and its cells.
type Row = (u32, u64, bool, Vec<(u32, String)>);
type Sheets = Vec<(SheetName, Result<Vec<Row>, String>)>;

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

fn sheets(mut book: Book<'_>) -> Sheets {
    let mut out = Vec::new();
    for sheet in book.sheets() {
        let hidden = book.hidden_rows(&sheet.name);
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
fn own(bytes: &[u8]) -> Result<Sheets, &'static str> {
    let book = Workbook::open(Box::new(Cursor::new(bytes)), Limits::default());
    book.map(|book| sheets(Book::Streamed(Box::new(book)))).map_err(|declined| declined.0)
}

/// What the general reader makes of it; why it fails.
fn general(bytes: &[u8]) -> Result<Sheets, String> {
    let read = || Book::open(bytes, Format::Xlsx, None, &Limits::default()).map(sheets);
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => read.map_err(|trouble| format!("{trouble:?}")),
        Err(_) => Err("a panic".to_owned()),
    }
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// A workbook of one sheet with these rows and shared texts.
fn workbook(rows: &str, texts: &str, prefix: &str) -> Vec<u8> {
    let named = |markup: &str| {
        let open = markup.replace('<', &format!("<{prefix}"));
        open.replace(&format!("<{prefix}/"), &format!("</{prefix}"))
    };
    let parts = [
        ("_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"x/relationships/officeDocument\" \
          Target=\"xl/workbook.xml\"/></Relationships>".to_owned()),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"R&amp;D\" r:id=\"s1\"/></sheets></workbook>"
          .to_owned()),
        ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"s1\" \
          Type=\"x/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
          .to_owned()),
        ("xl/styles.xml", "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"[h]:mm\"/></numFmts>\
          <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
          .to_owned()),
        ("xl/sharedStrings.xml", named(&format!("<sst>{texts}</sst>"))),
        ("xl/worksheets/sheet1.xml", named(&format!("<worksheet><cols/><sheetData>{rows}</sheetData>\
          <pageMargins/></worksheet>"))),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let begun = zip.start_file(name, SimpleFileOptions::default());
        assert!(begun.is_ok() && write!(zip, "{HEAD}{text}").is_ok());
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

const TEXTS: &str = "<si><t>a &lt; b</t></si><si><t xml:space=\"preserve\"> c </t></si>\
    <si><r><t>d</t></r><r><rPr/><t>e_x0041_</t></r><rPh><t>no</t></rPh></si><si><t>#N/A</t></si><si/>";

const ROWS: [&str; 8] = [
    // As Excel writes it.
    "<row r=\"1\" spans=\"1:4\" x14ac:dyDescent=\"0.25\"><c r=\"A1\" t=\"s\"><v>0</v></c>\
     <c r=\"B1\" s=\"1\"><v>45292.5</v></c><c r=\"AA1\"><v>-1.25E-3</v></c></row>",
    // As LibreOffice writes it: styles first, types of numbers named, hidden rows marked.
    "<row r=\"3\" hidden=\"true\" ht=\"12.8\"><c r=\"A3\" s=\"0\" t=\"n\"><v>12345678901234567890</v></c>\
     <c r=\"C3\" s=\"2\" t=\"n\"><v>1.5</v></c></row><row r=\"4\" hidden=\"false\"/>",
    // As exporters write it: texts in their cells, no addresses.
    "<row><c t=\"inlineStr\"><is><t>x &amp; y</t></is></c><c/><c t=\"inlineStr\"><is><r><t>r</t></r></is>\
     </c></row><row r=\"7\"><c><v>1</v></c></row>",
    "<row r=\"2\"><c r=\"A2\" t=\"b\"><v>1</v></c><c r=\"B2\" t=\"e\"><v>#DIV/0!</v></c>\
     <c r=\"C2\" t=\"s\"><v>3</v></c><c r=\"D2\" t=\"d\"><v>2024-01-02</v></c></row>",
    "<row r=\"2\"><c r=\"A2\"><f>1+1</f><v>2</v></c><c r=\"B2\"><f>x()</f></c>\
     <c r=\"C2\" t=\"str\"><f t=\"shared\" si=\"0\"/><v>made</v></c><c r=\"D2\" t=\"str\"><f>\"\"</f><v></v></c>\
     <c r=\"E2\"><f/><v/></c></row>",
    "\n  <row r=\"5\" >\n <c r=\"B5\" cm=\"1\" t=\"s\" >\n <v>2</v> </c>\n </row>\n",
    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>4</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" s=\"9\"><v>3</v>\
     </c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>0.1</v></c></row>",
    "",
];

#[test]
fn what_programs_write_is_read_and_read_alike() {
    for (rows, prefix) in ROWS.iter().flat_map(|rows| [(rows, ""), (rows, "x:")]) {
        let bytes = workbook(rows, TEXTS, prefix);
        let (own, general) = (own(&bytes), general(&bytes));
        assert!(
            own.as_ref().is_ok_and(|sheets| sheets.iter().all(|(_, rows)| rows.is_ok())),
            "{own:?}"
        );
        assert_eq!(own.ok(), general.ok(), "{prefix} {rows}");
    }
}

#[test]
fn what_is_not_known_is_declined() {
    let rows = [
        "<row r=\"2\"/><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
        "<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>",
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c></row>",
        "<row r=\"1\"><c r=\"A1\"><v>NaN</v></c></row>",
        "<row r=\"1\"><c r=\"A1\"><v>1</v><extra/></c></row>",
        "<row r=\"1\"><!-- note --><c r=\"A1\"><v>1</v></c></row>",
        "<row r=\"1\"><c r=\"ZZZZ1\"><v>1</v></c></row>",
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c>",
    ];
    for rows in rows {
        let read = own(&workbook(rows, "", ""));
        let declined = read.is_ok_and(|sheets| sheets.iter().all(|(_, rows)| rows.is_err()));
        assert!(declined, "{rows}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Damage never panics, and what both still read is the same.
    #[test]
    fn damaged_sheets_are_declined_or_read_alike(
        which in 0..ROWS.len() - 1,
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..4),
    ) {
        let mut rows = ROWS[which].as_bytes().to_vec();
        for (at, byte, kind) in edits {
            prop_assume!(!rows.is_empty());
            let at = at.index(rows.len());
            match kind {
                0 => rows[at] = byte,
                1 => drop(rows.remove(at)),
                2 => rows.insert(at, b"<>/\"= ar1"[usize::from(byte) % 9]),
                _ => rows.truncate(at.max(1)),
            }
        }
        let rows = String::from_utf8_lossy(&rows).into_owned();
        let bytes = workbook(&rows, TEXTS, "");
        let ours = own(&bytes).unwrap_or_default();
        let theirs = general(&bytes).unwrap_or_default();
        for ((_, ours), (_, theirs)) in ours.iter().zip(&theirs) {
            if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
                prop_assert_eq!(ours, theirs, "{}", rows);
            }
        }
    }
}

/// Workbooks the general reader fails on though their cells are whole, by what it says.
const FAULTS_OF_THE_GENERAL_READER: [(&str, &str); 2] = [
    ("missing the expected column component", "the size a sheet declares is no range"),
    ("a panic", "an address beyond every sheet overflows"),
];

fn workbooks(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            workbooks(&path, out);
        } else if path.extension().is_some_and(|e| ["xlsx", "xlsm", "xltx"].iter().any(|x| e == *x))
        {
            out.push(path);
        }
    }
}

/// Every sheet of the workbooks below `GEMBA_SHARED`.
#[test]
#[ignore = "needs GEMBA_SHARED"]
#[expect(clippy::print_stdout, reason = "the counts are what the run is for")]
fn every_sheet_of_real_workbooks_is_read_alike() {
    let shared = PathBuf::from(std::env::var_os("GEMBA_SHARED").unwrap_or_default());
    let mut paths = Vec::new();
    workbooks(&shared.join("corpus"), &mut paths);
    workbooks(&shared.join("data"), &mut paths);
    paths.sort();
    assert!(!paths.is_empty(), "no workbook below {}", shared.display());
    let (mut verdicts, mut unexplained) = (BTreeMap::<String, usize>::new(), Vec::new());
    for path in paths {
        let bytes = std::fs::read(&path).unwrap_or_default();
        for (sheet, verdict) in verdict(&bytes) {
            if verdict.starts_with("different") {
                unexplained.push(format!("{} {sheet}: {verdict}", path.display()));
            }
            *verdicts.entry(verdict).or_default() += 1;
        }
    }
    println!("{verdicts:#?}");
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    assert!(verdicts.get("equal") > Some(&100), "{verdicts:?}");
}

fn verdict(bytes: &[u8]) -> Vec<(String, String)> {
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
