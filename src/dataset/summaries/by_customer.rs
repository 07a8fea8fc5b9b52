//! Sales, profit and refunds by customer.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::dataset::{Categories, Dataset, MISSING_CODE, Merge, Table, fold_rows};
use crate::records::{Col, TableKind};
use crate::units::{Money, Period};

/// Sums of the order lines of one customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CustomerSums {
    /// Order lines.
    pub lines: u64,
    /// Amounts, refunds taken off.
    pub sales: Money,
    /// Profit of the lines whose profit is known.
    pub profit: Money,
    /// Lines whose profit is not known.
    pub unknown: u64,
    /// Lines with an amount below zero: refunds and cancellations.
    pub refunds: u64,
    /// Their amounts, below zero.
    pub refunded: Money,
}

impl CustomerSums {
    fn add(&mut self, other: &Self) {
        self.lines += other.lines;
        self.sales = self.sales + other.sales;
        self.profit = self.profit + other.profit;
        self.unknown += other.unknown;
        self.refunds += other.refunds;
        self.refunded = self.refunded + other.refunded;
    }
}

/// The summary. Customers and segments are codes of the orders' dictionaries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByCustomer {
    /// Sums by customer code; without lines where the customer has none.
    pub sums: Vec<CustomerSums>,
    /// Order lines by customer and segment.
    pub segments: BTreeMap<(u32, u32), u64>,
}

impl ByCustomer {
    fn add(&mut self, customer: u32, line: &CustomerSums) {
        let at = customer as usize;
        if self.sums.len() <= at {
            self.sums.resize(at + 1, CustomerSums::default());
        }
        if let Some(sums) = self.sums.get_mut(at) {
            sums.add(line);
        }
    }
}

impl Merge for ByCustomer {
    fn merge(&mut self, other: Self) {
        for (code, sums) in (0..).zip(&other.sums) {
            self.add(code, sums);
        }
        for (key, lines) in other.segments {
            *self.segments.entry(key).or_default() += lines;
        }
    }
}

/// Sums the orders of a period; empty where the dataset has none.
#[must_use]
pub fn by_customer(data: &Dataset, period: Period) -> ByCustomer {
    let Some(orders) = data.table(TableKind::Orders) else {
        return ByCustomer::default();
    };
    fold_rows(orders.len(), data.threads, |summary, rows| add_rows(summary, orders, period, rows))
}

fn add_rows(sum: &mut ByCustomer, orders: &Table, period: Period, rows: Range<usize>) {
    let Some(customers) = orders.categories(Col::CustomerId).map(Categories::codes) else { return };
    let segments = orders.categories(Col::Segment).map(Categories::codes);
    for row in rows {
        let customer = customers.get(row).copied().filter(|&code| code != MISSING_CODE);
        let dated = orders.day(Col::Date, row).is_some_and(|day| period.contains(day));
        let (Some(customer), true, Some(line)) = (customer, dated, line(orders, row)) else {
            continue;
        };
        sum.add(customer, &line);
        let segment = segments.and_then(|codes| codes.get(row).copied());
        if let Some(segment) = segment.filter(|&code| code != MISSING_CODE) {
            *sum.segments.entry((customer, segment)).or_default() += 1;
        }
    }
}

/// The sums of one line; `None` where it has no amount.
fn line(orders: &Table, row: usize) -> Option<CustomerSums> {
    let amount = orders.money(Col::Amount, row)?;
    let from_cost = || orders.money(Col::Cost, row).map(|cost| amount - cost);
    let profit = orders.money(Col::Profit, row).or_else(from_cost);
    let refund = amount.is_negative();
    Some(CustomerSums {
        lines: 1,
        sales: amount,
        profit: profit.unwrap_or_default(),
        unknown: u64::from(profit.is_none()),
        refunds: u64::from(refund),
        refunded: if refund { amount } else { Money::ZERO },
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{ByCustomer, CustomerSums};
    use crate::dataset::Merge;
    use crate::units::Money;

    fn summary(lines: &[(u32, i64)]) -> ByCustomer {
        let mut out = ByCustomer::default();
        for &(customer, amount) in lines {
            let sales = Money::from_raw(i128::from(amount));
            out.add(customer, &CustomerSums { lines: 1, sales, ..CustomerSums::default() });
            *out.segments.entry((customer, customer % 2)).or_default() += 1;
        }
        out
    }

    proptest! {
        #[test]
        fn the_summary_of_a_union_is_the_sum_of_the_summaries(
            lines in proptest::collection::vec((0..9_u32, -500..500_i64), 0..60),
            cut in 0..60_usize,
        ) {
            let (left, right) = lines.split_at(cut.min(lines.len()));
            let mut merged = summary(left);
            merged.merge(summary(right));
            prop_assert_eq!(merged, summary(&lines));
        }
    }
}
