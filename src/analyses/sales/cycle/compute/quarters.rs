//! Days from beginning to close of closed deals, by the quarter they closed in.

use std::collections::BTreeMap;

use crate::dataset::{Deal, DealOutcome};
use crate::units::Period;

/// Closed deals of one quarter. Open deals are not in it: its means run short.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Quarter {
    /// Year and quarter, 1 to 4.
    pub(in super::super) at: (i16, i8),
    /// Won deals, and their days.
    pub(in super::super) won: (u64, i64),
    /// Lost deals, and their days.
    pub(in super::super) lost: (u64, i64),
}

/// The quarters of the period with a closed deal.
pub(super) fn by_quarter(deals: &[Deal], period: Period) -> Vec<Quarter> {
    let mut quarters: BTreeMap<(i16, i8), Quarter> = BTreeMap::new();
    for deal in deals {
        let Some(closed) = deal.closed.filter(|day| period.contains(*day)) else { continue };
        let Some(days) = deal.age(closed) else { continue };
        let (year, month, _) = closed.civil();
        let key = (year, (month + 2) / 3);
        let quarter = quarters.entry(key).or_insert(Quarter { at: key, ..Quarter::default() });
        let (deals, sum) = match deal.outcome {
            DealOutcome::Lost => &mut quarter.lost,
            DealOutcome::Won | DealOutcome::Open => &mut quarter.won,
        };
        *deals += 1;
        *sum += i64::from(days);
    }
    quarters.into_values().collect()
}
