//! The analysis on a list made by hand.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::Fmea;
use crate::analyses::dmaic::testing::{dataset, day, text};
use crate::analyses::{Analysis, Ask, recalc};
use crate::dataset::{Cell, Dataset, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Block, Grade, Outcome, Value};

type Failure<'a> = (&'a str, [i64; 3], Option<[i64; 3]>, &'a str, &'a str);

const COLS: [Col; 11] = [
    Col::ProjectId,
    Col::FailureMode,
    Col::Severity,
    Col::Occurrence,
    Col::Detection,
    Col::Action,
    Col::Status,
    Col::SeverityAfter,
    Col::OccurrenceAfter,
    Col::DetectionAfter,
    Col::Due,
];

/// All due on day 100; the report looks from day 110.
fn list(failures: &[Failure<'_>]) -> Dataset {
    let mut table = TableBuilder::new(TableKind::Fmea, &COLS);
    for (name, [s, o, d], after, action, status) in failures {
        let again = |i: usize| after.map_or(Cell::Missing, |after| Cell::Count(after[i]));
        let mut cells = vec![Cell::Text("P1"), Cell::Text(name)];
        cells.extend([*s, *o, *d].map(Cell::Count));
        cells.extend([text(action), text(status)]);
        cells.extend([0, 1, 2].map(again));
        cells.push(Cell::Day(day(100)));
        table.push(Origin { source: 0, row: 1 }, &cells);
    }
    dataset([table.finish()], day(110))
}

fn ran(failures: &[Failure<'_>]) -> Outcome {
    Fmea.compute(&list(failures), &Ask::default()).unwrap()
}

fn figure(outcome: &Outcome, id: &str) -> Option<Value> {
    outcome.metrics.iter().find(|m| m.id == id).unwrap().value.clone()
}

#[test]
fn a_severe_mode_is_listed_though_its_number_ranks_last() {
    let outcome = ran(&[
        ("wrong form", [4, 6, 9], None, "template", "open"),
        ("fire", [10, 1, 2], None, "", ""),
        ("late letter", [3, 8, 3], Some([3, 2, 3]), "reminder", "done"),
    ]);
    let table = outcome.blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.id == "fmea.modes_0" => Some(table),
        _ => None,
    });
    let table = table.unwrap();
    let rpn: Vec<_> = (0..3).map(|row| table.value(row, "rpn").cloned().unwrap()).collect();
    assert_eq!(rpn, [Value::Count(216), Value::Count(72), Value::Count(20)]);
    assert_eq!(table.value(1, "rpn_after"), Some(&Value::Count(18)));
    let severe = outcome.findings.iter().find(|f| f.id == "fmea.severe").unwrap();
    assert_eq!(severe.message.args.get("first"), Some(&Value::from("fire")));
    // The late letter, once done, stands at 18 and no longer above the fire.
    assert_eq!(severe.message.args.get("rank"), Some(&Value::Count(2)));
    assert_eq!(recalc::misses(&outcome).iter().filter(|m| !m.contains("rank")).count(), 0);
}

#[test]
fn actions_are_overdue_from_the_day_the_report_looks_from() {
    let outcome = ran(&[
        ("a", [5, 5, 5], None, "fix a", "open"),
        ("b", [5, 5, 4], None, "fix b", "已完成"),
        ("c", [5, 5, 3], None, "fix c", "cancelled"),
    ]);
    assert_eq!(figure(&outcome, "fmea_overdue"), Some(Value::Count(1)));
    let late = outcome.findings.iter().find(|f| f.id == "fmea.overdue").unwrap();
    assert_eq!(late.message.args.get("days"), Some(&Value::Count(10)));
    assert!(outcome.findings.iter().all(|f| f.grade != Grade::Act));
}

#[test]
fn a_rating_after_counts_once_its_action_is_done() {
    let hoped = ran(&[("a", [9, 8, 8], Some([9, 1, 1]), "guard", "open")]);
    assert_eq!(figure(&hoped, "fmea_high"), Some(Value::Count(1)));
    assert!(hoped.findings.iter().any(|f| f.id == "fmea.forecast"));
    let done = ran(&[("a", [9, 8, 8], Some([9, 1, 1]), "guard", "done")]);
    assert_eq!(figure(&done, "fmea_high"), Some(Value::Count(0)));
    assert_eq!(done.findings[0].id, "fmea.answered");
}

#[test]
fn ratings_outside_the_scale_are_refused_and_said() {
    let data = list(&[("a", [11, 1, 1], None, "", ""), ("b", [2, 1, 1], None, "", "")]);
    let outcome = Fmea.compute(&data, &Ask::default()).unwrap();
    let told = outcome.blocks.iter().any(|block| match block {
        Block::Checklist(checks) => {
            checks.iter().any(|c| c.detail.key == "fmea.check.refused_rows")
        }
        _ => false,
    });
    assert!(told);
    assert!(Fmea.compute(&list(&[("a", [0, 1, 1], None, "", "")]), &Ask::default()).is_err());
}
