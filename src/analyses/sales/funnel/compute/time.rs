//! Time in each stage: its curve, whether it grew, and who stands too long.

use std::cmp::Reverse;

use super::super::params::Params;
use super::{Course, StageName, Visit, total};
use crate::dataset::{Dataset, Deal, Deals};
use crate::records::Col;
use crate::stats::holm;
use crate::stats::summary::quantile;
use crate::stats::survival::logrank::log_rank;
use crate::stats::survival::{Case, Curve, kaplan_meier};
use crate::units::{Day, Money};

/// With fewer stays that moved on, nothing says what is long.
const ENOUGH: usize = 10;

/// Time in one stage.
pub(in super::super) struct TimeInStage {
    /// The stage.
    pub(in super::super) name: StageName,
    /// Share of deals still in it, by days since they entered.
    pub(in super::super) curve: Curve,
    /// Deals in it now.
    pub(in super::super) open: u64,
    /// What they are worth.
    pub(in super::super) worth: Option<Money>,
    /// Days beyond which a deal counts as stalled.
    pub(in super::super) limit: Option<f64>,
    /// Deals that are.
    pub(in super::super) stalled: u64,
    /// Those entered lately against those entered before.
    pub(in super::super) lately: Option<Lately>,
}

/// Deals that entered a stage lately against those that entered before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Lately {
    /// Median days of those before.
    pub(in super::super) before: Option<f64>,
    /// Median days of those lately.
    pub(in super::super) after: Option<f64>,
    /// Whether they leave later than those before, by the test and by the medians.
    pub(in super::super) slower: bool,
    /// Holm-adjusted p-value of the log-rank test.
    pub(in super::super) p: f64,
}

/// One deal that stands too long.
pub(in super::super) struct Stalled {
    /// Its id.
    pub(in super::super) id: Option<String>,
    /// Its account.
    pub(in super::super) account: Option<String>,
    /// Its owner.
    pub(in super::super) owner: Option<String>,
    /// The stage, as an index into the times.
    pub(in super::super) stage: usize,
    /// Days it has stood there.
    pub(in super::super) days: i32,
    /// What it is worth.
    pub(in super::super) worth: Option<Money>,
}

/// Time in every stage, and the deals that stand too long.
pub(super) fn times(
    course: &Course,
    data: &Dataset,
    deals: &Deals<'_>,
    all: &[Deal],
    params: &Params,
) -> (Vec<TimeInStage>, Vec<Stalled>) {
    let stages = course.stages.iter().enumerate();
    let mut times: Vec<TimeInStage> = stages
        .map(|(stage, name)| {
            let visits = || course.visits.iter().filter(move |visit| visit.stage == stage);
            let cases: Vec<Case> = visits().map(|v| case(v, course, data.as_of)).collect();
            let open = || visits().filter(|visit| visit.left.is_none());
            TimeInStage {
                name: name.clone(),
                curve: kaplan_meier(&cases, 1),
                open: open().count() as u64,
                worth: total(open().map(|v| all.get(v.deal).and_then(|d| deals.worth(d)))),
                limit: limit(visits(), params.stalled_share),
                stalled: 0,
                lately: lately(visits(), course, data.as_of, params.recent_months),
            }
        })
        .collect();
    adjust(&mut times);
    let stalled = stalled(course, &mut times, data.as_of, deals, all);
    (times, stalled)
}

fn case(visit: &Visit, course: &Course, as_of: Day) -> Case {
    let end = visit.left.unwrap_or(as_of);
    let case = Case::new(f64::from(end.since(visit.entered)), visit.left.map(|_| 0));
    match course.seen_from.map(|seen| seen.since(visit.entered)) {
        Some(age) if age > 0 => case.entering(f64::from(age)),
        _ => case,
    }
}

/// Days within which the share of stays that moved on did so.
fn limit<'v>(visits: impl Iterator<Item = &'v Visit>, share: f64) -> Option<f64> {
    let moved = visits.filter(|visit| visit.moved_on);
    let mut days: Vec<f64> =
        moved.filter_map(|v| Some(f64::from(v.left?.since(v.entered)))).collect();
    days.sort_by(f64::total_cmp);
    if days.len() < ENOUGH { None } else { quantile::type7(&days, share) }
}

/// The log-rank test leaves out what only the older deals had time for, so that young deals are
/// not taken for slow ones.
fn lately<'v>(
    visits: impl Iterator<Item = &'v Visit>,
    course: &Course,
    as_of: Day,
    months: i32,
) -> Option<Lately> {
    let since = as_of.plus(1).month().plus(-months).first_day();
    let (after, before): (Vec<&Visit>, Vec<&Visit>) = visits.partition(|v| v.entered >= since);
    let [after, before] =
        [after, before].map(|side| side.iter().map(|v| case(v, course, as_of)).collect::<Vec<_>>());
    let test = log_rank(&after, &before)?;
    let median = |cases: &[Case]| kaplan_meier(cases, 1).median();
    let (before, after) = (median(&before), median(&after));
    let later = match (before, after) {
        (Some(before), Some(after)) => after > before,
        (Some(_), None) => true,
        (None, _) => false,
    };
    Some(Lately { before, after, slower: test.first_is_slower() && later, p: test.p_value })
}

fn adjust(times: &mut [TimeInStage]) {
    let raw: Vec<f64> =
        times.iter().map(|time| time.lately.map_or(f64::NAN, |lately| lately.p)).collect();
    for (time, p) in times.iter_mut().zip(holm(&raw)) {
        time.lately = time.lately.map(|lately| Lately { p, ..lately });
    }
}

fn stalled(
    course: &Course,
    times: &mut [TimeInStage],
    as_of: Day,
    deals: &Deals<'_>,
    all: &[Deal],
) -> Vec<Stalled> {
    let mut out = Vec::new();
    for visit in course.visits.iter().filter(|visit| visit.left.is_none()) {
        let Some(time) = times.get_mut(visit.stage) else { continue };
        let days = as_of.since(visit.entered);
        if time.limit.is_none_or(|limit| f64::from(days) <= limit) {
            continue;
        }
        time.stalled += 1;
        let Some(deal) = all.get(visit.deal) else { continue };
        let text = |col| deals.text(col, deal).map(str::to_owned);
        out.push(Stalled {
            id: text(Col::OppId),
            account: text(Col::Account),
            owner: text(Col::Owner),
            stage: visit.stage,
            days,
            worth: deals.worth(deal),
        });
    }
    out.sort_by(|a, b| {
        let rank = |deal: &Stalled| (Reverse(deal.worth), Reverse(deal.days));
        rank(a).cmp(&rank(b)).then_with(|| a.id.cmp(&b.id))
    });
    out
}
