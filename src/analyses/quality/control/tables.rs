//! The tables of the section and the sheet of fits its formulas stand on.

use super::compute::Computed;
use super::section::{counted, period, scope};
use crate::analyses::CountChart;
use crate::dataset::Grain;
use crate::report::{Cell, Column, Emphasis, Expr, Format, Func, Message, Row, Table, Value};
use crate::stats::control_chart::attribute_chart::Kind;
use crate::stats::control_chart::change_point::Way;
use crate::stats::control_chart::rules::Rule;
use crate::stats::control_chart::staged::Stage;

/// The data sheet of each phase's factor on sigma.
const LIMITS: &str = "control.limits";

/// The id of a chart and its table.
pub(super) fn chart_id(index: usize) -> String {
    format!("control.chart_{index}")
}

fn column(id: &str, format: Format) -> Column {
    Column::of("control", id, format)
}

const fn period_format(grain: Grain) -> Format {
    match grain {
        Grain::Month => Format::Month,
        Grain::Week => Format::Date,
    }
}

const fn rate_format(chart: &CountChart) -> Format {
    match chart.kind {
        Kind::P | Kind::Np => Format::Share,
        Kind::U | Kind::C => Format::Number(4),
    }
}

fn rate(chart: &CountChart, x: f64) -> Option<Value> {
    match chart.kind {
        Kind::P | Kind::Np => Value::share(x),
        Kind::U | Kind::C => Value::number(x, 4),
    }
}

/// The points of a chart with their limits.
pub(super) fn points(data: &Computed, index: usize, chart: &CountChart, title: Message) -> Table {
    let mut columns = vec![
        column("period", period_format(data.cube.grain)),
        column("n", Format::Count),
        column("count", Format::Count),
    ];
    columns.extend(["rate", "center", "ucl", "lcl"].map(|id| column(id, rate_format(chart))));
    columns.push(column("signal", Format::Text));
    let rows = (0..chart.counts.len()).filter_map(|point| point_row(data, index, chart, point));
    let rows = rows.collect();
    Table { id: chart_id(index), title, columns, rows, note: None, top: None }
}

#[expect(clippy::cast_precision_loss, reason = "counts of work stay below 2^53")]
fn point_row(data: &Computed, index: usize, chart: &CountChart, point: usize) -> Option<Row> {
    let (counts, judged) = (chart.counts.get(point)?, chart.fit.points.get(point)?);
    let (nth, stage) = stage_of(chart, point)?;
    let sum = |column: &str| {
        let (first, last) = (stage.points.start, stage.points.start + stage.baseline - 1);
        Expr::call(Func::Sum, [Expr::Span(chart_id(index), column.to_owned(), first, last)])
    };
    let row = limits_row(data, index, nth);
    let cell = |x: f64, formula: Expr| Cell::from(rate(chart, x)).by(formula);
    let signal = judged.signals.first().map(|&rule| Value::from(rule_message(rule)));
    let cells = vec![
        Cell::from(period(data.cube.grain, counts.period)),
        counts.size.into(),
        counts.count.into(),
        cell(counts.count as f64 / counts.size as f64, Expr::own("count") / Expr::own("n")),
        cell(judged.limits.center, sum("count") / sum("n")),
        cell(judged.limits.ucl, limit(chart.kind, row, true)),
        cell(judged.limits.lcl, limit(chart.kind, row, false)),
        Cell::from(signal),
    ];
    let emphasis = chart.way(point).map(|way| match way {
        Way::Rise => Emphasis::Bad,
        Way::Fall => Emphasis::Good,
    });
    Some(Row { cells, emphasis })
}

fn stage_of(chart: &CountChart, point: usize) -> Option<(usize, &Stage)> {
    let stages = chart.fit.stages.iter().enumerate();
    stages.into_iter().find(|(_, stage)| stage.points.contains(&point))
}

/// The row of a phase in the sheet of fits.
fn limits_row(data: &Computed, index: usize, stage: usize) -> usize {
    let before = data.charts.iter().take(index).map(|chart| chart.fit.stages.len());
    before.sum::<usize>() + stage
}

/// A limit as a spreadsheet computes it from the centre, the size and the factor on sigma.
fn limit(kind: Kind, row: usize, upper: bool) -> Expr {
    let center = || Expr::own("center");
    let variance = match kind {
        Kind::P | Kind::Np => center() * (Expr::from(1.0) - center()),
        Kind::U | Kind::C => center(),
    };
    let sigma = Expr::call(Func::Sqrt, [variance / Expr::own("n")]);
    let half = Expr::from(3.0) * Expr::at(LIMITS, "factor", row) * sigma;
    match (upper, kind) {
        (true, Kind::P | Kind::Np) => Expr::call(Func::Min, [1.0.into(), center() + half]),
        (true, _) => center() + half,
        (false, _) => Expr::call(Func::Max, [0.0.into(), center() - half]),
    }
}

/// The fit of every phase of every chart: the workbook's formulas take the factor from here.
pub(super) fn limits(data: &Computed) -> Table {
    let columns = vec![
        column("scope", Format::Text),
        column("measure", Format::Text),
        column("from", period_format(data.cube.grain)),
        column("baseline", Format::Count),
        column("dispersion", Format::Number(2)),
        column("factor", Format::Number(4)),
    ];
    let rows = data.charts.iter().flat_map(|chart| {
        chart.fit.stages.iter().map(move |stage| {
            let first = chart.counts.get(stage.points.start);
            let ratio = stage.dispersion.and_then(|d| Value::number(d.ratio, 2));
            Row::from(vec![
                Cell::from(scope(data, chart)),
                measure(chart),
                Cell::from(first.map(|counts| period(data.cube.grain, counts.period))),
                stage.baseline.into(),
                Cell::from(ratio),
                Cell::from(Value::number(stage.chart.factor, 4)),
            ])
        })
    });
    let rows = rows.collect();
    let title = Message::new("control.table.limits");
    Table { id: LIMITS.to_owned(), title, columns, rows, note: None, top: None }
}

fn measure(chart: &CountChart) -> Cell {
    Value::from(Message::new(format!("control.column.rate_{}", counted(chart)))).into()
}

/// Signals of the wanted periods, the newest first.
pub(super) fn signals(data: &Computed, wanted: impl Fn(i32) -> bool, name: &str) -> Table {
    let columns = vec![
        column("period", period_format(data.cube.grain)),
        column("scope", Format::Text),
        column("measure", Format::Text),
        column("signal", Format::Text),
        column("rate", Format::Number(4)),
        column("center", Format::Number(4)),
    ];
    let mut found: Vec<(i32, usize, Row)> = Vec::new();
    for (index, chart) in data.charts.iter().enumerate() {
        for (point, (counts, judged)) in chart.counts.iter().zip(&chart.fit.points).enumerate() {
            if wanted(counts.period) {
                let row = |&rule: &Rule| signal_row(data, index, chart, point, rule);
                let rows = judged.signals.iter().filter_map(row);
                found.extend(rows.map(|row| (counts.period, index, row)));
            }
        }
    }
    found.sort_by_key(|(period, index, _)| (-period, *index));
    Table {
        id: format!("control.{name}"),
        title: Message::new(format!("control.table.{name}"))
            .arg("period", period(data.cube.grain, data.newest())),
        columns,
        rows: found.into_iter().map(|(.., row)| row).collect(),
        note: None,
        top: Some(10),
    }
}

fn signal_row(
    data: &Computed,
    index: usize,
    chart: &CountChart,
    point: usize,
    rule: Rule,
) -> Option<Row> {
    let source = point_row(data, index, chart, point)?;
    let cell = |column: &str, at: usize| {
        let value = source.cells.get(at).and_then(|cell| cell.value.clone());
        Cell::from(value).by(Expr::at(&chart_id(index), column, point))
    };
    let cells = vec![
        Cell::from(source.cells.first().and_then(|cell| cell.value.clone())),
        scope(data, chart).into(),
        measure(chart),
        Value::from(rule_message(rule)).into(),
        cell("rate", 3),
        cell("center", 4),
    ];
    Some(Row { cells, emphasis: source.emphasis })
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
