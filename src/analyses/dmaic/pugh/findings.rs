//! What the matrix says of the choice.

use super::compute::{Computed, Matrix};
use super::section::{concept, project};
use crate::report::{Finding, Grade, Value};

/// The findings, the gravest first.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    let mut out: Vec<Finding> = data.matrices.iter().map(choice).collect();
    out.sort_by_key(|finding| finding.grade);
    out
}

fn finding(name: &str, grade: Grade, matrix: &Matrix) -> Finding {
    let finding = Finding::new("pugh", name, grade).about("pugh_kept");
    finding.arg("project", project(matrix.project.as_deref()))
}

fn points(x: f64) -> Value {
    Value::Number { value: x, decimals: 1 }
}

fn choice(matrix: &Matrix) -> Finding {
    let ranking = matrix.ranking();
    let [(first, best), (second, next), ..] = ranking.as_slice() else {
        return finding("incomplete", Grade::Watch, matrix);
    };
    let names = |finding: Finding| {
        finding
            .arg("first", concept(matrix, *first))
            .arg("second", concept(matrix, *second))
            .arg("total", points(best.weighted))
            .arg("lead", points(best.weighted - next.weighted))
    };
    let Some(winner) = matrix.winner() else {
        return names(finding("tie", Grade::Watch, matrix));
    };
    if matrix.is_datum(winner) {
        return finding("datum", Grade::Watch, matrix).arg("first", concept(matrix, winner));
    }
    let turned = matrix.turns().into_iter().find(|t| t.winners.iter().any(|w| *w != Some(winner)));
    match turned.and_then(|turn| matrix.criteria.get(turn.criterion)) {
        None => names(finding("robust", Grade::Good, matrix)),
        Some(criterion) => {
            let fragile = names(finding("fragile", Grade::Watch, matrix));
            fragile.arg("criterion", criterion.name.as_str())
        }
    }
}
