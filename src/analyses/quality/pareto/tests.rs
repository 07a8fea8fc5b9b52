//! The analysis on constructed logs.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::Pareto;
use crate::analyses::quality::testing::{FIRST, dataset, end_of};
use crate::analyses::{Analysis, Ask};
use crate::dataset::{Cell, Dataset, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Block, Grade, Value};

/// A log of `(month, type, defects)`.
fn log(rows: &[(i32, &str, i64)], months: i32) -> Dataset {
    let cols = [Col::Date, Col::DefectType, Col::Defects];
    let mut table = TableBuilder::new(TableKind::DefectLog, &cols);
    for &(month, kind, defects) in rows {
        let day = FIRST.plus(month).first_day();
        let cells = [Cell::Day(day), Cell::Text(kind), Cell::Count(defects)];
        table.push(Origin { source: 0, row: 1 }, &cells);
    }
    dataset(table.finish(), end_of(months))
}

#[test]
fn the_constructed_table_ranks_cumulates_and_names_the_vital_few() {
    let rows = [
        (0, "late delivery", 48),
        (0, "wrong part", 17),
        (0, "no answer", 33),
        (0, "billing", 17),
        (0, "rude", 4),
        (0, "damaged", 9),
    ];
    let outcome = Pareto.compute(&log(&rows, 1), &Ask::default()).unwrap();
    let table = outcome.blocks.iter().find_map(|block| match block {
        Block::Chart(chart) => Some(&chart.table),
        _ => None,
    });
    let cumulative = |row| table.unwrap().value(row, "cumulative").and_then(Value::as_f64).unwrap();
    let expected = [0.375, 0.632_812_5, 0.765_625, 0.898_437_5, 0.968_75, 1.0];
    for (row, want) in expected.into_iter().enumerate() {
        assert!((cumulative(row) - want).abs() < 1e-12, "{row}");
    }
    assert_eq!(outcome.metrics[0].value, Some(Value::Count(4)));
}

#[test]
fn a_type_whose_share_grew_is_named_and_steady_shares_are_not() {
    let steady: Vec<(i32, &str, i64)> =
        (0..12).flat_map(|m| [(m, "late", 60 + i64::from(m % 3)), (m, "wrong", 40)]).collect();
    let outcome = Pareto.compute(&log(&steady, 12), &Ask::default()).unwrap();
    assert!(outcome.findings.iter().all(|f| f.id != "pareto.shift"));
    let grown: Vec<(i32, &str, i64)> = (0..12)
        .flat_map(|m| [(m, "late", 60), (m, "wrong", if m < 9 { 40 } else { 90 })])
        .collect();
    let outcome = Pareto.compute(&log(&grown, 12), &Ask::default()).unwrap();
    let shift = outcome.findings.iter().find(|f| f.id == "pareto.shift").unwrap();
    assert_eq!(shift.grade, Grade::Act);
    assert_eq!(shift.message.args.get("type"), Some(&Value::Text("wrong".to_owned())));
}

#[test]
fn many_types_are_gathered_and_strange_logs_survived() {
    let names: Vec<String> = (0..40).map(|i| format!("type {i:02}")).collect();
    let rows: Vec<(i32, &str, i64)> = names.iter().map(|name| (0, name.as_str(), 3)).collect();
    let outcome = Pareto.compute(&log(&rows, 1), &Ask::default()).unwrap();
    assert_eq!(outcome.data[0].rows.len(), 13);
    assert!(Pareto.compute(&log(&[(0, "one", 0)], 1), &Ask::default()).is_err());
    assert!(Pareto.compute(&log(&[(0, "one", 1)], 1), &Ask::default()).is_ok());
    let none = TableBuilder::new(TableKind::DefectLog, &[Col::Date]).finish();
    let skipped = Pareto.compute(&dataset(none, end_of(1)), &Ask::default()).unwrap_err();
    assert_eq!(skipped.missing[0].col, Some(Col::DefectType));
}
