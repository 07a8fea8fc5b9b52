//! The share of cases still running, by the time since they were opened.

use super::super::compute::{Timed, Unit};
use super::{clock_name, column, duration, timed_column, unit_word};
use crate::report::{
    Block, Cell, Chart, ChartKind, Format, Mark, MarkKind, Message, Role, Row, Series, Table, Value,
};
use crate::stats::survival::Step;

/// The curve is drawn where it has fallen by this much.
const FALL: f64 = 0.005;
/// The curve ends where so few still run.
const TAIL: f64 = 0.01;

/// The chart of a clock.
pub(super) fn chart(timed: &Timed, unit: Unit, level: f64) -> Block {
    let steps = drawn(&timed.curve.steps);
    let median = timed.curve.median();
    let row = median.and_then(|m| steps.iter().position(|step| step.time >= m));
    let mark = row.zip(median.and_then(duration)).map(|(row, value)| Mark {
        row: row + 1,
        kind: MarkKind::Read,
        label: Message::new("tickets.chart.curve_median").arg("time", value),
    });
    let name = clock_name(timed.clock);
    let series = |column: &str, role| Series { column: column.to_owned(), role };
    Block::Chart(Box::new(Chart {
        id: "tickets.curve".to_owned(),
        kind: ChartKind::Survival,
        title: Message::new(format!("tickets.chart.curve_{name}")),
        describe: Message::new("tickets.chart.curve_describe")
            .arg("cases", Value::count(timed.curve.cases))
            .arg("ended", Value::count(timed.curve.events))
            .arg("unit", unit_word(unit)),
        y_label: Message::new("tickets.column.running"),
        table: table(&steps, unit, level, name),
        x: "time".to_owned(),
        series: vec![
            series("running", Role::Value),
            series("low", Role::Bound),
            series("high", Role::Bound),
        ],
        signal: None,
        point_label: None,
        marks: mark.into_iter().collect(),
        references: Vec::new(),
    }))
}

/// The steps the eye can tell apart.
fn drawn(steps: &[Step]) -> Vec<&Step> {
    let mut last = 1.0;
    let mut out: Vec<&Step> = Vec::new();
    for step in steps {
        let falls = last - step.survival >= FALL || step.survival <= 0.0;
        if falls && last > TAIL {
            last = step.survival;
            out.push(step);
        }
    }
    out
}

fn table(steps: &[&Step], unit: Unit, level: f64, clock: &str) -> Table {
    let share = |x: Option<f64>| Cell::from(x.and_then(Value::share));
    let row = |step: &&Step| {
        let bounds = step.bounds(level);
        Row::from(vec![
            Cell::from(Value::number(unit.of(step.time), 2)),
            Cell::from(step.at_risk),
            share(Some(step.survival)),
            share(bounds.map(|b| b.low)),
            share(bounds.map(|b| b.high)),
        ])
    };
    let zero = Cell::from(Value::number(0.0, 2));
    let start = Row::from(vec![zero, Cell::none(), share(Some(1.0)), Cell::none(), Cell::none()]);
    let rows = std::iter::once(start).chain(steps.iter().map(row));
    Table {
        id: "tickets.curve".to_owned(),
        title: Message::new(format!("tickets.chart.curve_{clock}")),
        columns: vec![
            timed_column("time", unit),
            column("at_risk", Format::Count),
            column("running", Format::Share),
            column("low", Format::Share),
            column("high", Format::Share),
        ],
        rows: rows.collect(),
        note: Some(Message::new("tickets.note.curve")),
        top: Some(10),
    }
}
