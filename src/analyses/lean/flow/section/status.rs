//! The lead time on the status board: the last complete month.

use super::super::compute::{Computed, Recent};
use super::time;
use crate::report::{Assurance, Change, ChangeVerdict, StatusRow, Value, Variation};
use crate::units::Period;

/// Its row, where enough cases were finished in the last complete month.
pub(super) fn row(flow: &Computed, level: f64) -> Option<StatusRow> {
    let recent = flow.recent.as_ref()?;
    let period = Period::month(recent.month);
    Some(StatusRow {
        scope: None,
        metric: time("lead_time_median", Some(recent.median), period, recent.cases, "finished"),
        change: Some(change(recent, level)),
        spark: recent.medians.clone(),
        variation: match recent.signal {
            None => Variation::Unknown,
            Some(0) => Variation::Common,
            Some(way) if way > 0 => Variation::Concerning,
            Some(_) => Variation::Improving,
        },
        assurance: Assurance::Unknown,
    })
}

/// The difference of the medians, judged by the log-rank test of the two months; where the two
/// disagree there is no evidence of either.
fn change(recent: &Recent, level: f64) -> Change {
    let before = recent.medians.iter().rev().nth(1).copied().flatten();
    let difference = before.map(|before| recent.median - before);
    let verdict = match recent.test {
        None => ChangeVerdict::NotComparable,
        Some(test) if test.p_value >= 1.0 - level => ChangeVerdict::NoEvidence,
        Some(test) => match (test.first_is_slower(), difference) {
            (true, Some(time)) if time > 0.0 => ChangeVerdict::Worse,
            (false, Some(time)) if time < 0.0 => ChangeVerdict::Better,
            _ => ChangeVerdict::NoEvidence,
        },
    };
    Change { value: difference.and_then(Value::duration), interval: None, verdict }
}
