//! A stream of three steps by hand.

use serde_json::json;

use super::ValueStream;
use crate::analyses::lean::testing::{Row, cell, dataset, finding, metric, outcome, steps};

fn row(case: usize, step: &'static str, start: i64, end: i64, resource: &'static str) -> Row {
    Row { case, step, start, end: Some(end), resource, ..Row::default() }
}

/// Two cases: in 1 h, check after 5 h and 3 h (2 h each, the first twice), out after 20 h each.
fn two() -> Vec<Row> {
    vec![
        row(1, "in", 0, 1, "A"),
        row(1, "check", 6, 8, "B"),
        row(1, "check", 8, 10, "B"),
        row(1, "out", 30, 31, "A"),
        row(2, "in", 0, 1, "A"),
        row(2, "check", 4, 6, "B"),
        row(2, "out", 26, 27, "C"),
    ]
}

#[test]
fn steps_waits_yields_and_the_bottleneck_by_hand() {
    let data = dataset([steps(&two())], 2);
    let out = outcome(&ValueStream, &data, &json!({"available_hours": 8.0})).unwrap_or_default();
    // Waits: check 5, 0 and 3; out 20 and 20.
    assert_eq!(metric(&out, "bottleneck_waiting"), Some(40.0 / 48.0));
    assert_eq!(metric(&out, "work_content"), Some(4.0 * 3_600_000.0));
    assert_eq!(metric(&out, "stream_rolled_yield"), Some(0.5), "one of two repeats the check");
    assert_eq!(cell(&out, "value_stream.stream", 1, "work_hours"), Some(2.0));
    // B works 6 hours in two days of 8.
    assert_eq!(cell(&out, "value_stream.steps", 1, "utilisation"), Some(6.0 / 2.0 / 8.0));
    let told = finding(&out, "value_stream.bottleneck");
    assert!(told.is_some_and(|f| f.message.key.ends_with("other")
        && f.message.args["step"] == "out".into()
        && f.message.args["busiest"] == "check".into()));
}

#[test]
fn without_ends_and_people_it_says_so() {
    let rows: Vec<Row> =
        two().into_iter().map(|row| Row { end: None, resource: "", ..row }).collect();
    let out = outcome(&ValueStream, &dataset([steps(&rows)], 2), &json!({})).unwrap_or_default();
    assert!(metric(&out, "work_content").is_none());
    let told = serde_json::to_string(&out.blocks).unwrap_or_default();
    assert!(told.contains("check.work.no_ends") && told.contains("check.load.no_people"));
}
