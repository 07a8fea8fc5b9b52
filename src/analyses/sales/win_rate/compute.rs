//! Counts of won, lost and open deals, and which value rate they carry.

use std::collections::BTreeMap;

use super::params::Params;
use crate::dataset::{ByDeals, Dataset, DealCounts, DealKey, DealOutcome, Deals};
use crate::stats::summary::quantile;
use crate::stats::survival::truncation::left_truncation;
use crate::units::{Day, Money, Month};

/// Of a list of prices, at least this many in a hundred closed deals must be known.
const PRICED_PER_HUNDRED: u64 = 95;
/// Months without a closed deal are listed too, unless the file spans more months than this.
const FILLED_MONTHS: i32 = 240;

/// What a value win rate may rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Basis {
    /// List prices of won and lost deals.
    ListPrice,
    /// Values recorded for won and lost deals.
    Value,
    /// Neither: lost deals carry no value.
    Refused,
    /// Nothing is known of values.
    Unknown,
}

impl Basis {
    /// Money won and lost on this basis.
    pub(super) fn money(self, counts: &DealCounts) -> Option<(Money, Money)> {
        match self {
            Self::ListPrice => Some((counts.won_price, counts.lost_price)),
            Self::Value => Some((counts.won_value, counts.lost_value)),
            Self::Refused | Self::Unknown => None,
        }
    }
}

/// All counts of the analysis.
pub(super) struct Rates {
    /// Deals closed in the period.
    pub(super) window: DealCounts,
    /// All deals, as they stand.
    pub(super) all: DealCounts,
    /// Won and lost deals without a day of closing.
    pub(super) undated: u64,
    /// Whether no deal has a day of closing, so that the window is all deals.
    pub(super) no_dates: bool,
    /// By month closed.
    pub(super) months: Vec<(Month, DealCounts)>,
    /// By month begun, and whether the cohort's rate can be believed: old enough, and not of the
    /// time before the first close of records that begin late.
    pub(super) cohorts: Vec<(Month, DealCounts, bool)>,
    /// The first close, where earlier ones are missing from the records.
    pub(super) seen_from: Option<Day>,
    /// Days within which the asked share of closed deals closed.
    pub(super) mature_days: Option<i32>,
    /// What the value rate rests on.
    pub(super) basis: Basis,
    /// Whether won deals carry values and most lost ones none.
    pub(super) lost_zero: bool,
    /// Products without a list price, where prices are used.
    pub(super) unpriced: Vec<String>,
    /// The counts behind all of it, for the data table.
    pub(super) cells: BTreeMap<(DealKey, String), DealCounts>,
}

/// The counts; `None` where no deal was won or lost.
pub(super) fn rates(data: &Dataset, params: &Params) -> Option<Rates> {
    let deals = Deals::of(data)?;
    let by_deals = ByDeals::of(&deals, data);
    let undated = by_deals.total(|key| key.closed.is_none()).closed();
    let all = by_deals.total(|_| true);
    let no_dates = undated == all.closed();
    let window = by_deals.total(|key| key.in_period || no_dates);
    if window.closed() == 0 {
        return None;
    }
    let (basis, lost_zero) = basis(&window);
    let mature_days = mature_days(&deals, data, params.mature_share);
    let late = left_truncation(&deals.spans(), data.as_of.number());
    let seen_from = late.map(|late| Day::from_number(late.first_end));
    let listed = basis == Basis::ListPrice;
    let unpriced = if listed { deals.unpriced_products() } else { Vec::new() };
    Some(Rates {
        window,
        all,
        undated,
        no_dates,
        months: months(&by_deals),
        cohorts: cohorts(&by_deals, data, mature_days, seen_from),
        seen_from,
        mature_days,
        basis,
        lost_zero,
        unpriced: unpriced.into_iter().map(str::to_owned).collect(),
        cells: cells(&by_deals, &deals),
    })
}

fn basis(window: &DealCounts) -> (Basis, bool) {
    let zero = window.lost_valued * 2 < window.lost && window.won_value > Money::ZERO;
    let known = |won: Money, lost: Money| {
        !won.is_negative() && !lost.is_negative() && won + lost > Money::ZERO
    };
    let priced = window.priced * 100 >= window.closed() * PRICED_PER_HUNDRED;
    let basis = if priced && known(window.won_price, window.lost_price) {
        Basis::ListPrice
    } else if zero {
        Basis::Refused
    } else if known(window.won_value, window.lost_value) {
        Basis::Value
    } else {
        Basis::Unknown
    };
    (basis, zero)
}

fn months(by_deals: &ByDeals) -> Vec<(Month, DealCounts)> {
    let mut months = by_deals.grouped(|key| key.closed.filter(|_| key.in_period));
    let ends = months.keys().next().copied().zip(months.keys().next_back().copied());
    if let Some((first, last)) = ends
        && last.number() - first.number() < FILLED_MONTHS
    {
        for month in first.number()..=last.number() {
            months.entry(Month::from_number(month)).or_default();
        }
    }
    months.into_iter().collect()
}

fn cohorts(
    by_deals: &ByDeals,
    data: &Dataset,
    mature_days: Option<i32>,
    seen_from: Option<Day>,
) -> Vec<(Month, DealCounts, bool)> {
    let old = |month: Month| {
        let whole = seen_from.is_none_or(|day| month.first_day() >= day);
        whole && mature_days.is_some_and(|days| data.as_of.since(month.last_day()) >= days)
    };
    let cohorts = by_deals.grouped(|key| key.created);
    cohorts.into_iter().map(|(month, counts)| (month, counts, old(month))).collect()
}

fn mature_days(deals: &Deals<'_>, data: &Dataset, share: f64) -> Option<i32> {
    let closed = deals.iter().filter(|deal| deal.outcome != DealOutcome::Open);
    let mut days: Vec<i32> = closed.filter_map(|deal| deal.age(data.as_of)).collect();
    days.sort_unstable();
    quantile::nearest_rank(&days, share)
}

/// Counts by key and owner's name: codes depend on the order of rows, names do not.
fn cells(by_deals: &ByDeals, deals: &Deals<'_>) -> BTreeMap<(DealKey, String), DealCounts> {
    let named = |(key, counts): (&DealKey, &DealCounts)| {
        let owner = deals.owner(key.owner).unwrap_or_default().to_owned();
        ((DealKey { owner: 0, ..*key }, owner), *counts)
    };
    by_deals.0.iter().map(named).collect()
}
