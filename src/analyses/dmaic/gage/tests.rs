//! The analysis on studies with known answers.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::Gage;
use crate::analyses::dmaic::testing::{dataset, day, text};
use crate::analyses::{Analysis, Ask, recalc};
use crate::dataset::{Cell, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Block, Outcome, Table, Value};

/// Readings `(part, operator, value, reference)` of a study with limits 0 … 10.
fn valued(rows: &[(&str, &str, f64, &str)]) -> Outcome {
    let cols = [Col::Part, Col::Operator, Col::Value, Col::Reference, Col::Lsl, Col::Usl];
    let mut table = TableBuilder::new(TableKind::GageStudies, &cols);
    for &(part, operator, value, reference) in rows {
        let limits = [0.0, 10.0].map(Cell::Number);
        let mut cells = vec![text(part), text(operator), Cell::Number(value), text(reference)];
        cells.extend(limits);
        table.push(Origin { source: 0, row: 1 }, &cells);
    }
    Gage.compute(&dataset([table.finish()], day(100)), &Ask::default()).unwrap()
}

/// Judgements `(part, operator, trial, rating, standard)`.
fn rated(rows: &[(String, &str, &str, &str, &str)]) -> Outcome {
    let cols = [Col::Part, Col::Operator, Col::Trial, Col::Rating, Col::Reference];
    let mut table = TableBuilder::new(TableKind::GageStudies, &cols);
    for (part, operator, trial, rating, standard) in rows {
        let cells = [part.as_str(), operator, trial, rating, standard].map(text);
        table.push(Origin { source: 0, row: 1 }, &cells);
    }
    Gage.compute(&dataset([table.finish()], day(100)), &Ask::default()).unwrap()
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

fn only(outcome: &Outcome) -> &str {
    assert_eq!(outcome.findings.len(), 1);
    &outcome.findings[0].id
}

/// Parts at 2, 4, 6, 8; two operators read each twice, ± `error`, the second `off` more.
fn crossed(error: f64, off: f64) -> Vec<(&'static str, &'static str, f64, &'static str)> {
    let mut rows = Vec::new();
    for (part, size) in [("p1", 2.0), ("p2", 4.0), ("p3", 6.0), ("p4", 8.0)] {
        for (operator, more) in [("Ann", 0.0), ("Bo", off)] {
            rows.push((part, operator, size + more + error, ""));
            rows.push((part, operator, size + more - error, ""));
        }
    }
    rows
}

/// Repeatability: each cell has SS 2 e², 8 cells, 8 of 11 pooled degrees of freedom: with e = 0.1
/// and no interaction σ² = 0.16 / 11. Parts: MS = 4 · Σ(size − 5)² / 3, σ² = (MS − that) / 4.
#[test]
fn a_crossed_study_by_hand() {
    let outcome = valued(&crossed(0.1, 0.0));
    let components = table(&outcome, "gage.components_0");
    let (gage, part) = (figure(components, 0, "variance"), figure(components, 5, "variance"));
    assert!((gage - 0.16 / 11.0).abs() < 1e-9, "{gage}");
    assert!((part - (80.0 / 3.0 - 0.16 / 11.0) / 4.0).abs() < 1e-9, "{part}");
    let tolerance = figure(components, 0, "tolerance");
    assert!((tolerance - 6.0 * gage.sqrt() / 10.0).abs() < 1e-9);
    assert_eq!(only(&outcome), "gage.good");
    assert_eq!(recalc::misses(&outcome), Vec::<String>::new());
    assert_eq!(only(&valued(&crossed(0.3, 0.8))), "gage.marginal");
    assert_eq!(only(&valued(&crossed(2.0, 1.0))), "gage.bad");
}

#[test]
fn parts_of_one_operator_each_are_nested_and_a_gap_is_said() {
    let own = |(part, operator, value, _): &(&'static str, &'static str, f64, &'static str)| {
        let name = match (*part, *operator) {
            (part, "Ann") => part,
            ("p1", _) => "q1",
            ("p2", _) => "q2",
            ("p3", _) => "q3",
            _ => "q4",
        };
        (name, *operator, *value, "")
    };
    let nested: Vec<_> = crossed(0.1, 0.0).iter().map(own).collect();
    let outcome = valued(&nested);
    assert_eq!(table(&outcome, "gage.variance_0").rows.len(), 3);
    assert_eq!(only(&outcome), "gage.good");
    assert_eq!(only(&valued(&crossed(0.1, 0.0)[1..])), "gage.unknown");
}

/// Ten readings 5 ± 0.1: s = 0.1 √(10/9), Cg = 0.2 · 10 / 6s = 3.16, bias of 0.5: Cgk = 1.58.
#[test]
fn one_part_of_known_size_is_a_type_1_study() {
    let rows: Vec<_> =
        (0..10).map(|i| ("p", "Ann", if i % 2 == 0 { 5.1 } else { 4.9 }, "4.5")).collect();
    let outcome = valued(&rows);
    let study = table(&outcome, "gage.type1_0");
    let sd = 0.1 * (10.0_f64 / 9.0).sqrt();
    assert!((figure(study, 3, "value") - 0.5).abs() < 1e-9);
    assert!((figure(study, 4, "value") - 2.0 / (6.0 * sd)).abs() < 1e-9);
    assert!((figure(study, 5, "value") - 0.5 / (3.0 * sd)).abs() < 1e-9);
    assert_eq!(only(&outcome), "gage.good");
}

#[test]
fn several_known_sizes_show_a_bias_that_grows() {
    let mut rows = Vec::new();
    for (part, reference, size) in [("a", "2", 2.0), ("b", "5", 5.0), ("c", "8", 8.0)] {
        for error in [0.02, -0.02, 0.01, -0.01] {
            rows.push((part, "Ann", size + 0.1 * (size - 2.0) + error, reference));
        }
    }
    let outcome = valued(&rows);
    let bias = table(&outcome, "gage.bias_0");
    assert!((figure(bias, 0, "bias")).abs() < 1e-9 && (figure(bias, 2, "bias") - 0.6).abs() < 1e-9);
    assert_eq!(only(&outcome), "gage.marginal");
}

/// Ten items, three appraisers, two trials; `wrong` items are misjudged by one of them once.
fn judged(wrong: usize) -> Outcome {
    let mut rows = Vec::new();
    for item in 0..10 {
        let truth = if item % 2 == 0 { "良" } else { "不良" };
        for operator in ["Ann", "Bo", "Cy"] {
            for trial in ["1", "2"] {
                let slip = item < wrong && operator == "Bo" && trial == "2";
                let other = if truth == "良" { "不良" } else { "良" };
                let rating = if slip { other } else { truth };
                rows.push((format!("u{item}"), operator, trial, rating, truth));
            }
        }
    }
    rated(&rows)
}

#[test]
fn judgements_are_held_against_the_standard() {
    let outcome = judged(1);
    assert_eq!(only(&outcome), "gage.good");
    let metric = outcome.metrics.iter().find(|m| m.id == "gage_agreement").unwrap();
    assert_eq!((metric.value.clone(), metric.n), (Some(Value::Share(0.9)), 10));
    // Three appraisers within and against the standard, each other, all against the standard.
    assert_eq!(table(&outcome, "gage.agreement_0").rows.len(), 8);
    assert_eq!(only(&judged(2)), "gage.marginal");
    assert_eq!(only(&judged(4)), "gage.bad");
}
