//! Who moved between tiers from one year to the next.

use std::collections::BTreeMap;

use super::params::Params;
use super::tier::{Cuts, Tier, by_sales};
use crate::dataset::{Dataset, by_customer, trailing_months};
use crate::records::{Col, TableKind};
use crate::units::{Money, Period};

/// Months of each of the two years.
const YEAR: u16 = 12;

/// Tiers of the customers of two years.
#[derive(Debug)]
pub(super) struct Migration {
    /// The twelve months before.
    pub(super) before: Period,
    /// The last twelve months.
    pub(super) now: Period,
    /// Tier before, tier now and sales before, by customer id.
    pub(super) moves: BTreeMap<String, Move>,
}

/// One customer in two years.
#[derive(Clone, Copy, Debug)]
pub(super) struct Move {
    /// Tier of the year before.
    pub(super) before: Tier,
    /// Tier of the last year.
    pub(super) now: Tier,
    /// Sales of the year before.
    pub(super) sales: Money,
}

impl Migration {
    /// `None` where the orders do not reach back two years.
    pub(super) fn new(data: &Dataset, params: &Params, until: crate::units::Day) -> Option<Self> {
        let now = trailing_months(until, YEAR);
        let before = trailing_months(now.from.plus(-1), YEAR);
        let orders = data.table(TableKind::Orders)?;
        let first = (0..orders.len()).filter_map(|row| orders.day(Col::Date, row)).min()?;
        if first.month() > before.from.month() {
            return None;
        }
        let mut moves = BTreeMap::new();
        for (id, (tier, sales)) in tiers(data, params, before) {
            moves.insert(id, Move { before: tier, now: Tier::Inactive, sales });
        }
        for (id, (tier, _)) in tiers(data, params, now) {
            let came = Move { before: Tier::Inactive, now: tier, sales: Money::ZERO };
            moves.entry(id).or_insert(came).now = tier;
        }
        Some(Self { before, now, moves })
    }

    /// Customers who went from one tier to another.
    pub(super) fn count(&self, before: Tier, now: Tier) -> usize {
        self.moves.values().filter(|m| m.before == before && m.now == now).count()
    }

    /// Customers of the two best tiers who bought nothing in the last year.
    pub(super) fn lost(&self) -> impl Iterator<Item = &Move> {
        self.moves.values().filter(|m| m.before <= Tier::Large && m.now == Tier::Inactive)
    }
}

/// Tier and sales of everyone who bought in a period.
fn tiers(data: &Dataset, params: &Params, period: Period) -> Vec<(String, (Tier, Money))> {
    let summary = by_customer(data, period);
    let names = data.table(TableKind::Orders).and_then(|t| t.categories(Col::CustomerId));
    let bought = (0..).zip(&summary.sums).filter(|(_, sums)| sums.lines > 0);
    let mut ranked: Vec<(Money, &str)> = bought
        .filter_map(|(code, sums)| Some((sums.sales, names.and_then(|names| names.name(code))?)))
        .collect();
    ranked.sort_by(|a, b| by_sales(*a, *b));
    let cuts = Cuts::new(params, ranked.len());
    let tiered = ranked.into_iter().enumerate();
    tiered.map(|(i, (sales, id))| (id.to_owned(), (cuts.tier(i + 1), sales))).collect()
}
