//! Time in each stage.

use super::super::compute::TimeInStage;
use crate::report::{Cell, Column, Emphasis, Expr, Format, Message, Row, Table, Value};

const DATA: &str = "funnel.times_data";

fn column(id: &str, format: Format) -> Column {
    Column::of("funnel", id, format)
}

/// Stays, ended and open, by stage.
pub(super) fn data(times: &[TimeInStage]) -> Table {
    let row = |time: &TimeInStage| {
        let counts = [time.curve.cases, time.curve.events, time.open, time.stalled];
        let mut cells = vec![Cell::from(time.name.value())];
        cells.extend(counts.map(Cell::from));
        Row::from(cells)
    };
    Table {
        id: DATA.to_owned(),
        title: Message::new("funnel.table.times_data"),
        columns: vec![
            column("stage", Format::Text),
            column("stays", Format::Count),
            column("ended", Format::Count),
            column("open", Format::Count),
            column("stalled", Format::Count),
        ],
        rows: times.iter().map(row).collect(),
        note: None,
        top: None,
    }
}

/// Medians with their intervals, those lately beside those before, and the stalled.
pub(super) fn table(times: &[TimeInStage], level: f64) -> Table {
    Table {
        id: "funnel.times".to_owned(),
        title: Message::new("funnel.table.times"),
        columns: vec![
            column("stage", Format::Text),
            column("stays", Format::Count),
            column("open", Format::Count),
            column("median", Format::Days),
            column("low", Format::Days),
            column("high", Format::Days),
            column("before", Format::Days),
            column("after", Format::Days),
            column("p", Format::Number(3)),
            column("limit", Format::Days),
            column("stalled", Format::Count),
        ],
        rows: times.iter().enumerate().map(|(at, time)| row(at, time, level)).collect(),
        note: Some(Message::new("funnel.note.times")),
        top: None,
    }
}

fn row(at: usize, time: &TimeInStage, level: f64) -> Row {
    let days = |days: Option<f64>| Cell::from(days.and_then(Value::days));
    let count = |n: u64, column: &str| Cell::from(n).by(Expr::at(DATA, column, at));
    let (low, high) = time.curve.median_bounds(level);
    let lately = time.lately;
    let cells = vec![
        Cell::from(time.name.value()),
        count(time.curve.cases, "stays"),
        count(time.open, "open"),
        days(time.curve.median()),
        days(low),
        days(high),
        days(lately.and_then(|lately| lately.before)),
        days(lately.and_then(|lately| lately.after)),
        Cell::from(lately.and_then(|lately| Value::number(lately.p, 3))),
        days(time.limit),
        count(time.stalled, "stalled"),
    ];
    let bad = lately.is_some_and(|lately| lately.slower && lately.p < 0.05);
    Row { cells, emphasis: bad.then_some(Emphasis::Bad) }
}
