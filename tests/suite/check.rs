//! `gemba check`: every mistake named with its cell, as text, as JSON, and as a workbook to mend.

use std::io::{Read as _, Write as _};

use rust_xlsxwriter::{Formula, Workbook, Worksheet, XlsxError};
use serde_json::Value as Json;

use crate::support::Gemba;

/// The seeded mistakes: code, sheet, and cell (empty where a whole sheet is meant).
const MISTAKES: [(&str, &str, &str); 20] = [
    ("E203", "Tickets", "B3"),   // not a date
    ("E204", "Tickets", "C4"),   // a day the calendar does not have
    ("E201", "Tickets", "D5"),   // text for a number
    ("E205", "Tickets", "B6"),   // an Excel error
    ("E206", "Tickets", "B7"),   // a formula without a stored value
    ("E207", "Tickets", "A8"),   // a needed cell is blank
    ("E209", "Tickets", "F9"),   // a negative count
    ("W302", "Tickets", "A10"),  // an identifier that stands twice
    ("W301", "Tickets", "E11"),  // a customer nobody knows
    ("N120", "Tickets", "G1"),   // a heading that is nearly one
    ("E208", "Calls", "E3"),     // neither yes nor no
    ("E202", "Calls", "F4"),     // a text that is no finite number
    ("W221", "Calls", "C1"),     // day and month in either order
    ("E125", "Products", "C1"),  // two headings for one column
    ("W230", "Orders", "A4"),    // a row pasted twice
    ("E202", "Orders", "D5"),    // a number out of range
    ("N137", "Orders", "A7"),    // a row of totals
    ("W107", "Returns", ""),     // a header without data
    ("N109", "Old tickets", ""), // a hidden sheet
    ("W108", "Menu", ""),        // no table at all
];

fn rows(sheet: &mut Worksheet, name: &str, rows: &[&[&str]]) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    for (row, cells) in (0..).zip(rows) {
        for (col, text) in (0..).zip(*cells) {
            match text.parse::<f64>() {
                Ok(number) if number.is_finite() => sheet.write_number(row, col, number)?,
                _ => sheet.write_string(row, col, *text)?,
            };
        }
    }
    Ok(())
}

fn tickets(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let head: &[&str] =
        &["Ticket ID", "Opened", "Closed", "CSAT", "Customer ID", "Reopened", "Priorty"];
    let of = |id, opened, closed, csat, customer, reopened| -> [&str; 7] {
        [id, opened, closed, csat, customer, reopened, "high"]
    };
    let all = [
        of("T1", "2026-01-05", "2026-01-06", "5", "C1", "0"),
        of("T2", "someday", "2026-01-06", "5", "C1", "0"),
        of("T3", "2026-01-05", "2026-02-30", "5", "C1", "0"),
        of("T4", "2026-01-05", "2026-01-06", "fine", "C1", "0"),
        of("T5", "", "2026-01-06", "5", "C1", "0"),
        of("T6", "", "2026-01-06", "5", "C1", "0"),
        of("", "2026-01-05", "2026-01-06", "5", "C1", "0"),
        of("T8", "2026-01-05", "2026-01-06", "5", "C1", "-1"),
        of("T1", "2026-01-07", "2026-01-08", "4", "C2", "0"),
        of("T9", "2026-01-05", "2026-01-06", "5", "Cust Nine", "0"),
    ];
    let lines: Vec<&[&str]> = std::iter::once(head).chain(all.iter().map(|r| &r[..])).collect();
    rows(sheet, "Tickets", &lines)?;
    sheet.set_formula_result_default("");
    sheet.write_formula(5, 1, Formula::new("=1/0").set_result("#DIV/0!"))?;
    sheet.write_formula(6, 1, Formula::new("=TODAY()").set_result(""))?;
    Ok(())
}

/// A workbook with a mistake of every kind.
fn workbook() -> Vec<u8> {
    let build = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        tickets(book.add_worksheet())?;
        let calls: &[&[&str]] = &[
            &["Call ID", "Agent", "Date", "Topic", "Answered", "CSAT"],
            &["K1", "Ann", "01/02/2026", "Bill", "yes", "4"],
            &["K2", "Ann", "03/04/2026", "Bill", "perhaps", "4"],
            &["K3", "Bo", "05/06/2026", "Bill", "no", "NaN"],
        ];
        rows(book.add_worksheet(), "Calls", calls)?;
        let orders: &[&[&str]] = &[
            &["Order ID", "Order Date", "Customer ID", "Sales", "Profit"],
            &["O1", "2026-01-05", "C1", "100", "20"],
            &["O2", "2026-01-06", "C2", "120", "10"],
            &["O2", "2026-01-06", "C2", "120", "10"],
            &["O3", "2026-01-07", "C1", "1e300", "10"],
            &["O4", "2026-01-08", "C2", "90", "10"],
            &["Total", "", "", "310", "40"],
        ];
        rows(book.add_worksheet(), "Orders", orders)?;
        let customers: &[&[&str]] =
            &[&["Customer ID", "Customer Name"], &["C1", "Ann"], &["C2", "=1+1"], &["C9", "Nine"]];
        rows(book.add_worksheet(), "Customers", customers)?;
        let products: &[&[&str]] = &[&["Product", "Price", "Price"], &["Lamp", "12", "14"]];
        rows(book.add_worksheet(), "Products", products)?;
        rows(book.add_worksheet(), "Returns", &[&["Order ID", "Returned", "Reason"]])?;
        let old: &[&[&str]] = &[&["Ticket ID", "Opened"], &["T0", "2025-12-31"]];
        rows(book.add_worksheet().set_hidden(true), "Old tickets", old)?;
        let menu: &[&[&str]] = &[&["Monday", "Tuesday"], &["soup", "rice"], &["fish", "noodles"]];
        rows(book.add_worksheet(), "Menu", menu)?;
        book.save_to_buffer()
    };
    let stored = "t=\"str\"><f>TODAY()</f><v></v>";
    replaced(&build().unwrap(), stored, "><f>TODAY()</f>")
}

fn checked(words: &[&str]) -> (Gemba, crate::support::Ran) {
    let gemba = Gemba::new().with("in/cases.xlsx", workbook());
    let ran = gemba.run_words(&[&["check", "in/cases.xlsx"], words].concat()).exits(3);
    (gemba, ran)
}

fn is_mistake(issue: &Json, (code, sheet, cell): (&str, &str, &str)) -> bool {
    let place = &issue["place"];
    issue["code"] == code && place["sheet"] == sheet && place["cell"] == cell
}

#[test]
fn twenty_seeded_mistakes_are_named_with_their_cells() {
    let (_, ran) = checked(&["--format", "json"]);
    let found: Json = serde_json::from_str(&ran.stdout).unwrap();
    let issues = found["issues"].as_array().unwrap();
    let missed: Vec<_> = MISTAKES
        .iter()
        .filter(|mistake| !issues.iter().any(|issue| is_mistake(issue, **mistake)))
        .collect();
    assert!(missed.is_empty(), "{missed:?} not among {}", ran.stdout);
    let examples = found["groups"].as_array().unwrap().iter().flat_map(|g| {
        assert!(g["rows"].as_u64() >= g["examples"].as_array().map(|e| e.len() as u64), "{g}");
        g["examples"].as_array().unwrap()
    });
    assert!(examples.count() >= MISTAKES.len());
}

#[test]
fn the_terminal_names_every_mistake_the_worst_first() {
    for lang in ["en", "zh-Hant", "zh-Hans"] {
        let (_, ran) = checked(&["--lang", lang]);
        for (code, sheet, cell) in MISTAKES {
            let place = [sheet, cell].into_iter().filter(|p| !p.is_empty());
            let place = format!("cases.xlsx / {}", place.collect::<Vec<_>>().join(" / "));
            let named = |line: &&str| line.contains(&format!("[{code}]")) && line.contains(&place);
            assert!(ran.stdout.lines().any(|l| named(&l)), "{code} {place}\n{}", ran.stdout);
        }
        assert!(!ran.stdout.contains('⟦'), "{}", ran.stdout);
        let at = |code: &str| ran.stdout.find(&format!("[{code}]")).unwrap();
        assert!(at("E203") < at("W302") && at("W302") < at("N109"));
    }
}

#[test]
fn the_workbook_of_rejects_holds_each_row_as_it_stood() {
    let words = ["--format", "xlsx", "-o", "in/rejects.xlsx"];
    let (gemba, ran) = checked(&words);
    ran.says("rejects.xlsx");
    let texts = parts(&gemba.read("in/rejects.xlsx"), "xl/sharedStrings.xml");
    for text in ["someday", "2026-02-30", "fine", "perhaps", "B3", "E204", "Ticket ID", "Priorty"] {
        assert!(texts.contains(&format!(">{text}<")), "{text} is not in the workbook");
    }
    let links = parts(&gemba.read("in/rejects.xlsx"), "xl/worksheets/");
    assert!(links.contains("Target=\"cases.xlsx\""), "no link to the source");
    assert!(links.contains("location=\"'Tickets'!B3\""), "no link to the cell");
    let first = gemba.read("in/rejects.xlsx");
    gemba.run_words(&[&["check", "in/cases.xlsx"], &words[..]].concat()).exits(3);
    assert!(first == gemba.read("in/rejects.xlsx"), "the same check gives other bytes");
}

#[test]
fn what_looks_like_a_formula_is_written_as_text() {
    let csv = "Order ID,Order Date,Customer ID,Sales\nO1,=cmd|'/c calc'!A1,@SUM(A1),-1+2\n";
    let gemba = Gemba::new().with("orders.csv", csv);
    gemba.run("check orders.csv --format xlsx").exits(1);
    let book = gemba.read("rejects.xlsx");
    assert!(!parts(&book, "xl/worksheets/").contains("<f>=cmd"), "a formula was written");
    assert!(parts(&book, "xl/sharedStrings.xml").contains("=cmd|"));
}

/// The workbook with a text replaced in its first sheet.
fn replaced(book: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            assert!(text.contains(from), "{text}");
            text = text.replace(from, to);
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// The texts of a workbook's parts whose names start so.
fn parts(book: &[u8], prefix: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut out = String::new();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        if part.name().unwrap().starts_with(prefix) {
            part.read_to_string(&mut out).unwrap();
        }
    }
    out
}
