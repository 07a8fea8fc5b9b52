//! The section of the page.

use super::compute::{Comparison, Computed, Dim, Line, Reading};
use crate::report::{
    Block, Cell, Check, CheckState, Column, Direction, Emphasis, Expr, Format, Interval, Message,
    Metric, Row, Table, Tone, Value,
};
use crate::units::{Month, Period};

/// The headline figures: the month's change at one mix, and what the mix did.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    let Some(line) = data.month() else { return Vec::new() };
    let metric = |id: &str, value: f64, error: Option<f64>| Metric {
        id: id.to_owned(),
        value: per_million(value),
        interval: error.map(|error| Interval {
            low: per_million(value - line.width * error),
            high: per_million(value + line.width * error),
            level: data.level,
        }),
        n: line.opportunities,
        period: Period::month(Month::from_number(data.focus)),
        target: None,
        direction: Direction::Lower,
        method: format!("mix.method.{id}"),
    };
    vec![
        metric("like_for_like", line.mix.rate, Some(line.mix.rate_error)),
        metric("mix_effect", line.mix.mix, None),
    ]
}

fn per_million(x: f64) -> Option<Value> {
    Value::number(x * 1e6, 0)
}

/// The blocks, in order.
pub(super) fn blocks(data: &Computed) -> Vec<Block> {
    let mut blocks = vec![Block::Cards(metrics(data))];
    let worth =
        |line: &&Line| line.comparison == Comparison::Month || line.reading != Reading::None;
    for line in told(data).into_iter().filter(worth) {
        let caution =
            matches!(line.reading, Reading::Reversed | Reading::MixOnly | Reading::Hidden);
        let tone = if caution { Tone::Caution } else { Tone::Plain };
        blocks.push(Block::Note { tone, text: sentence(data, line) });
    }
    blocks.push(Block::Table(table(data)));
    if !data.absent.is_empty() {
        blocks.push(Block::Checklist(data.absent.iter().map(|&dim| absent(dim)).collect()));
    }
    blocks
}

fn absent(dim: Dim) -> Check {
    Check {
        label: Message::new(format!("mix.dim.{}", dim.col().name())),
        state: CheckState::NotComputable,
        detail: Message::new("mix.check.absent").arg("column", dim.col().name()),
    }
}

/// Of every comparison the dimension worth a sentence: where the mix misleads, else where it
/// moved the rate the most.
pub(super) fn told(data: &Computed) -> Vec<&Line> {
    let mut out: Vec<&Line> = Vec::new();
    for line in &data.lines {
        match out.iter_mut().find(|told| told.comparison == line.comparison) {
            None => out.push(line),
            Some(told) if weight(line) > weight(told) => *told = line,
            Some(_) => {}
        }
    }
    out
}

fn weight(line: &Line) -> (u8, f64) {
    let grave = match line.reading {
        Reading::Reversed => 3,
        Reading::MixOnly | Reading::Hidden => 2,
        Reading::Rate => 1,
        Reading::None => 0,
    };
    (grave, line.mix.mix.abs())
}

/// What a comparison amounts to, in one sentence.
pub(super) fn sentence(data: &Computed, line: &Line) -> Message {
    let mix = &line.mix;
    let number = |x: f64| Value::Number { value: x * 1e6, decimals: 0 };
    Message::new(format!("mix.reading.{}", line.reading.key()))
        .arg("what", name(data, &line.comparison))
        .arg("dim", Message::new(format!("mix.dim.{}", line.dim.col().name())))
        .arg("difference", number(mix.difference))
        .arg("rate", number(mix.rate))
        .arg("mix", number(mix.mix))
        .arg("low", number(mix.rate - line.width * mix.rate_error))
        .arg("high", number(mix.rate + line.width * mix.rate_error))
        .arg("above", line.ways.0)
        .arg("below", line.ways.1)
}

fn name(data: &Computed, comparison: &Comparison) -> Value {
    let month = Month::from_number;
    match (comparison, data.baseline) {
        (Comparison::Month, Some((from, to))) => Message::new("mix.comparison.month")
            .arg("month", month(data.focus))
            .arg("from", month(from))
            .arg("to", month(to))
            .into(),
        (Comparison::Month, None) => Message::new("mix.comparison.month_alone").into(),
        (Comparison::Team(Some(team)), _) => {
            Message::new("mix.comparison.team").arg("team", team.as_str()).into()
        }
        (Comparison::Team(None), _) => Message::new("mix.comparison.unnamed").into(),
    }
}

/// Every comparison over every dimension.
fn table(data: &Computed) -> Table {
    let column = |id: &str, format| Column::of("mix", id, format);
    let mut columns = vec![column("comparison", Format::Text), column("dim", Format::Text)];
    let figures = ["first", "second", "difference", "rate", "low", "high", "mix", "standardised"];
    columns.extend(figures.map(|id| column(id, Format::Number(0))));
    columns.push(column("verdict", Format::Text));
    Table {
        id: "mix.comparisons".to_owned(),
        title: Message::new("mix.table.comparisons"),
        columns,
        rows: data.lines.iter().map(|line| row(data, line)).collect(),
        note: Some(
            Message::new("mix.note.comparisons")
                .arg("n", data.lines.len())
                .arg("from", Month::from_number(data.from))
                .arg("to", Month::from_number(data.focus)),
        ),
        top: Some(12),
    }
}

fn row(data: &Computed, line: &Line) -> Row {
    let mix = &line.mix;
    let cell = |x: f64| Cell::from(per_million(x));
    let half = line.width * mix.rate_error;
    let cells = vec![
        Cell::from(name(data, &line.comparison)),
        Value::from(Message::new(format!("mix.dim.{}", line.dim.col().name()))).into(),
        cell(mix.first),
        cell(mix.second),
        cell(mix.difference).by(Expr::own("first") - Expr::own("second")),
        cell(mix.rate),
        cell(mix.rate - half),
        cell(mix.rate + half),
        cell(mix.mix).by(Expr::own("difference") - Expr::own("rate")),
        cell(mix.standardised),
        Value::from(Message::new(format!("mix.verdict.{}", line.reading.key()))).into(),
    ];
    let emphasis = (line.reading == Reading::Reversed).then_some(Emphasis::Bad);
    Row { cells, emphasis }
}
