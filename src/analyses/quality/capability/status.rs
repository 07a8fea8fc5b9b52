//! The headline figures, and the status board: one row a characteristic.

use super::compute::{Computed, Ctq};
use crate::report::{
    Assurance, Change, ChangeVerdict, Direction, Interval, Message, Metric, StatusRow, Value,
    Variation,
};
use crate::stats::control_chart::stability::Stability;
use crate::stats::interval::Estimate;
use crate::units::Period;

/// Points of a sparkline.
const SPARK: usize = 24;

/// An index of capability.
pub(super) fn index(x: f64) -> Option<Value> {
    Value::number(x, 2)
}

/// The name of a characteristic.
pub(super) fn name(name: Option<&String>) -> Value {
    name.map_or_else(|| Message::new("capability.unnamed").into(), |name| Value::Text(name.clone()))
}

/// The headline figures.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    let n = data.ctqs.iter().map(|ctq| ctq.charted.place.len() as u64).sum();
    let metric = |id: &str, value: Option<Value>| Metric {
        id: id.to_owned(),
        value,
        interval: None,
        n,
        period: data.period,
        target: None,
        direction: Direction::Lower,
        method: format!("capability.method.{id}"),
    };
    vec![
        metric("capability_signals", Some(data.new_signals().into())),
        metric("capability_expected", Value::number(data.expected(), 1)),
        metric("characteristics_incapable", Some(data.incapable().count().into())),
    ]
}

/// The rows of the status board.
pub(super) fn rows(data: &Computed) -> Vec<StatusRow> {
    data.ctqs.iter().map(|ctq| row(data, ctq)).collect()
}

fn row(data: &Computed, ctq: &Ctq) -> StatusRow {
    let dots = &ctq.charted.place;
    let from = dots.len().saturating_sub(SPARK);
    let spark = dots.iter().skip(from).map(|dot| dot.value.filter(|x| x.is_finite())).collect();
    StatusRow {
        scope: Some(name(ctq.name.as_ref())),
        metric: metric(data, ctq),
        change: ctq.ability.is_some().then(|| change(ctq, data.level)),
        spark,
        variation: variation(ctq),
        assurance: assurance(data, ctq),
    }
}

/// Ppk against its target; the mean where there is no specification.
pub(super) fn metric(data: &Computed, ctq: &Ctq) -> Metric {
    let interval = |e: &Estimate, value: &dyn Fn(f64) -> Option<Value>| Interval {
        low: value(e.bounds.low),
        high: value(e.bounds.high),
        level: data.level,
    };
    let base = |id: &str, direction| Metric {
        id: id.to_owned(),
        value: None,
        interval: None,
        n: ctq.values.len() as u64,
        period: period(data, ctq),
        target: None,
        direction,
        method: String::new(),
    };
    if let Some(ability) = &ctq.ability {
        let method = if ability.skewed() { "ppk_percentiles" } else { "ppk_normal" };
        return Metric {
            value: index(ability.ppk.value),
            interval: Some(interval(&ability.ppk, &index)),
            target: index(data.target),
            method: format!("capability.method.{method}"),
            ..base("characteristic_ppk", Direction::Higher)
        };
    }
    let places = decimals(ctq);
    let value = |x: f64| Value::number(x, places);
    Metric {
        value: ctq.mean.and_then(|mean| value(mean.value)),
        interval: ctq.mean.as_ref().map(|mean| interval(mean, &value)),
        target: ctq.series.limits.target.and_then(value),
        method: "capability.method.mean".to_owned(),
        ..base("characteristic_mean", Direction::Neutral)
    }
}

/// The days of the current phase; the report's period where it is not dated.
fn period(data: &Computed, ctq: &Ctq) -> Period {
    let samples = ctq.series.samples.get(ctq.charted.current()).unwrap_or_default();
    let days = || samples.iter().filter_map(|sample| sample.day);
    match (days().min(), days().max()) {
        (Some(from), Some(to)) => Period { from, to },
        _ => data.period,
    }
}

/// Decimals that show the spread of the values in three digits.
pub(super) fn decimals(ctq: &Ctq) -> u8 {
    let sigma = ctq.charted.phases.iter().rev().find_map(|phase| phase.limits).map(|f| f.sigma);
    let places =
        sigma.filter(|sigma| *sigma > 0.0).map_or(2.0, |sigma| 2.0 - sigma.log10().floor());
    (0..=8_u8).rev().find(|&d| f64::from(d) <= places).unwrap_or(0)
}

fn change(ctq: &Ctq, level: f64) -> Change {
    let Some(change) = ctq.change else {
        return Change { value: None, interval: None, verdict: ChangeVerdict::NotComparable };
    };
    let verdict = match (change.bounds.low > 0.0, change.bounds.high < 0.0) {
        (true, _) => ChangeVerdict::Better,
        (_, true) => ChangeVerdict::Worse,
        _ => ChangeVerdict::NoEvidence,
    };
    let (low, high) = (index(change.bounds.low), index(change.bounds.high));
    Change { value: index(change.value), interval: Some(Interval { low, high, level }), verdict }
}

/// The newest signal, read by where it leads: towards the target or away from it.
fn variation(ctq: &Ctq) -> Variation {
    let recent = ctq.charted.place.get(ctq.new_from..).unwrap_or_default();
    let Some(signal) = recent.iter().rev().find(|dot| !dot.rules.is_empty()) else {
        return if ctq.charted.signals(ctq.new_from) > 0 {
            Variation::Concerning
        } else {
            Variation::Common
        };
    };
    let better = || {
        let (value, limits) = (signal.value?, signal.limits?);
        Some(ctq.ability.as_ref()?.better(value, limits.center))
    };
    if better() == Some(true) { Variation::Improving } else { Variation::Concerning }
}

/// Whether Ppk lies beyond chance on one side of its target; of an unstable process only that it
/// misses can be said.
pub(super) fn assurance(data: &Computed, ctq: &Ctq) -> Assurance {
    let Some(ability) = &ctq.ability else { return Assurance::Unknown };
    let bounds = ability.ppk.bounds;
    if bounds.high < data.target {
        Assurance::Miss
    } else if ctq.charted.stability == Stability::Unstable {
        Assurance::Unknown
    } else if bounds.low >= data.target {
        Assurance::Hit
    } else {
        Assurance::Random
    }
}
