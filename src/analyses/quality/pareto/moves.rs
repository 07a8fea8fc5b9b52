//! How every type moved: its share of all defects, and its number a month.

use super::compute::{Computed, Moved, Ranked};
use super::section::{column, name};
use crate::report::{Cell, Expr, Format, Message, Row, Table, Value};
use crate::units::Month;

const SHARES: [&str; 4] = ["before", "recent", "low", "high"];

/// The newest months beside those before.
pub(super) fn table(data: &Computed) -> Table {
    let mut columns = vec![column("type", Format::Text)];
    columns.extend(SHARES.map(|id| column(id, Format::Share)));
    columns.push(column("p", Format::Number(4)));
    columns.extend(["monthly_before", "monthly"].map(|id| column(id, Format::Number(1))));
    columns.extend(["ratio", "ratio_low", "ratio_high"].map(|id| column(id, Format::Number(2))));
    Table {
        id: "pareto.moves".to_owned(),
        title: Message::new("pareto.table.moves"),
        rows: data.types.iter().map(|kind| row(kind, columns.len())).collect(),
        columns,
        note: Some(
            Message::new("pareto.note.recent")
                .arg("from", Month::from_number(data.recent))
                .arg("to", Month::from_number(data.shown.1)),
        ),
        top: None,
    }
}

fn row(kind: &Ranked, columns: usize) -> Row {
    let mut cells = vec![Cell::from(name(kind))];
    cells.extend(kind.moved.map_or_else(Vec::new, |moved| figures(&moved)));
    cells.resize(columns, Cell::none());
    Row::from(cells)
}

fn figures(moved: &Moved) -> Vec<Cell> {
    let shares = [moved.before, moved.recent, moved.bounds.low, moved.bounds.high];
    let mut cells: Vec<Cell> = shares.map(|x| Cell::from(Value::share(x))).to_vec();
    cells.push(Cell::from(Value::number(moved.p, 4)));
    cells.extend(moved.monthly.map(|x| Cell::from(Value::number(x, 1))));
    let number = |x: f64| Cell::from(Value::number(x, 2));
    let (ratio, low, high) = moved.ratio.map_or((None, None, None), |(ratio, bounds)| {
        (Some(ratio), Some(bounds.low), Some(bounds.high))
    });
    let ratio = ratio.map_or_else(Cell::none, number);
    cells.push(ratio.by(Expr::own("monthly") / Expr::own("monthly_before")));
    cells.extend([low, high].map(|end| end.map_or_else(Cell::none, number)));
    cells
}
