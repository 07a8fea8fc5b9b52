//! The analysis on stacks whose yield is known in closed form.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::Tolerances;
use crate::analyses::dmaic::testing::{dataset, day, text};
use crate::analyses::{Analysis, Ask};
use crate::dataset::{Cell, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Block, Outcome, Table, Value};

type Row<'a> = (&'a str, &'a str, [f64; 3]);

/// Components `(name, distribution, [mean, sd, coefficient])` of one result within −1 … 1.
fn ran(rows: &[Row<'_>]) -> Outcome {
    let cols = [
        Col::Characteristic,
        Col::Component,
        Col::Distribution,
        Col::Mean,
        Col::Sd,
        Col::Coefficient,
        Col::Lsl,
        Col::Usl,
    ];
    let mut table = TableBuilder::new(TableKind::Tolerances, &cols);
    for &(name, law, figures) in rows {
        let mut cells = vec![text("gap"), text(name), text(law)];
        cells.extend(figures.map(Cell::Number));
        cells.extend([Cell::Number(-1.0), Cell::Number(1.0)]);
        table.push(Origin { source: 0, row: 1 }, &cells);
    }
    Tolerances.compute(&dataset([table.finish()], day(100)), &Ask::default()).unwrap()
}

fn table<'a>(outcome: &'a Outcome, id: &str) -> &'a Table {
    let found = outcome.blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.id == id => Some(table),
        _ => None,
    });
    found.unwrap()
}

fn figure(table: &Table, row: usize, id: &str) -> f64 {
    table.value(row, id).and_then(Value::as_f64).unwrap()
}

/// Of a normal with σ = √(0.3² + (−2 · 0.2)²) = 0.5, Φ(2) − Φ(−2) = 0.9545 lies within ±1.
#[test]
fn a_stack_of_normals_keeps_the_share_of_its_closed_form() {
    let outcome = ran(&[("hole", "normal", [4.0, 0.3, 1.0]), ("shaft", "常態", [2.0, 0.2, -2.0])]);
    let summary = table(&outcome, "tolerances.summary");
    assert!((figure(summary, 0, "sd") - 0.5).abs() < 1e-12);
    assert!((figure(summary, 0, "normal") - 0.954_499_736_103_642).abs() < 1e-12);
    let (low, high) = (figure(summary, 0, "low"), figure(summary, 0, "high"));
    assert!(low < 0.954_5 + 0.001 && high > 0.954_5 - 0.001, "{low} {high}");
    let parts = table(&outcome, "tolerances.parts_0");
    assert!((figure(parts, 0, "share") - 0.36).abs() < 1e-12);
    assert!((figure(parts, 1, "share") - 0.64).abs() < 1e-12);
    let finding = &outcome.findings[0];
    assert_eq!(finding.id, "tolerances.short");
    assert_eq!(finding.message.args.get("driver"), Some(&Value::from("shaft")));
}

#[test]
fn bounded_parts_that_cannot_leave_the_limits_keep_them() {
    let outcome = ran(&[("a", "uniform", [0.0, 0.5, 1.0])]);
    assert_eq!(outcome.findings[0].id, "tolerances.keeps");
    assert_eq!(outcome.metrics[0].value, Some(Value::Share(1.0)));
    assert!(figure(table(&outcome, "tolerances.summary"), 0, "normal") < 0.96);
}

#[test]
fn an_unknown_distribution_is_said_and_not_guessed() {
    let outcome = ran(&[("a", "weibull", [0.0, 0.5, 1.0])]);
    assert_eq!((outcome.metrics[0].value.clone(), outcome.metrics[0].n), (None, 0));
    let said = outcome.blocks.iter().any(|block| match block {
        Block::Checklist(checks) => {
            checks.iter().any(|c| c.detail.key == "tolerances.check.distribution")
        }
        _ => false,
    });
    assert!(said && outcome.findings.is_empty());
}

#[test]
fn parameters_are_checked() {
    let ask = |params| Ask { params, ..Ask::default() };
    assert!(Tolerances.check(&ask(serde_json::json!({"draws": 20_000, "seed": 1}))).is_ok());
    assert!(Tolerances.check(&ask(serde_json::json!({"draws": 10}))).is_err());
    assert!(Tolerances.check(&ask(serde_json::json!({"target_yield": 99.0}))).is_err());
}
