//! What the ratings and their actions say. Ratings are opinions: they ask for a look, not more.

use super::compute::{Computed, Mode, State};
use super::section::project;
use crate::report::{Finding, Grade, Value};

/// The findings, the gravest first.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    let mut out: Vec<Finding> = [severe(data), unanswered(data), overdue(data), forecast(data)]
        .into_iter()
        .flatten()
        .collect();
    if out.is_empty() {
        let good = Finding::new("fmea", "answered", Grade::Good).about("fmea_high");
        out.push(good.arg("modes", data.modes.len()));
    }
    out
}

fn watch(name: &str, metric: &str, count: usize, first: &Mode) -> Finding {
    Finding::new("fmea", name, Grade::Watch)
        .about(metric)
        .arg("modes", count)
        .arg("first", first.name.as_str())
        .arg("project", project(first.project.as_deref()))
}

/// Severity 9 or 10 with no action done, whatever the product of ranks.
fn severe(data: &Computed) -> Option<Finding> {
    let done = |mode: &&Mode| mode.action.as_ref().is_some_and(|a| a.state == State::Done);
    let bare: Vec<&Mode> = data.severe().filter(|mode| !done(mode)).collect();
    let first = bare.iter().max_by_key(|mode| (mode.now().severity, mode.now().priority()))?;
    let above = data.modes.iter().filter(|m| m.now().priority() > first.now().priority()).count();
    let finding = watch("severe", "fmea_severe", bare.len(), first);
    Some(finding.arg("rpn", i64::from(first.now().priority())).arg("rank", above + 1))
}

fn unanswered(data: &Computed) -> Option<Finding> {
    let bare: Vec<&Mode> = data.modes.iter().filter(|mode| mode.is_unanswered()).collect();
    Some(watch("unanswered", "fmea_high", bare.len(), bare.first()?))
}

fn overdue(data: &Computed) -> Option<Finding> {
    let late: Vec<_> = data.open().into_iter().filter(|(_, a)| a.due < Some(data.as_of)).collect();
    let late: Vec<_> = late.into_iter().filter(|(_, a)| a.due.is_some()).collect();
    let (mode, action) = late.first()?;
    let State::Overdue(days) = action.state else { return None };
    let owner = action.owner.as_deref().map_or_else(|| project(None), Value::from);
    let finding = watch("overdue", "fmea_overdue", late.len(), mode);
    Some(
        finding
            .arg("action", action.text.as_str())
            .arg("owner", owner)
            .arg("days", i64::from(days)),
    )
}

/// Ratings after an action that is not done are what somebody hopes for.
fn forecast(data: &Computed) -> Option<Finding> {
    let hoped = |mode: &&Mode| mode.after.is_some_and(|after| mode.now() != after);
    let modes: Vec<&Mode> = data.modes.iter().filter(hoped).collect();
    Some(watch("forecast", "fmea_high", modes.len(), modes.first()?))
}
