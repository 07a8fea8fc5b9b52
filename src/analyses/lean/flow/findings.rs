//! What the flow says.

use super::compute::{Band, Computed, Recent};
use crate::analyses::analysis::Ask;
use crate::report::{Finding, Grade, Message, Value};

/// Its findings, the gravest first.
pub(super) fn findings(flow: &Computed, ask: &Ask) -> Vec<Finding> {
    let changed = flow.recent.as_ref().and_then(|recent| changed(recent, ask));
    let mut out: Vec<Finding> = changed.into_iter().chain(ageing(flow)).collect();
    out.sort_by_key(|finding| finding.grade);
    out
}

/// The last month against the year before: slower, or faster.
fn changed(recent: &Recent, ask: &Ask) -> Option<Finding> {
    let (shift, p) = recent.against_year.filter(|(_, p)| *p < 1.0 - ask.confidence)?;
    let slower = shift.estimate > 0.0;
    let (name, grade) = match slower {
        true if p < ask.act_alpha => ("slower", Grade::Act),
        true => ("slower", Grade::Watch),
        false => ("faster", Grade::Good),
    };
    let bounds = shift.bounds?;
    Some(Finding {
        id: format!("flow.{name}"),
        grade,
        metric: Some("lead_time_median".to_owned()),
        message: Message::new(format!("flow.finding.{name}.message"))
            .arg("month", recent.month)
            .arg("cases", Value::count(recent.cases))
            .arg("median", Value::duration(recent.median)?)
            .arg("shift", Value::duration(shift.estimate.abs())?)
            .arg("low", Value::duration(bounds.low.abs().min(bounds.high.abs()))?)
            .arg("high", Value::duration(bounds.low.abs().max(bounds.high.abs()))?),
        advice: Message::new(format!("flow.finding.{name}.advice")),
        money: None,
        p_value: Some(p),
    })
}

/// Open cases older than nearly all finished ones ever became.
fn ageing(flow: &Computed) -> Option<Finding> {
    let Band { from, cases, .. } = flow.wip.bands.last().filter(|band| band.cases > 0)?;
    let oldest = flow.wip.oldest.first()?;
    Some(Finding {
        id: "flow.ageing".to_owned(),
        grade: Grade::Watch,
        metric: Some("open_cases".to_owned()),
        message: Message::new("flow.finding.ageing.message")
            .arg("cases", Value::count(*cases))
            .arg("open", Value::count(flow.wip.open))
            .arg("p95", Value::duration(*from)?)
            .arg("case", oldest.case.as_str())
            .arg("step", oldest.step.as_str())
            .arg("age", Value::duration(oldest.age)?),
        advice: Message::new("flow.finding.ageing.advice"),
        money: None,
        p_value: None,
    })
}
