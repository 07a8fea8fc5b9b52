//! The analysis on a small house made by hand.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::Qfd;
use crate::analyses::dmaic::testing::{dataset, day, text};
use crate::analyses::{Analysis, Ask};
use crate::dataset::{Cell, Dataset, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Block, Chart, Outcome, Value};

fn house(rows: &[(&str, f64, &str, f64)]) -> Dataset {
    let cols = [Col::ProjectId, Col::Need, Col::Importance, Col::Characteristic, Col::Relation];
    let mut table = TableBuilder::new(TableKind::Qfd, &cols);
    for &(need, importance, characteristic, relation) in rows {
        let cells = [
            text("P1"),
            text(need),
            Cell::Number(importance),
            text(characteristic),
            Cell::Number(relation),
        ];
        table.push(Origin { source: 0, row: 1 }, &cells);
    }
    dataset([table.finish()], day(100))
}

fn ranking(outcome: &Outcome) -> &Chart {
    let chart = outcome.blocks.iter().find_map(|block| match block {
        Block::Chart(chart) => Some(chart),
        _ => None,
    });
    chart.unwrap()
}

/// 5·9 + 3·3 = 54, 5·1 + 3·9 = 32, 3·0 = 0: shares 54/86 and 32/86.
#[test]
fn technical_importance_by_hand_and_the_holes_of_the_house() {
    let rows = [
        ("quick answer", 5.0, "hours to answer", 9.0),
        ("friendly", 3.0, "hours to answer", 3.0),
        ("quick answer", 5.0, "first-time right", 1.0),
        ("friendly", 3.0, "first-time right", 9.0),
        ("friendly", 3.0, "pages of form", 0.0),
        ("cheap", 2.0, "pages of form", 0.0),
    ];
    let outcome = Qfd.compute(&house(&rows), &Ask::default()).unwrap();
    let table = &ranking(&outcome).table;
    let figure = |row, column| table.value(row, column).and_then(Value::as_f64).unwrap();
    assert!((figure(0, "weight") - 54.0).abs() < 1e-12);
    assert!((figure(0, "share") - 54.0 / 86.0).abs() < 1e-12);
    assert!((figure(1, "weight") - 32.0).abs() < 1e-12);
    let ids: Vec<&str> = outcome.findings.iter().map(|f| f.id.as_str()).collect();
    assert_eq!(ids, ["qfd.unanswered", "qfd.unneeded"]);
    assert_eq!(outcome.findings[0].message.args.get("first"), Some(&Value::from("cheap")));
}

#[test]
fn a_whole_house_names_what_to_design_for_and_contrary_rows_are_said() {
    let rows = [("a", 4.0, "x", 9.0), ("a", 5.0, "x", 3.0), ("b", 1.0, "y", 1.0)];
    let outcome = Qfd.compute(&house(&rows), &Ask::default()).unwrap();
    assert_eq!(outcome.findings[0].id, "qfd.complete");
    // The larger importance and relation hold: 5 · 9.
    assert_eq!(ranking(&outcome).table.value(0, "weight").and_then(Value::as_f64), Some(45.0));
    let contrary = outcome.blocks.iter().any(|block| match block {
        Block::Checklist(checks) => {
            checks.iter().any(|c| c.detail.args.get("rows") == Some(&Value::Count(1)))
        }
        _ => false,
    });
    assert!(contrary);
    assert!(Qfd.compute(&house(&[("a", -1.0, "x", 9.0)]), &Ask::default()).is_err());
}
