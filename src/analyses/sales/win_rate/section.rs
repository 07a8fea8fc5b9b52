//! The win rate's metrics, status, tables and chart.

mod data;
mod status;
mod tables;

use super::compute::{Basis, Rates};
use super::findings::findings;
use crate::analyses::analysis::Ask;
use crate::dataset::Dataset;
use crate::report::{Block, Direction, Interval, Message, Metric, Outcome, Tone, Value};
use crate::stats::interval;
use crate::units::Money;

/// The outcome.
pub(super) fn outcome(rates: &Rates, data: &Dataset, ask: &Ask) -> Outcome {
    let metrics = metrics(rates, data, ask);
    let mut blocks = vec![Block::Cards(metrics.clone())];
    blocks.extend(notes(rates));
    if !rates.months.is_empty() {
        blocks.push(Block::Chart(Box::new(tables::by_month(rates, data, ask.confidence))));
    }
    if !rates.cohorts.is_empty() {
        blocks.push(Block::Table(tables::cohorts(rates)));
    }
    Outcome {
        metrics,
        findings: findings(rates),
        status: status::rows(rates, data, ask.confidence),
        blocks,
        data: vec![data::table(rates)],
    }
}

fn metrics(rates: &Rates, data: &Dataset, ask: &Ask) -> Vec<Metric> {
    let (window, all) = (&rates.window, &rates.all);
    let metric = |id: &str, part: u64, whole: u64| Metric {
        id: id.to_owned(),
        value: Value::ratio(part, whole),
        interval: interval::wilson(part, whole, ask.confidence)
            .map(|b| Interval::shares(b.low, b.high, ask.confidence)),
        n: whole,
        period: data.period,
        target: None,
        direction: Direction::Higher,
        method: "win_rate.method.wilson".to_owned(),
    };
    let value = Metric {
        value: value_rate(rates.basis.money(window)),
        interval: None,
        n: if rates.basis == Basis::ListPrice { window.priced } else { window.closed() },
        method: format!("win_rate.method.{}", basis_key(rates.basis)),
        ..metric("win_rate_value", 0, 0)
    };
    vec![
        metric("win_rate", window.won, window.closed()),
        value,
        Metric {
            method: "win_rate.method.wilson_all".to_owned(),
            ..metric("win_rate_created", all.won, all.all())
        },
    ]
}

/// Money won of money won and lost.
fn value_rate(money: Option<(Money, Money)>) -> Option<Value> {
    let (won, lost) = money?;
    Value::share(won.to_units() / (won + lost).to_units())
}

const fn basis_key(basis: Basis) -> &'static str {
    match basis {
        Basis::ListPrice => "list_price",
        Basis::Value => "value",
        Basis::Refused => "refused",
        Basis::Unknown => "unknown",
    }
}

fn notes(rates: &Rates) -> Vec<Block> {
    let note = |tone, text| Block::Note { tone, text };
    let mut out = vec![note(Tone::Plain, Message::new("win_rate.note.definition"))];
    if rates.no_dates {
        out.push(note(Tone::Caution, Message::new("win_rate.note.no_dates")));
    } else if rates.undated > 0 {
        let text = Message::new("win_rate.note.undated").arg("deals", Value::count(rates.undated));
        out.push(note(Tone::Caution, text));
    }
    if let Some(day) = rates.seen_from {
        let text = Message::new("win_rate.note.truncated").arg("closed", day);
        out.push(note(Tone::Caution, text));
    }
    if !rates.unpriced.is_empty() {
        let text = Message::new("win_rate.note.unpriced")
            .arg("priced", Value::count(rates.window.priced))
            .arg("closed", Value::count(rates.window.closed()))
            .arg("products", rates.unpriced.join(", "));
        out.push(note(Tone::Caution, text));
    }
    out
}
