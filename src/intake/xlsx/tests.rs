//! The own reader against the general one: the same cells, or none at all.
#![expect(
    clippy::cast_possible_truncation,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "tests read the workbooks of a folder, and write small ones"
)]

use std::collections::BTreeMap;
use std::io::{Cursor, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::both::{general, own, sheets, verdicts};
use super::{Bytes, Reopen, Workbook, ahead};
use crate::intake::book::Book;
use crate::intake::markup::Parts;
use crate::settings::Limits;

#[path = "../../../benches/support/mod.rs"]
mod support;
#[expect(unreachable_pub, reason = "the fuzz targets share it")]
#[path = "../../../fuzz/wrap.rs"]
mod wrap;

use support::workbook::{Layout, write as write_records};
use wrap::wrap;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// A workbook of one sheet with these rows and shared texts.
fn workbook(rows: &str, texts: &str, prefix: &str) -> Vec<u8> {
    let zip = ZipWriter::new(Cursor::new(Vec::new()));
    packed(zip, SimpleFileOptions::default(), parts(rows, texts, prefix)).into_inner()
}

type Part = (&'static str, String);

/// The parts of such a workbook.
fn parts(rows: &str, texts: &str, prefix: &str) -> [Part; 6] {
    let named = |markup: &str| {
        let open = markup.replace('<', &format!("<{prefix}"));
        open.replace(&format!("<{prefix}/"), &format!("</{prefix}"))
    };
    [
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
    ]
}

/// An archive of parts.
fn packed<W: Write + Seek>(mut zip: ZipWriter<W>, how: SimpleFileOptions, parts: [Part; 6]) -> W {
    for (name, text) in parts {
        let begun = zip.start_file(name, how);
        assert!(begun.is_ok() && write!(zip, "{HEAD}{text}").is_ok());
    }
    zip.finish().expect("memory takes an end")
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

/// Styles that cannot be unpacked are not styles that are missing: days would become numbers.
#[test]
fn a_damaged_part_is_declined() {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut bytes = packed(zip, stored, parts(ROWS[0], TEXTS, "")).into_inner();
    let at = memchr::memmem::find(&bytes, b"cellXfs").unwrap_or_default();
    bytes[at] = b'C';
    assert_eq!(own(&bytes), Err("a part that is not whole"));
}

/// However an archive is packed, its cells are the same.
#[test]
fn every_way_of_packing_is_read_alike() {
    let given = || parts(ROWS[0], TEXTS, "");
    let plain = SimpleFileOptions::default();
    let stored = plain.compression_method(CompressionMethod::Stored);
    let to = || ZipWriter::new(Cursor::new(Vec::new()));
    let stream = |how| packed(ZipWriter::new_stream(Vec::new()), how, given()).into_inner();
    let ways = [
        ("deflated", packed(to(), plain, given()).into_inner()),
        ("stored", packed(to(), stored, given()).into_inner()),
        ("large files", packed(to(), plain.large_file(true), given()).into_inner()),
        ("streamed", stream(plain)),
        ("streamed and large", stream(plain.large_file(true))),
        ("zip64 throughout", zip64(&packed(to(), stored, given()).into_inner())),
    ];
    let first = own(&ways[0].1);
    assert!(first.as_ref().is_ok_and(|sheets| sheets.iter().all(|(_, rows)| rows.is_ok())));
    for (way, bytes) in &ways {
        assert_eq!(own(bytes), first, "{way}");
        let equal = verdicts(bytes).iter().all(|(_, verdict)| verdict == "equal");
        assert!(equal, "{way}: {:?}", verdicts(bytes));
    }
}

/// An archive with the sizes, places and counts of zip64 wherever the format lets them stand
/// (APPNOTE 4.3.14 to 4.3.16 and 4.5.3), as writers of streams that do not know how long they become.
fn zip64(bytes: &[u8]) -> Vec<u8> {
    const VERSION: [u8; 2] = 45_u16.to_le_bytes();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let (mut out, mut directory, count) = (Vec::new(), Vec::new(), archive.len() as u64);
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let (crc, size, place) = (part.crc32().to_le_bytes(), part.size().to_le_bytes(), out.len());
        let header = |extra: &[&[u8]]| {
            let extra = extra.concat();
            let sizes = [u8::MAX; 8];
            let lengths =
                [name.len() as u16, extra.len() as u16 + 4].map(u16::to_le_bytes).concat();
            let tagged = [&1_u16.to_le_bytes()[..], &(extra.len() as u16).to_le_bytes(), &extra];
            ([&VERSION[..], &[0; 8], &crc, &sizes, &lengths].concat(), tagged.concat())
        };
        let (local, extra) = header(&[&size, &size]);
        out.extend([&b"PK\x03\x04"[..], &local, name.as_bytes(), &extra].concat());
        std::io::copy(&mut part, &mut out).expect("a stored part");
        let (central, extra) = header(&[&size, &size, &(place as u64).to_le_bytes()]);
        let rest = [&[0; 10][..], &[u8::MAX; 4]].concat();
        let entry = [&b"PK\x01\x02"[..], &VERSION, &central, &rest, name.as_bytes(), &extra];
        directory.extend(entry.concat());
    }
    let (start, length) = (out.len() as u64, directory.len() as u64);
    out.extend(&directory);
    let end = out.len() as u64;
    let figures = [count, count, length, start].map(u64::to_le_bytes).concat();
    let record = [&b"PK\x06\x06"[..], &44_u64.to_le_bytes(), &VERSION, &VERSION, &[0; 8], &figures];
    out.extend(record.concat());
    let locator = [&b"PK\x06\x07"[..], &[0; 4], &end.to_le_bytes(), &1_u32.to_le_bytes()];
    out.extend(locator.concat());
    out.extend([&b"PK\x05\x06"[..], &[0; 4], &[u8::MAX; 12], &[0; 2]].concat());
    out
}

/// The records of the benchmark as Excel, `LibreOffice` and exporters lay them out.
#[test]
fn every_cell_of_the_benchmark_is_read_alike() {
    for layout in [Layout::Excel, Layout::Lo, Layout::Inline] {
        let mut bytes = Cursor::new(Vec::new());
        assert!(write_records(1_000, layout, &mut bytes).is_ok());
        let ours = own(bytes.get_ref());
        let [(_, Ok(rows))] = ours.as_deref().unwrap_or_default() else { panic!("{ours:?}") };
        assert_eq!((rows.len(), rows[0].3.len()), (1_001, 12), "{}", layout.name());
        assert_eq!(verdicts(bytes.get_ref()), [("Records".to_owned(), "equal".to_owned())]);
    }
}

#[test]
fn a_sheet_unpacked_ahead_is_the_same_sheet() {
    let mut bytes = Cursor::new(Vec::new());
    assert!(write_records(10_000, Layout::Excel, &mut bytes).is_ok());
    let bytes: Arc<[u8]> = bytes.into_inner().into();
    let size = |part: &str| Parts::open(&bytes)?.size(part);
    assert!(size("xl/worksheets/sheet1.xml") > Some(ahead::LEAST));
    let opened = Arc::new(AtomicUsize::new(0));
    let reopen = {
        let (bytes, opened) = (Arc::clone(&bytes), Arc::clone(&opened));
        move || -> std::io::Result<Box<dyn Bytes>> {
            opened.fetch_add(1, Ordering::Relaxed);
            Ok(Box::new(Cursor::new(Arc::clone(&bytes))))
        }
    };
    let reopen: Option<Reopen> = Some(Arc::new(reopen));
    let book = Workbook::open(Box::new(Cursor::new(&bytes[..])), Limits::default(), reopen);
    let book = book.expect("a workbook");
    assert!(own(&bytes).as_ref() == Ok(&sheets(Book::Streamed(Box::new(book)))));
    assert_eq!(opened.load(Ordering::Relaxed), 1, "a thread of its own unpacked it");
}

/// What fuzzing kept: an input for every way through the reader, and what it once got wrong.
#[test]
fn what_fuzzing_found_is_read_alike() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let mut inputs = 0;
    for (target, is_sheet) in [("sheet", true), ("workbook", false)] {
        for entry in std::fs::read_dir(seeds.join(target)).into_iter().flatten().flatten() {
            let bytes = std::fs::read(entry.path()).unwrap_or_default();
            let verdicts = verdicts(&if is_sheet { wrap(&bytes) } else { bytes });
            let different = verdicts.iter().find(|(_, verdict)| verdict.starts_with("different"));
            assert_eq!(different, None, "{}", entry.path().display());
            inputs += 1;
        }
    }
    assert!(inputs > 20, "{inputs} inputs in {}", seeds.display());
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
    let (mut counts, mut unexplained) = (BTreeMap::<String, usize>::new(), Vec::new());
    for path in paths {
        let bytes = std::fs::read(&path).unwrap_or_default();
        for (sheet, verdict) in verdicts(&bytes) {
            if verdict.starts_with("different") {
                unexplained.push(format!("{} {sheet}: {verdict}", path.display()));
            }
            *counts.entry(verdict).or_default() += 1;
        }
    }
    println!("{counts:#?}");
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    assert!(counts.get("equal") > Some(&100), "{counts:?}");
}
