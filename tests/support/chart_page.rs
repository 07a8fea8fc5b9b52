//! A control chart as the program draws it from a small file: on the page's data, and in the cells of
//! the workbook.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    unreachable_pub,
    reason = "test support, shared by several binaries"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xlsx};
use serde_json::Value as Json;

use super::support::Gemba;

/// The figures of a chart: one vector a column.
pub struct Page {
    /// By column of the chart's table.
    pub columns: BTreeMap<String, Vec<Option<f64>>>,
    /// Points whose first rule is that of the limits, from 1.
    pub beyond: Vec<usize>,
    /// Centre and limits as the workbook's cells hold them.
    pub book: BTreeMap<String, Vec<Option<f64>>>,
}

/// A file of columns with their headings.
pub fn file(headings: &[&str], columns: &[Vec<f64>]) -> String {
    let mut out = headings.join(",") + "\n";
    for row in 0..columns[0].len() {
        let cells: Vec<String> = columns.iter().map(|column| column[row].to_string()).collect();
        writeln!(out, "{}", cells.join(",")).unwrap();
    }
    out
}

/// The chart `id` of the page of a file, with parameters where a report needs them.
pub fn draw(text: &str, analysis: &str, id: &str, params: &str) -> Page {
    let own = format!("id = \"own\"\n\n[[analysis]]\nid = \"{analysis}\"\n{params}\n");
    let gemba = Gemba::new().with("data.csv", text).with("reports/own.toml", own);
    let line = if params.is_empty() {
        "report data.csv -o out --report monthly-sigma --lang en --format json,xlsx"
    } else {
        "report data.csv -o out --report own --reports-dir reports --lang en --format json,xlsx"
    };
    gemba.run(line).exits(0);
    let files = gemba.files("out");
    let named = |end: &str| files.iter().find(|(name, _)| name.ends_with(end)).unwrap().1;
    let report: Json = serde_json::from_slice(named(".json")).unwrap();
    let chart = find(&report, id).unwrap_or_else(|| panic!("no chart {id}: {}", report["skipped"]));
    let columns = columns(&chart["table"]);
    let signal = "rule.beyond";
    let at = position(&chart["table"], "signal");
    let rows = chart["table"]["rows"].as_array().unwrap();
    let beyond = (1..).zip(rows).filter(|(_, row)| row["cells"][at].to_string().contains(signal));
    Page { columns, beyond: beyond.map(|(i, _)| i).collect(), book: book(named(".xlsx"), chart) }
}

fn find<'a>(report: &'a Json, id: &str) -> Option<&'a Json> {
    let sections = report["sections"].as_array().unwrap();
    let blocks = sections.iter().flat_map(|s| s["outcome"]["blocks"].as_array().unwrap());
    let charts = blocks.flat_map(|block| match block["block"].as_str() {
        Some("chart") => vec![&block["content"]],
        Some("panels") => block["content"].as_array().unwrap().iter().collect(),
        _ => Vec::new(),
    });
    charts.into_iter().find(|chart| chart["id"] == id)
}

fn position(table: &Json, column: &str) -> usize {
    let columns = table["columns"].as_array().unwrap();
    columns.iter().position(|c| c["id"] == column).unwrap()
}

fn columns(table: &Json) -> BTreeMap<String, Vec<Option<f64>>> {
    let rows = table["rows"].as_array().unwrap();
    let figure = |cell: &Json| {
        let value = &cell["value"]["value"];
        value.as_f64().or_else(|| value["value"].as_f64())
    };
    let all = table["columns"].as_array().unwrap().iter().enumerate();
    all.map(|(at, column)| {
        let id = column["id"].as_str().unwrap().to_owned();
        (id, rows.iter().map(|row| figure(&row["cells"][at])).collect())
    })
    .collect()
}

/// Centre and limits of a chart as the workbook's cells hold them: the first table whose columns
/// are headed so and that has as many rows.
fn book(bytes: &[u8], chart: &Json) -> BTreeMap<String, Vec<Option<f64>>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let title = chart["title"]["key"].as_str().unwrap_or_default().to_owned();
    let rows = chart["table"]["rows"].as_array().unwrap().len();
    let headings = [("center", "Center line"), ("ucl", "UCL"), ("lcl", "LCL")];
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).unwrap();
        let cell = |row: usize, col: usize| range.get((row, col)).cloned().unwrap_or(Data::Empty);
        for row in 0..range.height() {
            let at = |heading: &str| {
                (0..range.width()).find(|&col| cell(row, col) == Data::String(heading.to_owned()))
            };
            let found = headings.map(|(_, heading)| at(heading));
            let whole = (1..=rows).all(|down| {
                found[0].is_some_and(|col| !matches!(cell(row + down, col), Data::String(_)))
            });
            if found.iter().all(Option::is_some) && whole {
                let read = |col: usize| {
                    (1..=rows).map(|down| cell(row + down, col).as_f64()).collect::<Vec<_>>()
                };
                let columns = headings.iter().zip(found);
                return columns
                    .map(|((id, _), col)| ((*id).to_owned(), read(col.unwrap())))
                    .collect();
            }
        }
    }
    panic!("the workbook has no table of {title}");
}

#[track_caller]
pub fn near(what: &str, got: &[Option<f64>], wanted: &[f64]) {
    assert_eq!(got.len(), wanted.len(), "{what}");
    for (i, (got, wanted)) in got.iter().zip(wanted).enumerate() {
        let Some(got) = got else { panic!("{what} {i} is absent") };
        let close = (got - wanted).abs() <= 1e-9 * wanted.abs().max(1e-3);
        assert!(close, "{what} {i}: {got}, expected {wanted}");
    }
}

impl Page {
    /// Whether page and workbook have these lines, one figure a point.
    #[track_caller]
    pub fn lines(&self, wanted: [(&str, &[f64]); 3]) {
        for (id, wanted) in wanted {
            near(id, &self.columns[id], wanted);
            near(&format!("workbook {id}"), &self.book[id], wanted);
        }
    }
}
