//! Opened, closed and open cases, point by point.

use super::super::compute::{Desk, Slot};
use super::{column, point, point_column};
use crate::report::{
    Block, Cell, Chart, ChartKind, Emphasis, Expr, Format, Message, Role, Row, Series, Table, Value,
};

/// The charts; the backlog only where closes are recorded.
pub(super) fn blocks(desk: &Desk) -> Vec<Block> {
    let closes = desk.flow.slots.iter().any(|slot| slot.closed.is_some());
    let mut out = vec![Block::Chart(Box::new(moves(desk, closes)))];
    if closes {
        out.push(Block::Chart(Box::new(backlog(desk))));
    }
    out
}

fn chart(id: &str, kind: ChartKind, y: &str, table: Table, series: &[(&str, Role)]) -> Chart {
    let points = table.rows.len();
    Chart {
        id: format!("tickets.{id}"),
        kind,
        title: Message::new(format!("tickets.chart.{id}")),
        describe: Message::new(format!("tickets.chart.{id}_describe")).arg("points", points),
        y_label: Message::new(format!("tickets.column.{y}")),
        table,
        x: "point".to_owned(),
        series: (series.iter())
            .map(|(column, role)| Series { column: (*column).to_owned(), role: *role })
            .collect(),
        signal: None,
        point_label: None,
        marks: Vec::new(),
        references: Vec::new(),
    }
}

fn moves(desk: &Desk, closes: bool) -> Chart {
    let mut columns = vec![point_column(desk.flow.grain), column("opened", Format::Count)];
    if closes {
        columns.push(column("closed", Format::Count));
        columns.push(column("closing_rate", Format::Share));
    }
    let row = |slot: &Slot| {
        let mut cells = vec![Cell::from(point(desk.flow.grain, slot.at)), slot.opened.into()];
        if let Some(closed) = slot.closed {
            let rate = Expr::own("closed") / Expr::own("opened");
            cells.push(closed.into());
            cells.push(Cell::from(Value::ratio(closed, slot.opened)).by(rate));
        }
        Row { cells, emphasis: muted(slot) }
    };
    let table = Table {
        id: "tickets.flow".to_owned(),
        title: Message::new("tickets.chart.flow"),
        columns,
        rows: desk.flow.slots.iter().map(row).collect(),
        note: Some(Message::new("tickets.note.partial")),
        top: Some(12),
    };
    let series: &[(&str, Role)] = if closes {
        &[("opened", Role::Value), ("closed", Role::Other)]
    } else {
        &[("opened", Role::Value)]
    };
    chart("flow", ChartKind::Bars, "cases", table, series)
}

fn backlog(desk: &Desk) -> Chart {
    let from = |column: &str, at| Expr::at("tickets.flow", column, at);
    let row = |(at, slot): (usize, &Slot)| {
        let before = Expr::Offset("backlog".to_owned(), -1);
        let open = Cell::from(slot.backlog.map(Value::count));
        let open =
            if at == 0 { open } else { open.by(before + from("opened", at) - from("closed", at)) };
        Row { cells: vec![point(desk.flow.grain, slot.at).into(), open], emphasis: muted(slot) }
    };
    let table = Table {
        id: "tickets.backlog".to_owned(),
        title: Message::new("tickets.chart.backlog"),
        columns: vec![point_column(desk.flow.grain), column("backlog", Format::Count)],
        rows: desk.flow.slots.iter().enumerate().map(row).collect(),
        note: None,
        top: Some(12),
    };
    chart("backlog", ChartKind::Line, "backlog", table, &[("backlog", Role::Value)])
}

fn muted(slot: &Slot) -> Option<Emphasis> {
    (!slot.whole).then_some(Emphasis::Muted)
}
