//! What must stay, and what must move, when the input changes in a known way: no oracle needed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;

use crate::support::{Gemba, metrics};

fn report(gemba: &Gemba, line: &str) -> Value {
    gemba.run(line).exits(0);
    let (name, _) = gemba.files("out").pop_first().unwrap();
    gemba.json(&format!("out/{name}"))
}

fn orders(sales: impl Fn(usize) -> String) -> String {
    let mut text = "Order ID;Order Date;Customer ID;Sales\n".to_owned();
    for i in 0..400 {
        writeln!(text, "O{i};2025-{:02}-11;C{};{}", i % 12 + 1, i % 37, sales(i)).unwrap();
    }
    text
}

fn sales_metrics(text: &str, decimal: &str) -> BTreeMap<String, Value> {
    let settings = format!("[read]\ndecimal = \"{decimal}\"\n");
    let gemba = Gemba::new().with("a.csv", text).with("gemba.toml", settings);
    metrics(&report(&gemba, "report a.csv -o out --report sales --lang en --format json"))
}

#[test]
fn a_percentage_a_share_and_a_comma_mean_the_same_where_declared() {
    let shares = sales_metrics(&orders(|i| format!("{}.{}", i % 9, i % 10)), "point");
    let percent = sales_metrics(&orders(|i| format!("{}%", (i % 9) * 100 + i % 10 * 10)), "point");
    let comma = sales_metrics(&orders(|i| format!("{},{} ", i % 9, i % 10)), "comma");
    assert_eq!(shares, percent);
    assert_eq!(shares, comma);
    let gemba = Gemba::new()
        .with("a.csv", orders(|i| format!("{},{}", i % 9, i % 10)))
        .with("gemba.toml", "[read]\ndecimal = \"point\"\n");
    let ran = gemba.run("check a.csv --format json");
    assert!(ran.stdout.contains("E201") || ran.stdout.contains("E202"), "{}", ran.stdout);
}

#[test]
fn a_leap_day_and_the_turn_of_the_year_are_days_and_a_false_leap_day_is_rejected() {
    let mut text = "Order ID,Order Date,Customer ID,Sales\n".to_owned();
    for (i, day) in ["2023-12-31", "2024-01-01", "2024-02-29", "2024-03-01"].iter().enumerate() {
        writeln!(text, "O{i},{day},C{i},100").unwrap();
    }
    let gemba = Gemba::new().with("a.csv", text + "P,2023-02-29,C1,5\n");
    gemba.run("check a.csv").says("4 used, 1 rejected").says("2023-02-29");
}

/// Blocks of the control section, by their kind.
fn control_blocks<'a>(report: &'a Value, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    let sections = report["sections"].as_array().unwrap();
    let control = sections.iter().find(|s| s["analysis"] == "control").unwrap();
    let blocks = control["outcome"]["blocks"].as_array().unwrap();
    blocks.iter().filter(move |block| block["block"] == kind).map(|block| &block["content"])
}

/// What stands in a column of a table, row by row.
fn column<'a>(table: &'a Value, id: &str) -> Vec<&'a Value> {
    let columns = table["columns"].as_array().unwrap();
    let at = columns.iter().position(|column| column["id"] == id).unwrap();
    table["rows"].as_array().unwrap().iter().map(|row| &row["cells"][at]["value"]).collect()
}

#[test]
fn the_table_of_signals_and_the_charts_give_the_same_verdict() {
    for seed in 1..4 {
        let gemba = Gemba::new();
        gemba.run(&format!("sample -o in --seed {seed}")).exits(0);
        let report = report(&gemba, "report in -o out --report monthly-sigma --format json");
        let beside = control_blocks(&report, "panels").flat_map(|p| p.as_array().unwrap());
        let mut drawn = BTreeSet::new();
        for chart in control_blocks(&report, "chart").chain(beside) {
            let kind = chart["title"]["key"].as_str().unwrap();
            let counted = if kind.starts_with("control.chart.u") { "rate_u" } else { "rate_p" };
            let scope = chart["title"]["args"]["scope"]["value"].to_string();
            let signals = column(&chart["table"], "signal");
            for (month, signal) in column(&chart["table"], "period").into_iter().zip(signals) {
                if !signal.is_null() {
                    drawn.insert((scope.clone(), counted.to_owned(), month.to_string()));
                }
            }
        }
        let text = |table, id| column(table, id).into_iter().map(|cell| cell["value"].to_string());
        let counted = |cell: &Value| {
            let key = cell["value"]["key"].as_str().unwrap();
            key.trim_start_matches("control.column.").to_owned()
        };
        let mut listed = BTreeSet::new();
        let of_signals = |table: &&Value| table["id"].as_str().unwrap().ends_with("signals");
        for table in control_blocks(&report, "table").filter(of_signals) {
            let measures = column(table, "measure").into_iter().map(counted);
            let months = column(table, "period").into_iter().map(Value::to_string);
            let rows = text(table, "scope").zip(measures).zip(months);
            listed.extend(rows.map(|((scope, measure), month)| (scope, measure, month)));
        }
        assert_eq!(listed, drawn, "seed {seed}");
    }
}
