//! What the pilot says of the design.

use super::compute::{Computed, Verdict, Verified};
use super::section::named;
use crate::report::{Finding, Grade, Message, Value};

/// The findings, the gravest first.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    let of = |verified| [Some(verdict(data, verified)), differs(verified)];
    let mut out: Vec<Finding> = data.verified.iter().flat_map(of).flatten().collect();
    out.sort_by_key(|finding| finding.grade);
    out
}

fn finding(name: &str, grade: Grade, verified: &Verified) -> Finding {
    Finding::new("pilot", name, grade)
        .about("pilot_ppk")
        .arg("project", named(verified.project.as_deref()))
        .arg("result", named(verified.characteristic.as_deref()))
        .arg("n", verified.values.len())
}

fn verdict(data: &Computed, verified: &Verified) -> Finding {
    let (name, grade) = match verified.verdict {
        Verdict::Met => ("met", Grade::Good),
        Verdict::NotMet => ("not_met", Grade::Watch),
        Verdict::CannotTell => ("open", Grade::Watch),
    };
    let Some(ppk) = verified.ppk.observed else {
        return finding("unknown", Grade::Watch, verified);
    };
    let number = |x: f64| Value::Number { value: x, decimals: 2 };
    finding(name, grade, verified)
        .arg("ppk", number(ppk.value))
        .arg("low", number(ppk.bounds.low))
        .arg("high", number(ppk.bounds.high))
        .arg("target", number(data.target))
}

/// The pilot behaves otherwise than the components promised.
fn differs(verified: &Verified) -> Option<Finding> {
    let figures = verified.differing();
    let first = figures.first()?;
    let pair = match *first {
        "mean" => verified.mean,
        "sd" => verified.sd,
        "ppk" => verified.ppk,
        _ => verified.share,
    };
    let (predicted, seen) = pair.predicted.zip(pair.observed)?;
    let number = |x: f64| Value::Number { value: x, decimals: 3 };
    let figure = Message::new(format!("pilot.figure.{first}"));
    let finding = finding("differs", Grade::Watch, verified)
        .arg("figure", figure)
        .arg("predicted", number(predicted))
        .arg("observed", number(seen.value))
        .arg("low", number(seen.bounds.low))
        .arg("high", number(seen.bounds.high));
    Some(finding)
}
