//! What the charts and the capability say. A run rule alone asks for a look, never for action; no
//! record says what a value off the specification costs, so neither does a low index. A mean that
//! moved for the worse asks for action where the process is not capable.

use super::compute::{Computed, Ctq};
use super::status::{decimals, index, name};
use super::tables::{point, rule_message};
use crate::report::{Finding, Grade, Message, Value};
use crate::stats::control_chart::mean_shift::Shift;
use crate::stats::control_chart::stability::Stability;
use crate::stats::hypothesis::holm::holm;

/// The findings, new signals first.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    let mut out = shifts(data);
    out.extend(data.ctqs.iter().filter_map(|ctq| signal(data, ctq)));
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

/// Means that moved, beyond chance after Holm's adjustment for the characteristics looked at.
///
/// It asks for action where the move is for the worse, the points are independent as the test
/// assumes, and the characteristic is not capable.
fn shifts(data: &Computed) -> Vec<Finding> {
    let p = data.ctqs.iter().map(|ctq| ctq.shift.map_or(1.0, |shift| shift.p));
    let adjusted = holm(&p.collect::<Vec<f64>>());
    let moved = data.ctqs.iter().zip(adjusted).filter(|(_, p)| *p < data.act_alpha);
    moved.filter_map(|(ctq, p)| shift(ctq, p)).collect()
}

fn shift(ctq: &Ctq, p: f64) -> Option<Finding> {
    let Shift { at, test, .. } = ctq.shift?;
    let (after, before) = (test.mean, test.second_mean?);
    let (id, grade) = match ctq.ability.as_ref().map(|ability| ability.better(after, before)) {
        Some(true) => ("improved", Grade::Good),
        Some(false) => {
            let incapable = ctq.ability.as_ref().is_some_and(|a| a.ppk.bounds.high < 1.0);
            let act = incapable && ctq.follows.is_none();
            ("shift", if act { Grade::Act } else { Grade::Watch })
        }
        None => ("moved", Grade::Watch),
    };
    let at = ctq.charted.current().start + at;
    let month = ctq.series.samples.get(at).filter(|_| ctq.series.dated).and_then(|s| s.day);
    let number = |x: f64| Value::number(x, decimals(ctq)).unwrap_or_else(|| Value::from("–"));
    let message = message(id)
        .arg("what", place(ctq))
        .arg("when", month.map_or_else(|| point(ctq, at), |day| day.month().into()))
        .arg("before", number(before))
        .arg("after", number(after))
        .arg("low", number(test.low?))
        .arg("high", number(test.high?));
    let metric = if ctq.ability.is_some() { "characteristic_ppk" } else { "characteristic_mean" };
    Some(Finding { p_value: Some(p), ..finding(id, grade, metric, message) })
}

/// A characteristic with its step.
fn place(ctq: &Ctq) -> Value {
    match (&ctq.name, &ctq.series.scope.step) {
        (Some(name), Some(step)) if !name.contains(step.as_str()) => {
            Value::Text(format!("{name} · {step}"))
        }
        _ => name(ctq.name.as_ref()),
    }
}

/// The newest signal of a characteristic, if it is new.
fn signal(data: &Computed, ctq: &Ctq) -> Option<Finding> {
    let dots = || ctq.charted.place.iter().zip(&ctq.charted.spread).enumerate();
    let named = |(i, (place, spread)): (usize, (&super::chart::Dot, &super::chart::Dot))| {
        Some((i, *place.rules.first().or_else(|| spread.rules.first())?))
    };
    let (at, rule) = dots().skip(ctq.new_from).filter_map(named).next_back()?;
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
