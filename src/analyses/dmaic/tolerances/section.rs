//! The section of the page.

use super::compute::{Computed, Design, Lack};
use super::tables;
use crate::report::{Block, Check, CheckState, Direction, Interval, Message, Metric, Tone, Value};

/// The name of a project, or the words for none.
pub(super) fn project(name: Option<&str>) -> Value {
    named(name)
}

/// A name, or the words for none.
pub(super) fn named(name: Option<&str>) -> Value {
    name.map_or_else(|| Message::new("tolerances.unnamed").into(), Value::from)
}

/// The headline figures: those of the design with the least yield.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    let worst = data.worst().map(|(_, prediction)| prediction.simulated);
    let n = if worst.is_some() { u64::from(data.params.draws) } else { 0 };
    let metric = |id: &str, value: Option<Value>, ends: Option<[Option<Value>; 2]>| {
        let interval = ends.map(|[low, high]| Interval { low, high, level: data.level });
        Metric { interval, ..Metric::new("tolerances", id, value, n, data.period) }
    };
    let dpmo = |share: f64| Value::number((1.0 - share) * 1e6, 0);
    let shares = worst.map(|w| [w.bounds.low, w.bounds.high].map(Value::share));
    let beyond = worst.map(|w| [w.bounds.high, w.bounds.low].map(dpmo));
    vec![
        Metric {
            direction: Direction::Higher,
            target: Value::share(data.params.target_yield),
            ..metric("predicted_yield", worst.and_then(|w| Value::share(w.value)), shares)
        },
        Metric {
            direction: Direction::Lower,
            ..metric("predicted_dpmo", worst.and_then(|w| dpmo(w.value)), beyond)
        },
    ]
}

/// The blocks, in order.
pub(super) fn blocks(data: &Computed, metrics: &[Metric]) -> Vec<Block> {
    let text = Message::new("tolerances.note.simulated")
        .arg("draws", u64::from(data.params.draws))
        .arg("seed", data.params.seed.to_string());
    let mut blocks = vec![
        Block::Cards(metrics.to_vec()),
        Block::Note { tone: Tone::Plain, text },
        Block::Table(tables::summary(data)),
    ];
    let lacks: Vec<Check> = data.designs.iter().filter_map(lack).collect();
    if !lacks.is_empty() {
        blocks.push(Block::Checklist(lacks));
    }
    for (index, design) in data.designs.iter().enumerate() {
        let heading = Message::new("tolerances.heading")
            .arg("project", project(design.stack.project.as_deref()))
            .arg("result", named(design.stack.characteristic.as_deref()));
        blocks.push(Block::Heading(heading));
        blocks.extend(tables::histogram(index, design).map(|chart| Block::Chart(Box::new(chart))));
        blocks.push(Block::Table(tables::parts(index, design)));
    }
    blocks
}

/// Why a design has no prediction.
fn lack(design: &Design) -> Option<Check> {
    let detail = match design.prediction.as_ref().err()? {
        Lack::Distribution => "distribution",
        Lack::Figures => "figures",
        Lack::Limits => "limits",
    };
    Some(Check {
        label: Message::new("tolerances.check.result")
            .arg("result", named(design.stack.characteristic.as_deref())),
        state: CheckState::NotComputable,
        detail: Message::new(format!("tolerances.check.{detail}")),
    })
}
