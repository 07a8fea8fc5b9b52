//! The funnel's metrics, chart and tables.

mod stages;
mod stalled;
mod times;

use super::compute::{Funnel, total};
use super::findings::findings;
use crate::analyses::analysis::Ask;
use crate::dataset::Dataset;
use crate::report::{Block, Direction, Interval, Message, Metric, Outcome, Tone, Value};
use crate::stats::interval;

/// The outcome.
pub(super) fn outcome(funnel: &Funnel, data: &Dataset, ask: &Ask) -> Outcome {
    let metrics = metrics(funnel, data, ask);
    let mut blocks = vec![Block::Cards(metrics.clone())];
    blocks.extend(notes(funnel));
    blocks.push(Block::Chart(Box::new(stages::chart(funnel))));
    if funnel.times.iter().any(|time| time.curve.cases > 0) {
        blocks.push(Block::Table(times::table(&funnel.times, ask.confidence)));
    }
    if !funnel.stalled.is_empty() {
        blocks.push(Block::Table(stalled::table(funnel)));
    }
    Outcome {
        metrics,
        findings: findings(funnel, ask),
        status: Vec::new(),
        blocks,
        data: vec![stages::data(funnel), times::data(&funnel.times)],
    }
}

fn metrics(funnel: &Funnel, data: &Dataset, ask: &Ask) -> Vec<Metric> {
    let level = ask.confidence;
    let conversion = Metric {
        id: "funnel_conversion".to_owned(),
        value: Value::ratio(funnel.won, funnel.deals),
        interval: interval::wilson(funnel.won, funnel.deals, level)
            .map(|b| Interval::shares(b.low, b.high, level)),
        n: funnel.deals,
        period: data.period,
        target: None,
        direction: Direction::Higher,
        method: "funnel.method.wilson".to_owned(),
    };
    let count = |id: &str, value: Option<Value>| Metric {
        id: id.to_owned(),
        value,
        interval: None,
        n: funnel.open,
        direction: Direction::Lower,
        method: "funnel.method.moved_on".to_owned(),
        ..conversion.clone()
    };
    let limited = funnel.times.iter().any(|time| time.limit.is_some());
    let worth = total(funnel.stalled.iter().map(|deal| deal.worth));
    let stalled = count("stalled_deals", limited.then(|| funnel.stalled.len().into()));
    let value = count("stalled_value", worth.map(Value::from));
    vec![conversion, stalled, value]
}

fn notes(funnel: &Funnel) -> Vec<Block> {
    let note = |tone, text| Block::Note { tone, text };
    let key = if funnel.from_history { "funnel.note.history" } else { "funnel.note.dates" };
    let mut out = vec![note(Tone::Plain, Message::new(key))];
    if funnel.from_history && funnel.without_history > 0 {
        let text = Message::new("funnel.note.without_history")
            .arg("without", Value::count(funnel.without_history))
            .arg("all", Value::count(funnel.deals));
        out.push(note(Tone::Caution, text));
    }
    out
}
