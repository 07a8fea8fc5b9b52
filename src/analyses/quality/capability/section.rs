//! The section of the page.

use super::card;
use super::compute::{Computed, Ctq};
use super::indices;
use super::panels;
use super::status::name;
use super::tables::{self, point, rule_message};
use crate::report::{Block, Cell, Emphasis, Format, Message, Metric, Row, Table, Tone, Value};
use crate::stats::control_chart::rules::Rule;

/// The blocks, in order.
pub(super) fn blocks(data: &Computed, metrics: &[Metric]) -> Vec<Block> {
    let mut out = vec![Block::Cards(metrics.to_vec()), note(data)];
    let signals = signals(data);
    if !signals.rows.is_empty() {
        out.push(Block::Table(signals));
    }
    for (k, ctq) in data.ctqs.iter().enumerate().take(data.shown) {
        out.extend(one(data, ctq, k));
    }
    out.extend(left_out(data));
    out
}

fn note(data: &Computed) -> Block {
    let text = Message::new("capability.note.false_signals")
        .arg("expected", Value::Number { value: data.expected(), decimals: 1 })
        .arg("signals", data.signals())
        .arg("charts", data.ctqs.len());
    Block::Note { tone: Tone::Plain, text }
}

/// One characteristic.
fn one(data: &Computed, ctq: &Ctq, k: usize) -> Vec<Block> {
    let heading = Message::new("capability.heading.one").arg("what", name(ctq.name.as_ref()));
    let limits = limits_note(ctq);
    let mut out = vec![Block::Heading(heading), Block::Checklist(card::checks(ctq)), limits];
    out.push(Block::Panels(panels::panels(ctq, k)));
    if let Some(ability) = &ctq.ability {
        out.push(Block::Table(indices::indices(data, ctq, ability, k)));
    }
    out
}

/// Where the limits come from.
fn limits_note(ctq: &Ctq) -> Block {
    let baseline = ctq.charted.phases.last().map_or(0, |phase| phase.baseline.len());
    let key = if ctq.charted.trial { "trial" } else { "frozen" };
    let text = Message::new(format!("capability.note.{key}"))
        .arg("points", baseline)
        .arg("chart", Message::new(format!("capability.chart.{}", tables::kind_key(&ctq.charted))))
        .arg("sigma", Message::new(format!("capability.sigma.{}", sigma_key(ctq))));
    Block::Note { tone: if ctq.charted.trial { Tone::Caution } else { Tone::Plain }, text }
}

const fn sigma_key(ctq: &Ctq) -> &'static str {
    use super::chart::Sigma;
    use crate::stats::control_chart::individuals::SigmaMethod as Moving;
    use crate::stats::control_chart::subgroups::SigmaMethod as Within;
    match ctq.charted.sigma {
        Sigma::Moving(Moving::MedianMovingRange) => "median_moving_range",
        Sigma::Moving(_) => "mean_moving_range",
        Sigma::Within(Within::Sd) => "sd",
        Sigma::Within(Within::PooledUnbiased) => "pooled",
        Sigma::Within(_) => "range",
    }
}

/// What has no page of its own, and why.
fn left_out(data: &Computed) -> Vec<Block> {
    let note = |text| Block::Note { tone: Tone::Caution, text };
    let mut out = Vec::new();
    let rest = data.ctqs.len() - data.shown;
    if rest > 0 {
        out.push(note(Message::new("capability.note.left_out").arg("rest", rest)));
    }
    for missing in &data.too_few {
        let text = Message::new("capability.note.too_few").arg("what", name(missing.as_ref()));
        out.push(note(text));
    }
    out
}

/// The data tables the formulas stand on.
pub(super) fn data(data: &Computed) -> Vec<Table> {
    let shown = data.ctqs.iter().enumerate().take(data.shown);
    let mut out = Vec::new();
    for (k, ctq) in shown {
        out.extend(tables::values(ctq, k));
        out.extend(ctq.ability.as_ref().map(|ability| tables::inputs(ctq, ability, k)));
    }
    out
}

/// Every signal of the charts shown: new ones first, then by characteristic, the newest first.
fn signals(data: &Computed) -> Table {
    let columns = vec![
        tables::column("what", Format::Text),
        tables::column("point", Format::Text),
        tables::column("signal", Format::Text),
        tables::column("of", Format::Text),
        tables::column("new", Format::Text),
    ];
    let mut found: Vec<(bool, Row)> = Vec::new();
    for ctq in data.ctqs.iter().take(data.shown) {
        found.extend(of_one(ctq));
    }
    found.sort_by_key(|(new, _)| !new);
    Table {
        id: "capability.signals".to_owned(),
        title: Message::new("capability.panel.signals"),
        columns,
        rows: found.into_iter().map(|(_, row)| row).collect(),
        note: None,
        top: Some(10),
    }
}

fn of_one(ctq: &Ctq) -> Vec<(bool, Row)> {
    let mut found: Vec<(usize, &str, Rule)> = Vec::new();
    for (of, dots) in [("place", &ctq.charted.place), ("spread", &ctq.charted.spread)] {
        for (at, dot) in dots.iter().enumerate() {
            found.extend(dot.rules.first().map(|&rule| (at, of, rule)));
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)).then(a.2.cmp(&b.2)));
    let row = |(at, of, rule): (usize, &str, Rule)| {
        let new = at >= ctq.new_from;
        let words = |key: String| Cell::from(Message::new(key));
        let cells = vec![
            Cell::from(name(ctq.name.as_ref())),
            point(ctq, at).into(),
            Cell::from(rule_message(rule)),
            words(format!("capability.of.{}_{of}", tables::kind_key(&ctq.charted))),
            words(format!("capability.new.{}", if new { "yes" } else { "no" })),
        ];
        (new, Row { cells, emphasis: new.then_some(Emphasis::Bad) })
    };
    found.into_iter().map(row).collect()
}
