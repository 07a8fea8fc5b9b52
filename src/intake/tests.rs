//! Whole files through [`read`](super::read).
#![expect(clippy::disallowed_methods, reason = "tests write their own files")]

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{Cursor, Read as _, Write as _};
use std::path::PathBuf;

use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook, XlsxError};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{Options, Read, read};
use crate::dataset::Table;
use crate::records::{Col, IssueCode, TableKind};
use crate::settings::{DateOrder, DecimalMark, SheetRule, Writing};
use crate::units::Money;

type Outcome = Result<(), Box<dyn Error>>;

/// Reads files given by name and bytes.
pub(super) fn read_files(files: &[(&str, &[u8])]) -> std::io::Result<Read> {
    read_with(files, &Options::default())
}

pub(super) fn read_with(files: &[(&str, &[u8])], options: &Options) -> std::io::Result<Read> {
    let dir = tempfile::tempdir()?;
    let mut paths: Vec<PathBuf> = Vec::new();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        std::fs::File::create(&path)?.write_all(bytes)?;
        paths.push(path);
    }
    let out = read(&paths, options, &());
    for sheet in &out.account.sheets {
        assert!(sheet.balances(), "{sheet:?}");
    }
    assert_eq!(out.account.sheets.len(), out.sources.len());
    assert_eq!(out.mapping.len(), out.sources.len());
    Ok(out)
}

pub(super) fn codes(out: &Read) -> Vec<&'static str> {
    out.issues.iter().map(|issue| issue.code.code()).collect()
}

pub(super) fn workbook(
    fill: impl Fn(&mut Workbook) -> Result<(), XlsxError>,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    fill(&mut book)?;
    book.save_to_buffer()
}

/// A workbook with a text of one part replaced.
pub(super) fn edited(
    bytes: &[u8],
    part: &str,
    from: &str,
    to: &str,
) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut old = ZipArchive::new(Cursor::new(bytes))?;
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut file = old.by_index(index)?;
        let name = file.name()?.into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        let text = if name == part { text.replace(from, to) } else { text };
        new.start_file(name, SimpleFileOptions::default())?;
        new.write_all(text.as_bytes())?;
    }
    Ok(new.finish()?.into_inner())
}

const ORDERS: &str = "Order ID,Order Date,Customer ID,Sales\n";

#[test]
fn the_last_cell_of_a_sheet_costs_nothing() -> Outcome {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["Order ID", "Order Date", "Customer ID", "Sales"])?;
        sheet.write_row(1, 0, ["A1", "2026-10-05", "C1", "12.5"])?;
        sheet.write(1_048_575, 16_383, "stray")?;
        Ok(())
    })?;
    let out = read_files(&[("stray.xlsx", &bytes)])?;
    let sheet = &out.account.sheets[0];
    assert_eq!((sheet.seen, sheet.used, sheet.blank), (1_048_576, 1, 1_048_573));
    assert_eq!(sheet.ignored.get("footer"), Some(&1));
    Ok(())
}

#[test]
fn files_are_told_by_content() -> Outcome {
    let orders = format!("{ORDERS}A1,2026-10-05,C1,12.5\n");
    let out = read_files(&[
        ("a.xlsx", orders.as_bytes()),
        ("b.csv", b""),
        ("c.xls", b"<html><table></table></html>"),
        ("d.xlsx", b"PK\x03\x04 cut short"),
        ("e.csv", b"Order ID\n\x81\n"),
    ])?;
    assert_eq!(codes(&out), ["W104", "E102", "E103", "E105", "N111", "E110"]);
    assert_eq!(out.tables[&TableKind::Orders].len(), 1);
    assert_eq!(out.inputs[0].reader, "csv");
    let missing = read(&[PathBuf::from("no such file.csv")], &Options::default(), &());
    assert_eq!(codes(&missing), ["E101"]);
    Ok(())
}

/// The same orders in many encodings.
#[test]
fn one_table_in_every_encoding_is_one_table() -> Outcome {
    let text = |headings: &str, name: &str| format!("{headings}\nA1,2026-10-05,{name},12.5\n");
    let chinese = text("訂單編號,訂單日期,客戶編號,金額", "王小明");
    let plain = read_files(&[("a.csv", chinese.as_bytes())])?;
    let wide =
        |unit: fn(u16) -> [u8; 2]| chinese.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let cases: [(&str, Vec<u8>); 6] = [
        ("UTF-8", [b"\xEF\xBB\xBF", chinese.as_bytes()].concat()),
        ("UTF-16LE", [&b"\xFF\xFE"[..], &wide(u16::to_le_bytes)].concat()),
        ("UTF-16LE", wide(u16::to_le_bytes)),
        ("UTF-16BE", wide(u16::to_be_bytes)),
        ("Big5", encoding_rs::BIG5.encode(&chinese).0.into_owned()),
        ("gb18030", encoding_rs::GB18030.encode(&chinese).0.into_owned()),
    ];
    for (encoding, bytes) in cases {
        let out = read_files(&[("a.csv", &bytes)])?;
        assert_eq!(out.tables, plain.tables, "{encoding}");
        assert_eq!(out.inputs[0].encoding.as_deref(), Some(encoding));
        let named = out.issues.iter().find(|i| i.code == IssueCode::EncodingNamed);
        assert_eq!(
            named.map(|i| i.args["encoding"].as_str()),
            Some(encoding).filter(|e| *e != "UTF-8")
        );
    }
    Ok(())
}

#[test]
fn lines_that_do_not_fit_the_header_are_refused_by_line() -> Outcome {
    let text = "Order ID,Order Date,Customer ID,Sales,Quantity,Profit\n\
                A1,2026-10-05,\"C,\n1\",1,2,3\nA2,2026-10-05,C,1,2,3,,\nA3,2026-10-05,C,1,2,3,4\n\
                A4,2026-10-05\nA5,2026-10-05,C,1\nA6,2026-10-05,\"C,1,2,3\nA7,2026-10-05,\"C\",1,2,3\n";
    let out = read_files(&[("a.csv", text.as_bytes())])?;
    let issues: Vec<_> =
        out.issues.iter().map(|i| (i.code.code(), i.place.cell.as_str())).collect();
    assert_eq!(issues, [("E113", "G5"), ("E113", "C6"), ("E115", "C8"), ("W114", "A7")]);
    let sheet = &out.account.sheets[0];
    assert_eq!((sheet.seen, sheet.used), (8, 4));
    assert_eq!((sheet.rejected["E113"], sheet.rejected["E115"]), (2, 1));
    Ok(())
}

#[test]
fn titles_totals_repeats_and_blanks_are_accounted_for() -> Outcome {
    let text = "銷售報表,,,\n製表日:,2026-11-01,,\n\n訂單編號,訂單日期,客戶編號,金額(元)\n\
                A1,2026年10月5日,C1,\"NT$1,234\"\n小計,,,1234\nA2,115/10/06,C1,１２\n\
                訂單編號,訂單日期,客戶編號,金額(元)\n,,,\nA3,2026-10-07,,5\n合計,,,1251\n";
    let out = read_files(&[("a.csv", text.as_bytes())])?;
    let sheet = &out.account.sheets[0];
    let rows = (sheet.seen, sheet.title, sheet.header, sheet.blank, sheet.used);
    assert_eq!(rows, (11, 2, 2, 2, 2));
    assert_eq!(sheet.ignored.get("total"), Some(&2));
    assert_eq!(sheet.rejected.get("E207"), Some(&1));
    let orders = &out.tables[&TableKind::Orders];
    assert_eq!(orders.money(Col::Amount, 0), Some(Money::from_raw(12_340_000)));
    assert_eq!(orders.money(Col::Amount, 1), Some(Money::from_raw(120_000)));
    assert_eq!(orders.origins()[1].row, 7);
    let blank = out.issues.iter().find(|i| i.code == IssueCode::BlankRequired);
    assert_eq!(blank.map(|i| i.place.cell.as_str()), Some("C10"));
    Ok(())
}

#[test]
fn sheets_without_rows_or_meaning_say_so() -> Outcome {
    let out = read_files(&[("a.csv", ORDERS.as_bytes()), ("b.csv", b"apples,pears\n1,2\n")])?;
    assert_eq!(codes(&out), ["W107", "W108"]);
    assert!(out.tables.is_empty());
    assert_eq!(out.account.ignored(), 2);
    Ok(())
}

#[test]
fn damaged_numbers_never_become_values() -> Outcome {
    let text =
        format!("{ORDERS}A1,2026-10-05,C1,NaN\nA2,2026-10-05,C1,1e308\nA3,2026-10-05,C1,x\n");
    let out = read_files(&[("a.csv", text.as_bytes())])?;
    assert_eq!(codes(&out), ["E202", "E202", "E201"]);
    assert_eq!(out.account.rejected(), 3);
    Ok(())
}

#[test]
fn bad_optional_cells_are_missing_and_their_row_is_used() -> Outcome {
    let text = "Order ID,Order Date,Customer ID,Sales,Quantity\nA1,2026-10-05,C1,5,many\n";
    let out = read_files(&[("a.csv", text.as_bytes())])?;
    assert_eq!(codes(&out), ["E201"]);
    assert_eq!(out.account.used(), 1);
    assert_eq!(out.tables[&TableKind::Orders].number(Col::Qty, 0), None);
    Ok(())
}

#[test]
fn formulas_errors_dates_and_hidden_sheets_of_a_workbook() -> Outcome {
    let bytes = workbook(|book| {
        let date = Format::new().set_num_format("yyyy-mm-dd");
        let sheet = book.add_worksheet();
        sheet.write_row(2, 1, ["Order ID", "Order Date", "Customer ID", "Sales"])?;
        for (row, order) in (3..).zip(["A1", "A2", "A3"]) {
            sheet.write(row, 1, order)?;
            sheet.write_with_format(row, 2, 46_300, &date)?;
            sheet.write(row, 3, 17_850)?;
        }
        sheet.write(3, 4, Formula::new("=1+1").set_result("2"))?;
        sheet.write(4, 4, Formula::new("=7*7").set_result("49"))?;
        sheet.write(5, 4, Formula::new("=1/0").set_result("#DIV/0!"))?;
        book.add_worksheet().set_hidden(true).write(0, 0, "secret")?;
        Ok(())
    })?;
    let bytes = edited(&bytes, "xl/worksheets/sheet1.xml", "<v>49</v>", "")?;
    let out = read_files(&[("a.xlsx", &bytes)])?;
    let orders = &out.tables[&TableKind::Orders];
    assert_eq!(orders.text(Col::CustomerId, 0), Some("17850"));
    assert_eq!(orders.day(Col::Date, 0).map(|d| d.to_string()).as_deref(), Some("2026-10-05"));
    let cells: Vec<_> = out.issues.iter().map(|i| (i.code.code(), i.place.cell.as_str())).collect();
    assert_eq!(cells, [("E206", "E5"), ("E205", "E6"), ("N109", "")]);
    assert_eq!(out.account.sheets[1].ignored.get("hidden"), Some(&1));
    Ok(())
}

#[test]
fn the_order_of_day_and_month_is_decided_by_the_whole_column() -> Outcome {
    let days = |text: &str| -> std::io::Result<(Vec<String>, Vec<&'static str>)> {
        let out = read_files(&[("a.csv", format!("{ORDERS}{text}").as_bytes())])?;
        let orders = &out.tables[&TableKind::Orders];
        let days = (0..orders.len()).filter_map(|row| orders.day(Col::Date, row));
        Ok((days.map(|d| d.to_string()).collect(), codes(&out)))
    };
    let day_first = days("A,03/04/2026,C,1\nB,31/04/2026,C,1\nC,30/04/2026,C,1\n")?;
    assert_eq!(day_first, (vec!["2026-04-03".into(), "2026-04-30".into()], vec!["E204", "N220"]));
    assert_eq!(days("A,03/04/2026,C,1\n")?, (vec!["2026-03-04".into()], vec!["W221"]));
    Ok(())
}

#[test]
fn a_decimal_comma_is_found_by_the_whole_sheet() -> Outcome {
    let text = "Order ID\tOrder Date\tCustomer ID\tSales\nA\t2026-10-05\tC\t20,992\n\
                B\t2026-10-05\tC\t45,06\n";
    let out = read_files(&[("a.tsv", text.as_bytes())])?;
    let orders = &out.tables[&TableKind::Orders];
    assert_eq!(orders.money(Col::Amount, 0), Some(Money::from_raw(209_920)));
    Ok(())
}

#[test]
fn the_decimal_mark_is_decided_column_by_column() -> Outcome {
    let text = "Order ID;Order Date;Customer ID;Sales;Profit;Quantity;Discount\n\
                A;2026-10-05;C;20,992;1,234;1.234;1.234\nB;2026-10-05;C;45,06;12.5;2;2\n";
    let out = read_files(&[("a.csv", text.as_bytes())])?;
    let orders = &out.tables[&TableKind::Orders];
    assert_eq!(orders.money(Col::Amount, 0), Some(Money::from_raw(209_920)));
    assert_eq!(orders.money(Col::Profit, 0), Some(Money::from_raw(12_340_000)));
    let said: Vec<_> = out
        .issues
        .iter()
        .map(|i| (i.code.code(), i.place.cell.as_str(), i.args.get("mark").map_or("", |m| m)))
        .collect();
    assert_eq!(said, [("N222", "D1", "comma"), ("N222", "E1", "point")]);
    Ok(())
}

#[test]
fn what_is_declared_of_a_file_binds() -> Outcome {
    let text = format!("{ORDERS}A,03/04/2026,C,\"1.234\"\nB,04/31/2026,C,\"1,5\"\n");
    let mut options = Options::default();
    let writing = Writing {
        decimal: Some(DecimalMark::Comma),
        date_order: Some(DateOrder::Dmy),
        encoding: None,
    };
    options.read.files.insert("a*".into(), writing);
    let out = read_with(&[("a.csv", text.as_bytes())], &options)?;
    let orders = &out.tables[&TableKind::Orders];
    assert_eq!(orders.day(Col::Date, 0).map(|d| d.to_string()).as_deref(), Some("2026-04-03"));
    assert_eq!(orders.money(Col::Amount, 0), Some(Money::from_raw(12_340_000)));
    assert_eq!(codes(&out), ["E204"]);
    let other = read_with(&[("b.csv", text.as_bytes())], &options)?;
    assert_eq!(other.account.used(), 1);
    assert_eq!(codes(&other), ["E204", "W221", "N222"]);
    Ok(())
}

#[test]
fn doubtful_identifiers_and_zones_are_flagged_and_used() -> Outcome {
    let text = "Ticket ID,Opened,Resolved,Priority\n\
                0012,2026-10-05T08:00:00Z,2026-10-05T09:00:00+08:00,P1\n\
                6.21E+17,2026-10-05T08:00:00Z,2026-10-05T09:00:00Z,P1\n";
    let out = read_files(&[("a.csv", text.as_bytes())])?;
    let issues: Vec<_> =
        out.issues.iter().map(|i| (i.code.code(), i.place.cell.as_str())).collect();
    assert_eq!(issues, [("W225", "A3"), ("W224", "C1")]);
    let tickets = &out.tables[&TableKind::Tickets];
    assert_eq!(tickets.text(Col::TicketId, 0), Some("0012"));
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["Order ID", "Order Date", "Customer ID", "Sales"])?;
        sheet.write(1, 0, 621_234_567_890_123_456_f64)?;
        sheet.write_row(1, 1, ["2026-10-05", "C1", "5"])?;
        Ok(())
    })?;
    let out = read_files(&[("a.xlsx", &bytes)])?;
    assert_eq!((codes(&out), out.account.used()), (vec!["W225"], 1));
    Ok(())
}

#[test]
fn an_amount_follows_from_quantity_and_price() -> Outcome {
    let text = "InvoiceNo,InvoiceDate,CustomerID,Quantity,UnitPrice\n1,2026-10-05,C,6,2.55\n";
    let out = read_files(&[("a.csv", text.as_bytes())])?;
    let amount = out.tables[&TableKind::Orders].money(Col::Amount, 0);
    assert_eq!(amount, Some(Money::from_raw(153_000)));
    Ok(())
}

#[test]
fn files_append_in_the_order_of_their_names() -> Outcome {
    let a = format!("{ORDERS}A,2026-10-05,C,1\nA,2026-10-05,C,1\n");
    let b = format!("{ORDERS}B,2026-10-06,C,2\n");
    let one = read_files(&[("a.csv", a.as_bytes()), ("b.csv", b.as_bytes())])?;
    let two = read_files(&[("b.csv", b.as_bytes()), ("a.csv", a.as_bytes())])?;
    assert_eq!(one.tables, two.tables);
    assert_eq!(one.issues, two.issues);
    assert_eq!(codes(&one), ["W230"]);
    assert_eq!(one.tables[&TableKind::Orders].origins()[2].source, 1);
    Ok(())
}

#[test]
fn a_sheet_may_be_declared_a_table() -> Outcome {
    let rule = SheetRule {
        file: "a*".into(),
        sheet: "*".into(),
        range: None,
        table: Some(TableKind::Surveys),
        header_row: None,
        columns: BTreeMap::new(),
    };
    let options = Options { map: vec![rule], ..Options::default() };
    let text = b"Date,Score,Customer\n2026-10-05,9,C\n";
    let out = read_with(&[("a.csv", text)], &options)?;
    assert!(out.tables.contains_key(&TableKind::Surveys));
    let wrong = read_with(&[("a.csv", b"Order ID,Sales\nA,1\n")], &options)?;
    assert_eq!(codes(&wrong), ["E122", "E122"]);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_row_is_accounted_for(rows in prop::collection::vec(
        prop::collection::vec(prop::sample::select(vec![
            "", "Order ID", "Order Date", "Customer ID", "Sales", "合計", "2026-10-05", "1/2/2026",
            "12.5", "x", "#N/A", " ", "\"a\nb\"", "1,5",
        ]), 0..6), 0..40))
    {
        let lines: Vec<String> = rows.iter().map(|row| row.join(";")).collect();
        let out = read_files(&[("a.csv", lines.join("\n").as_bytes())]).map_err(|e| {
            TestCaseError::fail(e.to_string())
        })?;
        let used: usize = out.tables.values().map(Table::len).sum();
        prop_assert_eq!(out.account.used(), used as u64);
        let issues: u64 = out.issues.iter().map(|i| i.rows).sum();
        prop_assert!(out.account.rejected() <= issues);
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        read_files(&[("a.csv", &bytes), ("b.xlsx", &bytes)]).map_err(|e| {
            TestCaseError::fail(e.to_string())
        })?;
    }
}
