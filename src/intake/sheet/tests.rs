//! Layouts through [`read`](super::super::read).

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use rust_xlsxwriter::{Table, TableColumn, Worksheet, XlsxError};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::tests::{codes, edited, read_files, read_with, workbook};
use crate::intake::{Options, Read};
use crate::records::{Col, TableKind};
use crate::settings::{Hidden, Reader, SheetRule};
use crate::units::Money;

type Outcome = Result<(), Box<dyn Error>>;

fn read_text(text: &str) -> std::io::Result<Read> {
    read_files(&[("a.csv", text.as_bytes())])
}

fn areas(out: &Read) -> Vec<(&str, Option<TableKind>, u64)> {
    let sheets = out.account.sheets.iter();
    sheets.map(|sheet| (sheet.area.as_str(), sheet.kind, sheet.used)).collect()
}

#[test]
fn tables_below_each_other_are_read_each_with_its_titles() -> Outcome {
    let out = read_text(
        "Orders of October,,,\nOrder ID,Order Date,Customer ID,Sales\nA1,2026-10-05,C1,5\n\
         A2,2026-10-06,C2,7\n\nReturned goods,,,\nReturned,Order ID,,\nYes,A1,,\n",
    )?;
    let orders = ("A2:D4", Some(TableKind::Orders), 2);
    let returns = ("A7:B8", Some(TableKind::Returns), 1);
    assert_eq!(areas(&out), [orders, returns]);
    assert_eq!(out.account.sheets[1].title, 1);
    assert_eq!(out.tables[&TableKind::Returns].origins()[0].source, 1);
    assert_eq!(out.tables[&TableKind::Returns].origins()[0].row, 8);
    assert!(codes(&out).is_empty(), "{:?}", out.issues);
    Ok(())
}

#[test]
fn tables_beside_each_other_are_read_each_over_its_columns() -> Outcome {
    let out = read_text(
        "account,sector,office_location,,sales_agent,manager,region\nAcme,retail,Taipei,,Ann,Bob,N\n\
         Brig,retail,Tainan,,Cid,Bob,S\n,,,,Dan,Bob,S\n",
    )?;
    let customers = ("A1:C3", Some(TableKind::Customers), 2);
    let people = ("E1:G4", Some(TableKind::People), 3);
    assert_eq!(areas(&out), [customers, people]);
    Ok(())
}

#[test]
fn groups_above_and_units_below_the_headings_are_part_of_the_header() -> Outcome {
    let out = read_text(
        "訂單,,客戶,金額\n編號,日期,編號,\n,,,(元)\nA1,2026-10-05,C1,5\nA2,2026-10-05,C1,7\n",
    )?;
    let sheet = &out.account.sheets[0];
    assert_eq!((sheet.header, sheet.title, sheet.used), (3, 0, 2));
    assert_eq!(out.mapping[0].header_row, Some(2));
    assert_eq!(out.tables[&TableKind::Orders].text(Col::CustomerId, 0), Some("C1"));
    Ok(())
}

#[test]
fn totals_need_no_word_and_no_first_column() -> Outcome {
    let head = "Order ID,Order Date,Customer ID,Sales,Region\nA1,2026-10-05,C1,5,N\n";
    let out = read_text(&format!("{head}A2,2026-10-06,C2,7,S\n,,,小計,12\n,,,12,\n"))?;
    assert_eq!(out.account.sheets[0].ignored.get("total"), Some(&2));
    let out = read_text(&format!("{head}A2,2026-10-06,C2,7,S\n,,,13,\n"))?;
    assert_eq!(out.account.sheets[0].rejected.get("E207"), Some(&1), "no sum, no total");
    let out = read_text(&format!("{head},,,5,\nA2,2026-10-06,C2,7,S\n"))?;
    assert_eq!(out.account.sheets[0].rejected.get("E207"), Some(&1), "not the last row");
    assert_eq!(out.tables[&TableKind::Orders].money(Col::Amount, 1), Money::from_units(7.0));
    Ok(())
}

#[test]
fn notes_below_or_beside_the_table_are_left_out() -> Outcome {
    let head = "Order ID,Order Date,Customer ID,Sales,,\nA1,2026-10-05,C1,5,,\n";
    let out = read_text(&format!("{head},,,,,checked\nPrinted by the sales desk,,,,,\n"))?;
    assert_eq!(out.account.sheets[0].ignored.get("footer"), Some(&2));
    let out = read_text(&format!("{head}A2,,,,,\n"))?;
    assert_eq!(out.account.sheets[0].rejected.get("E207"), Some(&1), "a record cut short");
    Ok(())
}

#[test]
fn pivot_tables_are_refused_by_name() -> Outcome {
    let out = read_text("Row Labels,Sum of Sales\nNorth,5\nGrand Total,5\n")?;
    assert_eq!(codes(&out), ["W130"]);
    assert_eq!(out.account.sheets[0].ignored.get("pivot"), Some(&3));
    Ok(())
}

#[test]
fn a_sheet_that_repeats_another_counts_once_and_differences_are_named() -> Outcome {
    let jan = "Order ID,Order Date,Customer ID,Sales,Region\nA1,2026-01-05,C1,5,N\n\
               A2,2026-01-06,C2,7,S\n";
    let copy = "ORDER ID,ORDER DATE,CUSTOMER ID,SALES,REGION\nA2,2026-01-06,C2,7,S\n\
                A1,2026-01-05,C1,5,N\n";
    let feb = "Order No,Order Date,Customer ID,Sales,Region,Remark\nA2,2026-01-06,C2,7,S,\n\
               B1,2026-02-05,C1,5,N,x\n";
    let files =
        [("jan.csv", jan.as_bytes()), ("jan2.csv", copy.as_bytes()), ("x.csv", feb.as_bytes())];
    let out = read_files(&files)?;
    assert_eq!(codes(&out), ["W132", "W133", "W131"]);
    assert_eq!(out.issues[0].place.file, "jan2.csv");
    assert_eq!(out.issues[0].args["other"], "jan.csv");
    assert_eq!(out.account.sheets[1].ignored.get("duplicate"), Some(&2));
    let orders = &out.tables[&TableKind::Orders];
    assert_eq!((orders.len(), out.account.used()), (4, 4));
    assert_eq!(orders.origins()[2].source, 2);
    assert_eq!(orders.text(Col::OrderId, 3), Some("B1"));
    let differences = &out.issues[2].args["differences"];
    assert_eq!(differences, "Order ID = Order No (x.csv); Remark = – (jan.csv)");
    Ok(())
}

#[test]
fn hidden_columns_that_are_read_are_named() -> Outcome {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["Order ID", "Order Date", "Customer ID", "Sales", "Zodiac"])?;
        sheet.write_row(1, 0, ["A1", "2026-10-05", "C1", "5", "Aries"])?;
        for column in [2, 3, 4, 9] {
            sheet.set_column_hidden(column)?;
        }
        Ok(())
    })?;
    for reader in [Reader::Auto, Reader::General] {
        let mut options = Options::default();
        options.read.reader = Some(reader);
        let out = read_with(&[("a.xlsx", &bytes)], &options)?;
        assert_eq!((codes(&out), out.account.used()), (vec!["N142"], 1), "{reader:?}");
        let note = &out.issues[0];
        assert_eq!(note.place.cell, "C1");
        assert_eq!(note.args["columns"], "Customer ID, Sales");
    }
    Ok(())
}

#[test]
fn hidden_rows_are_named_and_left_out_where_asked() -> Outcome {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["Order ID", "Order Date", "Customer ID", "Sales"])?;
        for row in 1..6 {
            sheet.write_row(row, 0, [&format!("A{row}"), "2026-10-05", "C1", "5"])?;
        }
        sheet.set_row_hidden(2)?.set_row_hidden(3)?;
        Ok(())
    })?;
    let out = read_files(&[("a.xlsx", &bytes)])?;
    assert_eq!((codes(&out), out.account.used()), (vec!["N134"], 5));
    assert_eq!((out.issues[0].place.cell.as_str(), out.issues[0].rows), ("A3", 2));
    let mut options = Options::default();
    options.read.hidden_rows = Some(Hidden::Skip);
    let out = read_with(&[("a.xlsx", &bytes)], &options)?;
    assert_eq!((codes(&out), out.account.used()), (vec!["N135"], 3));
    assert_eq!(out.account.sheets[0].ignored.get("hidden_rows"), Some(&2));
    Ok(())
}

/// The rows of one table, as the cells of each.
fn table() -> impl Strategy<Value = Vec<Vec<&'static str>>> {
    let orders = vec!["Order ID", "Order Date", "Customer ID", "Sales"];
    let people = vec!["Person", "Region"];
    let head = prop::sample::select(vec![orders, people, vec!["apples", "pears"], vec![]]);
    let cell = prop::sample::select(vec![
        "",
        "A1",
        "2026-10-05",
        "5",
        "12",
        "合計",
        "Note: x",
        "Person",
        "Order ID",
    ]);
    let rows = prop::collection::vec(prop::collection::vec(cell, 0..5), 0..6);
    (head, rows).prop_map(|(head, mut rows)| {
        rows.insert(0, head);
        rows
    })
}

/// Tables beside each other, as lines of text.
fn beside(tables: &[Vec<Vec<&str>>]) -> Vec<String> {
    let height = tables.iter().map(Vec::len).max().unwrap_or(0);
    let cell = |table: &Vec<Vec<&str>>, row: usize, at: usize| -> String {
        table.get(row).and_then(|cells| cells.get(at)).copied().unwrap_or_default().to_owned()
    };
    let line = |row| {
        let parts = tables.iter().map(|table| {
            let cells: Vec<String> = (0..6).map(|at| cell(table, row, at)).collect();
            cells.join(",")
        });
        parts.collect::<Vec<_>>().join(",")
    };
    (0..height).map(line).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn every_layout_is_accounted_for(bands in prop::collection::vec(
        (prop::collection::vec(table(), 1..4), 0..2_usize), 1..4,
    )) {
        let mut lines: Vec<String> = Vec::new();
        for (tables, gap) in &bands {
            lines.extend(beside(tables));
            lines.extend(std::iter::repeat_n(String::new(), *gap));
        }
        // `read_files` asserts that every account balances.
        let out = read_text(&lines.join("\n")).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let used: usize = out.tables.values().map(crate::dataset::Table::len).sum();
        prop_assert_eq!(out.account.used(), used as u64);
        let filled = lines.iter().filter(|line| !line.bytes().all(|b| b == b',')).count() as u64;
        let seen = out.account.seen() - out.account.sheets.iter().map(|s| s.blank).sum::<u64>();
        prop_assert!(seen >= filled, "every row is counted at least once");
        if out.account.sheets.iter().all(|sheet| !sheet.area.is_empty())
            && bands.iter().all(|(tables, _)| tables.len() == 1)
        {
            prop_assert_eq!(seen, filled, "tables below each other share no row");
        }
    }
}

const HEADINGS: [&str; 4] = ["Order ID", "Order Date", "Customer ID", "Sales"];

/// Orders with their headings in row `top`, from column B; rows count from 0.
fn write_orders(sheet: &mut Worksheet, top: u32, rows: &[[&str; 4]]) -> Result<(), XlsxError> {
    sheet.write_row(top, 1, HEADINGS)?;
    for (row, cells) in (top + 1..).zip(rows) {
        sheet.write_row(row, 1, *cells)?;
    }
    Ok(())
}

/// An Excel table from column B to E.
fn add_table(sheet: &mut Worksheet, name: &str, rows: (u32, u32)) -> Result<(), XlsxError> {
    let columns = HEADINGS.map(|heading| TableColumn::new().set_header(heading));
    sheet.add_table(rows.0, 1, rows.1, 4, &Table::new().set_name(name).set_columns(&columns))?;
    Ok(())
}

const A: [&str; 4] = ["A1", "2026-10-05", "C1", "5"];
const B: [&str; 4] = ["A2", "2026-10-06", "C2", "7"];

#[test]
fn an_excel_table_says_where_the_records_stand() -> Outcome {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["Order ID", "Sales", "Customer ID", "Order Date", "as of"])?;
        write_orders(sheet, 3, &[A, B])?;
        sheet.write_row(4, 7, ["remark", "1"])?;
        add_table(sheet, "Orders", (3, 5))?;
        sheet.write_row(8, 1, ["checked by", "Ann", "C9", "99"])?;
        sheet.write(12, 1, "printed on Monday")?;
        Ok(())
    })?;
    let out = read_files(&[("a.xlsx", &bytes)])?;
    assert_eq!(areas(&out), [("B4:E6", Some(TableKind::Orders), 2)]);
    let sheet = &out.account.sheets[0];
    assert_eq!((sheet.rejected.len(), sheet.ignored.get("outside")), (0, Some(&3)));
    assert_eq!(codes(&out), ["N139"]);
    assert_eq!(out.tables[&TableKind::Orders].origins()[0].row, 5);
    Ok(())
}

#[test]
fn rows_appended_below_an_excel_table_are_its_rows() -> Outcome {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        write_orders(sheet, 1, &[A, B, ["A3", "2026-10-07", "C3", "9"]])?;
        add_table(sheet, "Orders", (1, 3))?;
        sheet.write(5, 1, "source: the till")?;
        Ok(())
    })?;
    let out = read_files(&[("a.xlsx", &bytes)])?;
    assert_eq!(areas(&out), [("B2:E5", Some(TableKind::Orders), 3)]);
    assert_eq!(out.account.sheets[0].ignored.get("outside"), Some(&1));
    Ok(())
}

#[test]
fn the_settings_name_a_table_or_a_defined_name() -> Outcome {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        write_orders(sheet, 0, &[A])?;
        add_table(sheet, "Old", (0, 1))?;
        write_orders(sheet, 5, &[A, B, A])?;
        book.define_name("Recent", "=Sheet1!$B$6:$E$8")?;
        Ok(())
    })?;
    let rule = |range: &str| SheetRule {
        file: "*".into(),
        sheet: "*".into(),
        range: Some(range.into()),
        table: Some(TableKind::Orders),
        header_row: None,
        columns: BTreeMap::new(),
    };
    let read = |map: Vec<SheetRule>| {
        read_with(&[("a.xlsx", &bytes)], &Options { map, ..Options::default() })
    };
    let out = read(vec![rule("recent")])?;
    assert_eq!(areas(&out), [("B6:E8", Some(TableKind::Orders), 2)]);
    assert_eq!(codes(&out), ["N139"]);
    let both = read(vec![rule("Old"), rule("Recent")])?;
    let orders = Some(TableKind::Orders);
    assert_eq!(areas(&both), [("B1:E2", orders, 1), ("B6:E8", orders, 2)]);
    assert_eq!(both.account.sheets[0].ignored.get("outside"), Some(&1));
    let unknown = read(vec![rule("Cases")])?;
    let issue = &unknown.issues[0];
    assert_eq!((issue.code.code(), issue.args["range"].as_str()), ("W138", "Cases"));
    assert_eq!(areas(&unknown), [("B1:E2", orders, 1)]);
    Ok(())
}

/// An `ods` of one sheet, from the cells of each row.
fn ods(rows: &[&str]) -> zip::result::ZipResult<Vec<u8>> {
    let rows = rows.join("</table:table-row><table:table-row>");
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>\
         <office:spreadsheet><table:table table:name=\"Orders\"><table:table-row>{rows}</table:table-row></table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let parts = [
        ("mimetype", kind),
        ("META-INF/manifest.xml", "<manifest:manifest></manifest:manifest>"),
        ("content.xml", &content),
    ];
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(text.as_bytes())?;
    }
    zip.finish().map(Cursor::into_inner)
}

#[test]
fn a_formula_of_an_ods_without_a_value_is_no_blank_cell() -> Outcome {
    let text = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let texts = |cells: &[&str]| cells.iter().map(|cell| text(cell)).collect::<String>();
    let bare = "<table:table-cell table:formula=\"of:=1+1\"/>";
    let nothing = "<table:table-cell table:formula=\"of:=&quot;&quot;\" \
                   office:value-type=\"string\" office:string-value=\"\"/>";
    let rows = [
        texts(&HEADINGS),
        texts(&A),
        texts(&B[..3]) + bare,
        texts(&["A3", "2026-10-07"]) + nothing + &text("9"),
    ];
    let out = read_files(&[("a.ods", &ods(&rows.each_ref().map(String::as_str))?)])?;
    assert!(codes(&out).contains(&"E206"), "{:?}", out.issues);
    let issue = out.issues.iter().find(|issue| issue.code.code() == "E206");
    assert_eq!(issue.map(|issue| issue.place.cell.as_str()), Some("D3"));
    assert_eq!(codes(&out).iter().filter(|code| **code == "E206").count(), 1);
    Ok(())
}

#[test]
fn a_cell_no_sheet_can_have_is_refused_by_its_reference() -> Outcome {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["Order ID", "Order Date", "Customer ID", "Sales"])?;
        sheet.write_row(1, 0, ["A1", "2026-10-05", "C1", "12.5"])?;
        Ok(())
    })?;
    let bytes = edited(&bytes, "xl/worksheets/sheet1.xml", "r=\"C2\"", "r=\"C99999999999\"")?;
    let out = read_files(&[("far.xlsx", &bytes)])?;
    assert_eq!(codes(&out), ["E105"]);
    assert_eq!(out.issues[0].args["reason"], "no sheet has a cell \"C99999999999\"");
    assert!(out.tables.is_empty());
    Ok(())
}
