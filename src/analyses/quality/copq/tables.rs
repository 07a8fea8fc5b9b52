//! The tables of the section.

use super::compute::Computed;
use super::ledger::{Class, Key};
use super::section::{class_words, named};
use crate::report::{Cell, Column, Emphasis, Expr, Format, Func, Message, Row, Table, Value};
use crate::units::{Money, Month};

fn column(id: &str, format: Format) -> Column {
    Column::of("copq", id, format)
}

fn table(id: &str, columns: Vec<Column>, rows: Vec<Row>) -> Table {
    Table {
        id: format!("copq.{id}"),
        title: Message::new(format!("copq.table.{id}")),
        columns,
        rows,
        note: None,
        top: None,
    }
}

fn span(id: &str, last: usize) -> Expr {
    let cost = Expr::Span(format!("copq.{id}"), "cost".to_owned(), 0, last);
    Expr::call(Func::Sum, [cost])
}

/// Cost of every class and its share of all.
pub(super) fn classes(data: &Computed) -> Table {
    let columns = vec![
        column("class", Format::Text),
        column("cost", Format::Money),
        column("share", Format::Share),
    ];
    let (total, classes) = (data.total(), data.classes());
    let last = classes.len().saturating_sub(1);
    let row = |(class, cost): &(Class, Money)| {
        let share = cost.share_of(total).map(Value::Share);
        Row::from(vec![
            Cell::from(class_words(*class)),
            Cell::from(*cost),
            Cell::from(share).by(Expr::own("cost") / span("classes", last)),
        ])
    };
    let mut rows: Vec<Row> = classes.iter().map(row).collect();
    let cells = vec![
        Value::from(Message::new("copq.total")).into(),
        Cell::from(total).by(span("classes", last)),
        Cell::none(),
    ];
    rows.push(Row { cells, emphasis: Some(Emphasis::Total) });
    table("classes", columns, rows)
}

/// Cost month by month, all and of failures: what the chart shows.
pub(super) fn trend(data: &Computed) -> Table {
    let columns = vec![
        column("month", Format::Month),
        column("total", Format::Money),
        column("failures", Format::Money),
    ];
    let row = |month: i32| {
        Row::from(vec![
            Cell::from(Month::from_number(month)),
            money(data.cost(|key| key.month == month)),
            money(data.cost(|key| key.month == month && key.class.is_failure())),
        ])
    };
    table("trend", columns, (data.span.0..=data.span.1).map(row).collect())
}

fn money(cost: Option<Money>) -> Cell {
    Cell::from(cost.map(Value::Money))
}

/// Cost by month and class, the newest month first.
pub(super) fn months(data: &Computed) -> Table {
    let classes: Vec<Class> = data.classes().into_iter().map(|(class, _)| class).collect();
    let mut columns = vec![column("month", Format::Month)];
    columns.extend(classes.iter().map(|class| column(class.key(), Format::Money)));
    columns.push(column("total", Format::Money));
    let row = |month: i32| {
        let of = |&class: &Class| data.cost(|key| key.month == month && key.class == class);
        let mut cells = vec![Cell::from(Month::from_number(month))];
        cells.extend(classes.iter().map(|class| money(of(class))));
        let own = classes.iter().map(|class| Expr::own(class.key()));
        let total = money(data.cost(|key| key.month == month));
        cells.push(total.by(Expr::call(Func::Sum, own)));
        Row::from(cells)
    };
    let mut out = table("months", columns, (data.span.0..=data.span.1).rev().map(row).collect());
    out.top = Some(12);
    out
}

/// Cost by step or team, the dearest first; `None` where fewer than two have a name.
pub(super) fn by(data: &Computed, id: &str, name: fn(&Key) -> &Option<String>) -> Option<Table> {
    let costs = data.by(name);
    let names = costs.iter().filter(|(name, _)| name.is_some()).count();
    let (total, last) = (data.total(), costs.len().saturating_sub(1));
    let columns = vec![
        column(id, Format::Text),
        column("cost", Format::Money),
        column("share", Format::Share),
    ];
    let id = format!("by_{id}");
    let row = |(name, cost): &(Option<String>, Money)| {
        let share = cost.share_of(total).map(Value::Share);
        let cells = vec![
            Cell::from(named(name.as_deref())),
            Cell::from(*cost),
            Cell::from(share).by(Expr::own("cost") / span(&id, last)),
        ];
        Row { cells, emphasis: name.is_none().then_some(Emphasis::Muted) }
    };
    let rows = costs.iter().map(row).collect();
    let mut out = table(&id, columns, rows);
    out.top = Some(20);
    (names > 1).then_some(out)
}
