//! Customers ranked by sales, and the sums of each tier.

use super::migration::Migration;
use super::params::Params;
use super::tier::{Cuts, Tier, by_sales, part};
use crate::dataset::{Customer, CustomerBook, Dataset};
use crate::units::{Money, Period};

/// Everything the section is written from.
#[derive(Debug)]
pub(super) struct Pyramid {
    /// Customers who bought, by sales, the largest first; equals by id. With their tier.
    pub(super) ranked: Vec<(Customer, Tier)>,
    /// Customers of the master table who did not buy; `None` without a master table.
    pub(super) inactive: Option<u64>,
    /// Moves between two years, where orders reach back that far.
    pub(super) migration: Option<Migration>,
    /// The days summed.
    pub(super) period: Period,
    /// Whether any order line has a profit.
    pub(super) has_profit: bool,
    /// Whether costs to serve were handed in.
    pub(super) has_costs: bool,
}

/// The sums of one tier.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TierSums {
    /// Customers.
    pub(super) customers: usize,
    /// Sales.
    pub(super) sales: Money,
    /// Profit.
    pub(super) profit: Money,
    /// Costs to serve.
    pub(super) cost: Money,
}

impl Pyramid {
    pub(super) fn new(data: &Dataset, params: &Params) -> Self {
        let period = params.window(data);
        let book = CustomerBook::new(data, period);
        let (has_profit, has_costs) = (book.has_profit, book.has_costs);
        let mut bought: Vec<Customer> =
            book.customers.into_iter().filter(|customer| customer.sums.lines > 0).collect();
        bought.sort_by(|a, b| by_sales((a.sums.sales, &a.id), (b.sums.sales, &b.id)));
        let cuts = Cuts::new(params, bought.len());
        let tiered = |(i, customer): (usize, Customer)| (customer, cuts.tier(i + 1));
        let master = data.table(crate::records::TableKind::Customers).is_some();
        Self {
            ranked: bought.into_iter().enumerate().map(tiered).collect(),
            inactive: master.then_some(book.inactive),
            migration: Migration::new(data, params, period.to),
            period,
            has_profit,
            has_costs,
        }
    }

    /// Customers who bought.
    pub(super) fn n(&self) -> usize {
        self.ranked.len()
    }

    /// The sums of the wanted tiers.
    pub(super) fn sums(&self, wanted: impl Fn(Tier) -> bool) -> TierSums {
        let mut sums = TierSums::default();
        for (customer, _) in self.ranked.iter().filter(|(_, tier)| wanted(*tier)) {
            sums.customers += 1;
            sums.sales = sums.sales + customer.sums.sales;
            sums.profit = sums.profit + customer.sums.profit;
            sums.cost = sums.cost + customer.cost_to_serve;
        }
        sums
    }

    /// Customers in the first fifth, rounded up.
    pub(super) fn fifth(&self) -> usize {
        part(0.2, self.n())
    }

    /// Share of sales of the first fifth of customers; `None` where sales are not above zero.
    pub(super) fn top20(&self) -> Option<f64> {
        let first: Money = self.ranked.iter().take(self.fifth()).map(|(c, _)| c.sums.sales).sum();
        first.share_of(self.sums(|_| true).sales)
    }

    /// Gini coefficient of the sales of customers with sales above zero:
    /// `2·Σ i·xᵢ / (n·Σ xᵢ) − (n + 1)/n` with x ascending; 0 all alike, near 1 one buys all.
    ///
    /// `None` with fewer than two such customers. Source: C. Gini, Variabilità e mutabilità
    /// (1912); the form for sorted values after A. Sen, On Economic Inequality (1973).
    #[expect(clippy::cast_precision_loss, reason = "ratio of exact integer sums")]
    pub(super) fn gini(&self) -> Option<f64> {
        let sales = self.ranked.iter().rev().map(|(customer, _)| customer.sums.sales.raw());
        let sales: Vec<i128> = sales.filter(|&x| x > 0).collect();
        let n = sales.len();
        let sum: i128 = sales.iter().sum();
        let weighted: i128 = (1..).zip(&sales).map(|(i, x): (i128, &i128)| i * x).sum();
        let n64 = n as f64;
        (n >= 2).then(|| 2.0 * weighted as f64 / (n64 * sum as f64) - (n64 + 1.0) / n64)
    }
}
