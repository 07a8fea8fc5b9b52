//! What poor quality costs, and what of it the customer paid. No change is tested here, so
//! nothing calls for action.

use super::compute::Computed;
use super::ledger::Class;
use super::section::{class_words, named};
use crate::report::{Finding, Grade, Message, Value};
use crate::units::{Money, Month};

/// The findings.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    [burden(data), escaped(data)].into_iter().flatten().collect()
}

fn finding(id: &str, metric: &str, message: Message, money: Option<Money>) -> Finding {
    Finding {
        id: format!("copq.{id}"),
        grade: Grade::Watch,
        metric: Some(metric.to_owned()),
        message,
        advice: Message::new(format!("copq.finding.{id}.advice")),
        money,
        p_value: None,
    }
}

fn burden(data: &Computed) -> Option<Finding> {
    let total = data.total();
    let (class, cost) = data.classes().into_iter().max_by_key(|(_, cost)| *cost)?;
    let steps = data.by(|key| &key.step);
    let step = steps.into_iter().find(|(name, _)| name.is_some());
    let key = if step.is_some() { "burden.step" } else { "burden.message" };
    let message = Message::new(format!("copq.finding.{key}"))
        .arg("from", Month::from_number(data.span.0))
        .arg("to", Month::from_number(data.span.1))
        .arg("total", total)
        .arg("class", class_words(class))
        .arg("share", Value::Share(cost.share_of(total)?));
    let message = step.into_iter().fold(message, |message, (name, cost)| {
        message.arg("step", named(name.as_deref())).arg("step_cost", cost)
    });
    Some(finding("burden", "copq", message, Some(total)))
}

fn escaped(data: &Computed) -> Option<Finding> {
    let (escaped, all, share) = data.escaped().filter(|(escaped, ..)| *escaped > 0)?;
    let cost = data.cost(|key| key.class == Class::External);
    let message = Message::new("copq.finding.escaped.message")
        .arg("escaped", escaped)
        .arg("all", all)
        .arg("share", Value::Share(share.value))
        .arg("low", Value::Share(share.bounds.low))
        .arg("high", Value::Share(share.bounds.high));
    Some(finding("escaped", "escaped_share", message, cost))
}
