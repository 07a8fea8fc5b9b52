//! The headline figures.

use super::compute::Computed;
use crate::report::{Direction, Interval, Metric, Value};
use crate::stats::comparison::before_after::Verdict;
use crate::stats::interval::{self, Estimate};
use crate::units::{Money, Period};

/// Verdicts held, money saved, gates on time, benefits booked.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    vec![held(data), saved(data), gates(data), booked(data)]
}

fn metric(data: &Computed, id: &str, direction: Direction) -> Metric {
    let to = data.as_of;
    let days = data.judged.iter().map(|judged| judged.trial.intervention);
    let from = days.chain(data.book.projects.iter().filter_map(|p| p.start)).min();
    Metric {
        id: id.to_owned(),
        value: None,
        interval: None,
        n: 0,
        period: Period { from: from.unwrap_or(to).min(to), to },
        target: None,
        direction,
        method: format!("projects.method.{id}"),
    }
}

fn held(data: &Computed) -> Metric {
    let held = data.judged.iter().filter(|judged| judged.judgement.verdict == Verdict::Held);
    let n = data.judged.len() as u64;
    let value = (n > 0).then(|| Value::from(held.count()));
    Metric { value, n, ..metric(data, "projects_held", Direction::Higher) }
}

/// Sum over the judged projects; the interval by MOVER, as of independent estimates.
fn saved(data: &Computed) -> Metric {
    let each: Vec<Estimate> =
        data.judged.iter().filter_map(|judged| judged.saved.as_ref()?.money()).collect();
    let money = |x: f64| Money::from_units(x).map(Value::from);
    let total = (!each.is_empty()).then(|| interval::sum(&each));
    let interval = total.map(|total| Interval {
        low: money(total.bounds.low),
        high: money(total.bounds.high),
        level: data.level,
    });
    Metric {
        value: total.and_then(|total| money(total.value)),
        interval,
        n: each.len() as u64,
        ..metric(data, "project_savings", Direction::Higher)
    }
}

fn gates(data: &Computed) -> Metric {
    let gates = data.gates.as_deref().unwrap_or_default();
    let due: Vec<_> = gates.iter().filter(|gate| gate.is_due(data.as_of)).collect();
    let met = due.iter().filter(|gate| gate.done.is_some_and(|done| done <= gate.planned));
    let (met, n) = (met.count() as u64, due.len() as u64);
    Metric {
        value: Value::ratio(met, n),
        interval: interval::clopper_pearson(met, n, data.level)
            .filter(|_| n > 0)
            .map(|b| Interval::shares(b.low, b.high, data.level)),
        n,
        ..metric(data, "gates_on_time", Direction::Higher)
    }
}

/// Booked over promised, of the projects that promised money and tell what was booked.
fn booked(data: &Computed) -> Metric {
    let pairs = data.book.projects.iter().filter_map(|project| {
        project.benefit.filter(|money| *money > Money::ZERO).zip(project.booked)
    });
    let (mut promised, mut booked, mut n) = (Money::ZERO, Money::ZERO, 0);
    for (benefit, money) in pairs {
        (promised, booked, n) = (promised + benefit, booked + money, n + 1);
    }
    let value = booked.share_of(promised).and_then(Value::share);
    Metric { value, n, ..metric(data, "benefit_booked_share", Direction::Higher) }
}
