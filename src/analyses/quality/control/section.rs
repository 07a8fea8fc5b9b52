//! The section of the page.

use super::compute::{Computed, Fitted, Plotted};
use crate::dataset::Grain;
use crate::report::{
    Block, Cell, Chart, ChartKind, Column, Direction, Emphasis, Expr, Format, Func, Mark, MarkKind,
    Message, Metric, Role, Row, Series, Table, Tone, Value,
};
use crate::stats::control_chart::attribute_chart::Kind;
use crate::stats::control_chart::rules::Rule;
use crate::units::{Month, Period};

/// The data sheet of each chart's factor on sigma.
const LIMITS: &str = "control.limits";

/// A period as a value: a month, or the Monday of a week.
pub(super) fn period(grain: Grain, number: i32) -> Value {
    match grain {
        Grain::Month => Month::from_number(number).into(),
        Grain::Week => grain.first_day(number).into(),
    }
}

/// The headline figures.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    let newest = data.newest();
    let grain = data.cube.grain;
    let metric = |id: &str, value: Option<Value>| Metric {
        id: id.to_owned(),
        value,
        interval: None,
        n: data.charts.iter().map(|chart| chart.points.len() as u64).sum(),
        period: Period { from: grain.first_day(newest), to: grain.last_day(newest) },
        target: None,
        direction: Direction::Lower,
        method: format!("control.method.{id}"),
    };
    let ratio = data.charts.first().and_then(|chart| chart.dispersion).map(|d| d.ratio);
    vec![
        metric("control_signals", Some(data.signals().0.into())),
        metric("expected_false_signals", Value::number(data.expected_false(), 1)),
        metric("dispersion_ratio", ratio.and_then(|ratio| Value::number(ratio, 2))),
    ]
}

/// The blocks, in order.
pub(super) fn blocks(data: &Computed) -> Vec<Block> {
    let mut blocks = vec![Block::Cards(metrics(data)), note(data)];
    let mut charts = data.charts.iter().enumerate().map(|(i, c)| chart(data, i, c));
    blocks.extend(charts.next());
    let signals = signals(data);
    if !signals.rows.is_empty() {
        blocks.push(Block::Table(signals));
    }
    if data.charts.len() > 1 {
        blocks.push(Block::Heading(Message::new("control.heading.facets")));
        blocks.extend(charts);
    }
    if data.left_out > 0 {
        let text = Message::new("control.note.left_out").arg("steps", data.left_out);
        blocks.push(Block::Note { tone: Tone::Plain, text });
    }
    blocks
}

fn note(data: &Computed) -> Block {
    let trial = data.charts.first().is_some_and(|chart| chart.trial);
    let key = if trial { "control.note.trial" } else { "control.note.frozen" };
    let points = data.charts.first().map_or(0, |chart| chart.baseline);
    let text = Message::new(key).arg("points", points);
    Block::Note { tone: if trial { Tone::Caution } else { Tone::Plain }, text }
}

fn column(id: &str, format: Format) -> Column {
    Column::titled(id, format, Message::new(format!("control.column.{id}")))
}

const fn period_format(grain: Grain) -> Format {
    match grain {
        Grain::Month => Format::Month,
        Grain::Week => Format::Date,
    }
}

fn step_name(data: &Computed, step: Option<usize>) -> Value {
    let named = step.and_then(|step| data.cube.steps.get(step).cloned().flatten());
    match (step, named) {
        (_, Some(name)) => Value::Text(name),
        (Some(_), None) => Message::new("control.unnamed").into(),
        (None, None) => Message::new("control.whole").into(),
    }
}

const fn kind_key(kind: Kind, laney: bool) -> &'static str {
    match (kind, laney) {
        (Kind::P | Kind::Np, false) => "p",
        (Kind::P | Kind::Np, true) => "p_laney",
        (Kind::U | Kind::C, false) => "u",
        (Kind::U | Kind::C, true) => "u_laney",
    }
}

fn chart(data: &Computed, index: usize, fitted: &Fitted) -> Block {
    let id = format!("control.chart_{index}");
    let kind = kind_key(data.kind, fitted.is_laney());
    let scope = step_name(data, fitted.step);
    let title = Message::new(format!("control.chart.{kind}")).arg("scope", scope.clone());
    let table = points(data, index, fitted, &id, title.clone());
    let roles = [
        ("rate", Role::Value),
        ("center", Role::Center),
        ("ucl", Role::Limit),
        ("lcl", Role::Limit),
    ];
    let signals = fitted.points.iter().filter(|point| !point.signals.is_empty()).count();
    let end = Mark {
        row: fitted.baseline.saturating_sub(1),
        kind: MarkKind::BaselineEnd,
        label: Message::new("control.mark.baseline"),
    };
    Block::Chart(Box::new(Chart {
        id,
        kind: ChartKind::Control,
        title,
        describe: Message::new("control.chart.describe")
            .arg("scope", scope)
            .arg("points", fitted.points.len())
            .arg("signals", signals),
        y_label: Message::new(match data.kind {
            Kind::P | Kind::Np => "control.column.rate_p",
            Kind::U | Kind::C => "control.column.rate_u",
        }),
        table,
        x: "period".to_owned(),
        series: roles.map(|(id, role)| Series { column: id.to_owned(), role }).to_vec(),
        signal: Some("signal".to_owned()),
        point_label: None,
        marks: if fitted.trial { Vec::new() } else { vec![end] },
        references: Vec::new(),
    }))
}

fn points(data: &Computed, index: usize, fitted: &Fitted, id: &str, title: Message) -> Table {
    let rate = if matches!(data.kind, Kind::P) { Format::Share } else { Format::Number(4) };
    let mut columns = vec![
        column("period", period_format(data.cube.grain)),
        column("n", Format::Count),
        column("count", Format::Count),
    ];
    columns.extend(["rate", "center", "ucl", "lcl"].map(|id| column(id, rate)));
    columns.push(column("signal", Format::Text));
    let row = |point: &Plotted| point_row(data, index, fitted, id, point);
    let rows = fitted.points.iter().map(row).collect();
    Table { id: id.to_owned(), title, columns, rows, note: None, top: None }
}

#[expect(clippy::cast_precision_loss, reason = "counts of work stay below 2^53")]
fn point_row(data: &Computed, index: usize, fitted: &Fitted, id: &str, point: &Plotted) -> Row {
    let value = |x: f64| match data.kind {
        Kind::P | Kind::Np => Value::share(x),
        Kind::U | Kind::C => Value::number(x, 4),
    };
    let last = fitted.baseline.saturating_sub(1);
    let sum = |column: &str| {
        Expr::call(Func::Sum, [Expr::Span(id.to_owned(), column.to_owned(), 0, last)])
    };
    let cell = |x: f64, formula: Expr| Cell::from(value(x)).by(formula);
    let signal = point.signals.first().map(|&rule| Value::from(rule_message(rule)));
    let cells = vec![
        Cell::from(period(data.cube.grain, point.period)),
        point.size.into(),
        point.count.into(),
        cell(point.count as f64 / point.size as f64, Expr::own("count") / Expr::own("n")),
        cell(point.limits.center, sum("count") / sum("n")),
        cell(point.limits.ucl, limit(data.kind, index, true)),
        cell(point.limits.lcl, limit(data.kind, index, false)),
        Cell::from(signal),
    ];
    let emphasis = match (point.signals.is_empty(), point.z > 0.0) {
        (true, _) => None,
        (false, true) => Some(Emphasis::Bad),
        (false, false) => Some(Emphasis::Good),
    };
    Row { cells, emphasis }
}

/// A limit as a spreadsheet computes it from the centre, the size and the factor on sigma.
fn limit(kind: Kind, index: usize, upper: bool) -> Expr {
    let center = || Expr::own("center");
    let variance = match kind {
        Kind::P | Kind::Np => center() * (Expr::from(1.0) - center()),
        Kind::U | Kind::C => center(),
    };
    let sigma = Expr::call(Func::Sqrt, [variance / Expr::own("n")]);
    let half = Expr::from(3.0) * Expr::at(LIMITS, "factor", index) * sigma;
    match (upper, kind) {
        (true, Kind::P | Kind::Np) => Expr::call(Func::Min, [1.0.into(), center() + half]),
        (true, _) => center() + half,
        (false, _) => Expr::call(Func::Max, [0.0.into(), center() - half]),
    }
}

/// The fit of every chart: the workbook's formulas take the factor from here.
pub(super) fn limits(data: &Computed) -> Table {
    let columns = vec![
        column("scope", Format::Text),
        column("baseline", Format::Count),
        column("dispersion", Format::Number(2)),
        column("factor", Format::Number(4)),
    ];
    let row = |chart: &Fitted| {
        let ratio = chart.dispersion.and_then(|d| Value::number(d.ratio, 2));
        Row::from(vec![
            Cell::from(step_name(data, chart.step)),
            chart.baseline.into(),
            Cell::from(ratio),
            Cell::from(Value::number(chart.chart.factor, 4)),
        ])
    };
    let rows = data.charts.iter().map(row).collect();
    let title = Message::new("control.table.limits");
    Table { id: LIMITS.to_owned(), title, columns, rows, note: None, top: None }
}

/// Every signal, the newest first.
fn signals(data: &Computed) -> Table {
    let rate = if matches!(data.kind, Kind::P) { Format::Share } else { Format::Number(4) };
    let columns = vec![
        column("period", period_format(data.cube.grain)),
        column("scope", Format::Text),
        column("signal", Format::Text),
        column("rate", rate),
        column("center", rate),
    ];
    let mut found: Vec<(&Plotted, usize, usize, Row)> = Vec::new();
    for (index, chart) in data.charts.iter().enumerate() {
        for (row, point) in chart.points.iter().enumerate() {
            for &rule in &point.signals {
                found.push((point, index, row, signal_row(data, chart, index, row, rule)));
            }
        }
    }
    found.sort_by_key(|(point, index, ..)| (-point.period, *index));
    Table {
        id: "control.signals".to_owned(),
        title: Message::new("control.table.signals"),
        columns,
        rows: found.into_iter().map(|(.., row)| row).collect(),
        note: None,
        top: Some(10),
    }
}

fn signal_row(data: &Computed, chart: &Fitted, index: usize, row: usize, rule: Rule) -> Row {
    let id = format!("control.chart_{index}");
    let source = chart.points.get(row).map(|point| point_row(data, index, chart, &id, point));
    let cell = |column: &str, at: usize| {
        let value = source.as_ref().and_then(|row| row.cells.get(at)?.value.clone());
        Cell::from(value).by(Expr::at(&id, column, row))
    };
    let when = source.as_ref().and_then(|row| row.cells.first()?.value.clone());
    let emphasis = source.as_ref().and_then(|row| row.emphasis);
    let cells = vec![
        Cell::from(when),
        step_name(data, chart.step).into(),
        Value::from(rule_message(rule)).into(),
        cell("rate", 3),
        cell("center", 4),
    ];
    Row { cells, emphasis }
}

fn rule_message(rule: Rule) -> Message {
    Message::new(match rule {
        Rule::Beyond => "control.rule.beyond",
        Rule::NineOneSide => "control.rule.nine_one_side",
        Rule::SixTrend => "control.rule.six_trend",
        Rule::FourteenAlternating => "control.rule.fourteen_alternating",
        Rule::TwoOfThree => "control.rule.two_of_three",
        Rule::FourOfFive => "control.rule.four_of_five",
        Rule::FifteenWithin => "control.rule.fifteen_within",
        Rule::EightBeyond => "control.rule.eight_beyond",
    })
}
