//! Small broken files, one fault a file, named by the fault.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Formula, Workbook, Worksheet};

use super::{SampleError, SampleFile};

const HEADERS: [&str; 4] = ["Order ID", "Order Date", "Customer ID", "Amount"];
const GOOD: [[&str; 4]; 3] = [
    ["O1", "2026-10-01", "C1", "1200"],
    ["O2", "2026-10-02", "C2", "850.5"],
    ["O3", "2026-10-03", "C1", "430"],
];

/// The broken files; every one but the unreadable ones also holds three good orders.
///
/// # Errors
/// [`SampleError`] where a workbook cannot be written.
pub fn broken() -> Result<Vec<SampleFile>, SampleError> {
    let mut files = unreadable()?;
    files.extend(bad_cells());
    files.extend(bad_tables());
    files.extend(bad_workbooks()?);
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// Bytes that are not what their name says.
fn unreadable() -> Result<Vec<SampleFile>, SampleError> {
    let whole = workbook(|sheet| orders(sheet, &GOOD))?;
    let half = whole.get(..whole.len() / 2).unwrap_or_default().to_vec();
    let row = |row: &[&str; 4]| ["<tr><td>", &row.join("</td><td>"), "</td></tr>"].concat();
    let table: String = GOOD.iter().map(row).collect();
    let page = format!(
        "<html><body><table><tr><th>{}</th></tr>{table}</table></body></html>",
        HEADERS.join("</th><th>")
    );
    let noise: Vec<u8> = (0..512_u32).map(|i| (i * 89 % 251) as u8).collect();
    Ok(vec![
        file("empty-file.xlsx", Vec::new()),
        file("truncated.xlsx", half),
        file("csv-named.xlsx", csv(&[]).into_bytes()),
        file("html-named.xls", page.into_bytes()),
        file("noise-named.xlsx", noise),
        file("not-utf8.csv", big5()),
    ])
}

/// One cell that cannot be read, in a fourth row.
fn bad_cells() -> Vec<SampleFile> {
    let one = |name: &str, row: [&str; 4]| file(name, csv(&[row]).into_bytes());
    let infinite = [
        ["O4", "2026-10-04", "C2", "NaN"],
        ["O5", "2026-10-04", "C2", "inf"],
        ["O6", "2026-10-04", "C2", "1e400"],
    ];
    vec![
        file("not-finite-numbers.csv", csv(&infinite).into_bytes()),
        one("impossible-date.csv", ["O4", "2026-02-30", "C2", "510"]),
        one("text-for-date.csv", ["O4", "next week", "C2", "510"]),
        one("text-for-number.csv", ["O4", "2026-10-04", "C2", "plenty"]),
        one("blank-customer.csv", ["O4", "2026-10-04", "", "510"]),
        one("duplicate-row.csv", GOOD[2]),
        file(
            "negative-count.csv",
            text_file(&[
                "Date,Step,Units,Opportunities,Defects",
                "2026-10-01,Picking,40,160,1",
                "2026-10-02,Picking,41,164,2",
                "2026-10-03,Picking,40,160,-3",
            ]),
        ),
        file(
            "neither-yes-nor-no.csv",
            text_file(&[
                "Campaign ID,Customer ID,Control,Response",
                "M1,C1,No,Yes",
                "M1,C2,Yes,No",
                "M1,C3,No,perhaps",
            ]),
        ),
    ]
}

/// Tables whose shape is wrong.
fn bad_tables() -> Vec<SampleFile> {
    vec![
        file("header-only.csv", text_file(&[&HEADERS.join(",")])),
        file("unknown-table.csv", text_file(&["Colour,Taste", "red,sweet", "green,sour"])),
        file("no-amount.csv", text_file(&["Order ID,Order Date,Customer ID", "O1,2026-10-01,C1"])),
        file(
            "day-or-month-first.csv",
            text_file(&[&HEADERS.join(","), "O1,01/02/2026,C1,1200", "O2,03/04/2026,C2,850.5"]),
        ),
        file(
            "short-row.csv",
            text_file(&[&HEADERS.join(","), "O1,2026-10-01,C1,1200", "O2,2026-10-02"]),
        ),
        file(
            "unclosed-quote.csv",
            text_file(&[&HEADERS.join(","), "O1,2026-10-01,C1,1200", "O2,2026-10-02,\"C2,850"]),
        ),
        file(
            "two-amounts.csv",
            text_file(&[
                "Order ID,Order Date,Customer ID,Amount,Amount",
                "O1,2026-10-01,C1,1200,1300",
                "O2,2026-10-02,C2,850,900",
            ]),
        ),
        file(
            "duplicate-customer.csv",
            text_file(&[
                "Customer ID,Customer Name,Segment,Region",
                "C1,Alpha,Hotel,North",
                "C2,Beta,School,South",
                "C1,Gamma,Hotel,East",
            ]),
        ),
    ]
}

/// Workbooks that open and still have a fault.
fn bad_workbooks() -> Result<Vec<SampleFile>, SampleError> {
    let formula = |result: &'static str| {
        workbook(move |sheet| {
            orders(sheet, &GOOD)?;
            for (col, value) in (0_u16..).zip(["O4", "2026-10-04", "C2"]) {
                sheet.write_string(4, col, value)?;
            }
            sheet.set_formula_result_default("");
            sheet.write_formula(4, 3, Formula::new("=1/0").set_result(result))?;
            Ok(())
        })
    };
    let far = workbook(|sheet| {
        orders(sheet, &GOOD)?;
        sheet.write_string(1_048_575, 16_383, "far")?;
        Ok(())
    })?;
    Ok(vec![
        file("header-only.xlsx", workbook(|sheet| orders(sheet, &[]))?),
        file("far-cell-xfd1048576.xlsx", far),
        file("error-cell.xlsx", formula("#DIV/0!")?),
        file("formula-without-value.xlsx", formula("")?),
        file("hidden-sheet.xlsx", hidden_sheet()?),
        file("orphan-customer.xlsx", orphan()?),
    ])
}

fn hidden_sheet() -> Result<Vec<u8>, SampleError> {
    let mut book = blank()?;
    orders(book.add_worksheet().set_name("Orders")?, &GOOD)?;
    let second = [["O4", "2026-10-04", "C2", "510"]];
    let sheet = book.add_worksheet().set_name("Old orders")?;
    orders(sheet, &second)?;
    sheet.set_hidden(true);
    Ok(book.save_to_buffer()?)
}

/// An order of a customer the customer sheet does not know.
fn orphan() -> Result<Vec<u8>, SampleError> {
    let mut book = blank()?;
    orders(book.add_worksheet().set_name("Orders")?, &GOOD)?;
    let sheet = book.add_worksheet().set_name("Customers")?;
    let rows = [["Customer ID", "Customer Name", "Segment"], ["C1", "Alpha", "Hotel"]];
    for (row, cells) in (0_u32..).zip(rows) {
        for (col, cell) in (0_u16..).zip(cells) {
            sheet.write_string(row, col, cell)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

fn orders(sheet: &mut Worksheet, rows: &[[&str; 4]]) -> Result<(), SampleError> {
    for (row, cells) in (0_u32..).zip(std::iter::once(&HEADERS).chain(rows)) {
        for (col, cell) in (0_u16..).zip(cells) {
            match cell.parse::<f64>() {
                Ok(value) if row > 0 => sheet.write_number(row, col, value)?,
                _ => sheet.write_string(row, col, *cell)?,
            };
        }
    }
    Ok(())
}

fn workbook(
    fill: impl FnOnce(&mut Worksheet) -> Result<(), SampleError>,
) -> Result<Vec<u8>, SampleError> {
    let mut book = blank()?;
    fill(book.add_worksheet())?;
    Ok(book.save_to_buffer()?)
}

fn blank() -> Result<Workbook, SampleError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2026, 10, 31)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    Ok(book)
}

fn csv(rows: &[[&str; 4]]) -> String {
    let rows = std::iter::once(&HEADERS).chain(&GOOD).chain(rows);
    rows.map(|row| row.join(",") + "\r\n").collect()
}

fn text_file(lines: &[&str]) -> Vec<u8> {
    (lines.join("\r\n") + "\r\n").into_bytes()
}

/// Good orders, then a customer's name in Big5.
fn big5() -> Vec<u8> {
    let mut bytes = csv(&[]).into_bytes();
    bytes.extend_from_slice(b"O4,2026-10-04,\xa4\xa4\xa4\xe5,510\r\n");
    bytes
}

fn file(name: &str, bytes: Vec<u8>) -> SampleFile {
    SampleFile { name: name.to_owned(), bytes }
}
