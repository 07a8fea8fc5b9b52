//! Lead times: the curve, its percentiles, its months, and the waits before each step.

use super::super::compute::{Computed, HOUR, Month, Queue};
use crate::report::{Cell, Chart, ChartKind, Expr, Format, Func, Message, Role, Row, Table, Value};
use crate::stats::summary::quantile::type7;
use crate::stats::survival::{Curve, Step};

/// Steps drawn at most: each at least this share below the last.
const DRAWN: f64 = 0.004;
/// The percentiles people ask about.
const SHARES: [f64; 7] = [0.1, 0.25, 0.5, 0.75, 0.85, 0.9, 0.95];

fn hours(ms: f64) -> Cell {
    Cell::from(Value::number(ms / HOUR, 1))
}

fn length(ms: Option<f64>) -> Cell {
    Cell::from(ms.and_then(Value::duration))
}

/// The share of cases not yet finished by hours since they began.
pub(super) fn curve(flow: &Computed, level: f64) -> Chart {
    let columns = [
        ("hours", Format::Number(1)),
        ("at_risk", Format::Count),
        ("survival", Format::Share),
        ("low", Format::Share),
        ("high", Format::Share),
    ];
    let none = || Cell::none();
    let start = [hours(0.0), none(), Cell::from(Value::Share(1.0)), none(), none()];
    let mut rows = vec![Row::from(start.to_vec())];
    rows.extend(drawn(&flow.curve).into_iter().map(|step| Row::from(cells(step, level))));
    let mut table =
        Table::of("flow", "curve", &columns, rows).noted(Message::new("flow.note.curve"));
    table.top = Some(12);
    let series = [("survival", Role::Value), ("low", Role::Bound), ("high", Role::Bound)];
    let key = if flow.time_left(0.5).is_some() { "describe" } else { "describe_open" };
    let length =
        |share| flow.time_left(share).and_then(Value::duration).unwrap_or(Value::Duration(0));
    Chart::of(ChartKind::Survival, table, "hours", &series).described(
        Message::new(format!("flow.chart.curve.{key}"))
            .arg("cases", Value::count(flow.curve.cases))
            .arg("median", length(0.5))
            .arg("p85", length(0.15)),
    )
}

/// Enough steps to draw the curve: each clearly below the one before, and the last.
fn drawn(curve: &Curve) -> Vec<&Step> {
    let mut out: Vec<&Step> = Vec::new();
    for step in &curve.steps {
        let above = out.last().map_or(1.0, |last| last.survival);
        if above - step.survival >= DRAWN {
            out.push(step);
        }
    }
    out.extend(curve.steps.last().filter(|last| out.last() != Some(last)));
    out
}

fn cells(step: &Step, level: f64) -> Vec<Cell> {
    let share = |x: Option<f64>| Cell::from(x.and_then(Value::share));
    let bounds = step.bounds(level);
    vec![
        hours(step.time),
        Cell::from(step.at_risk),
        share(Some(step.survival)),
        share(bounds.map(|b| b.low)),
        share(bounds.map(|b| b.high)),
    ]
}

/// Percentiles of lead time with open cases counted, of finished cases only, and of work.
pub(super) fn quantiles(flow: &Computed) -> Table {
    let columns = [
        ("percentile", Format::Text),
        ("all_cases", Format::Days),
        ("finished_only", Format::Days),
        ("work", Format::Days),
    ];
    let words = |key: &str| Cell::from(Value::from(Message::new(format!("flow.row.{key}"))));
    let of_work = |of: &dyn Fn(&[f64]) -> Option<f64>| length(flow.works.as_deref().and_then(of));
    let at = |p: f64| {
        let name = Message::new("flow.row.percentile")
            .arg("p", Value::Number { value: p * 100.0, decimals: 0 });
        let finished = type7(&flow.leads, p);
        Row::from(vec![
            Cell::from(Value::from(name)),
            length(flow.time_left(1.0 - p)),
            length(finished),
            of_work(&|works| type7(works, p)),
        ])
    };
    let mut rows: Vec<Row> = SHARES.into_iter().map(at).collect();
    let mean = |values: &[f64]| crate::stats::summary::moments::Moments::of(values).mean().ok();
    let plain = |key: &str, finished: Option<f64>, work: Cell| {
        Row::from(vec![words(key), Cell::none(), length(finished), work])
    };
    rows.push(plain("mean", flow.moments.mean().ok(), of_work(&mean)));
    rows.push(plain("sd", flow.moments.sd().ok(), Cell::none()));
    rows.push(plain(
        "longest",
        flow.leads.last().copied(),
        of_work(&|works| works.last().copied()),
    ));
    Table::of("flow", "quantiles", &columns, rows).noted(Message::new("flow.note.quantiles"))
}

/// Median and P85 of lead time by month finished, in hours.
pub(super) fn by_month(flow: &Computed) -> Chart {
    let columns = [
        ("month", Format::Month),
        ("finished", Format::Count),
        ("median_hours", Format::Number(1)),
        ("p85_hours", Format::Number(1)),
    ];
    let cell = |ms: Option<f64>| Cell::from(ms.and_then(|ms| Value::number(ms / HOUR, 1)));
    let row = |month: &Month| {
        let cells = vec![
            Cell::from(month.month),
            Cell::from(month.leads.len()),
            cell(month.quantile(0.5)),
            cell(month.quantile(0.85)),
        ];
        Row::from(cells)
    };
    let rows = flow.months.iter().map(row).collect();
    let table =
        Table::of("flow", "by_month", &columns, rows).noted(Message::new("flow.note.by_month"));
    let series = [("median_hours", Role::Value), ("p85_hours", Role::Other)];
    let mut chart = Chart::of(ChartKind::Line, table, "month", &series)
        .described(Message::new("flow.chart.by_month.describe").arg("months", flow.months.len()));
    chart.y_label = Message::new("flow.column.hours");
    chart
}

/// Waits before each step.
pub(super) fn queues(flow: &Computed) -> Table {
    let columns = [
        ("step", Format::Text),
        ("n", Format::Count),
        ("median", Format::Days),
        ("p85", Format::Days),
        ("p95", Format::Days),
        ("mean", Format::Days),
        ("total_hours", Format::Number(1)),
        ("share", Format::Share),
    ];
    let all: f64 = flow.queues.iter().map(|queue| queue.total).sum();
    let rows = flow.queues.iter().map(|queue| queue_row(queue, all)).collect();
    let note = if flow.timed { "flow.note.queues" } else { "flow.note.queues_instants" };
    let mut table = Table::of("flow", "queues", &columns, rows).noted(Message::new(note));
    table.top = Some(12);
    table
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn queue_row(queue: &Queue, all: f64) -> Row {
    let n = queue.waits.len();
    let quantile = |p| length(type7(&queue.waits, p));
    let total = Expr::call(Func::Sum, [Expr::whole("flow.queues", "total_hours")]);
    Row::from(vec![
        Cell::from(queue.step.as_str()),
        Cell::from(n),
        quantile(0.5),
        quantile(0.85),
        quantile(0.95),
        length(Some(queue.total / n as f64)),
        Cell::from(Value::number(queue.total / HOUR, 1)),
        Cell::from(Value::share(queue.total / all)).by(Expr::own("total_hours") / total),
    ])
}
