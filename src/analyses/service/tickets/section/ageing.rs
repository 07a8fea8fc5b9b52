//! The open cases by age.

use super::super::compute::{Desk, Unit};
use super::column;
use crate::report::{
    Block, Cell, Chart, ChartKind, Expr, Format, Func, Message, Role, Row, Series, Table, Value,
};

const HOUR: i64 = 3_600_000;
/// Upper ends of the bands in hours; the last band has none.
const HOURS: [i64; 6] = [4, 8, 24, 72, 168, 720];
const DAYS: [i64; 6] = [24, 72, 168, 336, 720, 2160];

/// Bars by band, where there are open cases.
pub(super) fn chart(desk: &Desk) -> Option<Block> {
    let ages = desk.ages.as_ref().filter(|ages| !ages.is_empty())?;
    let ends = if desk.unit == Unit::Hours { HOURS } else { DAYS };
    let oldest = ages.last().map(|ms| Value::Duration(*ms))?;
    let table = table(ages, &ends);
    Some(Block::Chart(Box::new(Chart {
        id: "tickets.ageing".to_owned(),
        kind: ChartKind::Bars,
        title: Message::new("tickets.chart.ageing").arg("cases", ages.len()),
        describe: Message::new("tickets.chart.ageing_describe")
            .arg("cases", ages.len())
            .arg("oldest", oldest),
        y_label: Message::new("tickets.column.cases"),
        table,
        x: "age".to_owned(),
        series: vec![Series { column: "cases".to_owned(), role: Role::Value }],
        signal: None,
        point_label: None,
        marks: Vec::new(),
        references: Vec::new(),
    })))
}

fn table(ages: &[i64], ends: &[i64]) -> Table {
    let below = |end: i64| ages.partition_point(|ms| *ms < end.saturating_mul(HOUR));
    let all = || Expr::call(Func::Sum, [Expr::whole("tickets.ageing", "cases")]);
    let mut rows = Vec::new();
    let mut before = None;
    for end in ends.iter().copied().map(Some).chain([None]) {
        let low = before.map_or(0, below);
        let cases = end.map_or(ages.len(), below) - low;
        let share = Value::ratio(cases as u64, ages.len() as u64);
        rows.push(Row::from(vec![
            Cell::from(Value::from(band(before, end))),
            cases.into(),
            Cell::from(share).by(Expr::own("cases") / all()),
        ]));
        before = end;
    }
    Table {
        id: "tickets.ageing".to_owned(),
        title: Message::new("tickets.table.ageing"),
        columns: vec![
            column("age", Format::Text),
            column("cases", Format::Count),
            column("share", Format::Share),
        ],
        rows,
        note: None,
        top: None,
    }
}

fn band(low: Option<i64>, high: Option<i64>) -> Message {
    let length = |hours: i64| {
        let (unit, n) =
            if hours % 24 == 0 && hours > 24 { ("days", hours / 24) } else { ("hours", hours) };
        Message::new(format!("tickets.length.{unit}")).arg("n", n)
    };
    match (low, high) {
        (None, Some(high)) => Message::new("tickets.band.below").arg("high", length(high)),
        (Some(low), Some(high)) => {
            Message::new("tickets.band.between").arg("low", length(low)).arg("high", length(high))
        }
        (low, None) => Message::new("tickets.band.above").arg("low", length(low.unwrap_or(0))),
    }
}
