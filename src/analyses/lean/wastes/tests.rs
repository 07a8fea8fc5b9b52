//! Wastes worked by hand, and a month in which one rose.

use serde_json::json;

use super::Wastes;
use crate::analyses::lean::testing::{Row, cell, dataset, finding, first, metric, outcome, steps};
use crate::dataset::{Cell, Table, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::Grade;
use crate::units::Money;

/// Entries of a waste log: day, waste, hours; an hour costs 100.
fn log(entries: &[(i32, &str, f64)]) -> Table {
    let cols = [Col::Date, Col::Waste, Col::Hours, Col::Cost];
    let mut table = TableBuilder::new(TableKind::WasteLog, &cols);
    for (row, &(day, waste, hours)) in (1..).zip(entries) {
        let money = Money::from_units(hours * 100.0).map_or(Cell::Missing, Cell::Money);
        let cells = [Cell::Day(first().plus(day)), Cell::Text(waste), Cell::Number(hours), money];
        table.push(Origin { source: 0, row }, &cells);
    }
    table.finish()
}

/// One case: in 2 h (no value), 8 h wait and another team, check 1 h, again check 1 h, out 1 h.
fn one() -> Vec<Row> {
    let row = |step, start, end, resource, team, value| Row {
        case: 1,
        step,
        start,
        end: Some(end),
        resource,
        team,
        value_added: Some(value),
    };
    vec![
        row("in", 0, 2, "A", "Front", false),
        row("check", 10, 11, "B", "Back", true),
        row("check", 11, 12, "B", "Back", true),
        row("out", 16, 17, "C", "Back", true),
    ]
}

#[test]
fn each_waste_of_a_case_by_hand() {
    let data = dataset([steps(&one()), log(&[(0, "等候", 3.0), (1, "Talent", 9.0)])], 40);
    let out = outcome(&Wastes, &data, &json!({"hourly_cost": 50.0})).unwrap_or_default();
    assert_eq!(metric(&out, "waste_hours"), Some(3.0));
    assert_eq!(metric(&out, "waste_cost"), Some(300.0));
    assert_eq!(metric(&out, "waiting_share"), Some(12.0 / 17.0));
    // Waiting 12, over-processing 2, inventory 0 and rework 1; motion 4 and transport 8 in waiting.
    assert_eq!(metric(&out, "waste_hours_inferred"), Some(15.0));
    let hours: Vec<_> = (0..7).map(|row| cell(&out, "wastes.lines", row, "hours")).collect();
    let wanted = [3.0, 12.0, 8.0, 2.0, 0.0, 4.0, 1.0].map(Some);
    assert_eq!(hours, wanted, "measured waiting, then Ohno's order");
    assert_eq!(cell(&out, "wastes.lines", 6, "money"), Some(50.0));
    assert_eq!(cell(&out, "wastes.lines", 1, "money"), None, "waiting costs no work");
    let told = serde_json::to_string(&out.blocks).unwrap_or_default();
    assert!(told.contains("wastes.lack.demand") && told.contains("wastes.note.unknown"));
}

#[test]
fn a_waste_that_rose_is_dated_and_priced_and_a_steady_one_is_not() {
    let course = |late: f64| {
        let hours = |day: i32| if day >= 365 { late } else { 2.0 } + f64::from(day % 7) / 10.0;
        let mut entries: Vec<(i32, &str, f64)> = Vec::new();
        for day in 0..546 {
            entries.push((day, "Rework", hours(day)));
            entries.push((day, "Waiting", 2.0 + f64::from(day % 5) / 10.0));
        }
        outcome(&Wastes, &dataset([log(&entries)], 546), &json!({})).unwrap_or_default()
    };
    let risen = course(4.0);
    let found = finding(&risen, "wastes.rise");
    assert!(found.is_some_and(|f| f.grade == Grade::Act));
    let month = found.map(|f| f.message.args["month"].clone());
    assert_eq!(month, Some(crate::units::Month::new(2026, 1).into()));
    let money = found.and_then(|f| f.money).map_or(0.0, Money::to_units);
    assert!((money - 2.0 * 181.0 * 100.0).abs() < 500.0, "{money}");
    assert!(course(2.0).findings.iter().all(|f| f.grade != Grade::Act));
}

#[test]
fn without_either_log_it_says_what_is_missing() {
    let skipped = outcome(&Wastes, &dataset([], 5), &json!({})).err();
    assert!(skipped.is_some_and(|skipped| skipped.missing.len() == 2));
}
