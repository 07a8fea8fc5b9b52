//! The section of the page.

use super::compute::Computed;
use super::ledger::Class;
use super::tables;
use crate::report::{
    Block, Chart, ChartKind, Check, CheckState, Direction, Interval, Message, Metric, Role, Series,
    Tone, Value,
};
use crate::units::{Money, Month};

/// The rule of thumb: recovering from failures costs this much on top of the service.
const BAND: (f64, f64) = (0.25, 0.50);

/// A class in words.
pub(super) fn class_words(class: Class) -> Value {
    Message::new(format!("copq.class.{}", class.key())).into()
}

/// A name, or the words for lines that have none.
pub(super) fn named(name: Option<&str>) -> Value {
    name.map_or_else(|| Message::new("copq.unnamed").into(), Value::from)
}

/// The share of failure costs in the cost of the service itself.
fn recovery(data: &Computed) -> Option<f64> {
    data.failures()?.share_of(data.service?)
}

/// The headline figures.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    let metric = |id: &str, value: Option<Value>| Metric {
        id: id.to_owned(),
        value,
        interval: None,
        n: data.ledger.costs.len() as u64,
        period: data.period(),
        target: None,
        direction: Direction::Lower,
        method: format!("copq.method.{id}"),
    };
    let share =
        |part: Option<Money>, whole: Option<Money>| part?.share_of(whole?).map(Value::Share);
    let mut metrics = vec![
        metric("copq", Some(data.total().into())),
        metric("copq_share", share(Some(data.total()), data.sales)),
        metric("recovery_ratio", recovery(data).map(Value::Share)),
    ];
    let escaped = data.escaped();
    let interval = escaped.map(|(.., e)| Interval::shares(e.bounds.low, e.bounds.high, data.level));
    metrics.push(Metric {
        interval,
        n: escaped.map_or(0, |(_, all, _)| all),
        ..metric("escaped_share", escaped.map(|(.., e)| Value::Share(e.value)))
    });
    metrics
}

/// The blocks, in order.
pub(super) fn blocks(data: &Computed) -> Vec<Block> {
    let months = Message::new("copq.note.months")
        .arg("from", Month::from_number(data.span.0))
        .arg("to", Month::from_number(data.span.1));
    let mut blocks = vec![
        Block::Cards(metrics(data)),
        Block::Note { tone: Tone::Plain, text: months },
        Block::Chart(Box::new(chart(data))),
        Block::Table(tables::classes(data)),
    ];
    blocks.extend(recovery(data).map(rule_of_thumb));
    blocks.push(Block::Table(tables::months(data)));
    let named =
        [tables::by(data, "step", |key| &key.step), tables::by(data, "team", |key| &key.team)];
    blocks.extend(named.into_iter().flatten().map(Block::Table));
    let parts = parts(data);
    if !parts.is_empty() {
        blocks.push(Block::Checklist(parts));
    }
    blocks
}

/// Service recovery beside the rule of thumb, named as one.
fn rule_of_thumb(ratio: f64) -> Block {
    let key = match ratio {
        ratio if ratio < BAND.0 => "below",
        ratio if ratio > BAND.1 => "above",
        _ => "inside",
    };
    let text = Message::new(format!("copq.rule.{key}"))
        .arg("ratio", Value::Share(ratio))
        .arg("low", Value::Share(BAND.0))
        .arg("high", Value::Share(BAND.1));
    Block::Note { tone: Tone::Plain, text }
}

/// The parts that cannot be computed, and what is missing.
fn parts(data: &Computed) -> Vec<Check> {
    let absent = [
        ("appraisal", !data.has_ledger),
        ("defects", !data.has_defects),
        ("found_at", data.ledger.found.is_empty()),
        ("sales", data.sales.is_none()),
        ("service", data.service.is_none()),
    ];
    let check = |part: &str, state, detail| Check {
        label: Message::new(format!("copq.part.{part}")),
        state,
        detail,
    };
    let missing = |(part, _): (&str, bool)| {
        let detail = Message::new(format!("copq.missing.{part}"));
        check(part, CheckState::NotComputable, detail)
    };
    let mut checks: Vec<Check> =
        absent.into_iter().filter(|(_, absent)| *absent).map(missing).collect();
    if data.ledger.unread > 0 {
        let detail = Message::new("copq.missing.unread").arg("rows", data.ledger.unread);
        checks.push(check("unread", CheckState::Warn, detail));
    }
    checks
}

fn chart(data: &Computed) -> Chart {
    let table = tables::trend(data);
    Chart {
        id: table.id.clone(),
        kind: ChartKind::Bars,
        title: table.title.clone(),
        describe: Message::new("copq.chart.describe")
            .arg("from", Month::from_number(data.span.0))
            .arg("to", Month::from_number(data.span.1))
            .arg("total", data.total()),
        y_label: Message::new("copq.column.cost"),
        table,
        x: "month".to_owned(),
        series: vec![
            Series { column: "total".to_owned(), role: Role::Value },
            Series { column: "failures".to_owned(), role: Role::Other },
        ],
        signal: None,
        point_label: None,
        marks: Vec::new(),
        references: Vec::new(),
    }
}
