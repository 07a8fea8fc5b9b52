//! The portfolio: who is where, since when, at what cost and promise; and the gates.

use super::compute::Computed;
use super::findings::named;
use super::gates::Gate;
use super::judged::{emphasis, verdict};
use crate::dataset::{Approach, Phase, Project};
use crate::report::{Cell, Column, Emphasis, Format, Message, Row, Table, Value};

fn column(id: &str, format: Format) -> Column {
    Column::of("projects", id, format)
}

/// One row a project.
pub(super) fn list(data: &Computed) -> Table {
    let columns = vec![
        column("project", Format::Text),
        column("approach", Format::Text),
        column("phase", Format::Text),
        column("in_phase", Format::Count),
        column("scope", Format::Text),
        column("owner", Format::Text),
        column("since", Format::Date),
        column("verdict", Format::Text),
        column("gain", Format::Share),
        column("benefit", Format::Money),
        column("booked", Format::Money),
        column("cost", Format::Money),
        column("gates", Format::Text),
    ];
    let rows = (0..data.book.projects.len()).filter_map(|i| row(data, i)).collect();
    Table {
        id: "projects.portfolio".to_owned(),
        title: Message::new("projects.table.portfolio"),
        columns,
        rows,
        note: Some(Message::new("projects.note.portfolio").arg("day", data.as_of)),
        top: Some(20),
    }
}

fn row(data: &Computed, index: usize) -> Option<Row> {
    let project = data.book.projects.get(index)?;
    let text = |text: Option<&String>| Cell::from(text.cloned().map(Value::Text));
    let judged = data.of(index);
    let gain = judged.and_then(|judged| {
        Value::share(1.0 - judged.judgement.effect.as_ref()?.ratio(data.level).value)
    });
    let scope = match (&project.step, &project.team) {
        (Some(step), Some(team)) => Some(format!("{step} · {team}")),
        (step, team) => step.clone().or_else(|| team.clone()),
    };
    let judgement = judged.map_or_else(|| not_judged(data, project), verdict);
    let money = |money: Option<_>| Cell::from(money.map(Value::Money));
    let cells = vec![
        named(project).into(),
        Value::from(approach(project.approach)).into(),
        phase(project).into(),
        Cell::from(in_phase(data, index).map(|days| Value::from(i64::from(days)))),
        text(scope.as_ref()),
        text(project.owner.as_ref()),
        Cell::from(project.intervention.map(Value::from)),
        Value::from(judgement).into(),
        Cell::from(gain),
        money(project.benefit),
        money(project.booked),
        money(project.cost),
        Cell::from(gates_of(data, index)),
    ];
    let muted = project.closed.then_some(Emphasis::Muted);
    Some(Row { cells, emphasis: judged.and_then(emphasis).or(muted) })
}

/// Why a project has no verdict.
pub(super) fn not_judged(data: &Computed, project: &Project) -> Message {
    Message::new(match (project.intervention, &data.cube) {
        (None, _) => "projects.verdict.not_yet",
        (Some(day), _) if day > data.as_of => "projects.verdict.not_yet",
        (Some(_), None) => "projects.verdict.no_records",
        _ if project.step.is_none() && project.team.is_none() => "projects.verdict.no_scope",
        _ => "projects.verdict.unknown_scope",
    })
}

fn approach(approach: Approach) -> Message {
    Message::new(match approach {
        Approach::Dmaic => "projects.approach.dmaic",
        Approach::Dmadv => "projects.approach.dmadv",
    })
}

/// The phase in the reader's language, or as written where it is not known.
fn phase(project: &Project) -> Value {
    match project.phase {
        Some(phase) => phase_name(phase).into(),
        None => Value::Text(project.phase_text.clone()),
    }
}

fn phase_name(phase: Phase) -> Message {
    Message::new(format!("projects.phase.{}", phase.id()))
}

/// Days in the present phase: since the day the workbook names, else since the last gate passed,
/// else since the beginning where the project is in its first phase.
fn in_phase(data: &Computed, index: usize) -> Option<i32> {
    let project = data.book.projects.get(index)?;
    if project.closed {
        return None;
    }
    let gates = data.gates.as_deref().unwrap_or_default().iter();
    let passed = gates.filter(|gate| gate.project == index).filter_map(|gate| gate.done).max();
    let first = project.start.filter(|_| project.phase == Some(Phase::Define));
    let since = project.phase_since.or(passed).or(first)?;
    Some(data.as_of.since(since)).filter(|days| *days >= 0)
}

/// Gates passed of those due, where there are any.
fn gates_of(data: &Computed, index: usize) -> Option<Value> {
    let gates = data.gates.as_deref()?.iter().filter(|gate| gate.project == index);
    let due: Vec<&Gate> = gates.filter(|gate| gate.is_due(data.as_of)).collect();
    let done = due.iter().filter(|gate| gate.done.is_some()).count();
    let text = Message::new("projects.gates_done").arg("done", done).arg("due", due.len());
    (!due.is_empty()).then(|| text.into())
}

/// Projects by approach and phase, with their money.
pub(super) fn phases(data: &Computed) -> Table {
    let columns = vec![
        column("approach", Format::Text),
        column("phase", Format::Text),
        column("projects", Format::Count),
        column("median_days", Format::Number(0)),
        column("longest_days", Format::Count),
        column("benefit", Format::Money),
        column("booked", Format::Money),
        column("cost", Format::Money),
    ];
    let roads = [Approach::Dmaic, Approach::Dmadv];
    let of = |road| Phase::road(road).into_iter().map(move |phase| (road, phase));
    let rows = roads.into_iter().flat_map(of).filter_map(|place| phase_row(data, place)).collect();
    Table {
        id: "projects.phases".to_owned(),
        title: Message::new("projects.table.phases"),
        columns,
        rows,
        note: None,
        top: None,
    }
}

fn phase_row(data: &Computed, (road, phase): (Approach, Phase)) -> Option<Row> {
    let here = |project: &Project| project.approach == road && project.phase == Some(phase);
    let all = data.book.projects.iter().enumerate();
    let inside: Vec<(usize, &Project)> = all.filter(|(_, project)| here(project)).collect();
    let mut days: Vec<f64> =
        inside.iter().filter_map(|(i, _)| in_phase(data, *i)).map(f64::from).collect();
    days.sort_by(f64::total_cmp);
    let median = crate::stats::summary::robust::median(&days);
    let money = |of: fn(&Project) -> Option<crate::units::Money>| {
        let known: Vec<_> = inside.iter().filter_map(|(_, project)| of(project)).collect();
        Cell::from((!known.is_empty()).then(|| Value::Money(known.into_iter().sum())))
    };
    let longest = inside.iter().filter_map(|(i, _)| in_phase(data, *i)).max();
    let cells = vec![
        Value::from(approach(road)).into(),
        Value::from(phase_name(phase)).into(),
        inside.len().into(),
        Cell::from(median.and_then(|days| Value::number(days, 0))),
        Cell::from(longest.map(|days| Value::from(i64::from(days)))),
        money(|p| p.benefit),
        money(|p| p.booked),
        money(|p| p.cost),
    ];
    (!inside.is_empty()).then(|| Row::from(cells))
}

/// Every gate that is due, planned beside done.
pub(super) fn gates(data: &Computed) -> Option<Table> {
    let due = data.gates.as_deref()?.iter().filter(|gate| gate.is_due(data.as_of));
    let columns = vec![
        column("project", Format::Text),
        column("gate", Format::Text),
        column("planned", Format::Date),
        column("done", Format::Date),
        column("late", Format::Count),
        column("state", Format::Text),
    ];
    let rows: Vec<Row> = due.filter_map(|gate| gate_row(data, gate)).collect();
    (!rows.is_empty()).then(|| Table {
        id: "projects.gates".to_owned(),
        title: Message::new("projects.table.gates"),
        columns,
        rows,
        note: Some(Message::new("projects.note.gates").arg("day", data.as_of)),
        top: Some(12),
    })
}

fn gate_row(data: &Computed, gate: &Gate) -> Option<Row> {
    let late = gate.late(data.as_of);
    let (state, emphasis) = match (gate.is_overdue(data.as_of), late.is_some_and(|days| days > 0)) {
        (true, _) => ("overdue", Some(Emphasis::Bad)),
        (false, true) => ("late", None),
        (false, false) => ("on_time", None),
    };
    let name = Phase::named(&gate.phase).map(phase_name).map(Value::from);
    let cells = vec![
        named(data.book.projects.get(gate.project)?).into(),
        name.unwrap_or_else(|| Value::Text(gate.phase.clone())).into(),
        gate.planned.into(),
        Cell::from(gate.done.map(Value::from)),
        Cell::from(late.map(|days| Value::from(i64::from(days)))),
        Value::from(Message::new(format!("projects.gate.{state}"))).into(),
    ];
    Some(Row { cells, emphasis })
}
