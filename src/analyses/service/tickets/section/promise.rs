//! The p chart of promised times kept.

use super::super::compute::{Promise, Span};
use super::super::params::Params;
use super::{column, point, point_column};
use crate::dataset::Grain;
use crate::report::{
    Block, Cell, Chart, ChartKind, Emphasis, Expr, Format, Func, Mark, MarkKind, Message, Role,
    Row, Series, Table, Value,
};
use crate::stats::control_chart::rules::Rule;

const ID: &str = "tickets.promise";
const LIMITS: &str = "tickets.promise_limits";
/// Fewer points make no chart.
const LEAST: usize = 3;

/// The chart, from three whole points on.
pub(super) fn chart(promise: &Promise, grain: Grain, params: &Params) -> Option<Block> {
    if promise.spans.len() < LEAST {
        return None;
    }
    let laney = promise.factor > 1.0;
    let title = if laney { "tickets.chart.promise_laney" } else { "tickets.chart.promise" };
    let signals = promise.spans.iter().filter(|span| !span.signals.is_empty()).count();
    let mut roles = vec![
        ("share", Role::Value),
        ("center", Role::Center),
        ("ucl", Role::Limit),
        ("lcl", Role::Limit),
    ];
    if params.sla_target.is_some() {
        roles.push(("target", Role::Target));
    }
    let end = Mark {
        row: promise.baseline.saturating_sub(1),
        kind: MarkKind::BaselineEnd,
        label: Message::new("tickets.mark.baseline"),
    };
    let marks = if promise.spans.len() > promise.baseline { vec![end] } else { Vec::new() };
    Some(Block::Chart(Box::new(Chart {
        id: ID.to_owned(),
        kind: ChartKind::Control,
        title: Message::new(title),
        describe: Message::new("tickets.chart.promise_describe")
            .arg("points", promise.spans.len())
            .arg("signals", signals),
        y_label: Message::new("tickets.column.kept_share"),
        table: table(promise, grain, params),
        x: "point".to_owned(),
        series: (roles.iter())
            .map(|(column, role)| Series { column: (*column).to_owned(), role: *role })
            .collect(),
        signal: Some("signal".to_owned()),
        point_label: None,
        marks,
        references: Vec::new(),
    })))
}

fn table(promise: &Promise, grain: Grain, params: &Params) -> Table {
    let mut columns = vec![
        point_column(grain),
        column("kept", Format::Count),
        column("n", Format::Count),
        column("share", Format::Share),
        column("center", Format::Share),
        column("lcl", Format::Share),
        column("ucl", Format::Share),
    ];
    if params.sla_target.is_some() {
        columns.push(column("target", Format::Share));
    }
    columns.push(column("signal", Format::Text));
    Table {
        id: ID.to_owned(),
        title: Message::new("tickets.chart.promise"),
        columns,
        rows: promise.spans.iter().map(|span| row(promise, grain, params, span)).collect(),
        note: Some(Message::new("tickets.note.promise")),
        top: Some(12),
    }
}

fn row(promise: &Promise, grain: Grain, params: &Params, span: &Span) -> Row {
    let last = promise.baseline.saturating_sub(1);
    let sum = |column: &str| {
        Expr::call(Func::Sum, [Expr::Span(ID.to_owned(), column.to_owned(), 0, last)])
    };
    let share = |x: f64| Cell::from(Value::share(x));
    let mut cells = vec![
        Cell::from(point(grain, span.at)),
        span.share.k.into(),
        span.share.n.into(),
        Cell::from(span.share.value().and_then(Value::share))
            .by(Expr::own("kept") / Expr::own("n")),
        share(span.limits.center).by(sum("kept") / sum("n")),
        share(span.limits.lcl).by(limit(false)),
        share(span.limits.ucl).by(limit(true)),
    ];
    cells.extend(params.sla_target.map(share));
    let signal = span.signals.first().map(|rule| Value::from(Message::new(rule_key(*rule))));
    cells.push(Cell::from(signal));
    let emphasis = match (span.signals.is_empty(), span.z > 0.0) {
        (true, _) => None,
        (false, true) => Some(Emphasis::Good),
        (false, false) => Some(Emphasis::Bad),
    };
    Row { cells, emphasis }
}

/// A limit from the centre, the cases and the factor on sigma.
fn limit(upper: bool) -> Expr {
    let center = || Expr::own("center");
    let variance = center() * (Expr::from(1.0) - center()) / Expr::own("n");
    let sigma = Expr::call(Func::Sqrt, [variance]);
    let half = Expr::from(3.0) * Expr::at(LIMITS, "factor", 0) * sigma;
    if upper {
        Expr::call(Func::Min, [1.0.into(), center() + half])
    } else {
        Expr::call(Func::Max, [0.0.into(), center() - half])
    }
}

const fn rule_key(rule: Rule) -> &'static str {
    match rule {
        Rule::NineOneSide => "tickets.rule.nine_one_side",
        Rule::SixTrend => "tickets.rule.six_trend",
        Rule::TwoOfThree => "tickets.rule.two_of_three",
        _ => "tickets.rule.beyond",
    }
}

/// The factor the limits stand on.
pub(super) fn data(promise: &Promise) -> Table {
    Table {
        id: LIMITS.to_owned(),
        title: Message::new("tickets.table.limits"),
        columns: vec![column("baseline", Format::Count), column("factor", Format::Number(4))],
        rows: vec![Row::from(vec![
            promise.baseline.into(),
            Cell::from(Value::number(promise.factor, 4)),
        ])],
        note: None,
        top: None,
    }
}
