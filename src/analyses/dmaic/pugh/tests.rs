//! The analysis on matrices made by hand.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::Pugh;
use crate::analyses::dmaic::testing::{dataset, day, text};
use crate::analyses::{Analysis, Ask};
use crate::dataset::{Cell, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Block, Outcome, Value};

/// Scores of the concepts `old`, `a` and `b` on weighted criteria.
fn ran(rows: &[(&str, f64, [f64; 3])]) -> Outcome {
    let cols = [Col::Criterion, Col::Weight, Col::Concept, Col::Score];
    let mut table = TableBuilder::new(TableKind::Pugh, &cols);
    for &(criterion, weight, scores) in rows {
        for (concept, score) in ["old", "a", "b"].into_iter().zip(scores) {
            let (weight, score) = (Cell::Number(weight), Cell::Number(score));
            let cells = [text(criterion), weight, text(concept), score];
            table.push(Origin { source: 0, row: 1 }, &cells);
        }
    }
    Pugh.compute(&dataset([table.finish()], day(100)), &Ask::default()).unwrap()
}

fn only(outcome: &Outcome) -> &str {
    assert_eq!(outcome.findings.len(), 1);
    &outcome.findings[0].id
}

/// a: 4·2 + 2·(−1) = 6, b: 4·1 + 2·1 = 6: a tie that the plain sums (1 and 2) break.
#[test]
#[expect(clippy::float_cmp, reason = "sums of small whole numbers are exact")]
fn totals_by_hand_and_a_tie_is_called_one() {
    let outcome = ran(&[("warm", 4.0, [0.0, 2.0, 1.0]), ("light", 2.0, [0.0, -1.0, 1.0])]);
    let table = outcome.blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.id == "pugh.totals_0" => Some(table),
        _ => None,
    });
    let figure = |row, id| table.unwrap().value(row, id).and_then(Value::as_f64).unwrap();
    let first = [figure(0, "weighted"), figure(0, "plain"), figure(0, "plus"), figure(0, "minus")];
    assert_eq!(first, [6.0, 1.0, 1.0, 1.0]);
    assert_eq!([figure(1, "weighted"), figure(1, "plain")], [6.0, 2.0]);
    assert_eq!(only(&outcome), "pugh.tie");
}

#[test]
fn a_choice_that_a_weight_decides_is_fragile() {
    // a leads 10 to 8; with warmth at half its weight b leads 6 to 4.
    let outcome = ran(&[("warm", 6.0, [0.0, 2.0, 1.0]), ("light", 2.0, [0.0, -1.0, 1.0])]);
    assert_eq!(only(&outcome), "pugh.fragile");
    let args = &outcome.findings[0].message.args;
    assert_eq!(args.get("criterion"), Some(&Value::from("warm")));
    let robust = ran(&[("warm", 6.0, [0.0, 2.0, 0.0]), ("light", 2.0, [0.0, 1.0, 1.0])]);
    assert_eq!(only(&robust), "pugh.robust");
    assert_eq!(robust.metrics[0].value, Some(Value::Share(1.0)));
}

#[test]
fn a_datum_nothing_beats_is_said() {
    let outcome = ran(&[("warm", 6.0, [0.0, -2.0, -1.0])]);
    assert_eq!(only(&outcome), "pugh.datum");
}
