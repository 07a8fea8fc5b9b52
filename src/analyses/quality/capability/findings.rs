//! What the charts and the capability say. A run rule alone asks for a look, never for action; no
//! record says what a value off the specification costs, so neither does a low index.

use super::compute::{Computed, Ctq};
use super::status::{index, name};
use super::tables::{point, rule_message};
use crate::report::{Finding, Grade, Message, Value};
use crate::stats::control_chart::stability::Stability;

/// The findings, new signals first.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    let mut out: Vec<Finding> = data.ctqs.iter().filter_map(|ctq| signal(data, ctq)).collect();
    out.extend(data.incapable().map(|(_, ctq)| incapable(data, ctq)).collect::<Vec<_>>());
    out.extend(data.ctqs.iter().filter_map(|ctq| capable(data, ctq)));
    if data.signals() == 0 {
        out.push(quiet(data));
    }
    out.sort_by_key(|finding| finding.grade);
    out
}

fn finding(id: &str, grade: Grade, metric: &str, message: Message) -> Finding {
    Finding {
        id: format!("capability.{id}"),
        grade,
        metric: Some(metric.to_owned()),
        message,
        advice: Message::new(format!("capability.finding.{id}.advice")),
        money: None,
        p_value: None,
    }
}

fn message(id: &str) -> Message {
    Message::new(format!("capability.finding.{id}.message"))
}

/// The newest signal of a characteristic, if it is new.
fn signal(data: &Computed, ctq: &Ctq) -> Option<Finding> {
    let dots = || ctq.charted.place.iter().zip(&ctq.charted.spread).enumerate();
    let named = |(i, (place, spread)): (usize, (&super::chart::Dot, &super::chart::Dot))| {
        Some((i, *place.rules.first().or_else(|| spread.rules.first())?))
    };
    let (at, rule) = dots().skip(ctq.new_from).filter_map(named).last()?;
    let message = message("signal")
        .arg("what", name(ctq.name.as_ref()))
        .arg("when", point(ctq, at))
        .arg("rule", rule_message(rule))
        .arg("new", ctq.new_signals())
        .arg("points", ctq.charted.place.len())
        .arg("expected", Value::Number { value: ctq.charted.expected, decimals: 1 })
        .arg("all", data.signals());
    Some(finding("signal", Grade::Watch, "capability_signals", message))
}

fn incapable(data: &Computed, ctq: &Ctq) -> Finding {
    let message = ppk_message("incapable", data, ctq);
    finding("incapable", Grade::Watch, "characteristic_ppk", message)
}

/// Ppk beyond its target by its whole interval, of a process that is stable.
fn capable(data: &Computed, ctq: &Ctq) -> Option<Finding> {
    let ability = ctq.ability.as_ref()?;
    let stable = ctq.charted.stability != Stability::Unstable;
    let proven = stable && ability.ppk.bounds.low >= data.target;
    let message = || ppk_message("capable", data, ctq);
    proven.then(|| finding("capable", Grade::Good, "characteristic_ppk", message()))
}

fn ppk_message(id: &str, data: &Computed, ctq: &Ctq) -> Message {
    let number = |x: f64| index(x).unwrap_or_else(|| Value::Text("–".to_owned()));
    let (ppk, observed) = ctq.ability.as_ref().map_or((None, None), |a| (Some(a.ppk), a.observed));
    let ppk = ppk.unwrap_or_default();
    message(id)
        .arg("what", name(ctq.name.as_ref()))
        .arg("ppk", number(ppk.value))
        .arg("low", number(ppk.bounds.low))
        .arg("high", number(ppk.bounds.high))
        .arg("target", number(data.target))
        .arg("n", ctq.values.len())
        .arg("beyond", Value::Share(observed.map_or(0.0, |o| o.value)))
}

fn quiet(data: &Computed) -> Finding {
    let message = message("stable")
        .arg("charts", data.ctqs.len())
        .arg("expected", Value::Number { value: data.expected(), decimals: 1 });
    finding("stable", Grade::Good, "capability_signals", message)
}
