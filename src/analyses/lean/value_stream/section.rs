//! The value stream as a picture and a table.

use super::compute::{Computed, HOUR, Step, YieldFrom};
use super::findings::findings;
use crate::dataset::Dataset;
use crate::report::{
    Block, Cell, Chart, ChartKind, Check, CheckState, Direction, Emphasis, Expr, Format, Message,
    Metric, Outcome, Role, Row, Table, Value,
};
use crate::stats::summary::sum::sum;
use crate::units::Period;

/// The outcome.
pub(super) fn outcome(data: &Computed, of: &Dataset) -> Outcome {
    let metrics = metrics(data, of.period);
    let blocks = vec![
        Block::Cards(metrics.clone()),
        Block::Chart(Box::new(picture(data))),
        Block::Table(steps(data)),
        Block::Checklist(checks(data)),
    ];
    Outcome { findings: findings(data), metrics, status: Vec::new(), blocks, data: Vec::new() }
}

fn metrics(data: &Computed, period: Period) -> Vec<Metric> {
    let n = data.steps.iter().map(|step| step.events).sum();
    let metric = |id: &str, value: Option<Value>, direction, method: &str| Metric {
        id: id.to_owned(),
        value,
        interval: None,
        n,
        period,
        target: None,
        direction,
        method: format!("value_stream.method.{method}"),
    };
    let share = data.bottleneck.as_ref().and_then(|found| Value::share(found.share));
    let mut out = vec![metric("bottleneck_waiting", share, Direction::Lower, "waiting")];
    if data.timed {
        let content = Value::duration(sum(data.steps.iter().filter_map(Step::work)));
        out.push(metric("work_content", content, Direction::Lower, "content"));
    }
    let rolled = data.rolled.and_then(Value::share);
    out.push(metric("stream_rolled_yield", rolled, Direction::Higher, "rolled"));
    out
}

fn hours(ms: Option<f64>, decimals: u8) -> Cell {
    Cell::from(ms.and_then(|ms| Value::number(ms / HOUR, decimals)))
}

/// The steps in order with their work and the wait before; bars of waits without ends of steps.
fn picture(data: &Computed) -> Chart {
    let columns = [
        ("step", Format::Text),
        ("work_hours", Format::Number(2)),
        ("wait_hours", Format::Number(2)),
        ("n", Format::Count),
        ("first_time", Format::Share),
        ("open", Format::Count),
        ("people", Format::Count),
    ];
    let row = |(at, step): (usize, &Step)| {
        let people = (step.people > 0).then_some(step.people);
        // Nothing waits before the first step; elsewhere an unknown wait stays unknown.
        let wait = if at == 0 { step.wait().or(Some(0.0)) } else { step.wait() };
        Row::from(vec![
            Cell::from(step.name.as_str()),
            hours(step.work(), 2),
            hours(wait, 2),
            Cell::from(step.events),
            Cell::from(Value::share(step.first_time)),
            Cell::from(step.open),
            Cell::from(people.map(Value::from)),
        ])
    };
    let rows = data.steps.iter().enumerate().map(row).collect();
    let table = Table::of("value_stream", "stream", &columns, rows)
        .noted(Message::new("value_stream.note.stream"));
    let describe = Message::new("value_stream.chart.stream").arg("steps", data.steps.len());
    let chart = if data.timed {
        let series = [("work_hours", Role::Value), ("wait_hours", Role::Other)];
        Chart::of(ChartKind::ValueStream, table, "step", &series)
    } else {
        Chart::of(ChartKind::Bars, table, "step", &[("wait_hours", Role::Value)])
    };
    chart.described(describe)
}

/// Every figure of every step.
fn steps(data: &Computed) -> Table {
    let columns = [
        ("step", Format::Text),
        ("n", Format::Count),
        ("work_mean", Format::Days),
        ("wait_mean", Format::Days),
        ("wait_median", Format::Days),
        ("wait_p95", Format::Days),
        ("work_part", Format::Share),
        ("first_time", Format::Share),
        ("yield_from", Format::Text),
        ("open", Format::Count),
        ("people", Format::Count),
        ("load", Format::Number(2)),
        ("utilisation", Format::Share),
    ];
    let held = data.bottleneck.as_ref().map(|found| found.step);
    let rows = data.steps.iter().enumerate().map(|(at, step)| {
        let emphasis = (held == Some(at) && data.steps.len() > 1).then_some(Emphasis::Bad);
        Row { cells: cells(step), emphasis }
    });
    Table::of("value_stream", "steps", &columns, rows.collect()).noted(
        Message::new("value_stream.note.steps")
            .arg("days", Value::Number { value: data.days, decimals: 0 }),
    )
}

fn cells(step: &Step) -> Vec<Cell> {
    let length = |ms: Option<f64>| Cell::from(ms.and_then(Value::duration));
    let from = match step.yield_from {
        YieldFrom::Records => "records",
        YieldFrom::Dpu => "dpu",
        YieldFrom::Repeats => "repeats",
    };
    let part = step.work().zip(step.wait()).map(|(work, wait)| (work.round(), wait.round()));
    let part = part.and_then(|(work, wait)| Value::share(work / (work + wait)));
    let both = Expr::own("work_mean") + Expr::own("wait_mean");
    vec![
        Cell::from(step.name.as_str()),
        Cell::from(step.events),
        length(step.work()),
        length(step.wait()),
        length(step.wait_quantile(0.5)),
        length(step.wait_quantile(0.95)),
        Cell::from(part).by(Expr::own("work_mean") / both),
        Cell::from(Value::share(step.first_time)),
        Cell::from(Value::from(Message::new(format!("value_stream.yield.{from}")))),
        Cell::from(step.open),
        Cell::from((step.people > 0).then(|| Value::from(step.people))),
        Cell::from(step.load.and_then(|load| Value::number(load, 2))),
        Cell::from(step.utilisation.and_then(Value::share)),
    ]
}

/// What rests on a convention or cannot be computed.
fn checks(data: &Computed) -> Vec<Check> {
    let check = |name: &str, state, why: &str| Check {
        label: Message::new(format!("value_stream.check.{name}.label")),
        state,
        detail: Message::new(format!("value_stream.check.{name}.{why}")),
    };
    let any = |of: fn(&Step) -> bool| data.steps.iter().any(of);
    let mut out = Vec::new();
    if !data.timed {
        out.push(check("work", CheckState::NotComputable, "no_ends"));
    }
    if !any(|step| step.people > 0) {
        out.push(check("load", CheckState::NotComputable, "no_people"));
    } else if !any(|step| step.utilisation.is_some()) {
        out.push(check("load", CheckState::NotComputable, "no_hours"));
    }
    let counted = any(|step| step.yield_from != YieldFrom::Repeats);
    let repeated = any(|step| step.yield_from == YieldFrom::Repeats);
    let state = if repeated { CheckState::Warn } else { CheckState::Pass };
    let why = match (counted, repeated) {
        (true, false) => "records",
        (true, true) => "mixed",
        _ => "repeats",
    };
    out.push(check("yield", state, why));
    out
}
