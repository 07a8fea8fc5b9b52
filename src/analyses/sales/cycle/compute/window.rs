//! Deals as cases under observation during a span of days.

use crate::dataset::{Deal, DealOutcome};
use crate::stats::survival::Case;
use crate::units::{Day, Period};

/// The cause "won" of a closed deal.
pub(in super::super) const WON: usize = 0;
/// The cause "lost" of a closed deal.
pub(in super::super) const LOST: usize = 1;

/// The deals as seen from the first to the last day of `span`: those begun earlier enter with
/// their age on its first day, those closed later are still open on its last. Where the records
/// show closings only after the day `seen_from`, earlier deals enter with their age on that day.
pub(super) fn cases(deals: &[Deal], span: Period, seen_from: Option<Day>) -> Vec<Case> {
    let before = span.from.plus(-1);
    let from = seen_from.map_or(before, |seen| seen.max(before));
    deals.iter().filter_map(|deal| case(deal, span, from)).collect()
}

fn case(deal: &Deal, span: Period, from: Day) -> Option<Case> {
    let created = deal.created.filter(|day| *day <= span.to)?;
    if deal.closed.is_some_and(|day| day < span.from) {
        return None;
    }
    let closed = deal.closed.filter(|day| *day <= span.to);
    let ended_by = closed.and(match deal.outcome {
        DealOutcome::Won => Some(WON),
        DealOutcome::Lost => Some(LOST),
        DealOutcome::Open => None,
    });
    let case = Case::new(f64::from(closed.unwrap_or(span.to).since(created)), ended_by);
    let age = from.since(created);
    Some(if age > 0 { case.entering(f64::from(age)) } else { case })
}
