//! Closed deals by quarter, and the sums behind their means.

use super::super::compute::Quarter;
use crate::report::{Cell, Column, Emphasis, Expr, Format, Message, Row, Table, Value};

const DATA: &str = "cycle.quarters_data";

fn column(id: &str, format: Format) -> Column {
    Column::of("cycle", id, format)
}

fn name((year, quarter): (i16, i8)) -> Cell {
    Cell::from(format!("{year}-Q{quarter}"))
}

/// Deals and days by quarter and outcome.
pub(super) fn data(quarters: &[Quarter]) -> Table {
    let row = |q: &Quarter| {
        Row::from(vec![
            name(q.at),
            q.won.0.into(),
            q.won.1.into(),
            q.lost.0.into(),
            q.lost.1.into(),
        ])
    };
    Table {
        id: DATA.to_owned(),
        title: Message::new("cycle.table.quarters_data"),
        columns: vec![
            column("quarter", Format::Text),
            column("won", Format::Count),
            column("won_days", Format::Count),
            column("lost", Format::Count),
            column("lost_days", Format::Count),
        ],
        rows: quarters.iter().map(row).collect(),
        note: None,
        top: None,
    }
}

/// Means of closed deals: muted throughout, for open deals are missing from them.
pub(super) fn table(quarters: &[Quarter]) -> Table {
    let rows = quarters
        .iter()
        .enumerate()
        .map(|(at, quarter)| Row { cells: cells(at, quarter), emphasis: Some(Emphasis::Muted) });
    Table {
        id: "cycle.quarters".to_owned(),
        title: Message::new("cycle.table.quarters"),
        columns: vec![
            column("quarter", Format::Text),
            column("won", Format::Count),
            column("won_mean", Format::Days),
            column("lost", Format::Count),
            column("lost_mean", Format::Days),
        ],
        rows: rows.collect(),
        note: Some(Message::new("cycle.note.closed_only")),
        top: None,
    }
}

fn cells(at: usize, quarter: &Quarter) -> Vec<Cell> {
    let from = |column: &str| Expr::at(DATA, column, at);
    vec![
        name(quarter.at),
        Cell::from(quarter.won.0).by(from("won")),
        mean(quarter.won).by(from("won_days") / from("won")),
        Cell::from(quarter.lost.0).by(from("lost")),
        mean(quarter.lost).by(from("lost_days") / from("lost")),
    ]
}

#[expect(clippy::cast_precision_loss, reason = "days and counts stay far below 2^53")]
fn mean((deals, days): (u64, i64)) -> Cell {
    Cell::from(Value::days(days as f64 / deals as f64))
}
