//! Customers ranked by what they leave, and the sum of the first so many.

use crate::dataset::{Customer, CustomerBook};
use crate::units::{Money, Period};

/// Everything the section is written from.
#[derive(Debug)]
pub(super) struct Whale {
    /// Customers by net profit, the best first; equals by id.
    pub(super) customers: Vec<Customer>,
    /// Net profit of the first customer, the first two, and so on.
    pub(super) cumulative: Vec<Money>,
    /// Segments by net profit, the best first; empty where no customer has one.
    pub(super) segments: Vec<Segment>,
    /// Net profit of the customers who leave one.
    pub(super) gained: Money,
    /// Net profit of the customers who cost more than they bring, below zero.
    pub(super) lost: Money,
    /// How many those are.
    pub(super) losing: usize,
    /// The days summed.
    pub(super) period: Period,
    /// Whether costs to serve were handed in.
    pub(super) has_costs: bool,
}

/// Customers of one segment.
#[derive(Debug)]
pub(super) struct Segment {
    /// Its name; `None` for customers without one.
    pub(super) name: Option<String>,
    /// Customers.
    pub(super) customers: u64,
    /// Those with a loss.
    pub(super) losing: u64,
    /// Sales.
    pub(super) sales: Money,
    /// Profit.
    pub(super) profit: Money,
    /// Costs to serve.
    pub(super) cost: Money,
}

impl Segment {
    /// Profit less costs to serve.
    pub(super) fn net(&self) -> Money {
        self.profit - self.cost
    }
}

impl Whale {
    pub(super) fn new(book: CustomerBook) -> Self {
        let mut customers = book.customers;
        // Stable: equals stay in the order of their ids.
        customers.sort_by_key(|customer| std::cmp::Reverse(customer.net()));
        let mut sum = Money::ZERO;
        let mut add = |customer: &Customer| {
            sum = sum + customer.net();
            sum
        };
        let cumulative = customers.iter().map(&mut add).collect();
        let nets = || customers.iter().map(Customer::net);
        Self {
            cumulative,
            segments: segments(&customers),
            gained: nets().filter(|net| !net.is_negative()).sum(),
            lost: nets().filter(|net| net.is_negative()).sum(),
            losing: nets().filter(|net| net.is_negative()).count(),
            period: book.period,
            has_costs: book.has_costs,
            customers,
        }
    }

    /// Customers.
    pub(super) fn n(&self) -> usize {
        self.customers.len()
    }

    /// Net profit of all customers.
    pub(super) fn total(&self) -> Money {
        self.cumulative.last().copied().unwrap_or_default()
    }

    /// A sum over all customers.
    pub(super) fn sum(&self, figure: impl Fn(&Customer) -> Money) -> Money {
        self.customers.iter().map(figure).sum()
    }

    /// A count over all customers.
    pub(super) fn count(&self, figure: impl Fn(&Customer) -> u64) -> u64 {
        self.customers.iter().map(figure).sum()
    }

    /// How many customers make the first `percent` per cent, rounded up.
    pub(super) const fn rank(&self, percent: usize) -> usize {
        (percent * self.customers.len()).div_ceil(100)
    }

    /// The share of all profit the first so many customers bring; `None` where the company as a
    /// whole has no profit to share.
    pub(super) fn share(&self, rank: usize) -> Option<f64> {
        self.cumulative.get(rank.checked_sub(1)?)?.share_of(self.total())
    }

    /// The rank at which the sum is highest; `None` where no customer leaves a profit.
    pub(super) fn peak(&self) -> Option<usize> {
        let best = self.cumulative.iter().copied().max().filter(|&sum| sum > Money::ZERO)?;
        Some(self.cumulative.iter().position(|&sum| sum == best)? + 1)
    }

    /// Customers with a loss, the largest loss first.
    pub(super) fn losers(&self) -> impl Iterator<Item = (usize, &Customer)> {
        let all = self.customers.iter().enumerate().rev();
        all.take_while(|(_, customer)| customer.net().is_negative())
    }
}

fn segments(customers: &[Customer]) -> Vec<Segment> {
    let mut names: Vec<Option<&str>> = customers.iter().map(|c| c.segment.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    if names == [None] {
        return Vec::new();
    }
    let mut segments: Vec<Segment> = names.into_iter().map(Segment::empty).collect();
    for customer in customers {
        let name = customer.segment.as_deref();
        if let Ok(at) = segments.binary_search_by(|s| s.name.as_deref().cmp(&name))
            && let Some(segment) = segments.get_mut(at)
        {
            segment.add(customer);
        }
    }
    segments.sort_by_key(|segment| std::cmp::Reverse(segment.net()));
    segments
}

impl Segment {
    fn empty(name: Option<&str>) -> Self {
        let name = name.map(str::to_owned);
        let zero = Money::ZERO;
        Self { name, customers: 0, losing: 0, sales: zero, profit: zero, cost: zero }
    }

    fn add(&mut self, customer: &Customer) {
        self.customers += 1;
        self.losing += u64::from(customer.net().is_negative());
        self.sales = self.sales + customer.sums.sales;
        self.profit = self.profit + customer.sums.profit;
        self.cost = self.cost + customer.cost_to_serve;
    }
}
