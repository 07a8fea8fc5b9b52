//! What the wastes say.

use super::compute::{Basis, Computed, Line};
use crate::analyses::analysis::Ask;
use crate::report::{Finding, Grade, Message, Value};
use crate::stats::control_chart::change_point::Way;
use crate::units::Money;

/// Its findings, the gravest first.
pub(super) fn findings(data: &Computed, ask: &Ask) -> Vec<Finding> {
    let moved = data.lines.iter().filter_map(|line| moved(data, line, ask));
    let mut out: Vec<Finding> = moved.chain(largest(data)).collect();
    out.sort_by_key(|finding| finding.grade);
    out
}

/// The name of a waste.
pub(super) fn name(line: &Line) -> Value {
    Message::new(format!("wastes.waste.{}", line.waste.key())).into()
}

/// Hours of a waste that rose or fell at some month and stayed there.
fn moved(data: &Computed, line: &Line, ask: &Ask) -> Option<Finding> {
    let (change, way, p) = line.change.filter(|(_, _, p)| *p < 1.0 - ask.confidence)?;
    let (id, grade) = match way {
        Way::Rise if p < ask.act_alpha => ("rise", Grade::Act),
        Way::Rise => ("rise", Grade::Watch),
        Way::Fall => ("fall", Grade::Good),
    };
    let (before, after) = (change.before.value()?, change.after.value()?);
    let excess = (after - before) * change.after.exposure;
    let unit = if line.basis == Basis::Measured { "a_day" } else { "a_case" };
    Some(Finding {
        id: format!("wastes.{id}"),
        grade,
        metric: Some("waste_hours".to_owned()),
        message: Message::new(format!("wastes.finding.{id}.{unit}"))
            .arg("waste", name(line))
            .arg("month", data.first.plus(i32::try_from(change.at).ok()?))
            .arg("before", Value::number(before, 2)?)
            .arg("after", Value::number(after, 2)?)
            .arg("hours", Value::number(excess.abs(), 0)?),
        advice: Message::new(format!("wastes.finding.{id}.advice")).arg("waste", name(line)),
        money: cost(line, excess).filter(|_| way == Way::Rise),
        p_value: Some(p),
    })
}

/// Hours at the mean cost of an hour of this line.
fn cost(line: &Line, hours: f64) -> Option<Money> {
    let each = line.money?.to_units() / line.hours.filter(|hours| *hours > 0.0)?;
    Money::from_units(each * hours)
}

/// The waste that costs most, or without costs takes most hours, among the measured.
fn largest(data: &Computed) -> Option<Finding> {
    let measured = || data.lines.iter().filter(|line| line.basis == Basis::Measured);
    let by_money = measured().filter_map(|line| Some((line, line.money?.to_units())));
    let by_hours = measured().filter_map(|line| Some((line, line.hours?)));
    let most =
        |a: &(&Line, f64), b: &(&Line, f64)| a.1.total_cmp(&b.1).then(b.0.waste.cmp(&a.0.waste));
    let (line, amount) = by_money.max_by(most).or_else(|| by_hours.max_by(most))?;
    let (all, key) = if line.money.is_some() {
        (measured().filter_map(|line| line.money).map(Money::to_units).sum::<f64>(), "money")
    } else {
        (measured().filter_map(|line| line.hours).sum::<f64>(), "hours")
    };
    Some(Finding {
        id: "wastes.largest".to_owned(),
        grade: Grade::Watch,
        metric: Some("waste_hours".to_owned()),
        message: Message::new(format!("wastes.finding.largest.{key}"))
            .arg("waste", name(line))
            .arg("share", Value::share(amount / all)?)
            .arg("hours", line.hours.and_then(|h| Value::number(h, 0)).unwrap_or(Value::Count(0)))
            .arg("entries", Value::count(line.events)),
        advice: Message::new("wastes.finding.largest.advice").arg("waste", name(line)),
        money: line.money,
        p_value: None,
    })
}
