//! The analysis on pilots with known figures.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::Pilot;
use crate::analyses::dmaic::testing::{dataset, day, text};
use crate::analyses::{Analysis, Ask};
use crate::dataset::{Cell, Table, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Outcome, Value};

/// `n` measurements that alternate around a mean of 3 in a phase, within 0 … 6.
fn measured(phase: &str, n: i32, off: f64) -> Table {
    let cols = [Col::ProjectId, Col::Phase, Col::Characteristic, Col::Value, Col::Lsl, Col::Usl];
    let mut table = TableBuilder::new(TableKind::Measurements, &cols);
    for i in 0..n {
        let value = 3.0 + if i % 2 == 0 { off } else { -off };
        let figures = [value, 0.0, 6.0].map(Cell::Number);
        let mut cells = vec![text("P5"), text(phase), text("heat")];
        cells.extend(figures);
        table.push(Origin { source: 0, row: 1 }, &cells);
    }
    table.finish()
}

fn promised(mean: f64, sd: f64) -> Table {
    let cols = [Col::ProjectId, Col::Characteristic, Col::Component, Col::Mean, Col::Sd];
    let mut table = TableBuilder::new(TableKind::Tolerances, &cols);
    let cells = [text("P5"), text("Heat"), text("wall"), Cell::Number(mean), Cell::Number(sd)];
    table.push(Origin { source: 0, row: 1 }, &cells);
    table.finish()
}

fn ran(tables: impl IntoIterator<Item = Table>) -> Outcome {
    Pilot.compute(&dataset(tables, day(100)), &Ask::default()).unwrap()
}

fn ids(outcome: &Outcome) -> Vec<&str> {
    outcome.findings.iter().map(|f| f.id.as_str()).collect()
}

/// s = off · √(n/(n − 1)): with n = 100 and off = 0.5, Ppk = 3 / 3s = 1.99; with off = 1, 0.995.
#[test]
fn a_pilot_is_met_not_met_or_cannot_be_told() {
    let met = ran([measured("Pilot", 100, 0.5)]);
    assert_eq!(ids(&met), ["pilot.met"]);
    let ppk = met.metrics[0].value.as_ref().and_then(Value::as_f64).unwrap();
    assert!((ppk - 2.0 * 0.99_f64.sqrt()).abs() < 1e-9, "{ppk}");
    assert_eq!(ids(&ran([measured("試行", 100, 1.0)])), ["pilot.not_met"]);
    assert_eq!(ids(&ran([measured("Pilot 試行", 8, 0.75)])), ["pilot.open"]);
}

#[test]
fn what_was_promised_is_held_against_what_was_seen() {
    let kept = ran([measured("pilot", 100, 0.5), promised(3.0, 0.5)]);
    assert_eq!(ids(&kept), ["pilot.met"]);
    let broken = ran([measured("pilot", 100, 0.5), promised(2.0, 0.5)]);
    assert!(ids(&broken).contains(&"pilot.differs"));
}

#[test]
fn a_baseline_is_no_pilot() {
    let data = dataset([measured("baseline", 50, 0.5)], day(100));
    let skipped = Pilot.compute(&data, &Ask::default()).unwrap_err();
    assert!(skipped.reason.is_some());
}
