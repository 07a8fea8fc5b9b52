//! What the desk's figures say.

use super::compute::{Desk, Dimension, Group};
use super::params::Params;
use super::section::{duration, point};
use crate::analyses::analysis::Ask;
use crate::report::{Finding, Grade, Message, Value};

/// Its findings, the gravest first.
pub(super) fn findings(desk: &Desk, params: &Params, ask: &Ask) -> Vec<Finding> {
    let judge = Judge { alpha: params.alpha, act: ask.act_alpha };
    let mut out: Vec<Finding> = backlog(desk, judge).into_iter().collect();
    out.extend(promise(desk, judge));
    for (found, p) in desk.dimensions.iter().zip(&desk.family.dimensions) {
        let groups = || found.groups.iter();
        out.extend(clearest(groups().filter_map(|g| slower(desk, found, g, p.0?, judge))));
        out.extend(clearest(groups().filter_map(|g| later(found, g, p.1?, judge))));
    }
    if out.is_empty() && desk.family.backlog.or(desk.family.promise).is_some() {
        out.push(steady(desk));
    }
    out.sort_by_key(|finding| finding.grade);
    out
}

/// From which adjusted p-value on what is asked of the reader.
#[derive(Clone, Copy)]
struct Judge {
    alpha: f64,
    act: f64,
}

impl Judge {
    fn worse(self, p: f64) -> Option<Grade> {
        match p {
            p if p < self.act => Some(Grade::Act),
            p if p < self.alpha => Some(Grade::Watch),
            _ => None,
        }
    }
}

fn finding(name: &str, grade: Grade, metric: &str, message: Message, p: f64) -> Finding {
    Finding {
        id: format!("tickets.{name}"),
        grade,
        metric: Some(metric.to_owned()),
        advice: Message::new(format!("tickets.finding.{name}.advice")),
        message,
        money: None,
        p_value: Some(p),
    }
}

fn message(name: &str) -> Message {
    Message::new(format!("tickets.finding.{name}.message"))
}

fn backlog(desk: &Desk, judge: Judge) -> Option<Finding> {
    let p = desk.family.backlog?;
    let grade = judge.worse(p)?;
    let mut whole = desk.flow.whole().rev();
    let last = whole.next()?;
    let before = whole.take(12).last()?;
    let text = message("backlog_grows")
        .arg("from", point(desk.flow.grain, before.at))
        .arg("to", point(desk.flow.grain, last.at))
        .arg("before", Value::count(before.backlog?))
        .arg("now", Value::count(last.backlog?))
        .arg("p", probability(p));
    Some(finding("backlog_grows", grade, "ticket_backlog", text, p))
}

fn promise(desk: &Desk, judge: Judge) -> Option<Finding> {
    let (change, p) = (desk.promise.as_ref()?.change?, desk.family.promise?);
    let fell = change.difference()? < 0.0;
    let grade = judge.worse(p)?;
    let (name, grade) = if fell { ("sla_fell", grade) } else { ("sla_rose", Grade::Good) };
    let text = message(name)
        .arg("point", point(desk.flow.grain, change.at))
        .arg("now", Value::share(change.now.value()?)?)
        .arg("before", Value::share(change.before.value()?)?)
        .arg("n", Value::count(change.now.n))
        .arg("p", probability(p));
    Some(finding(name, grade, "ticket_sla", text, p))
}

/// The clearest of a dimension, the largest group first among equals: the table marks the others.
fn clearest(found: impl Iterator<Item = Finding>) -> Option<Finding> {
    found.min_by(|a, b| a.p_value.unwrap_or(1.0).total_cmp(&b.p_value.unwrap_or(1.0)))
}

fn slower(
    desk: &Desk,
    found: &Dimension,
    group: &Group,
    family: f64,
    judge: Judge,
) -> Option<Finding> {
    let (own, slower) = group.slower.filter(|(_, slower)| *slower)?;
    let p = own.max(family);
    let grade = Some(p).filter(|_| slower).and_then(|p| judge.worse(p))?;
    let timed = group.timed.as_ref()?;
    let whole = desk.clocks.iter().find(|all| Some(all.clock) == desk.main)?.curve.median();
    let median = timed.median.filter(|own| whole.is_some_and(|whole| *own > whole));
    let median = median.and_then(duration);
    let name = if median.is_some() { "slower" } else { "slower_open" };
    let mut text = named(name, found, group, p).arg("cases", Value::count(group.cases));
    text = match median {
        Some(median) => text.arg("median", median),
        None => text.arg("open", Value::count(timed.open)),
    };
    Some(Finding {
        id: "tickets.slower".to_owned(),
        ..finding("slower", grade, "ticket_close_median", text, p)
    })
}

fn later(found: &Dimension, group: &Group, family: f64, judge: Judge) -> Option<Finding> {
    let (own, rest) = group.later?;
    let share = group.kept.value().filter(|share| *share < rest)?;
    let p = own.max(family);
    // The time promised differs with the priority, so it may be the promise that is at fault.
    let grade = judge.worse(p).map(|grade| if found.by_design() { Grade::Watch } else { grade })?;
    let text = named("late", found, group, p)
        .arg("share", Value::Share(share))
        .arg("rest", Value::Share(rest))
        .arg("n", Value::count(group.kept.n));
    Some(finding("late", grade, "ticket_sla", text, p))
}

fn named(name: &str, found: &Dimension, group: &Group, p: f64) -> Message {
    message(name)
        .arg("what", Message::new(format!("col.{}", found.col.name())))
        .arg("group", group.name.as_str())
        .arg("p", probability(p))
}

fn steady(desk: &Desk) -> Finding {
    let p = [desk.family.backlog, desk.family.promise];
    let least = p.into_iter().flatten().fold(1.0, f64::min);
    finding("steady", Grade::Good, "ticket_backlog", message("steady"), least)
}

/// A p-value with three decimals, or the words for one too small to be told.
pub(super) fn probability(p: f64) -> Value {
    if p < 0.001 {
        return Value::from(Message::new("tickets.tiny"));
    }
    Value::Number { value: p, decimals: 3 }
}
