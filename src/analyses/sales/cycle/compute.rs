//! The cycle as a survival curve, and the closed-only figures beside it.

mod quarters;
mod window;

use super::params::Params;
use crate::dataset::{Dataset, Deal, Deals};
use crate::stats::survival::logrank::{LogRank, log_rank};
use crate::stats::survival::truncation::left_truncation;
use crate::stats::survival::{Curve, kaplan_meier};
use crate::units::{Day, Month, Period};

pub(super) use quarters::Quarter;
use window::cases;
pub(super) use window::{LOST, WON};

/// A file whose first closings are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LateStart {
    /// Day the first deal began.
    pub(super) first_created: Day,
    /// Day the first deal closed.
    pub(super) first_closed: Day,
    /// Deals begun before that day.
    pub(super) early: u64,
}

/// The median of one month, and the month before it.
pub(super) struct Recent {
    /// The last complete month.
    pub(super) month: Month,
    /// Its curve.
    pub(super) curve: Curve,
    /// Medians of the last months, oldest first.
    pub(super) medians: Vec<Option<f64>>,
    /// It against the month before.
    pub(super) test: Option<LogRank>,
}

/// All figures of the analysis.
pub(super) struct Cycle {
    /// Share of deals not yet closed, by days since they began; causes [`WON`] and [`LOST`].
    pub(super) curve: Curve,
    /// Deals open on the last day of the period.
    pub(super) open: u64,
    /// Deals without a day of beginning.
    pub(super) unstarted: u64,
    /// Closed deals without a day of closing, or closed before they began.
    pub(super) unusable: u64,
    /// Whether early closings are missing.
    pub(super) late_start: Option<LateStart>,
    /// Closed deals by quarter closed.
    pub(super) quarters: Vec<Quarter>,
    /// The latest months.
    pub(super) recent: Option<Recent>,
}

/// The figures; `None` where no deal with both days was closed in the period.
pub(super) fn cycle(data: &Dataset, params: &Params) -> Option<Cycle> {
    let deals = Deals::of(data)?;
    let (started, unstarted): (Vec<Deal>, Vec<Deal>) =
        deals.iter().partition(|deal| deal.created.is_some());
    let (usable, unusable): (Vec<Deal>, Vec<Deal>) =
        started.into_iter().partition(|deal| deal.age(data.as_of).is_some());
    let late_start = late_start(&deals, data.as_of);
    let seen_from = late_start.map(|late| late.first_closed);
    let curve = kaplan_meier(&cases(&usable, data.period, seen_from), 2);
    if curve.events == 0 {
        return None;
    }
    let open = |deal: &&Deal| deal.closed.is_none_or(|day| day > data.period.to);
    Some(Cycle {
        open: usable.iter().filter(open).count() as u64,
        unstarted: unstarted.len() as u64,
        unusable: unusable.len() as u64,
        late_start,
        quarters: quarters::by_quarter(&usable, data.period),
        recent: recent(&usable, data.period, seen_from, params),
        curve,
    })
}

/// The median, unless the curve fell to zero on a handful of young deals while older ones were
/// still to come: then it says nothing.
pub(super) fn median(curve: &Curve) -> Option<f64> {
    let (_, before) = curve.steps.split_last()?;
    let broken = before.iter().any(|step| step.survival <= 0.0);
    if broken { None } else { curve.median() }
}

fn late_start(deals: &Deals<'_>, as_of: Day) -> Option<LateStart> {
    let found = left_truncation(&deals.spans(), as_of.number())?;
    Some(LateStart {
        first_created: Day::from_number(found.first_start),
        first_closed: Day::from_number(found.first_end),
        early: found.early,
    })
}

/// Months of the spark line.
const SPARK: i32 = 12;

fn recent(deals: &[Deal], period: Period, seen: Option<Day>, params: &Params) -> Option<Recent> {
    let last = Some(period.to.month()).filter(|month| month.last_day() == period.to);
    let last = last.unwrap_or(period.to.month().plus(-1));
    let curve_of = |month| {
        let curve = kaplan_meier(&cases(deals, Period::month(month), seen), 2);
        (curve.events >= params.min_month).then_some(curve)
    };
    let within = |month: &Month| period.contains(month.first_day());
    let months = (1 - SPARK..=0).map(|back| last.plus(back)).filter(within);
    let curves: Vec<Option<Curve>> = months.map(curve_of).collect();
    let test = || {
        let [now, before] = [last, last.plus(-1)].map(|m| cases(deals, Period::month(m), seen));
        log_rank(&now, &before)
    };
    let comparable = curves.iter().rev().nth(1).is_some_and(Option::is_some);
    Some(Recent {
        month: last,
        medians: curves.iter().map(|curve| curve.as_ref().and_then(median)).collect(),
        test: if comparable { test() } else { None },
        curve: curves.into_iter().next_back()??,
    })
}
