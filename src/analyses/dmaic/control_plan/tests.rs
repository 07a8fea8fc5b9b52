//! The analysis on a plan made by hand.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::ControlPlan;
use crate::analyses::dmaic::testing::{dataset, day, text};
use crate::analyses::{Analysis, Ask};
use crate::dataset::{Cell, Dataset, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Outcome, Value};

/// Checks `(characteristic, owner, due, done)`; the report looks from day 100.
fn plan(checks: &[(&str, &str, i32, Option<i32>)]) -> Dataset {
    let cols = [Col::Characteristic, Col::Owner, Col::Due, Col::DoneAt];
    let mut table = TableBuilder::new(TableKind::ControlPlan, &cols);
    for &(characteristic, owner, due, done) in checks {
        let done = done.map_or(Cell::Missing, |done| Cell::Day(day(done)));
        let cells = [Cell::Text(characteristic), text(owner), Cell::Day(day(due)), done];
        table.push(Origin { source: 0, row: 1 }, &cells);
    }
    dataset([table.finish()], day(100))
}

fn value(outcome: &Outcome, id: &str) -> f64 {
    outcome.metrics.iter().find(|m| m.id == id).unwrap().value.as_ref().unwrap().as_f64().unwrap()
}

#[test]
fn checks_are_in_time_late_overdue_or_not_due() {
    let data = plan(&[
        ("thickness", "Ann", 80, Some(80)),
        ("thickness", "Ann", 90, Some(93)),
        ("thickness", "Bo", 95, None),
        ("colour", "Bo", 100, None),
        ("colour", "Bo", 99, Some(101)),
        ("colour", "", 120, None),
    ]);
    let outcome = ControlPlan.compute(&data, &Ask::default()).unwrap();
    assert!((value(&outcome, "checks_on_time") - 0.25).abs() < 1e-12);
    assert!((value(&outcome, "checks_done") - 0.5).abs() < 1e-12);
    assert!((value(&outcome, "checks_overdue") - 2.0).abs() < 1e-12);
    let finding = &outcome.findings[0];
    assert_eq!(finding.id, "control_plan.overdue");
    assert_eq!(finding.message.args.get("days"), Some(&Value::Count(5)));
    assert_eq!(outcome.data[0].rows.len(), 4);
}

#[test]
fn a_plan_kept_is_called_kept_and_one_kept_late_is_not() {
    let on_time: Vec<_> = (0..40).map(|i| ("x", "Ann", i, Some(i))).collect();
    let outcome = ControlPlan.compute(&plan(&on_time), &Ask::default()).unwrap();
    assert_eq!(outcome.findings[0].id, "control_plan.followed");
    let late: Vec<_> = (0..40).map(|i| ("x", "Ann", i, Some(i + i % 2))).collect();
    let outcome = ControlPlan.compute(&plan(&late), &Ask::default()).unwrap();
    assert_eq!(outcome.findings[0].id, "control_plan.late");
}

#[test]
fn without_days_of_completion_nothing_is_called_overdue() {
    let mut table = TableBuilder::new(TableKind::ControlPlan, &[Col::Characteristic, Col::Due]);
    table.push(Origin { source: 0, row: 1 }, &[Cell::Text("x"), Cell::Day(day(1))]);
    let skipped = ControlPlan.compute(&dataset([table.finish()], day(100)), &Ask::default());
    assert_eq!(skipped.unwrap_err().missing[0].col, Some(Col::DoneAt));
    assert!(ControlPlan.compute(&plan(&[("x", "", 200, None)]), &Ask::default()).is_err());
}
