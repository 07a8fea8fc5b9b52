//! Stops and places of discovery by hand, and a month from which more escape.

use serde_json::json;

use super::Andon;
use crate::analyses::lean::testing::{at, cell, dataset, finding, first, metric, outcome};
use crate::dataset::{Cell, Table, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::Grade;

/// A stop: hour raised, minutes to the answer and to recovery, step.
type Stop = (i64, Option<i64>, Option<i64>, &'static str);

fn stops(rows: &[Stop]) -> Table {
    let cols = [Col::RaisedAt, Col::RespondedAt, Col::RecoveredAt, Col::Step];
    let mut table = TableBuilder::new(TableKind::Andon, &cols);
    for (row, &(hour, answered, recovered, step)) in (1..).zip(rows) {
        let after = |minutes: Option<i64>| {
            minutes.map_or(Cell::Missing, |m| Cell::Millis(at(hour) + m * 60_000))
        };
        let cells = [Cell::Millis(at(hour)), after(answered), after(recovered), Cell::Text(step)];
        table.push(Origin { source: 0, row }, &cells);
    }
    table.finish()
}

/// Defects: day, step, found at, how many.
fn defects(rows: &[(i32, &str, &str, i64)]) -> Table {
    let cols = [Col::Date, Col::DefectType, Col::Step, Col::FoundAt, Col::Defects];
    let mut table = TableBuilder::new(TableKind::DefectLog, &cols);
    for (row, &(day, step, found, n)) in (1..).zip(rows) {
        let cells = [
            Cell::Day(first().plus(day)),
            Cell::Text("wrong"),
            Cell::Text(step),
            Cell::Text(found),
            Cell::Count(n),
        ];
        table.push(Origin { source: 0, row }, &cells);
    }
    table.finish()
}

#[test]
fn stops_answers_and_places_by_hand() {
    let rows = [
        (0, Some(5), Some(10), "Pack"),
        (24, Some(7), Some(30), "Pack"),
        (48, Some(9), None, "Pick"),
    ];
    let found = [(0, "Pick", "pick", 6), (1, "Pick", "Pack", 3), (2, "Pack", "Customer", 1)];
    let data = dataset([stops(&rows), defects(&found)], 30);
    let out = outcome(&Andon, &data, &json!({})).unwrap_or_default();
    assert_eq!(metric(&out, "andon_stops"), Some(3.0));
    assert_eq!(metric(&out, "andon_response"), Some(420_000.0));
    // One of three is not recovered: S falls to 1/3 after 30 minutes.
    assert_eq!(metric(&out, "andon_recovery"), Some(1_800_000.0));
    assert_eq!(metric(&out, "caught_at_source"), Some(0.6));
    assert_eq!(metric(&out, "escaped_defects"), Some(0.1));
    assert_eq!(cell(&out, "andon.caught", 1, "later"), Some(3.0));
    let told = serde_json::to_string(&out.blocks).unwrap_or_default();
    assert!(told.contains("andon.check.yields.missing"));
}

#[test]
fn more_escapes_and_more_stops_since_a_month_are_found() {
    let mut found = Vec::new();
    let mut rows = Vec::new();
    for day in 0..546 {
        let late = day >= 365;
        found.push((day, "Pick", if late { "Customer" } else { "Pick" }, 1 + i64::from(day % 2)));
        found.push((day, "Pick", "Pick", 5));
        let hour = i64::from(day) * 24;
        rows.push((hour, Some(3), Some(9), "Pick"));
        if late {
            rows.push((hour + 1, Some(3), Some(9), "Pick"));
        }
    }
    let data = dataset([stops(&rows), defects(&found)], 546);
    let out = outcome(&Andon, &data, &json!({})).unwrap_or_default();
    let month = crate::units::Month::new(2026, 1).into();
    for id in ["andon.rise", "andon.escape_rise"] {
        let told = finding(&out, id);
        assert!(told.is_some_and(|f| f.grade == Grade::Act && f.message.args["month"] == month));
    }
}

#[test]
fn without_stops_or_places_it_says_what_is_missing() {
    let skipped = outcome(&Andon, &dataset([], 5), &json!({})).err();
    assert!(skipped.is_some_and(|skipped| skipped.missing.len() == 2));
}
