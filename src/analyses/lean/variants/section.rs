//! The variants' metrics and tables.

mod tables;

use super::compute::{Computed, HandOffs};
use super::findings::findings;
use super::params::Params;
use crate::analyses::analysis::Ask;
use crate::dataset::Dataset;
use crate::report::{
    Block, Check, CheckState, Direction, Interval, Message, Metric, Outcome, Tone, Value,
};
use crate::stats::interval;
use crate::units::Period;

/// The outcome.
pub(super) fn outcome(data: &Computed, of: &Dataset, params: &Params, ask: &Ask) -> Outcome {
    let metrics = metrics(data, of.period, ask.confidence);
    let note = Message::new("variants.note.cases")
        .arg("cases", Value::count(data.cases))
        .arg("events", Value::count(data.events))
        .arg("returns", Value::count(data.returns))
        .arg("self_loops", Value::count(data.self_loops));
    let mut blocks = vec![
        Block::Cards(metrics.clone()),
        Block::Note { tone: Tone::Plain, text: note },
        Block::Table(tables::variants(data, params.listed)),
    ];
    if !data.loops.is_empty() {
        blocks.push(Block::Table(tables::loops(data)));
    }
    if data.by_team.teams.len() > 1 {
        blocks.push(Block::Table(tables::teams(data, ask.confidence)));
    }
    blocks.push(Block::Table(tables::transitions(data, params.listed)));
    let checks: Vec<Check> =
        [("people", data.people), ("teams", data.teams)].into_iter().map(hands).collect();
    blocks.push(Block::Checklist(checks));
    Outcome {
        findings: findings(data, params, ask),
        metrics,
        status: Vec::new(),
        blocks,
        data: Vec::new(),
    }
}

fn metrics(data: &Computed, period: Period, level: f64) -> Vec<Metric> {
    let metric = |id: &str, value: Option<Value>, direction, method: &str| Metric {
        id: id.to_owned(),
        value,
        interval: None,
        n: data.cases,
        period,
        target: None,
        direction,
        method: format!("variants.method.{method}"),
    };
    let share = |k: u64| interval::wilson(k, data.cases, level);
    let between = |k| share(k).map(|b| Interval::shares(b.low, b.high, level));
    let first = data.variants.first().map_or(0, |variant| variant.cases as u64);
    let mut out = vec![
        metric("variants", Some(Value::from(data.variants.len())), Direction::Lower, "count"),
        metric("variants_for_most", Some(Value::from(data.for_most)), Direction::Lower, "most"),
        Metric {
            interval: between(first),
            ..metric(
                "first_variant_share",
                Value::ratio(first, data.cases),
                Direction::Higher,
                "share",
            )
        },
        Metric {
            interval: between(data.reworked),
            ..metric(
                "rework_share",
                Value::ratio(data.reworked, data.cases),
                Direction::Lower,
                "share",
            )
        },
    ];
    let per_case = |hands: HandOffs| {
        Value::ratio(hands.changes, data.cases)?.as_f64().and_then(|x| Value::number(x, 2))
    };
    out.extend(data.people.map(|people| {
        metric("hand_offs_per_case", per_case(people), Direction::Lower, "hand_offs")
    }));
    out
}

/// Hand-offs of one kind, or what is missing for them.
fn hands((kind, hands): (&str, Option<HandOffs>)) -> Check {
    let label = Message::new(format!("variants.check.{kind}.label"));
    let Some(hands) = hands else {
        let detail = Message::new(format!("variants.check.{kind}.missing"));
        return Check { label, state: CheckState::NotComputable, detail };
    };
    let detail = Message::new("variants.check.hand_offs")
        .arg("changes", Value::count(hands.changes))
        .arg("pairs", Value::count(hands.pairs));
    Check { label, state: CheckState::Pass, detail }
}
