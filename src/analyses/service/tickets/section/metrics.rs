//! The headline figures.

use super::super::compute::{Desk, Share, Timed};
use super::super::params::Params;
use super::{clock_name, duration};
use crate::analyses::analysis::Ask;
use crate::dataset::{Clock, Dataset};
use crate::report::{Direction, Interval, Metric, Value};
use crate::stats::interval;

/// Shares of cases whose clock still runs, and the names of the times they are reached.
pub(super) const LEFT: [(&str, f64); 3] = [("median", 0.5), ("p85", 0.15), ("p95", 0.05)];

/// Every metric, the backlog first.
pub(super) fn all(desk: &Desk, params: &Params, data: &Dataset, ask: &Ask) -> Vec<Metric> {
    let blank = blank(data);
    let mut out: Vec<Metric> = backlog(desk, &blank).into_iter().collect();
    let level = ask.confidence;
    for timed in desk.clocks.iter().rev() {
        out.extend(times(timed, &blank, level));
    }
    if let Some(promise) = &desk.promise {
        let target = params.sla_target.and_then(Value::share);
        out.push(Metric { target, ..share("ticket_sla", promise.share, &blank, level) });
    }
    let lower = Metric { direction: Direction::Lower, ..blank.clone() };
    let shares = [
        ("ticket_reopened", desk.reopened, &lower),
        ("ticket_reassigned", desk.reassigned, &lower),
        ("ticket_first_contact", desk.first_contact, &blank),
        ("ticket_repeat", desk.repeat.map(|(share, _)| share), &lower),
    ];
    out.extend(
        shares.iter().filter_map(|(id, found, like)| Some(share(id, (*found)?, like, level))),
    );
    out.extend(per_thousand(desk, &lower, level));
    out.extend(ratings(desk, &blank, level));
    out
}

fn blank(data: &Dataset) -> Metric {
    Metric {
        id: String::new(),
        value: None,
        interval: None,
        n: 0,
        period: data.period,
        target: None,
        direction: Direction::Higher,
        method: String::new(),
    }
}

fn backlog(desk: &Desk, blank: &Metric) -> Option<Metric> {
    Some(Metric {
        id: "ticket_backlog".to_owned(),
        value: Some(Value::from(desk.ages.as_ref()?.len())),
        n: desk.cases,
        direction: Direction::Lower,
        method: "tickets.method.count".to_owned(),
        ..blank.clone()
    })
}

/// A share of cases with Wilson's interval.
pub(super) fn share(id: &str, share: Share, like: &Metric, level: f64) -> Metric {
    Metric {
        id: id.to_owned(),
        value: share.value().and_then(Value::share),
        interval: share.bounds(level).map(|b| Interval::shares(b.low, b.high, level)),
        n: share.n,
        method: "tickets.method.wilson".to_owned(),
        ..like.clone()
    }
}

/// Median, P85 and P95 of a clock, and the median of ended cases alone beside them.
fn times(timed: &Timed, blank: &Metric, level: f64) -> Vec<Metric> {
    let name = clock_name(timed.clock);
    let wanted = if timed.clock == Clock::Answer { 1 } else { LEFT.len() };
    let quantile = |(id, left): &(&str, f64)| quantile(timed, id, *left, blank, level);
    let mut out: Vec<Metric> = LEFT.iter().take(wanted).map(quantile).collect();
    if timed.clock != Clock::Answer {
        out.push(Metric {
            id: format!("ticket_{name}_closed_only"),
            value: interval_free_median(&timed.ended).and_then(duration),
            n: timed.ended.len() as u64,
            direction: Direction::Neutral,
            method: "tickets.method.closed_only".to_owned(),
            ..blank.clone()
        });
    }
    out
}

fn interval_free_median(rising: &[f64]) -> Option<f64> {
    crate::stats::summary::robust::median(rising)
}

/// The time after which so small a share still runs.
pub(super) fn quantile(timed: &Timed, id: &str, left: f64, like: &Metric, level: f64) -> Metric {
    let value = timed.curve.time_left(left).and_then(duration);
    let (low, high) = timed.curve.time_left_bounds(left, level);
    let ends = Interval { low: low.and_then(duration), high: high.and_then(duration), level };
    Metric {
        id: format!("ticket_{}_{id}", clock_name(timed.clock)),
        interval: value.is_some().then_some(ends),
        value,
        n: timed.curve.cases,
        direction: Direction::Lower,
        method: "tickets.method.kaplan_meier".to_owned(),
        ..like.clone()
    }
}

/// Cases opened per thousand customers.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn per_thousand(desk: &Desk, like: &Metric, level: f64) -> Option<Metric> {
    let (cases, customers) = desk.per_customer?;
    let thousands = customers as f64 / 1_000.0;
    let number = |x: f64| Value::number(x, 1);
    let bounds = interval::garwood(cases, thousands, level);
    Some(Metric {
        id: "ticket_per_thousand".to_owned(),
        value: number(cases as f64 / thousands),
        interval: bounds.map(|b| Interval { low: number(b.low), high: number(b.high), level }),
        n: customers,
        method: "tickets.method.garwood".to_owned(),
        ..like.clone()
    })
}

fn ratings(desk: &Desk, blank: &Metric, level: f64) -> Option<Metric> {
    let ratings = desk.ratings.as_ref()?;
    let number = |x: f64| Value::number(x, 2);
    let mean = interval::mean(&ratings.moments, level).ok();
    Some(Metric {
        id: "ticket_csat".to_owned(),
        value: ratings.moments.mean().ok().and_then(number),
        interval: mean.map(|mean| Interval {
            low: number(mean.bounds.low),
            high: number(mean.bounds.high),
            level,
        }),
        n: ratings.scores.iter().map(|(_, n)| n).sum(),
        method: "tickets.method.student".to_owned(),
        ..blank.clone()
    })
}
