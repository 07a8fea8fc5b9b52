//! What a new customer costs, and what it costs to keep one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Own, missing};
use crate::dataset::Dataset;
use crate::records::{Col, TableKind};
use crate::report::Missing;
use crate::stats::interval::{self, Bounds};
use crate::units::{Day, Money, Period};

/// The two costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Acquire {
    /// Cost of the campaigns of the period.
    pub(in super::super) marketing: Money,
    /// Customers first seen in it.
    pub(in super::super) gained: u64,
    /// Cost of serving those who ordered in it and were known before.
    pub(in super::super) serving: Money,
    /// How many those are.
    pub(in super::super) kept: u64,
    /// Cost of a new one over cost of keeping one.
    pub(in super::super) ratio: f64,
    /// Its interval, from that of the number of new customers.
    pub(in super::super) bounds: Option<Bounds>,
}

const NEEDED: [(TableKind, Col); 5] = [
    (TableKind::Campaigns, Col::Cost),
    (TableKind::Campaigns, Col::Start),
    (TableKind::CostsToServe, Col::Cost),
    (TableKind::Orders, Col::Date),
    (TableKind::Orders, Col::CustomerId),
];

/// The two costs of a period.
pub(super) fn acquire(data: &Dataset, period: Period, level: f64) -> Own<Acquire> {
    let absent = missing(data, &NEEDED);
    if !absent.is_empty() {
        return Err(absent);
    }
    let marketing = marketing(data, period);
    let first = first_seen(data);
    let known_before = first.values().any(|day| *day < period.from);
    let gained = first.values().filter(|day| period.contains(**day)).count() as u64;
    let ordered = ordered(data, period);
    let old = |id: &&str| first.get(*id).is_some_and(|day| *day < period.from);
    let kept: BTreeSet<&str> = ordered.iter().copied().filter(old).collect();
    let serving = serving(data, period, &kept);
    let figure =
        Acquire { marketing, gained, serving, kept: kept.len() as u64, ratio: 0.0, bounds: None };
    let found = known_before.then(|| figure.judged(level)).flatten();
    // Without customers known before, all are new: then the day they were entered is missing.
    let entered = Missing { table: TableKind::Customers, col: Some(Col::Created) };
    found.ok_or_else(|| vec![entered])
}

impl Acquire {
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    fn judged(self, level: f64) -> Option<Self> {
        let keeping = self.serving.to_units() / self.kept as f64;
        let of =
            |new: f64| Some(self.marketing.to_units() / new / keeping).filter(|x| x.is_finite());
        let ratio =
            of(self.gained as f64).filter(|_| keeping > 0.0 && self.marketing > Money::ZERO)?;
        let count = interval::garwood(self.gained, 1.0, level);
        let ends =
            count.and_then(|count| Some(Bounds { low: of(count.high)?, high: of(count.low)? }));
        Some(Self { ratio, bounds: ends, ..self })
    }
}

fn marketing(data: &Dataset, period: Period) -> Money {
    let Some(table) = data.table(TableKind::Campaigns) else { return Money::ZERO };
    let within = |row: &usize| table.day(Col::Start, *row).is_some_and(|day| period.contains(day));
    (0..table.len()).filter(within).filter_map(|row| table.money(Col::Cost, row)).sum()
}

/// The first day each customer is known: entered in the master, or with a first order.
fn first_seen(data: &Dataset) -> BTreeMap<&str, Day> {
    let mut out: BTreeMap<&str, Day> = BTreeMap::new();
    for (kind, col) in [(TableKind::Customers, Col::Created), (TableKind::Orders, Col::Date)] {
        let Some(table) = data.table(kind) else { continue };
        for row in 0..table.len() {
            let seen = table.text(Col::CustomerId, row).zip(table.day(col, row));
            if let Some((id, day)) = seen {
                let first = out.entry(id).or_insert(day);
                *first = (*first).min(day);
            }
        }
    }
    out
}

fn ordered(data: &Dataset, period: Period) -> BTreeSet<&str> {
    let Some(orders) = data.table(TableKind::Orders) else { return BTreeSet::new() };
    let within = |row: &usize| orders.day(Col::Date, *row).is_some_and(|day| period.contains(day));
    (0..orders.len()).filter(within).filter_map(|row| orders.text(Col::CustomerId, row)).collect()
}

/// Costs to serve some customers; undated ones count.
fn serving(data: &Dataset, period: Period, kept: &BTreeSet<&str>) -> Money {
    let Some(costs) = data.table(TableKind::CostsToServe) else { return Money::ZERO };
    let counts = |row: &usize| {
        let own = costs.text(Col::CustomerId, *row).is_some_and(|id| kept.contains(id));
        own && costs.day(Col::Date, *row).is_none_or(|day| period.contains(day))
    };
    (0..costs.len()).filter(counts).filter_map(|row| costs.money(Col::Cost, row)).sum()
}
