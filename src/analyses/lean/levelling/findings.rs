//! What the load says.

use super::capacity::Capacity;
use super::compute::Load;
use crate::analyses::analysis::Ask;
use crate::report::{Finding, Grade, Message, Value};

/// Its findings, the gravest first.
pub(super) fn findings(
    load: Option<&Load>,
    capacity: Option<&Capacity>,
    ask: &Ask,
) -> Vec<Finding> {
    let changed = load.and_then(|load| changed(load, ask));
    let peaks = capacity.and_then(peaks);
    let mut out: Vec<Finding> = changed.into_iter().chain(peaks).collect();
    out.sort_by_key(|finding| finding.grade);
    out
}

/// The second half of the period more, or less, even than the first.
fn changed(load: &Load, ask: &Ask) -> Option<Finding> {
    let p = load.p.filter(|p| *p < 1.0 - ask.confidence)?;
    let [before, after] = load.halves?;
    let (before, after) = (before.index?, after.index?);
    let (name, grade) = match after < before {
        true if p < ask.act_alpha => ("less_even", Grade::Act),
        true => ("less_even", Grade::Watch),
        false => ("more_even", Grade::Good),
    };
    Some(Finding {
        id: format!("levelling.{name}"),
        grade,
        metric: Some("levelling_index".to_owned()),
        message: Message::new(format!("levelling.finding.{name}.message"))
            .arg("before", Value::number(before, 2)?)
            .arg("after", Value::number(after, 2)?),
        advice: Message::new(format!("levelling.finding.{name}.advice")),
        money: None,
        p_value: Some(p),
    })
}

/// Demand beyond capacity: a fact of the table, not a test.
fn peaks(capacity: &Capacity) -> Option<Finding> {
    let (day, load) = capacity.worst.filter(|_| capacity.peaks > 0)?;
    Some(Finding {
        id: "levelling.peaks".to_owned(),
        grade: Grade::Watch,
        metric: Some("peak_share".to_owned()),
        message: Message::new("levelling.finding.peaks.message")
            .arg("peaks", Value::count(capacity.peaks))
            .arg("entries", capacity.entries.len())
            .arg("day", day)
            .arg("load", Value::share(load)?),
        advice: Message::new("levelling.finding.peaks.advice"),
        money: None,
        p_value: None,
    })
}
