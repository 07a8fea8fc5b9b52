//! The costs of the newest months, beside sales and the cost of the service itself.

use std::collections::BTreeMap;

use super::ledger::{self, Class, Key, Ledger, Source};
use super::params::Params;
use crate::dataset::{Dataset, FoundAt};
use crate::records::{Col, TableKind};
use crate::stats::interval::{Estimate, clopper_pearson};
use crate::units::{Money, Month, Period};

/// Everything the section is written from.
pub(super) struct Computed {
    /// The lines.
    pub(super) ledger: Ledger,
    /// First and last month summed.
    pub(super) span: (i32, i32),
    /// Sales of those months.
    pub(super) sales: Option<Money>,
    /// Cost of the service itself in those months.
    pub(super) service: Option<Money>,
    /// Whether the ledger of quality costs was handed in.
    pub(super) has_ledger: bool,
    /// Whether defects have costs.
    pub(super) has_defects: bool,
    /// Confidence level.
    pub(super) level: f64,
}

impl Computed {
    /// `None` where no cost falls on or before the last day the report looks at.
    pub(super) fn new(data: &Dataset, params: &Params, level: f64) -> Option<Self> {
        let ledger = ledger::read(data);
        let over = |month: &i32| Month::from_number(*month).last_day() <= data.until();
        let months = || ledger.costs.keys().map(|key| key.month);
        let last = months().filter(over).max().or_else(|| months().max())?;
        let first = months().min()?;
        let span = ((last - params.months() + 1).max(first), last);
        let has = |source| ledger.costs.keys().any(|key| key.source == source);
        let (has_ledger, has_defects) = (has(Source::Ledger), has(Source::Defects));
        let sum = |kind, col| sum(data, kind, col, span);
        let sales = sum(TableKind::Orders, Col::Amount);
        let service = sum(TableKind::CostsToServe, Col::Cost);
        Some(Self { ledger, span, sales, service, has_ledger, has_defects, level })
    }

    /// The days summed.
    pub(super) fn period(&self) -> Period {
        Period {
            from: Month::from_number(self.span.0).first_day(),
            to: Month::from_number(self.span.1).last_day(),
        }
    }

    /// The cost of the wanted lines in the months summed; `None` without any line.
    pub(super) fn cost(&self, wanted: impl Fn(&Key) -> bool) -> Option<Money> {
        let inside = |key: &Key| (self.span.0..=self.span.1).contains(&key.month);
        let lines = self.ledger.costs.iter().filter(|(key, _)| inside(key) && wanted(key));
        let add = |sum: Option<i128>, cost: &i128| Some(sum.unwrap_or(0).saturating_add(*cost));
        lines.map(|(_, cost)| cost).fold(None, add).map(Money::from_raw)
    }

    /// All of it.
    pub(super) fn total(&self) -> Money {
        self.cost(|_| true).unwrap_or(Money::ZERO)
    }

    /// What failures cost.
    pub(super) fn failures(&self) -> Option<Money> {
        self.cost(|key| key.class.is_failure())
    }

    /// Classes with costs, in order.
    pub(super) fn classes(&self) -> Vec<(Class, Money)> {
        let of = |class| Some((class, self.cost(|key| key.class == class)?));
        Class::ALL.into_iter().filter_map(of).collect()
    }

    /// Costs by a name of the lines, the dearest first.
    pub(super) fn by(&self, name: fn(&Key) -> &Option<String>) -> Vec<(Option<String>, Money)> {
        let mut sums = BTreeMap::<Option<String>, i128>::new();
        let inside = |key: &Key| (self.span.0..=self.span.1).contains(&key.month);
        for (key, cost) in self.ledger.costs.iter().filter(|(key, _)| inside(key)) {
            let sum = sums.entry(name(key).clone()).or_default();
            *sum = sum.saturating_add(*cost);
        }
        let mut out: Vec<(Option<String>, Money)> =
            sums.into_iter().map(|(name, cost)| (name, Money::from_raw(cost))).collect();
        out.sort_by_key(|(_, cost)| std::cmp::Reverse(*cost));
        out
    }

    /// Defects that reached the customer, all whose place is told, and the share with its interval.
    pub(super) fn escaped(&self) -> Option<(u64, u64, Estimate)> {
        let months = self.ledger.found.iter();
        let inside = months.filter(|((m, _), _)| (self.span.0..=self.span.1).contains(m));
        let (mut escaped, mut all) = (0_u64, 0_u64);
        for ((_, found), n) in inside {
            all = all.saturating_add(*n);
            escaped = escaped.saturating_add(if *found == FoundAt::Customer { *n } else { 0 });
        }
        let bounds = clopper_pearson(escaped, all, self.level)?;
        Some((escaped, all, Estimate { value: real(escaped) / real(all), bounds }))
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of work stay below 2^53")]
const fn real(n: u64) -> f64 {
    n as f64
}

/// The sum of a column of money over some months; `None` where no row has both.
fn sum(data: &Dataset, kind: TableKind, col: Col, (from, to): (i32, i32)) -> Option<Money> {
    let table = data.table(kind)?;
    let inside = |row: &usize| {
        table.day(Col::Date, *row).is_some_and(|day| (from..=to).contains(&day.month().number()))
    };
    let money = (0..table.len()).filter(inside).filter_map(|row| table.money(col, row));
    let add = |sum: Option<i128>, m: Money| Some(sum.unwrap_or(0).saturating_add(m.raw()));
    money.fold(None, add).map(Money::from_raw)
}
