//! What the ranking says.

use super::compute::{Computed, Ranked, share};
use super::section::name;
use crate::report::{Finding, Grade, Message, Value};
use crate::units::Month;

/// A shift is worth a look below this adjusted p-value, and an action below the report's.
const WATCH: f64 = 0.05;

/// The findings, the gravest first.
pub(super) fn findings(data: &Computed, act_alpha: f64) -> Vec<Finding> {
    let mut out: Vec<Finding> =
        data.types.iter().filter_map(|kind| shifted(data, kind, act_alpha)).collect();
    out.extend(vital_few(data));
    out.sort_by_key(|finding| finding.grade);
    out
}

/// A type whose share of all defects grew.
fn shifted(data: &Computed, kind: &Ranked, act_alpha: f64) -> Option<Finding> {
    let moved = kind.moved.filter(|moved| moved.p < WATCH && moved.recent > moved.before)?;
    let points = |x: f64| Value::Share(x);
    let message = Message::new("pareto.finding.shift.message")
        .arg("type", name(kind))
        .arg("from", Month::from_number(data.recent))
        .arg("to", Month::from_number(data.shown.1))
        .arg("before", points(moved.before))
        .arg("after", points(moved.recent))
        .arg("low", points(moved.bounds.low))
        .arg("high", points(moved.bounds.high));
    Some(Finding {
        id: "pareto.shift".to_owned(),
        grade: if moved.p < act_alpha { Grade::Act } else { Grade::Watch },
        metric: Some("vital_few".to_owned()),
        message,
        advice: Message::new("pareto.finding.shift.advice"),
        money: kind.cost(moved.excess),
        p_value: Some(moved.p),
    })
}

/// Few types that make most defects, where they are few.
fn vital_few(data: &Computed) -> Option<Finding> {
    let first = data.types.first()?;
    let few = data.distinct > 2 && data.vital * 2 <= data.distinct;
    let sum: u64 = data.types.iter().take(data.vital).map(|kind| kind.sum.count).sum();
    let message = Message::new("pareto.finding.vital_few.message")
        .arg("vital", data.vital)
        .arg("types", data.distinct)
        .arg("share", Value::Share(share(sum, data.total)))
        .arg("first", name(first))
        .arg("first_share", Value::Share(share(first.sum.count, data.total)));
    few.then(|| Finding {
        id: "pareto.vital_few".to_owned(),
        grade: Grade::Watch,
        metric: Some("vital_few".to_owned()),
        message,
        advice: Message::new("pareto.finding.vital_few.advice"),
        money: first.sum.cost,
        p_value: None,
    })
}
