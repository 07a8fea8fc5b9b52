//! Loads by hand, and halves that differ.

use serde_json::json;

use super::Levelling;
use crate::analyses::lean::testing::{
    DAY, Row, cell, dataset, finding, first, metric, outcome, steps,
};
use crate::dataset::{Cell, Table, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Grade, Outcome};

/// So many cases begun on each day in turn.
fn arrivals(days: impl IntoIterator<Item = usize>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (day, cases) in (0_i64..).zip(days) {
        for _ in 0..cases {
            let case = rows.len();
            rows.push(Row { case, step: "in", start: day * DAY + 9, ..Row::default() });
        }
    }
    rows
}

/// Weekly entries of demand and capacity.
fn capacity(entries: &[(f64, f64)]) -> Table {
    let cols = [Col::Date, Col::Demand, Col::CapacityUnits];
    let mut table = TableBuilder::new(TableKind::Capacity, &cols);
    for (row, &(demand, units)) in (0_u32..).zip(entries) {
        let day = first().plus(i32::try_from(row).unwrap_or(0) * 7);
        let cells = [Cell::Day(day), Cell::Number(demand), Cell::Number(units)];
        table.push(Origin { source: 0, row: row + 1 }, &cells);
    }
    table.finish()
}

fn run(rows: &[Row], entries: &[(f64, f64)], days: i32) -> Outcome {
    let data = dataset([steps(rows), capacity(entries)], days);
    outcome(&Levelling, &data, &json!({})).unwrap_or_default()
}

#[test]
fn variation_index_utilisation_and_peaks_by_hand() {
    // Twenty days of 1 and 3 by turns: mean 2, s² = 20/19, index (40)² / (20 · 100).
    let out = run(&arrivals([1, 3].repeat(10)), &[(4.0, 5.0), (6.0, 5.0)], 20);
    let cv = metric(&out, "load_variation").unwrap_or(0.0);
    assert!((cv - (20.0_f64 / 19.0).sqrt() / 2.0).abs() < 1e-12, "{cv}");
    assert_eq!(metric(&out, "levelling_index"), Some(0.8));
    assert_eq!(metric(&out, "capacity_utilisation"), Some(1.0));
    assert_eq!(metric(&out, "peak_share"), Some(0.5));
    assert_eq!(cell(&out, "levelling.against", 1, "load"), Some(1.2));
    assert!(finding(&out, "levelling.peaks").is_some());
}

#[test]
fn days_without_work_are_no_working_days() {
    // 2025-01-01 is a Wednesday: days 3 and 4 of every week from it are the weekend.
    let weekend = |day: usize| day % 7 == 3 || day % 7 == 4;
    let out = run(&arrivals((0..70).map(|day| if weekend(day) { 0 } else { 2 })), &[], 70);
    assert_eq!(metric(&out, "levelling_index"), Some(1.0));
    let told = serde_json::to_string(&out.blocks).unwrap_or_default();
    assert!(told.contains("levelling.note.weekend") && told.contains("levelling.check.capacity"));
}

#[test]
fn batches_in_the_second_half_are_found_and_an_even_course_is_not() {
    let batch = |day: usize| if day.is_multiple_of(5) { 10 } else { 0 };
    let course = |batched: bool| {
        run(
            &arrivals((0..200).map(|d| if batched && d >= 100 { batch(d) } else { 1 + d % 3 })),
            &[],
            200,
        )
    };
    let found = course(true);
    assert!(finding(&found, "levelling.less_even").is_some_and(|f| f.grade == Grade::Act));
    assert!(course(false).findings.is_empty());
}
