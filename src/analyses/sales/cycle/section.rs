//! The cycle's metrics, status, curve and tables.

mod curve;
mod quarters;
mod status;

use super::compute::{Cycle, median};
use super::findings::findings;
use crate::analyses::analysis::Ask;
use crate::dataset::Dataset;
use crate::report::{Block, Direction, Interval, Message, Metric, Outcome, Tone, Value};
use crate::stats::survival::Curve;
use crate::units::Period;

/// The outcome.
pub(super) fn outcome(cycle: &Cycle, data: &Dataset, ask: &Ask) -> Outcome {
    let metrics = vec![median_of(&cycle.curve, data.period, ask.confidence), won_mean(cycle, data)];
    let mut blocks = vec![Block::Cards(metrics.clone())];
    blocks.extend(notes(cycle));
    blocks.push(Block::Chart(Box::new(curve::chart(&cycle.curve, ask.confidence))));
    blocks.push(Block::Table(curve::readings(&cycle.curve)));
    if !cycle.quarters.is_empty() {
        blocks.push(Block::Table(quarters::table(&cycle.quarters)));
    }
    Outcome {
        metrics,
        findings: findings(cycle),
        status: status::row(cycle, ask.confidence).into_iter().collect(),
        blocks,
        data: vec![curve::data(&cycle.curve), quarters::data(&cycle.quarters)],
    }
}

/// The median as a metric of a period.
fn median_of(curve: &Curve, period: Period, level: f64) -> Metric {
    let value = median(curve).and_then(Value::days);
    let (low, high) = curve.median_bounds(level);
    Metric {
        id: "sales_cycle_median".to_owned(),
        interval: value.is_some().then(|| Interval::days(low, high, level)),
        value,
        n: curve.cases,
        period,
        target: None,
        direction: Direction::Lower,
        method: "cycle.method.kaplan_meier".to_owned(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "days and counts stay far below 2^53")]
fn won_mean(cycle: &Cycle, data: &Dataset) -> Metric {
    let (deals, days) =
        cycle.quarters.iter().fold((0, 0), |(n, days), q| (n + q.won.0, days + q.won.1));
    Metric {
        id: "sales_cycle_won_mean".to_owned(),
        value: Value::days(days as f64 / deals as f64),
        interval: None,
        n: deals,
        period: data.period,
        target: None,
        direction: Direction::Neutral,
        method: "cycle.method.closed_only".to_owned(),
    }
}

fn notes(cycle: &Cycle) -> Vec<Block> {
    let note = |tone, text| Block::Note { tone, text };
    let key = if cycle.late_start.is_some() { "cycle.note.entered" } else { "cycle.note.all" };
    let text = Message::new(key)
        .arg("deals", Value::count(cycle.curve.cases))
        .arg("closed", Value::count(cycle.curve.events))
        .arg("open", Value::count(cycle.open));
    let mut out = vec![note(Tone::Plain, text)];
    if cycle.unstarted + cycle.unusable > 0 {
        let text = Message::new("cycle.note.left_out")
            .arg("unstarted", Value::count(cycle.unstarted))
            .arg("unusable", Value::count(cycle.unusable));
        out.push(note(Tone::Caution, text));
    }
    out
}
