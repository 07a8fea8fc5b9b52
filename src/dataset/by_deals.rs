//! Deals counted by month begun, month closed and owner.

use std::collections::BTreeMap;

use super::{Dataset, Deal, DealOutcome, Deals, Merge, fold_rows};
use crate::units::{Day, Money, Month};

/// What deals are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DealKey {
    /// Month begun.
    pub created: Option<Month>,
    /// Month won or lost.
    pub closed: Option<Month>,
    /// Whether it was won or lost on a day of the period.
    pub in_period: bool,
    /// Code of the owner.
    pub owner: u32,
}

/// Counts and sums of some deals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DealCounts {
    /// Deals won.
    pub won: u64,
    /// Deals lost.
    pub lost: u64,
    /// Deals open.
    pub open: u64,
    /// Value recorded for the won.
    pub won_value: Money,
    /// Value recorded for the lost.
    pub lost_value: Money,
    /// Lost deals with a recorded value above zero.
    pub lost_valued: u64,
    /// List price of the won that have one.
    pub won_price: Money,
    /// List price of the lost that have one.
    pub lost_price: Money,
    /// Won and lost deals that have a list price.
    pub priced: u64,
}

impl DealCounts {
    /// Won and lost.
    #[must_use]
    pub const fn closed(&self) -> u64 {
        self.won + self.lost
    }

    /// All deals.
    #[must_use]
    pub const fn all(&self) -> u64 {
        self.won + self.lost + self.open
    }

    /// Adds other counts.
    pub fn add(&mut self, other: &Self) {
        self.won += other.won;
        self.lost += other.lost;
        self.open += other.open;
        self.won_value = self.won_value + other.won_value;
        self.lost_value = self.lost_value + other.lost_value;
        self.lost_valued += other.lost_valued;
        self.won_price = self.won_price + other.won_price;
        self.lost_price = self.lost_price + other.lost_price;
        self.priced += other.priced;
    }

    fn of(deal: &Deal, deals: &Deals<'_>) -> Self {
        let value = deals.value(deal).unwrap_or_default();
        let price = deals.list_price(deal);
        let (priced, listed) = (u64::from(price.is_some()), price.unwrap_or_default());
        let none = Self::default();
        match deal.outcome {
            DealOutcome::Open => Self { open: 1, ..none },
            DealOutcome::Won => {
                Self { won: 1, won_value: value, won_price: listed, priced, ..none }
            }
            DealOutcome::Lost => {
                let lost_valued = u64::from(value > Money::ZERO);
                let counts = Self { lost: 1, lost_value: value, lost_price: listed, ..none };
                Self { lost_valued, priced, ..counts }
            }
        }
    }
}

/// Deals by month begun, month closed and owner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByDeals(pub BTreeMap<DealKey, DealCounts>);

impl Merge for ByDeals {
    fn merge(&mut self, other: Self) {
        for (key, counts) in other.0 {
            self.0.entry(key).or_default().add(&counts);
        }
    }
}

impl ByDeals {
    /// Counts the deals of a dataset.
    #[must_use]
    pub fn of(deals: &Deals<'_>, data: &Dataset) -> Self {
        fold_rows(deals.rows(), data.threads, |sum: &mut Self, rows| {
            for deal in rows.filter_map(|row| deals.get(row)) {
                let key = DealKey {
                    created: deal.created.map(Day::month),
                    closed: deal.closed.map(Day::month),
                    in_period: deal.closed.is_some_and(|day| data.period.contains(day)),
                    owner: deal.owner,
                };
                sum.0.entry(key).or_default().add(&DealCounts::of(&deal, deals));
            }
        })
    }

    /// The counts of the keys that pass, added up by what they are grouped by.
    pub fn grouped<K: Ord>(
        &self,
        group: impl Fn(&DealKey) -> Option<K>,
    ) -> BTreeMap<K, DealCounts> {
        let mut out: BTreeMap<K, DealCounts> = BTreeMap::new();
        for (key, counts) in &self.0 {
            if let Some(group) = group(key) {
                out.entry(group).or_default().add(counts);
            }
        }
        out
    }

    /// The counts of the keys that pass.
    pub fn total(&self, pass: impl Fn(&DealKey) -> bool) -> DealCounts {
        self.grouped(|key| pass(key).then_some(())).remove(&()).unwrap_or_default()
    }
}
