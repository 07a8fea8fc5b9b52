//! The metrics, charts and tables of stops and of caught defects.

mod tables;

use super::compute::Stops;
use super::defects::Caught;
use super::findings::findings;
use crate::analyses::analysis::Ask;
use crate::dataset::Dataset;
use crate::report::{
    Block, Check, CheckState, Direction, Interval, Message, Metric, Outcome, Tone, Value,
};
use crate::stats::interval;
use crate::stats::survival::Curve;
use crate::units::Period;

/// The outcome.
pub(super) fn outcome(
    stops: Option<&Stops>,
    caught: Option<&Caught>,
    data: &Dataset,
    ask: &Ask,
) -> Outcome {
    let mut metrics = stops.map(|s| of_stops(s, data.period, ask.confidence)).unwrap_or_default();
    let known = caught.filter(|caught| caught.known);
    metrics.extend(known.map(|c| of_defects(c, data.period, ask.confidence)).unwrap_or_default());
    let mut blocks = vec![Block::Cards(metrics.clone())];
    if let Some(stops) = stops {
        blocks.push(Block::Chart(Box::new(tables::by_month(stops))));
        blocks.push(Block::Table(tables::times(stops)));
        for (kind, places) in [("by_step", &stops.steps), ("by_team", &stops.teams)] {
            if places.places.len() > 1 {
                blocks.push(Block::Table(tables::places(kind, places)));
            }
        }
    }
    if let Some(caught) = known {
        blocks.push(Block::Heading(Message::new("andon.heading.caught")));
        if caught.unplaced > 0 {
            let text =
                Message::new("andon.note.unplaced").arg("defects", Value::count(caught.unplaced));
            blocks.push(Block::Note { tone: Tone::Caution, text });
        }
        blocks.push(Block::Table(tables::caught(caught, ask.confidence)));
    }
    if let Some(caught) = caught.filter(|caught| !caught.yields.is_empty()) {
        blocks.push(Block::Table(tables::yields(caught)));
    }
    let checks = lacking(stops, caught);
    if !checks.is_empty() {
        blocks.push(Block::Checklist(checks));
    }
    Outcome {
        findings: findings(stops, caught, ask),
        metrics,
        status: Vec::new(),
        blocks,
        data: Vec::new(),
    }
}

fn metric(id: &str, value: Option<Value>, n: u64, period: Period, method: &str) -> Metric {
    Metric {
        id: id.to_owned(),
        value,
        interval: None,
        n,
        period,
        target: None,
        direction: Direction::Lower,
        method: format!("andon.method.{method}"),
    }
}

fn of_stops(stops: &Stops, period: Period, level: f64) -> Vec<Metric> {
    let bounds = interval::garwood(stops.count, stops.days / 30.0, level);
    let end = |x: f64| Value::number(x, 1);
    let rate = interval::rate(stops.count, stops.days / 30.0).and_then(end);
    let mut out = vec![Metric {
        interval: bounds.map(|b| Interval { low: end(b.low), high: end(b.high), level }),
        direction: Direction::Neutral,
        ..metric("andon_stops", rate, stops.count, period, "rate")
    }];
    let timed = [("andon_response", &stops.response), ("andon_recovery", &stops.recovery)];
    out.extend(
        timed.into_iter().filter_map(|(id, curve)| Some(time(id, curve.as_ref()?, period, level))),
    );
    out
}

/// The median of a curve in minutes.
fn time(id: &str, curve: &Curve, period: Period, level: f64) -> Metric {
    let length = |minutes: f64| Value::duration(minutes * 60_000.0);
    let value = curve.time_left_midway(0.5).and_then(length);
    let (low, high) = curve.median_bounds(level);
    let interval = Interval { low: low.and_then(length), high: high.and_then(length), level };
    Metric {
        interval: value.is_some().then_some(interval),
        ..metric(id, value, curve.cases, period, "kaplan_meier")
    }
}

fn of_defects(caught: &Caught, period: Period, level: f64) -> Vec<Metric> {
    let share = |id: &str, k: u64, direction| {
        let n = caught.total.all();
        let bounds = interval::wilson(k, n, level);
        Metric {
            interval: bounds.map(|b| Interval::shares(b.low, b.high, level)),
            direction,
            ..metric(id, Value::ratio(k, n), n, period, "share")
        }
    };
    vec![
        share("caught_at_source", caught.total.source, Direction::Higher),
        share("escaped_defects", caught.total.escaped, Direction::Lower),
    ]
}

/// What cannot be computed, and why.
fn lacking(stops: Option<&Stops>, caught: Option<&Caught>) -> Vec<Check> {
    let lacks = [
        ("stops", stops.is_none()),
        ("response", stops.is_some_and(|stops| stops.response.is_none())),
        ("recovery", stops.is_some_and(|stops| stops.recovery.is_none())),
        ("caught", caught.is_none_or(|caught| !caught.known)),
        ("yields", caught.is_none_or(|caught| caught.yields.is_empty())),
    ];
    let check = |name: &str| Check {
        label: Message::new(format!("andon.check.{name}.label")),
        state: CheckState::NotComputable,
        detail: Message::new(format!("andon.check.{name}.missing")),
    };
    lacks.iter().filter(|(_, lacks)| *lacks).map(|(name, _)| check(name)).collect()
}
