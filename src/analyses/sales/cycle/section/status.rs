//! The cycle on the status board: the last complete month against the one before.

use super::super::compute::{Cycle, Recent, median};
use crate::report::{Assurance, Change, ChangeVerdict, StatusRow, Value, Variation};
use crate::units::Period;

/// Its row, where enough deals closed in the last complete month.
pub(super) fn row(cycle: &Cycle, level: f64) -> Option<StatusRow> {
    let recent = cycle.recent.as_ref()?;
    Some(StatusRow {
        scope: None,
        metric: super::median_of(&recent.curve, Period::month(recent.month), level),
        change: Some(change(recent, level)),
        spark: recent.medians.clone(),
        variation: Variation::Unknown,
        assurance: Assurance::Unknown,
    })
}

/// The difference of the medians, judged by the log-rank test of the two months. Where the
/// curves cross, so that the two disagree, there is no evidence of either.
fn change(recent: &Recent, level: f64) -> Change {
    let before = recent.medians.iter().rev().nth(1).copied().flatten();
    let difference = median(&recent.curve).zip(before).map(|(now, before)| now - before);
    let verdict = match recent.test {
        None => ChangeVerdict::NotComparable,
        Some(test) if test.p_value >= 1.0 - level => ChangeVerdict::NoEvidence,
        Some(test) => match (test.first_is_slower(), difference) {
            (true, Some(days)) if days > 0.0 => ChangeVerdict::Worse,
            (false, Some(days)) if days < 0.0 => ChangeVerdict::Better,
            _ => ChangeVerdict::NoEvidence,
        },
    };
    Change { value: difference.and_then(Value::days), interval: None, verdict }
}
