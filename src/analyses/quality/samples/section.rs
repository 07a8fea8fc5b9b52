//! The section of the page, and the rows of the status board.

use super::compute::{Charted, Computed};
use super::fit::{Fit, pooled};
use super::params::{Estimator, Kind};
use super::tables;
use crate::report::{
    Assurance, Block, Change, ChangeVerdict, Chart, ChartKind, Check, CheckState, Direction,
    Interval, Mark, MarkKind, Message, Metric, Role, Series, StatusRow, Tone, Value, Variation,
};
use crate::stats::control_chart::attribute_chart::{Kind as Attribute, rate_bounds};
use crate::stats::control_chart::dispersion::Spread;
use crate::stats::control_chart::rules::Rule;
use crate::stats::control_chart::stability::Stability;
use crate::stats::interval::{self, Estimate, difference};
use crate::stats::summary::moments::Moments;

/// Samples from which limits are known well enough.
const GOOD: usize = 20;
/// Points of a sparkline.
const SPARK: usize = 24;

/// A rule in words.
pub(super) fn rule_message(rule: Rule) -> Message {
    Message::new(format!("rule.{}", rule.name()))
}

/// What a chart is of: its characteristic, else what was counted.
pub(super) fn name(chart: &Charted) -> Value {
    chart.series.name.as_ref().map_or_else(
        || Message::new(format!("samples.counted.{}", kind(chart.series.kind))).into(),
        |name| Value::Text(name.clone()),
    )
}

/// A point by its label, else by its number.
pub(super) fn point(chart: &Charted, at: usize) -> Value {
    let label = chart.series.samples.get(at).and_then(|sample| sample.label.clone());
    label.map_or_else(|| (at + 1).into(), Value::Text)
}

/// A kind by its name in words and parameters.
pub(super) const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::P => "p",
        Kind::Np => "np",
        Kind::U => "u",
        Kind::C => "c",
        Kind::G => "g",
        Kind::T => "t",
    }
}

/// The headline figures.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    let n = data.charts.iter().map(|chart| chart.dots.len() as u64).sum();
    let metric = |id: &str, value: Option<Value>| Metric {
        id: id.to_owned(),
        value,
        interval: None,
        n,
        period: data.period,
        target: None,
        direction: Direction::Lower,
        method: format!("samples.method.{id}"),
    };
    vec![
        metric("sample_signals", Some(data.signals().into())),
        metric("sample_expected", Value::number(data.expected(), 1)),
    ]
}

/// The rows of the status board: one a chart.
pub(super) fn status(data: &Computed) -> Vec<StatusRow> {
    data.charts.iter().map(|chart| row(data, chart)).collect()
}

fn row(data: &Computed, chart: &Charted) -> StatusRow {
    let from = chart.dots.len().saturating_sub(SPARK);
    let last = chart.dots.last().filter(|dot| !dot.rules.is_empty());
    let variation = match last.map(|dot| (dot.z > 0.0) == chart.higher_is_worse()) {
        None => Variation::Common,
        Some(true) => Variation::Concerning,
        Some(false) => Variation::Improving,
    };
    StatusRow {
        scope: Some(name(chart)),
        metric: level(data, chart),
        change: (!chart.trial()).then(|| change(data, chart)),
        spark: chart.dots.iter().skip(from).map(|dot| dot.value).collect(),
        variation,
        assurance: Assurance::Unknown,
    }
}

/// The level of all samples: a pooled rate with its exact interval, or a mean distance.
fn level(data: &Computed, chart: &Charted) -> Metric {
    let all = estimate(chart, 0..chart.dots.len(), data.level);
    let (id, direction) = match chart.series.kind {
        Kind::P | Kind::Np => ("sample_share", Direction::Lower),
        Kind::U | Kind::C => ("sample_rate", Direction::Lower),
        Kind::G | Kind::T => ("sample_between", Direction::Higher),
    };
    let show = |x: f64| shown(chart.series.kind, x);
    Metric {
        id: id.to_owned(),
        value: all.and_then(|all| show(all.value)),
        interval: all.map(|all| Interval {
            low: show(all.bounds.low),
            high: show(all.bounds.high),
            level: data.level,
        }),
        n: chart.dots.len() as u64,
        period: data.period,
        target: None,
        direction,
        method: format!("samples.method.{id}"),
    }
}

/// A level as it is shown: a share, or a number.
fn shown(kind: Kind, x: f64) -> Option<Value> {
    if matches!(kind, Kind::P | Kind::Np) { Value::share(x) } else { Value::number(x, 3) }
}

fn estimate(chart: &Charted, points: std::ops::Range<usize>, level: f64) -> Option<Estimate> {
    let mut part = chart.series.clone();
    part.samples = part.samples.get(points)?.to_vec();
    if !chart.higher_is_worse() {
        let values: Vec<f64> = part.samples.iter().map(|sample| sample.count).collect();
        return interval::mean(&Moments::of(&values), level).ok();
    }
    let (count, size) = pooled(&part);
    let events = whole(count)?;
    let bounds = match chart.series.kind {
        Kind::P | Kind::Np => rate_bounds(Attribute::P, events, whole(size)?, level)?,
        _ => interval::garwood(events, size, level)?,
    };
    Some(Estimate { value: count / size, bounds })
}

/// A whole number as such.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count below 2^53, checked to be whole"
)]
fn whole(x: f64) -> Option<u64> {
    ((0.0..9.0e15).contains(&x) && x.fract().abs() < 1e-9).then_some(x as u64)
}

/// The level after the baseline less that in it.
fn change(data: &Computed, chart: &Charted) -> Change {
    let (end, n) = (chart.baseline, chart.dots.len());
    let none = Change { value: None, interval: None, verdict: ChangeVerdict::NotComparable };
    let pair = estimate(chart, end..n, data.level).zip(estimate(chart, 0..end, data.level));
    let Some((now, before)) = pair.filter(|_| end < n) else { return none };
    let bounds = difference(now, before);
    let verdict = match (bounds.low > 0.0, bounds.high < 0.0) {
        (false, false) => ChangeVerdict::NoEvidence,
        (up, _) if up == chart.higher_is_worse() => ChangeVerdict::Worse,
        _ => ChangeVerdict::Better,
    };
    let show = |x: f64| shown(chart.series.kind, x);
    let interval = Interval { low: show(bounds.low), high: show(bounds.high), level: data.level };
    Change { value: show(now.value - before.value), interval: Some(interval), verdict }
}

/// The blocks, in order.
pub(super) fn blocks(data: &Computed, metrics: &[Metric]) -> Vec<Block> {
    let text = Message::new("samples.note.false_signals")
        .arg("signals", data.signals())
        .arg("charts", data.charts.len())
        .arg("expected", Value::Number { value: data.expected(), decimals: 1 });
    let mut out = vec![Block::Cards(metrics.to_vec()), Block::Note { tone: Tone::Plain, text }];
    for (k, charted) in data.charts.iter().enumerate() {
        let what = Message::new("samples.heading.one").arg("what", name(charted));
        out.push(Block::Heading(what));
        out.push(Block::Checklist(checks(charted)));
        out.push(note(charted));
        out.push(Block::Chart(Box::new(chart(charted, k))));
    }
    out
}

/// Where the limits come from.
fn note(chart: &Charted) -> Block {
    let key = if chart.trial() { "samples.note.trial" } else { "samples.note.frozen" };
    let text = Message::new(key)
        .arg("points", chart.baseline)
        .arg("limits", Message::new(format!("samples.limits.{}", limits_key(chart))));
    Block::Note { tone: if chart.trial() { Tone::Caution } else { Tone::Plain }, text }
}

const fn limits_key(chart: &Charted) -> &'static str {
    match chart.fit {
        Fit::Counts(fitted, _) if fitted.factor > 1.0 => "laney",
        Fit::Counts(..) => "theory",
        Fit::Nelson(_) => "nelson",
        Fit::Skewed(_, Estimator::Sigma) => "sigma",
        Fit::Skewed(_, Estimator::Exponential) => "exponential",
        Fit::Skewed(_, Estimator::Weibull) => "weibull",
        Fit::Skewed(..) => "probability",
    }
}

/// The report card.
fn checks(chart: &Charted) -> Vec<Check> {
    let check = |name: &str, state, detail| Check {
        label: Message::new(format!("samples.check.{name}")),
        state,
        detail,
    };
    let say = |key: &str| Message::new(format!("samples.check.{key}"));
    let n = chart.dots.len();
    let (state, key) = match n {
        n if n >= GOOD => (CheckState::Pass, "enough_yes"),
        _ => (CheckState::Warn, "enough_no"),
    };
    let mut out = vec![check("enough", state, say(key).arg("n", n))];
    let (state, key) = match chart.stability {
        Stability::Quiet => (CheckState::Pass, "stable_yes"),
        Stability::AsChance => (CheckState::Warn, "stable_chance"),
        Stability::Unstable => (CheckState::Fail, "stable_no"),
    };
    let detail = say(key).arg("signals", chart.signals()).arg("points", n);
    out.push(check("stable", state, detail));
    if let Some(spread) = chart.fit.spread() {
        let (state, key) = match spread {
            Spread::AsChance => (CheckState::Pass, "spread_chance"),
            Spread::More => (CheckState::Warn, "spread_more"),
            Spread::Less => (CheckState::Warn, "spread_less"),
        };
        out.push(check("spread", state, say(key)));
    }
    out.push(check("verified", CheckState::NotComputable, say("verified_absent")));
    out
}

fn chart(charted: &Charted, k: usize) -> Chart {
    let kind = kind(charted.series.kind);
    let laney = if charted.fit.factor() > 1.0 { "_laney" } else { "" };
    let title = Message::new(format!("samples.chart.{kind}{laney}")).arg("what", name(charted));
    let table = tables::points(charted, k, title.clone());
    let describe = Message::new("samples.chart.describe")
        .arg("what", name(charted))
        .arg("points", charted.dots.len())
        .arg("signals", charted.signals());
    let roles = [
        ("value", Role::Value),
        ("center", Role::Center),
        ("ucl", Role::Limit),
        ("lcl", Role::Limit),
    ];
    let end = Mark {
        row: charted.baseline.saturating_sub(1),
        kind: MarkKind::BaselineEnd,
        label: Message::new("samples.mark.baseline"),
    };
    Chart {
        id: table.id.clone(),
        kind: ChartKind::Control,
        title,
        describe,
        y_label: Message::new(format!("samples.axis.{kind}")),
        x: "point".to_owned(),
        table,
        series: roles.map(|(id, role)| Series { column: id.to_owned(), role }).to_vec(),
        signal: Some("signal".to_owned()),
        point_label: None,
        marks: if charted.trial() { Vec::new() } else { vec![end] },
        references: Vec::new(),
    }
}
