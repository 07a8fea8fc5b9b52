//! The flow's metrics, notes, charts and tables.

mod checks;
mod lead;
mod status;
mod wip;

use super::compute::{Computed, HOUR};
use super::findings::findings;
use crate::analyses::analysis::Ask;
use crate::dataset::Dataset;
use crate::report::{Block, Direction, Interval, Message, Metric, Outcome, Tone, Value};
use crate::units::Period;

/// The outcome.
pub(super) fn outcome(flow: &Computed, data: &Dataset, ask: &Ask) -> Outcome {
    let metrics = metrics(flow, data.period, ask.confidence);
    let mut blocks = vec![Block::Cards(metrics.clone())];
    blocks.extend(notes(flow));
    blocks.push(Block::Chart(Box::new(lead::curve(flow, ask.confidence))));
    blocks.push(Block::Table(lead::quantiles(flow)));
    blocks.push(Block::Chart(Box::new(lead::by_month(flow))));
    blocks.push(Block::Heading(Message::new("flow.heading.wip")));
    blocks.push(Block::Table(wip::law(&flow.wip)));
    if flow.wip.open > 0 {
        blocks.push(Block::Chart(Box::new(wip::ageing(&flow.wip))));
        blocks.push(Block::Table(wip::oldest(&flow.wip)));
    }
    if !flow.queues.is_empty() {
        blocks.push(Block::Heading(Message::new("flow.heading.queues")));
        blocks.push(Block::Table(lead::queues(flow)));
    }
    blocks.push(Block::Checklist(checks::checks(flow)));
    Outcome {
        metrics,
        findings: findings(flow, ask),
        status: status::row(flow, ask.confidence).into_iter().collect(),
        blocks,
        data: Vec::new(),
    }
}

/// A metric of a length of time.
fn time(id: &str, value: Option<f64>, period: Period, n: u64, method: &str) -> Metric {
    Metric {
        id: id.to_owned(),
        value: value.and_then(Value::duration),
        interval: None,
        n,
        period,
        target: None,
        direction: Direction::Lower,
        method: format!("flow.method.{method}"),
    }
}

/// An interval of lengths of time, of which an end may be unknown.
fn between((low, high): (Option<f64>, Option<f64>), level: f64) -> Interval {
    let end = |ms: Option<f64>| ms.and_then(Value::duration);
    Interval { low: end(low), high: end(high), level }
}

fn metrics(flow: &Computed, period: Period, level: f64) -> Vec<Metric> {
    let lead = |id: &str, share: f64| {
        let value = flow.time_left(share);
        let metric = time(id, value, period, flow.curve.cases, "kaplan_meier");
        let bounds = value.map(|_| between(flow.curve.time_left_bounds(share, level), level));
        Metric { interval: bounds, ..metric }
    };
    let mut out = vec![
        lead("lead_time_median", 0.5),
        lead("lead_time_p85", 0.15),
        lead("lead_time_p95", 0.05),
    ];
    out.extend(late(flow, period, level));
    out.extend(efficiency(flow, period, level));
    if let Some(works) = &flow.works {
        let median = crate::stats::summary::quantile::type7(works, 0.5);
        out.push(time("cycle_time_median", median, period, works.len() as u64, "work"));
    }
    if let Ok(takt) = &flow.takt {
        let n = flow.wip.finished;
        let metric = time("takt_time", Some(takt.takt), period, n, "takt");
        out.push(Metric { direction: Direction::Neutral, ..metric });
    }
    out.extend(in_process(flow, period));
    out
}

/// Share of cases not finished within the promise, open ones counted.
fn late(flow: &Computed, period: Period, level: f64) -> Option<Metric> {
    let step = flow.curve.at(flow.promise? * HOUR)?;
    let bounds = step.bounds(level).map(|b| Interval::shares(b.low, b.high, level));
    Some(Metric {
        id: "lead_time_late".to_owned(),
        value: Value::share(step.survival),
        interval: bounds,
        n: flow.curve.cases,
        period,
        target: None,
        direction: Direction::Lower,
        method: "flow.method.late".to_owned(),
    })
}

fn efficiency(flow: &Computed, period: Period, level: f64) -> Option<Metric> {
    let (work, ratio) = flow.efficiency?;
    Some(Metric {
        id: "process_cycle_efficiency".to_owned(),
        value: Value::share(ratio.value),
        interval: Some(Interval::shares(
            ratio.bounds.low.max(0.0),
            ratio.bounds.high.min(1.0),
            level,
        )),
        n: flow.leads.len() as u64,
        period,
        target: None,
        direction: Direction::Higher,
        method: format!("flow.method.{}", checks::work_key(work)),
    })
}

fn in_process(flow: &Computed, period: Period) -> Vec<Metric> {
    let metric = |id: &str, value: Option<Value>, n: u64, method: &str| Metric {
        value,
        direction: Direction::Neutral,
        ..time(id, None, period, n, method)
    };
    let gap = flow.wip.mean.zip(flow.wip.by_law()).map(|(mean, law)| law / mean - 1.0);
    vec![
        metric("open_cases", Some(Value::count(flow.wip.open)), flow.curve.cases, "count"),
        metric(
            "mean_wip",
            flow.wip.mean.and_then(|mean| Value::number(mean, 1)),
            flow.curve.cases,
            "area",
        ),
        metric("littles_law_gap", gap.and_then(Value::share), flow.wip.finished, "little"),
    ]
}

fn notes(flow: &Computed) -> Vec<Block> {
    let note = |tone, text| Block::Note { tone, text };
    let cases = Message::new("flow.note.cases")
        .arg("cases", Value::count(flow.curve.cases))
        .arg("finished", Value::count(flow.curve.events))
        .arg("open", Value::count(flow.wip.open))
        .arg("events", flow.events)
        .arg("steps", flow.closing.join(", "));
    let key = if flow.timed { "flow.note.calendar" } else { "flow.note.instants" };
    let mut out = vec![note(Tone::Plain, cases), note(Tone::Plain, Message::new(key))];
    if flow.reversed > 0 {
        let text = Message::new("flow.note.reversed").arg("rows", Value::count(flow.reversed));
        out.push(note(Tone::Caution, text));
    }
    out
}
