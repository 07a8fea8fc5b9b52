//! The win rate on the status board: the last complete month against the one before.

use super::super::compute::Rates;
use crate::dataset::{Dataset, DealCounts};
use crate::report::{
    Assurance, Change, ChangeVerdict, Direction, Interval, Metric, StatusRow, Value, Variation,
};
use crate::stats::comparison::funnel_limits;
use crate::stats::interval;
use crate::units::{Month, Period};

/// Months of the spark line.
const SPARK: usize = 12;
/// Fewer earlier months than this say nothing of the usual variation.
const USUAL: usize = 8;
/// Share of like months inside the limits: three sigma.
const INSIDE: f64 = 0.9973;

/// Its row, where a month is complete.
pub(super) fn rows(rates: &Rates, data: &Dataset, level: f64) -> Vec<StatusRow> {
    let complete = |month: Month| data.period.contains(month.last_day());
    let months: Vec<_> = rates.months.iter().filter(|(month, _)| complete(*month)).collect();
    let Some(((month, now), before)) = months.split_last() else { return Vec::new() };
    let recent = months.get(months.len().saturating_sub(SPARK)..).unwrap_or_default();
    let rate = |counts: &DealCounts| Value::ratio(counts.won, counts.closed());
    let bounds = interval::wilson(now.won, now.closed(), level);
    let metric = Metric {
        id: "win_rate".to_owned(),
        value: rate(now),
        interval: bounds.map(|b| Interval::shares(b.low, b.high, level)),
        n: now.closed(),
        period: Period::month(*month),
        target: None,
        direction: Direction::Higher,
        method: "win_rate.method.wilson".to_owned(),
    };
    let earlier = before.last().filter(|(m, _)| m.plus(1) == *month);
    vec![StatusRow {
        scope: None,
        metric,
        change: Some(change(now, earlier.map(|(_, counts)| counts), level)),
        spark: recent.iter().map(|(_, counts)| rate(counts)?.as_f64()).collect(),
        variation: variation(now, before),
        assurance: Assurance::Unknown,
    }]
}

fn change(now: &DealCounts, before: Option<&DealCounts>, level: f64) -> Change {
    let not_comparable =
        Change { value: None, interval: None, verdict: ChangeVerdict::NotComparable };
    let Some(before) = before else { return not_comparable };
    let counts = (now.won, now.closed(), before.won, before.closed());
    let Some(bounds) = interval::newcombe(counts.0, counts.1, counts.2, counts.3, level) else {
        return not_comparable;
    };
    let rate = |counts: &DealCounts| Value::ratio(counts.won, counts.closed())?.as_f64();
    let difference = rate(now).zip(rate(before)).map(|(now, before)| now - before);
    Change {
        value: difference.and_then(Value::share),
        interval: Some(Interval::shares(bounds.low, bounds.high, level)),
        verdict: match () {
            () if bounds.low > 0.0 => ChangeVerdict::Better,
            () if bounds.high < 0.0 => ChangeVerdict::Worse,
            () => ChangeVerdict::NoEvidence,
        },
    }
}

/// Whether the month lies outside three-sigma limits about the months before it.
fn variation(now: &DealCounts, before: &[&(Month, DealCounts)]) -> Variation {
    let usual = before.iter().fold((0, 0), |(k, n), (_, c)| (k + c.won, n + c.closed()));
    let share = |k: u64, n: u64| Value::ratio(k, n)?.as_f64();
    let limits = share(usual.0, usual.1)
        .and_then(|center| funnel_limits::funnel_limits(center, now.closed(), INSIDE));
    match (limits, share(now.won, now.closed())) {
        (Some(limits), Some(rate)) if before.len() >= USUAL => match () {
            () if rate > limits.high => Variation::Improving,
            () if rate < limits.low => Variation::Concerning,
            () => Variation::Common,
        },
        _ => Variation::Unknown,
    }
}
