//! Control charts of promises kept (p) and of cases coming in (u).

use super::super::compute::{Course, Span};
use super::super::params::Params;
use super::{column, point, point_column};
use crate::dataset::Grain;
use crate::report::{
    Block, Cell, Chart, ChartKind, Emphasis, Expr, Format, Func, Mark, MarkKind, Message, Role,
    Row, Series, Table, Value,
};
use crate::stats::control_chart::attribute_chart::Kind;
use crate::stats::control_chart::rules::Rule;

/// Fewer points make no chart.
const LEAST: usize = 3;

/// What differs between the two charts.
#[derive(Clone, Copy)]
struct Style {
    name: &'static str,
    rate: Format,
    target: Option<f64>,
}

impl Style {
    fn of(course: &Course, params: &Params) -> Self {
        match course.kind {
            Kind::P | Kind::Np => {
                Self { name: "promise", rate: Format::Share, target: params.sla_target }
            }
            Kind::U | Kind::C => Self { name: "incoming", rate: Format::Number(2), target: None },
        }
    }

    fn id(self) -> String {
        format!("tickets.{}", self.name)
    }

    fn cell(self, x: f64) -> Cell {
        Cell::from(match self.rate {
            Format::Share => Value::share(x),
            _ => Value::number(x, 2),
        })
    }

    fn column(self, id: &str, format: Format) -> crate::report::Column {
        let heading = format!("tickets.column.{}_{id}", self.name);
        crate::report::Column::titled(id, format, Message::new(heading))
    }
}

/// The chart, from three whole points on.
pub(super) fn chart(course: &Course, grain: Grain, params: &Params) -> Option<Block> {
    if course.spans.len() < LEAST {
        return None;
    }
    let style = Style::of(course, params);
    let laney = if course.factor > 1.0 { "_laney" } else { "" };
    let title = Message::new(format!("tickets.chart.{}{laney}", style.name));
    let signals = course.spans.iter().filter(|span| !span.signals.is_empty()).count();
    let mut roles = vec![
        ("rate", Role::Value),
        ("center", Role::Center),
        ("ucl", Role::Limit),
        ("lcl", Role::Limit),
    ];
    roles.extend(style.target.map(|_| ("target", Role::Target)));
    let end = Mark {
        row: course.baseline.saturating_sub(1),
        kind: MarkKind::BaselineEnd,
        label: Message::new("tickets.mark.baseline"),
    };
    let frozen = course.spans.len() > course.baseline;
    Some(Block::Chart(Box::new(Chart {
        id: style.id(),
        kind: ChartKind::Control,
        title: title.clone(),
        describe: Message::new(format!("tickets.chart.{}_describe", style.name))
            .arg("points", course.spans.len())
            .arg("signals", signals),
        y_label: Message::new(format!("tickets.column.{}_rate", style.name)),
        table: table(course, grain, style, title),
        x: "point".to_owned(),
        series: (roles.iter())
            .map(|(column, role)| Series { column: (*column).to_owned(), role: *role })
            .collect(),
        signal: Some("signal".to_owned()),
        point_label: None,
        marks: frozen.then_some(end).into_iter().collect(),
        references: Vec::new(),
    })))
}

fn table(course: &Course, grain: Grain, style: Style, title: Message) -> Table {
    let mut columns = vec![
        point_column(grain),
        style.column("count", Format::Count),
        style.column("n", Format::Count),
        style.column("rate", style.rate),
        column("center", style.rate),
        column("lcl", style.rate),
        column("ucl", style.rate),
    ];
    columns.extend(style.target.map(|_| column("target", style.rate)));
    columns.push(column("signal", Format::Text));
    Table {
        id: style.id(),
        title,
        columns,
        rows: course.spans.iter().map(|span| row(course, grain, style, span)).collect(),
        note: Some(Message::new(format!("tickets.note.{}", style.name))),
        top: Some(12),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn row(course: &Course, grain: Grain, style: Style, span: &Span) -> Row {
    let last = course.baseline.saturating_sub(1);
    let sum =
        |column: &str| Expr::call(Func::Sum, [Expr::Span(style.id(), column.to_owned(), 0, last)]);
    let rate = span.count as f64 / span.size as f64;
    let mut cells = vec![
        Cell::from(point(grain, span.at)),
        span.count.into(),
        span.size.into(),
        style.cell(rate).by(Expr::own("count") / Expr::own("n")),
        style.cell(span.limits.center).by(sum("count") / sum("n")),
        style.cell(span.limits.lcl).by(limit(course, style, false)),
        style.cell(span.limits.ucl).by(limit(course, style, true)),
    ];
    cells.extend(style.target.map(|target| style.cell(target)));
    let signal = span.signals.first().map(|rule| Value::from(Message::new(rule_key(*rule))));
    cells.push(Cell::from(signal));
    let good = (course.kind == Kind::P) == (span.z > 0.0);
    let emphasis =
        (!span.signals.is_empty()).then_some(if good { Emphasis::Good } else { Emphasis::Bad });
    Row { cells, emphasis }
}

/// A limit from the centre, the size and the factor on sigma.
fn limit(course: &Course, style: Style, upper: bool) -> Expr {
    let center = || Expr::own("center");
    let share = course.kind == Kind::P;
    let variance = if share { center() * (Expr::from(1.0) - center()) } else { center() };
    let sigma = Expr::call(Func::Sqrt, [variance / Expr::own("n")]);
    let factor = Expr::at(&format!("tickets.{}_limits", style.name), "factor", 0);
    let half = Expr::from(3.0) * factor * sigma;
    match (upper, share) {
        (true, true) => Expr::call(Func::Min, [1.0.into(), center() + half]),
        (true, false) => center() + half,
        (false, _) => Expr::call(Func::Max, [0.0.into(), center() - half]),
    }
}

const fn rule_key(rule: Rule) -> &'static str {
    match rule {
        Rule::Beyond => "tickets.rule.beyond",
        Rule::NineOneSide => "tickets.rule.nine_one_side",
        Rule::SixTrend => "tickets.rule.six_trend",
        Rule::TwoOfThree => "tickets.rule.two_of_three",
        _ => "tickets.rule.other",
    }
}

/// The factor the limits stand on.
pub(super) fn data(course: &Course, params: &Params) -> Table {
    let style = Style::of(course, params);
    Table {
        id: format!("tickets.{}_limits", style.name),
        title: Message::new(format!("tickets.table.{}_limits", style.name)),
        columns: vec![column("baseline", Format::Count), column("factor", Format::Number(4))],
        rows: vec![Row::from(vec![
            course.baseline.into(),
            Cell::from(Value::number(course.factor, 4)),
        ])],
        note: None,
        top: None,
    }
}
