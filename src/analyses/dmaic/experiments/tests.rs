//! The analysis on experiments with known effects.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::Experiments;
use crate::analyses::dmaic::testing::{dataset, day, text};
use crate::analyses::{Analysis, Ask};
use crate::dataset::{Cell, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Block, Outcome, Table, Value};

/// Rows `(run, trial, levels of A, B, C, response)`.
type Trial = (usize, usize, Vec<&'static str>, f64);

fn ran(trials: &[Trial], objective: &str) -> Outcome {
    let cols = [Col::Run, Col::Trial, Col::Factor, Col::Level, Col::Value, Col::Objective];
    let mut table = TableBuilder::new(TableKind::Experiments, &cols);
    for (run, trial, levels, response) in trials {
        let (run, trial) = (run.to_string(), trial.to_string());
        for (factor, level) in ["A", "B", "C"].into_iter().zip(levels) {
            let mut cells = [&run, &trial, factor, level].map(text).to_vec();
            cells.extend([Cell::Number(*response), text(objective)]);
            table.push(Origin { source: 0, row: 1 }, &cells);
        }
    }
    Experiments.compute(&dataset([table.finish()], day(100)), &Ask::default()).unwrap()
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

/// All eight runs of 2³ twice: y = 50 − 4 A + 2 C ± ½, whatever B.
fn cube() -> Vec<Trial> {
    let mut out = Vec::new();
    for run in 0..8_usize {
        for trial in 0..2 {
            let high = |j: usize| run >> j & 1 == 1;
            let level = |j: usize| if high(j) { "高" } else { "low" };
            let sign = |j: usize| if high(j) { 1.0 } else { -1.0 };
            let noise = if trial == 0 { 0.5 } else { -0.5 };
            let response = 50.0 - 2.0 * sign(0) + sign(2) + noise;
            out.push((run, trial, vec![level(0), level(1), level(2)], response));
        }
    }
    out
}

#[test]
fn effects_of_a_replicated_cube_by_hand() {
    let outcome = ran(&cube(), "smaller is better");
    let effects = table(&outcome, "experiments.effects_0");
    assert_eq!(effects.value(0, "effect"), Some(&Value::from("A")));
    assert!((figure(effects, 0, "size") + 4.0).abs() < 1e-12);
    assert!((figure(effects, 1, "size") - 2.0).abs() < 1e-12);
    // SS of A = n (effect / 2)² = 16 · 4; MSE = 8 · ½ / 8 = ½; F = 128.
    assert!((figure(effects, 0, "f") - 128.0).abs() < 1e-9);
    let active = outcome.findings.iter().find(|f| f.id == "experiments.active").unwrap();
    assert_eq!(active.message.args.get("names"), Some(&Value::from("A, C")));
    // Smaller is better: A high, C low; B does not matter but has a level all the same.
    let robust = outcome.findings.iter().find(|f| f.id == "experiments.robust").unwrap();
    let levels = format!("{:?}", robust.message.args.get("levels"));
    assert!(levels.contains("A = 高") && levels.contains("C = low"), "{levels}");
}

#[test]
fn an_unreplicated_cube_is_held_against_its_small_effects() {
    let once: Vec<Trial> = cube().into_iter().filter(|(_, trial, ..)| *trial == 0).collect();
    let jitter = [0.05, -0.03, 0.02, -0.06, 0.01, 0.04, -0.02, -0.01];
    let once: Vec<Trial> =
        once.into_iter().zip(jitter).map(|((r, t, l, y), e)| (r, t, l, y + e)).collect();
    let outcome = ran(&once, "");
    let active = outcome.findings.iter().find(|f| f.id == "experiments.active").unwrap();
    assert_eq!(active.message.args.get("names"), Some(&Value::from("A, C")));
    assert!(outcome.findings.iter().all(|f| f.id != "experiments.robust"));
}

#[test]
fn missing_runs_and_a_third_level_are_said() {
    let said = |outcome: &Outcome, key: &str| {
        outcome.blocks.iter().any(|block| match block {
            Block::Checklist(checks) => checks.iter().any(|c| c.detail.key.ends_with(key)),
            _ => false,
        })
    };
    assert!(said(&ran(&cube()[2..], "larger"), "runs_unbalanced"));
    let mut three = cube();
    three[0].2[1] = "medium";
    let outcome = ran(&three, "larger");
    assert!(said(&outcome, "effects_levels"));
    assert_eq!(outcome.metrics[0].value, None);
    assert_eq!(table(&outcome, "experiments.levels_0").rows.len(), 7);
}
