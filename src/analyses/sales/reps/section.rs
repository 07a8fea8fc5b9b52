//! The comparison's metrics, chart and tables.

mod tables;

use super::compute::{Team, Verdict};
use super::findings::{findings, probability};
use crate::analyses::analysis::Ask;
use crate::dataset::Dataset;
use crate::report::{Block, Direction, Interval, Message, Metric, Outcome, Tone, Value};
use crate::stats::comparison::homogeneity::Homogeneity;
use crate::stats::interval;

/// The outcome.
pub(super) fn outcome(team: &Team, data: &Dataset, ask: &Ask) -> Outcome {
    let metrics = metrics(team, data, ask);
    let mut blocks = vec![Block::Cards(metrics.clone())];
    blocks.extend(notes(team));
    if team.verdict != Verdict::TooFew {
        blocks.push(Block::Chart(Box::new(tables::funnel(team))));
    }
    blocks.push(Block::Table(tables::by_rep(team, ask.confidence)));
    Outcome {
        metrics,
        findings: findings(team, ask),
        status: Vec::new(),
        blocks,
        data: vec![tables::data(team)],
    }
}

fn test_of(team: &Team) -> Option<Homogeneity> {
    match team.verdict {
        Verdict::TooFew => None,
        Verdict::Even(test) | Verdict::Uneven(test) => Some(test),
    }
}

fn metrics(team: &Team, data: &Dataset, ask: &Ask) -> Vec<Metric> {
    let (won, closed) = (team.all.won, team.all.closed());
    let rate = Metric {
        id: "win_rate".to_owned(),
        value: Value::ratio(won, closed),
        interval: interval::wilson(won, closed, ask.confidence)
            .map(|b| Interval::shares(b.low, b.high, ask.confidence)),
        n: closed,
        period: data.period,
        target: None,
        direction: Direction::Higher,
        method: "reps.method.wilson".to_owned(),
    };
    let even = Metric {
        id: "rep_homogeneity".to_owned(),
        value: test_of(team).and_then(|test| Value::number(test.p_value, 3)),
        interval: None,
        direction: Direction::Neutral,
        method: "reps.method.chi_square".to_owned(),
        ..rate.clone()
    };
    vec![rate, even]
}

fn notes(team: &Team) -> Vec<Block> {
    let verdict = match team.verdict {
        Verdict::TooFew => Message::new("reps.note.too_few"),
        Verdict::Even(test) => verdict("reps.note.even", &test),
        Verdict::Uneven(test) => verdict("reps.note.uneven", &test),
    };
    let mut out = vec![Block::Note { tone: Tone::Plain, text: verdict }];
    if team.unowned > 0 {
        let text = Message::new("reps.note.unowned").arg("deals", Value::count(team.unowned));
        out.push(Block::Note { tone: Tone::Caution, text });
    }
    if team.prior.is_some_and(|prior| prior.is_nil()) {
        let text = Message::new("reps.note.no_spread");
        out.push(Block::Note { tone: Tone::Plain, text });
    }
    out
}

fn verdict(key: &str, test: &Homogeneity) -> Message {
    Message::new(key)
        .arg("chi_square", Value::Number { value: test.chi_square, decimals: 2 })
        .arg("df", Value::count(test.df))
        .arg("p", probability(test.p_value))
}
