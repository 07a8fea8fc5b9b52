//! Control: limits frozen at the improved level, signals since, checks done, whether it holds.

use super::compute::{Chapter, Chapters};
use super::figures::{check, missing, no_rows};
use super::improve::verdict;
use crate::dataset::Trial;
use crate::records::{Col, TableKind};
use crate::report::{Block, Check, CheckState, Finding, Grade, Message, Value};
use crate::stats::comparison::before_after::{Hold, Judgement};
use crate::units::{Day, Month};

/// The phase.
pub(super) fn blocks(chapter: &Chapter<'_>) -> Vec<Block> {
    let mut checks = Vec::new();
    match chapter.judged {
        Some((trial, judgement)) => {
            checks.extend(held(chapter, trial, judgement));
            let label = Message::new("dmaic.check.hold");
            checks.push(Check { label, ..verdict(chapter, judgement) });
        }
        None => checks.push(check(
            "hold",
            CheckState::NotComputable,
            Message::new("dmaic.check.no_intervention"),
        )),
    }
    checks.push(plan(chapter));
    vec![Block::Checklist(checks)]
}

/// The frozen limits and what they say since.
fn held(chapter: &Chapter<'_>, trial: &Trial, judgement: &Judgement) -> Vec<Check> {
    let Some(hold) = &judgement.hold else {
        let detail = Message::new("dmaic.check.no_hold").arg("months", trial.treated.after.len());
        return vec![check("frozen", CheckState::NotComputable, detail)];
    };
    vec![frozen(trial, hold), signals(chapter, trial, hold)]
}

fn frozen(trial: &Trial, hold: &Hold) -> Check {
    let months = &trial.treated.after;
    let name = |at: usize| months.get(at).map(|(month, _)| Month::from_number(*month));
    let mut detail = Message::new("dmaic.check.frozen_detail").arg("months", hold.baseline);
    if let Some((from, to)) = name(0).zip(name(hold.baseline.saturating_sub(1))) {
        detail = detail.arg("from", from).arg("to", to);
    }
    if let Some(dpmo) = Value::number(hold.chart.rate * 1e6, 0) {
        detail = detail.arg("dpmo", dpmo);
    }
    check("frozen", CheckState::Pass, detail)
}

/// Signals for the worse since the limits were frozen, and days since the last.
fn signals(chapter: &Chapter<'_>, trial: &Trial, hold: &Hold) -> Check {
    let months = &trial.treated.after;
    let judged = months.len() - hold.baseline.min(months.len());
    let last = hold.worse.last().and_then(|&at| months.get(at));
    let Some((month, _)) = last else {
        let detail = Message::new("dmaic.check.signals_none").arg("months", judged);
        return check("signals", CheckState::Pass, detail);
    };
    let month = Month::from_number(*month);
    let days = chapter.as_of().since(month.last_day()).max(0);
    let detail = Message::new("dmaic.check.signals_some")
        .arg("signals", hold.worse.len())
        .arg("months", judged)
        .arg("month", month)
        .arg("days", i64::from(days));
    check("signals", CheckState::Warn, detail)
}

/// Checks of the control plan that are due: done, and open.
struct Plan {
    due: usize,
    done: usize,
    late: usize,
    oldest: Option<Day>,
}

fn planned(chapter: &Chapter<'_>) -> Result<Plan, Check> {
    let kind = TableKind::ControlPlan;
    let (records, rows) = chapter.rows(kind);
    let records = records.ok_or_else(|| missing("plan", kind, None))?;
    let as_of = chapter.as_of();
    let day = |col, row| records.day(col, row);
    let due: Vec<(Day, Option<Day>)> = rows
        .iter()
        .filter_map(|&row| Some((day(Col::Due, row)?, day(Col::DoneAt, row))))
        .filter(|(due, _)| *due <= as_of)
        .map(|(due, done)| (due, done.filter(|done| *done <= as_of)))
        .collect();
    if due.is_empty() {
        return Err(no_rows("plan", kind));
    }
    let late = due.iter().filter(|(due, done)| done.is_some_and(|done| done > *due)).count();
    let open = due.iter().filter(|(_, done)| done.is_none()).map(|(due, _)| *due);
    let done = due.iter().filter(|(_, done)| done.is_some()).count();
    Ok(Plan { due: due.len(), done, late, oldest: open.min() })
}

fn plan(chapter: &Chapter<'_>) -> Check {
    let plan = match planned(chapter) {
        Ok(plan) => plan,
        Err(line) => return line,
    };
    let (state, key) = match plan.oldest {
        None => (CheckState::Pass, "plan_done"),
        Some(_) => (CheckState::Warn, "plan_open"),
    };
    check("plan", state, said(&plan, Message::new(format!("dmaic.check.{key}"))))
}

fn said(plan: &Plan, message: Message) -> Message {
    let message = message
        .arg("due", plan.due)
        .arg("done", plan.done)
        .arg("open", plan.due - plan.done)
        .arg("late", plan.late);
    match plan.oldest {
        Some(day) => message.arg("day", day),
        None => message,
    }
}

/// Projects in control whose checks are open.
pub(super) fn findings(data: &Chapters<'_>) -> Vec<Finding> {
    data.chapters().filter_map(|chapter| open_checks(&chapter)).collect()
}

fn open_checks(chapter: &Chapter<'_>) -> Option<Finding> {
    let plan = planned(chapter).ok().filter(|plan| plan.oldest.is_some())?;
    let project = chapter.project;
    let message = Message::new("dmaic.finding.checks_open.message")
        .arg("project", format!("{} {}", project.id, project.name));
    Some(Finding {
        id: "dmaic.checks_open".to_owned(),
        grade: Grade::Watch,
        metric: None,
        message: said(&plan, message),
        advice: Message::new("dmaic.finding.checks_open.advice"),
        money: None,
        p_value: None,
    })
}
