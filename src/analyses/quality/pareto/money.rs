//! The same ranking in money: the most frequent type need not be the dearest.

use super::compute::{Computed, Ranked};
use super::section::{column, in_months, name};
use crate::report::{
    Cell, Chart, ChartKind, Emphasis, Expr, Format, Func, Message, Role, Row, Series, Table, Value,
};
use crate::units::Money;

const MONEY: &str = "pareto.money";

/// Types by falling cost; `None` where fewer than two have a cost.
pub(super) fn chart(data: &Computed) -> Option<Chart> {
    let (types, total) = data.by_cost();
    if types.len() < 2 || total <= Money::ZERO {
        return None;
    }
    let title = Message::new("pareto.chart.money");
    let (first, cost) = types.first()?;
    let describe = Message::new("pareto.chart.money_describe")
        .arg("total", total)
        .arg("first", name(first))
        .arg("share", Value::Share(cost.share_of(total)?));
    let series = [("cost", Role::Value), ("cumulative", Role::Cumulative)];
    Some(Chart {
        id: MONEY.to_owned(),
        kind: ChartKind::Pareto,
        describe,
        y_label: Message::new("pareto.column.cost"),
        table: table(data, &types, total, title.clone()),
        title,
        x: "type".to_owned(),
        series: series.map(|(id, role)| Series { column: id.to_owned(), role }).to_vec(),
        signal: None,
        point_label: None,
        marks: Vec::new(),
        references: Vec::new(),
    })
}

fn table(data: &Computed, types: &[(&Ranked, Money)], total: Money, title: Message) -> Table {
    let columns = vec![
        column("type", Format::Text),
        column("cost", Format::Money),
        column("share", Format::Share),
        column("cumulative", Format::Share),
    ];
    let last = types.len().saturating_sub(1);
    let span =
        |to: usize| Expr::call(Func::Sum, [Expr::Span(MONEY.to_owned(), "cost".to_owned(), 0, to)]);
    let mut so_far = Money::ZERO;
    let rows = types.iter().enumerate().map(|(i, (kind, cost))| {
        so_far = so_far + *cost;
        let share = |part: Money| Cell::from(part.share_of(total).map(Value::Share));
        let cells = vec![
            Cell::from(name(kind)),
            Cell::from(*cost).by(in_months("cost", data.shown)),
            share(*cost).by(Expr::own("cost") / span(last)),
            share(so_far).by(span(i) / span(last)),
        ];
        Row { cells, emphasis: kind.name.is_none().then_some(Emphasis::Muted) }
    });
    let rows = rows.collect();
    Table { id: MONEY.to_owned(), title, columns, rows, note: None, top: None }
}
