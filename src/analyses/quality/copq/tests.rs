//! The analysis on made-up costs.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use super::Copq;
use crate::analyses::{Analysis, Ask};
use crate::dataset::{Cell, Dataset, Table, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Block, Outcome, Value};
use crate::units::{Money, Month, Period};

const MONTH: Month = Month::new(2026, 9);

fn money(units: f64) -> Cell<'static> {
    Cell::Money(Money::from_units(units).unwrap())
}

fn table(kind: TableKind, cols: &[Col], rows: &[&[Cell<'static>]]) -> Table {
    let mut builder = TableBuilder::new(kind, cols);
    for row in rows {
        builder.push(Origin { source: 0, row: 1 }, row);
    }
    builder.finish()
}

/// Four classes, and ten logged defects of which two reached the customer.
fn tables() -> Vec<Table> {
    let day = Cell::Day(MONTH.first_day());
    let ledger = [
        ("Internal failure", 100.0),
        ("外部失敗", 50.0),
        ("Appraisal", 30.0),
        ("预防", 20.0),
        ("Coffee", 900.0),
    ];
    let ledger: Vec<Vec<Cell<'_>>> =
        ledger.iter().map(|&(class, cost)| vec![day, Cell::Text(class), money(cost)]).collect();
    let ledger: Vec<&[Cell<'_>]> = ledger.iter().map(Vec::as_slice).collect();
    let log = [("packing", 6, 60.0), ("delivery", 2, 20.0), ("Customer 客戶", 2, 120.0)];
    let log: Vec<Vec<Cell<'_>>> = log
        .iter()
        .map(|&(found, n, cost)| {
            let defect = [Cell::Text("leak"), Cell::Text("packing"), Cell::Count(n), money(cost)];
            [day].into_iter().chain(defect).chain([Cell::Text(found)]).collect()
        })
        .collect();
    let log: Vec<&[Cell<'_>]> = log.iter().map(Vec::as_slice).collect();
    let orders: [&[Cell<'_>]; 1] = [&[day, Cell::Text("c"), money(8000.0)]];
    let service: [&[Cell<'_>]; 1] = [&[day, Cell::Text("c"), Cell::Text("van"), money(1000.0)]];
    vec![
        table(TableKind::QualityCosts, &[Col::Date, Col::CostClass, Col::Cost], &ledger),
        table(
            TableKind::DefectLog,
            &[Col::Date, Col::DefectType, Col::Step, Col::Defects, Col::Cost, Col::FoundAt],
            &log,
        ),
        table(TableKind::Orders, &[Col::Date, Col::CustomerId, Col::Amount], &orders),
        table(
            TableKind::CostsToServe,
            &[Col::Date, Col::CustomerId, Col::CostType, Col::Cost],
            &service,
        ),
    ]
}

fn compute(tables: Vec<Table>) -> Result<Outcome, crate::report::Skipped> {
    let data = Dataset {
        tables: tables.into_iter().map(|t| (t.kind(), t)).collect::<BTreeMap<_, _>>(),
        sources: Vec::new(),
        period: Period::month(MONTH),
        as_of: MONTH.last_day(),
        threads: 1,
        kept: crate::dataset::Kept::default(),
    };
    Copq.compute(&data, &Ask::default())
}

fn figure(outcome: &Outcome, id: &str) -> Option<f64> {
    outcome.metrics.iter().find(|m| m.id == id).unwrap().value.as_ref()?.as_f64()
}

#[test]
fn four_classes_and_the_defects_found_are_added_up_by_hand() {
    let outcome = compute(tables()).unwrap();
    assert_eq!(figure(&outcome, "copq"), Some(400.0));
    assert_eq!(figure(&outcome, "copq_share"), Some(0.05));
    // Failures: 100 + 50 in the ledger, 80 + 120 of defects.
    assert_eq!(figure(&outcome, "recovery_ratio"), Some(0.35));
    assert_eq!(figure(&outcome, "escaped_share"), Some(0.2));
    let inside =
        |b: &Block| matches!(b, Block::Note { text, .. } if text.key == "copq.rule.inside");
    assert!(outcome.blocks.iter().any(inside));
    let external = outcome.findings.iter().find(|f| f.id == "copq.escaped").unwrap();
    assert_eq!(external.money, Money::from_units(170.0));
}

#[test]
fn what_is_missing_is_named_and_nothing_is_made_up() {
    let log = tables().into_iter().filter(|t| t.kind() == TableKind::DefectLog).collect();
    let outcome = compute(log).unwrap();
    assert_eq!(figure(&outcome, "copq"), Some(200.0));
    assert_eq!((figure(&outcome, "copq_share"), figure(&outcome, "recovery_ratio")), (None, None));
    let keys: Vec<&str> = outcome
        .blocks
        .iter()
        .find_map(|block| match block {
            Block::Checklist(checks) => {
                Some(checks.iter().map(|c| c.detail.key.as_str()).collect())
            }
            _ => None,
        })
        .unwrap();
    assert_eq!(keys, ["copq.missing.appraisal", "copq.missing.sales", "copq.missing.service"]);
    assert_eq!(compute(Vec::new()).unwrap_err().missing.len(), 3);
    let total = outcome.blocks.iter().find_map(|b| match b {
        Block::Table(t) if t.id == "copq.classes" => t.value(t.rows.len() - 1, "cost").cloned(),
        _ => None,
    });
    assert_eq!(total, Money::from_units(200.0).map(Value::Money));
}
