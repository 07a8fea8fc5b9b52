//! The desk on the status board.

use super::super::compute::{Course, Desk, Promise, Share, Span};
use super::super::params::Params;
use super::metrics;
use crate::analyses::analysis::Ask;
use crate::dataset::{Dataset, Grain};
use crate::report::{
    Assurance, Change, ChangeVerdict, Direction, Interval, Metric, StatusRow, Value, Variation,
};
use crate::units::Period;

/// Points of a spark line.
const SPARK: usize = 12;
/// Fewer points do not tell whether a process is stable.
const ENOUGH: usize = 8;

/// Its rows: the backlog, and promises kept.
pub(super) fn rows(desk: &Desk, params: &Params, data: &Dataset, ask: &Ask) -> Vec<StatusRow> {
    let all = metrics::all(desk, params, data, ask);
    let backlog = all.iter().find(|metric| metric.id == "ticket_backlog");
    let kept = desk.promise.as_ref();
    let kept = kept.and_then(|promise| promised(promise, desk.flow.grain, params, data, ask));
    backlog.map(|metric| open(desk, metric)).into_iter().chain(kept).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn open(desk: &Desk, metric: &Metric) -> StatusRow {
    let spark: Vec<Option<f64>> =
        desk.flow.whole().map(|slot| slot.backlog.map(|n| n as f64)).collect();
    let verdict = match (desk.flow.growth, desk.family.backlog) {
        (Some(_), Some(p)) if p < 0.05 => ChangeVerdict::Worse,
        (Some(_), _) => ChangeVerdict::NoEvidence,
        (None, _) => ChangeVerdict::NotComparable,
    };
    let mut last = desk.flow.whole().rev().filter_map(|slot| slot.backlog);
    let value = last.next().zip(last.next()).and_then(|(now, before)| {
        Some(Value::Count(i64::try_from(now).ok()? - i64::try_from(before).ok()?))
    });
    StatusRow {
        scope: None,
        metric: metric.clone(),
        change: Some(Change { value, interval: None, verdict }),
        spark: tail(spark),
        variation: Variation::Unknown,
        assurance: Assurance::Unknown,
    }
}

fn tail(mut spark: Vec<Option<f64>>) -> Vec<Option<f64>> {
    spark.drain(..spark.len().saturating_sub(SPARK));
    spark
}

fn promised(
    promise: &Promise,
    grain: Grain,
    params: &Params,
    data: &Dataset,
    ask: &Ask,
) -> Option<StatusRow> {
    let course = promise.course.as_ref()?;
    let span = course.spans.last()?;
    let level = ask.confidence;
    let blank = Metric {
        id: String::new(),
        value: None,
        interval: None,
        n: 0,
        period: Period {
            from: grain.first_day(span.at),
            to: grain.last_day(span.at).min(data.period.to),
        },
        target: params.sla_target.and_then(Value::share),
        direction: Direction::Higher,
        method: String::new(),
    };
    Some(StatusRow {
        scope: None,
        metric: metrics::share("ticket_sla", Share { k: span.count, n: span.size }, &blank, level),
        change: promise.change.map(|change| {
            let bounds = change.bounds(level);
            let verdict = match change.difference() {
                Some(d) if change.p < 1.0 - level && d < 0.0 => ChangeVerdict::Worse,
                Some(d) if change.p < 1.0 - level && d > 0.0 => ChangeVerdict::Better,
                Some(_) => ChangeVerdict::NoEvidence,
                None => ChangeVerdict::NotComparable,
            };
            let interval = bounds.map(|b| Interval::shares(b.low, b.high, level));
            Change { value: change.difference().and_then(Value::share), interval, verdict }
        }),
        spark: tail(
            course.spans.iter().map(|span| Share { k: span.count, n: span.size }.value()).collect(),
        ),
        variation: variation(course, span),
        assurance: assurance(course, span, params),
    })
}

fn variation(course: &Course, last: &Span) -> Variation {
    match (course.spans.len() < ENOUGH, last.signals.is_empty(), last.z > 0.0) {
        (true, ..) => Variation::Unknown,
        (false, true, _) => Variation::Common,
        (false, false, true) => Variation::Improving,
        (false, false, false) => Variation::Concerning,
    }
}

fn assurance(course: &Course, last: &Span, params: &Params) -> Assurance {
    match params.sla_target {
        Some(target) if course.spans.len() >= ENOUGH && target < last.limits.lcl => Assurance::Hit,
        Some(target) if course.spans.len() >= ENOUGH && target > last.limits.ucl => Assurance::Miss,
        Some(_) if course.spans.len() >= ENOUGH => Assurance::Random,
        _ => Assurance::Unknown,
    }
}
