//! The section of the page.

use super::compute::{Computed, Ranked, share};
use super::{money, moves};
use crate::report::{
    Block, Cell, Chart, ChartKind, Check, CheckState, Column, Direction, Emphasis, Expr, Format,
    Func, Message, Metric, Op, Role, Row, Series, Table, Tone, Value,
};
use crate::units::{Month, Period};

const COUNTS: &str = "pareto.counts";
const TYPES: &str = "pareto.types";

/// The name of a type, or the words for those too rare to name.
pub(super) fn name(kind: &Ranked) -> Value {
    match &kind.name {
        Some(name) => Value::Text(name.clone()),
        None => Message::new("pareto.other").into(),
    }
}

/// The headline figures.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    let (from, to) = data.shown;
    let metric = |id: &str, value: Value| Metric {
        id: id.to_owned(),
        value: Some(value),
        interval: None,
        n: data.total,
        period: Period {
            from: Month::from_number(from).first_day(),
            to: Month::from_number(to).last_day(),
        },
        target: None,
        direction: Direction::Neutral,
        method: format!("pareto.method.{id}"),
    };
    let first = data.types.first().map_or(0, |kind| kind.sum.count);
    vec![
        metric("vital_few", data.vital.into()),
        metric("first_type_share", Value::Share(share(first, data.total))),
        metric("top_three_share", Value::Share(data.top_share(3))),
    ]
}

/// The blocks, in order.
pub(super) fn blocks(data: &Computed) -> Vec<Block> {
    let months = Message::new("pareto.note.months")
        .arg("from", Month::from_number(data.shown.0))
        .arg("to", Month::from_number(data.shown.1));
    let mut blocks = vec![
        Block::Cards(metrics(data)),
        Block::Chart(Box::new(chart(data))),
        Block::Note { tone: Tone::Plain, text: months },
    ];
    blocks.push(match money::chart(data) {
        Some(chart) => Block::Chart(Box::new(chart)),
        None => Block::Checklist(vec![Check {
            label: Message::new("pareto.chart.money"),
            state: CheckState::NotComputable,
            detail: Message::new("pareto.missing.cost"),
        }]),
    });
    if data.types.iter().any(|kind| kind.moved.is_some()) {
        blocks.push(Block::Table(moves::table(data)));
    }
    blocks
}

pub(super) fn column(id: &str, format: Format) -> Column {
    Column::titled(id, format, Message::new(format!("pareto.column.{id}")))
}

fn chart(data: &Computed) -> Chart {
    let title = Message::new("pareto.chart.title");
    let series = [("count", Role::Value), ("cumulative", Role::Cumulative)];
    let describe = Message::new("pareto.chart.describe")
        .arg("types", data.distinct)
        .arg("defects", data.total)
        .arg("vital", data.vital);
    Chart {
        id: TYPES.to_owned(),
        kind: ChartKind::Pareto,
        describe,
        y_label: Message::new("pareto.column.count"),
        table: types(data, title.clone()),
        title,
        x: "type".to_owned(),
        series: series.map(|(id, role)| Series { column: id.to_owned(), role }).to_vec(),
        signal: None,
        point_label: None,
        marks: Vec::new(),
        references: Vec::new(),
    }
}

/// Types by falling count, each with its share and the share of all so far.
fn types(data: &Computed, title: Message) -> Table {
    let costs = data.types.iter().any(|kind| kind.sum.cost.is_some());
    let mut columns = vec![
        column("type", Format::Text),
        column("count", Format::Count),
        column("share", Format::Share),
        column("cumulative", Format::Share),
    ];
    if costs {
        columns.push(column("cost", Format::Money));
    }
    let last = data.types.len().saturating_sub(1);
    let span = |to: usize| {
        Expr::call(Func::Sum, [Expr::Span(TYPES.to_owned(), "count".to_owned(), 0, to)])
    };
    let mut so_far = 0;
    let rows = data.types.iter().enumerate().map(|(i, kind)| {
        so_far += kind.sum.count;
        let own = share(kind.sum.count, data.total);
        let mut cells = vec![
            Cell::from(name(kind)),
            Cell::from(kind.sum.count).by(in_months("count", data.shown)),
            Cell::from(Value::share(own)).by(Expr::own("count") / span(last)),
            Cell::from(Value::share(share(so_far, data.total))).by(span(i) / span(last)),
        ];
        if costs {
            let cost = Cell::from(kind.sum.cost.map(Value::Money));
            cells.push(cost.by(in_months("cost", data.shown)));
        }
        let emphasis = kind.name.is_none().then_some(Emphasis::Muted);
        Row { cells, emphasis }
    });
    let rows = rows.collect();
    Table { id: TYPES.to_owned(), title, columns, rows, note: None, top: None }
}

/// Σ of a measure of this row's type over some months of the data sheet.
pub(super) fn in_months(measure: &str, (from, to): (i32, i32)) -> Expr {
    let serial =
        |month: i32| Expr::from(f64::from(Month::from_number(month).first_day().number() + 25_569));
    let month = || Expr::whole(COUNTS, "month");
    let own = Expr::op(Op::Eq, Expr::whole(COUNTS, "type"), Expr::own("type"));
    let span = Expr::op(Op::Ge, month(), serial(from)) * Expr::op(Op::Le, month(), serial(to));
    Expr::call(Func::Sumproduct, [own * span * Expr::whole(COUNTS, measure)])
}

/// The data sheet: defects and cost by month and type.
pub(super) fn counts(data: &Computed) -> Table {
    let columns = vec![
        column("month", Format::Month),
        column("type", Format::Text),
        column("count", Format::Count),
        column("cost", Format::Money),
    ];
    let row = |(&(month, kind), sum): (&(i32, usize), &super::compute::Sum)| {
        let named = data.types.get(kind).map_or_else(|| Message::new("pareto.other").into(), name);
        Row::from(vec![
            Cell::from(Month::from_number(month)),
            Cell::from(named),
            sum.count.into(),
            Cell::from(sum.cost.map(Value::Money)),
        ])
    };
    Table {
        id: COUNTS.to_owned(),
        title: Message::new("pareto.table.counts"),
        columns,
        rows: data.cells.iter().map(row).collect(),
        note: None,
        top: None,
    }
}
