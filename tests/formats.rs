//! The same table in every format gives the same report, byte for byte.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test writes its own files"
)]

#[cfg(feature = "parquet")]
#[path = "support/parquet.rs"]
mod parquet_file;
#[path = "support/gemba.rs"]
mod support;
#[path = "support/xlsb.rs"]
mod xlsb;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use gemba::units::Day;
use rust_xlsxwriter::{Format, Workbook};
use support::Gemba;
use xlsb::Cell;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

const HEADER: [&str; 9] = [
    "Order ID",
    "Date",
    "Customer ID",
    "Customer name",
    "Product name",
    "Sales rep",
    "Quantity",
    "Amount",
    "Profit",
];
const CUSTOMERS: [&str; 6] =
    ["Ång \"Ström\" AB", "客服部", "Fields, North", "O'Neil & Sons", "  Naïve Café ", "Plain"];

/// Orders with ids that start with zeros, quotes, commas, blanks, losses and cents.
fn table() -> Vec<Vec<Cell>> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let mut rows = vec![HEADER.map(text).to_vec()];
    for n in 0_u32..600 {
        let customer = (n * 7 % 30) as usize;
        let amount = f64::from(n * 7_919 % 90_000) / 100.0;
        let profit = amount * 0.25 - f64::from(n % 11) * 12.5;
        rows.push(vec![
            text(&format!("{n:05}")),
            Cell::Date(45_300 + n % 300),
            text(&format!("C{customer:03}")),
            text(&format!("{} {customer}", CUSTOMERS[customer % CUSTOMERS.len()])),
            text(["Pump", "Valve", "Kit 3/4\""][(n % 3) as usize]),
            if n % 13 == 0 { Cell::Blank } else { text(["Ana", "Bo", "李"][(n % 3) as usize]) },
            Cell::Number(f64::from(1 + n % 9)),
            Cell::Number(amount),
            Cell::Number((profit * 100.0).round() / 100.0),
        ]);
    }
    rows
}

fn xlsx(rows: &[Vec<Cell>]) -> Outcome<Vec<u8>> {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet().set_name("Orders")?;
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Blank => continue,
                Cell::Text(text) => sheet.write(row, column, text)?,
                Cell::Number(x) => sheet.write(row, column, *x)?,
                Cell::Date(serial) => sheet.write_with_format(row, column, *serial, &date)?,
            };
        }
    }
    Ok(book.save_to_buffer()?)
}

fn csv(rows: &[Vec<Cell>]) -> Outcome<Vec<u8>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    for cells in rows {
        let fields = cells.iter().map(|cell| match cell {
            Cell::Blank => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(x) => x.to_string(),
            Cell::Date(serial) => day(*serial).to_string(),
        });
        out.write_record(fields)?;
    }
    Ok(out.into_inner()?)
}

/// The day of a serial number; 25,569 is 1970-01-01.
fn day(serial: u32) -> Day {
    Day::from_number(i32::try_from(serial).unwrap_or(0) - 25_569)
}

/// The workbook as `LibreOffice` saves it in another format; `None` where it is not installed.
fn converted(workbook: &Path, extension: &str) -> Outcome<Option<Vec<u8>>> {
    let folder = tempfile::tempdir()?;
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let mut office = Command::new("soffice");
    office.args(["--headless", &profile, "--convert-to", extension, "--outdir"]);
    if office.arg(folder.path()).arg(workbook).output().is_err() {
        return Ok(None);
    }
    let name = PathBuf::from(workbook.file_name().unwrap_or_default()).with_extension(extension);
    Ok(Some(std::fs::read(folder.path().join(name))?))
}

/// What the report says, without the names of its inputs.
fn said(bytes: &[u8], extension: &str) -> (u64, String) {
    let name = format!("orders.{extension}");
    let gemba = Gemba::new().with(&name, bytes);
    gemba.run(&format!("report {name} -o out --report sales --format json")).exits(0);
    let (file, _) = gemba.files("out").pop_first().unwrap();
    let report = gemba.json(&format!("out/{file}"));
    let used = report["account"]["sheets"][0]["used"].as_u64().unwrap();
    (used, serde_json::to_string_pretty(&report["sections"]).unwrap())
}

#[test]
fn xlsx_xlsb_and_csv_give_the_same_report() -> Outcome {
    let rows = table();
    let (used, expected) = said(&xlsx(&rows)?, "xlsx");
    assert_eq!(used, 600);
    assert!(expected.contains("whale.total"), "{expected}");
    assert_eq!(said(&csv(&rows)?, "csv"), (used, expected.clone()), "csv");
    assert_eq!(said(&xlsb::workbook(&rows)?, "xlsb"), (used, expected), "xlsb");
    Ok(())
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_gives_the_same_report() -> Outcome {
    let rows = table();
    assert_eq!(said(&parquet_file::file(&rows)?, "parquet"), said(&xlsx(&rows)?, "xlsx"));
    Ok(())
}

#[test]
#[ignore = "needs LibreOffice"]
fn xls_and_ods_give_the_same_report() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("orders.xlsx");
    let bytes = xlsx(&table())?;
    std::fs::write(&path, &bytes)?;
    let expected = said(&bytes, "xlsx");
    for extension in ["xls", "ods"] {
        let Some(other) = converted(&path, extension)? else {
            eprintln!("skipped: LibreOffice is not installed");
            return Ok(());
        };
        assert_eq!(said(&other, extension), expected, "{extension}");
    }
    Ok(())
}
