//! What the variants say.

use super::compute::{Computed, HOUR, Loop, Rise, Team};
use super::params::Params;
use crate::analyses::analysis::Ask;
use crate::report::{Finding, Grade, Message, Value};
use crate::units::Money;

/// Its findings, the gravest first.
pub(super) fn findings(data: &Computed, params: &Params, ask: &Ask) -> Vec<Finding> {
    let loops = data.loops.iter().filter_map(|of| costly(data, of, params, ask));
    let rises = data.rises.iter().filter_map(|rise| rising(rise, ask));
    let teams = data.by_team.teams.iter().filter_map(|team| differing(team, ask));
    let mut out: Vec<Finding> = teams.chain(rises).chain(loops).collect();
    out.sort_by_key(|finding| finding.grade);
    out
}

/// A repeated step whose cases take longer beyond chance.
fn costly(data: &Computed, of: &Loop, params: &Params, ask: &Ask) -> Option<Finding> {
    let p = of.p.filter(|p| *p < 1.0 - ask.confidence)?;
    let cost = of.cost.filter(|cost| cost.estimate > 0.0)?;
    let share = of.lost() / data.lead;
    let money = params.hourly_cost.and_then(|cost| Money::from_units(cost * of.work / HOUR));
    Some(Finding {
        id: "variants.rework".to_owned(),
        grade: Grade::Watch,
        metric: Some("rework_share".to_owned()),
        message: Message::new("variants.finding.rework.message")
            .arg("step", of.step.as_str())
            .arg("cases", Value::count(of.cases))
            .arg("passed", Value::ratio(of.cases, of.passed)?)
            .arg("extra", Value::duration(cost.estimate)?)
            .arg("low", Value::duration(cost.bounds.map_or(0.0, |b| b.low.max(0.0)))?)
            .arg("high", Value::duration(cost.bounds.map_or(cost.estimate, |b| b.high))?)
            .arg("lost", Value::duration(of.lost())?)
            .arg("share", Value::share(share)?),
        advice: Message::new("variants.finding.rework.advice").arg("step", of.step.as_str()),
        money: money.filter(|money| *money > Money::ZERO),
        p_value: Some(p),
    })
}

/// A team whose cases repeat a step more often than the others'.
fn differing(team: &Team, ask: &Ask) -> Option<Finding> {
    let p = team.p.filter(|p| *p < 1.0 - ask.confidence)?;
    let (rate, rest) = (Value::ratio(team.reworked, team.cases)?, team.rest?);
    if !team.is_worse() {
        return None;
    }
    Some(Finding {
        id: "variants.team".to_owned(),
        grade: if p < ask.act_alpha { Grade::Act } else { Grade::Watch },
        metric: Some("rework_share".to_owned()),
        message: Message::new("variants.finding.team.message")
            .arg("team", team.team.as_str())
            .arg("rate", rate)
            .arg("reworked", Value::count(team.reworked))
            .arg("cases", Value::count(team.cases))
            .arg("rest", Value::share(rest)?)
            .arg("step", team.step.as_deref()?),
        advice: Message::new("variants.finding.team.advice").arg("team", team.team.as_str()),
        money: None,
        p_value: Some(p),
    })
}

/// A step repeated more often since a month.
fn rising(rise: &Rise, ask: &Ask) -> Option<Finding> {
    let fine = rise.p < 1.0 - ask.confidence;
    let finding = |before: Value, after: Value| Finding {
        id: "variants.rework_rise".to_owned(),
        grade: if rise.p < ask.act_alpha { Grade::Act } else { Grade::Watch },
        metric: Some("rework_share".to_owned()),
        message: Message::new("variants.finding.rework_rise.message")
            .arg("step", rise.step.as_str())
            .arg("month", rise.month)
            .arg("before", before)
            .arg("after", after),
        advice: Message::new("variants.finding.rework_rise.advice").arg("month", rise.month),
        money: None,
        p_value: Some(rise.p),
    };
    fine.then(|| Some(finding(Value::share(rise.before)?, Value::share(rise.after)?))).flatten()
}
