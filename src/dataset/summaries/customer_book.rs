//! Customers with their sums, names, segments and costs to serve, joined from every table that
//! knows of them.

use std::collections::BTreeMap;

use super::by_customer::{ByCustomer, CustomerSums, by_customer};
use crate::dataset::{Dataset, Table};
use crate::records::{Col, TableKind};
use crate::units::{Day, Money, Period};

/// One customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// Identifier.
    pub id: String,
    /// Name, where a table has it.
    pub name: Option<String>,
    /// Segment of the customer master, else the one most of the order lines name.
    pub segment: Option<String>,
    /// Sums of the order lines.
    pub sums: CustomerSums,
    /// Costs of serving the customer that no order carries.
    pub cost_to_serve: Money,
}

impl Customer {
    /// Profit less costs to serve.
    #[must_use]
    pub fn net(&self) -> Money {
        self.sums.profit - self.cost_to_serve
    }
}

/// The customers of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerBook {
    /// Customers with order lines or costs to serve in the period, by id.
    pub customers: Vec<Customer>,
    /// The days summed.
    pub period: Period,
    /// Whether any order line has a profit, or an amount and a cost.
    pub has_profit: bool,
    /// Whether costs to serve were handed in.
    pub has_costs: bool,
    /// Customers of the master table without an order line in the period.
    pub inactive: u64,
}

impl CustomerBook {
    /// Joins what the dataset knows of its customers in a period.
    #[must_use]
    pub fn new(data: &Dataset, period: Period) -> Self {
        let directory = Directory::new(data);
        let sums = sums_by_id(data, period, &directory);
        let inactive = directory.master.ids().filter(|&id| !sums.contains_key(id)).count();
        let has_profit = sums.values().any(|(sums, _)| sums.lines > sums.unknown);
        let mut costs = costs_to_serve(data, period);
        let customer = |(id, (sums, segment)): (&str, (CustomerSums, Option<&str>))| Customer {
            id: id.to_owned(),
            name: directory.name(id).map(str::to_owned),
            segment: directory.segment(id).or(segment).map(str::to_owned),
            sums,
            cost_to_serve: costs.remove(id).unwrap_or_default(),
        };
        let mut customers: Vec<Customer> = sums.into_iter().map(customer).collect();
        // What is left are costs of customers who ordered nothing.
        customers.extend(costs.into_iter().map(|(id, cost_to_serve)| Customer {
            name: directory.name(&id).map(str::to_owned),
            segment: directory.segment(&id).map(str::to_owned),
            sums: CustomerSums::default(),
            cost_to_serve,
            id,
        }));
        customers.sort_by(|a, b| a.id.cmp(&b.id));
        let has_costs = data.table(TableKind::CostsToServe).is_some();
        let inactive = u64::try_from(inactive).unwrap_or(u64::MAX);
        Self { customers, period, has_profit, has_costs, inactive }
    }

    /// Sums over all customers.
    #[must_use]
    pub fn total(&self, figure: impl Fn(&Customer) -> Money) -> Money {
        self.customers.iter().map(figure).sum()
    }
}

/// The calendar months that end with the month of `until`, so many of them.
#[must_use]
pub fn trailing_months(until: Day, months: u16) -> Period {
    let first = until.month().plus(1 - i32::from(months.max(1)));
    Period { from: first.first_day(), to: until }
}

/// A table that knows customers, and the first row of each.
#[derive(Default)]
struct Rows<'d> {
    table: Option<&'d Table>,
    first: BTreeMap<&'d str, usize>,
}

impl<'d> Rows<'d> {
    fn new(table: Option<&'d Table>) -> Self {
        let mut first = BTreeMap::new();
        if let Some(table) = table {
            let id = |row| Some((table.text(Col::CustomerId, row)?, row));
            for (id, row) in (0..table.len()).filter_map(id) {
                first.entry(id).or_insert(row);
            }
        }
        Self { table, first }
    }

    fn ids(&self) -> impl Iterator<Item = &'d str> {
        self.first.keys().copied()
    }

    fn text(&self, col: Col, id: &str) -> Option<&'d str> {
        self.table?.text(col, *self.first.get(id)?)
    }
}

/// Where names and segments are looked up: the customer master before the orders.
struct Directory<'d> {
    master: Rows<'d>,
    orders: Rows<'d>,
}

impl<'d> Directory<'d> {
    fn new(data: &'d Dataset) -> Self {
        let rows = |kind| Rows::new(data.table(kind));
        Self { master: rows(TableKind::Customers), orders: rows(TableKind::Orders) }
    }

    fn name(&self, id: &str) -> Option<&'d str> {
        let col = Col::CustomerName;
        self.master.text(col, id).or_else(|| self.orders.text(col, id))
    }

    fn segment(&self, id: &str) -> Option<&'d str> {
        self.master.text(Col::Segment, id)
    }
}

/// Sums and main segment of every customer with order lines in the period.
fn sums_by_id<'d>(
    data: &Dataset,
    period: Period,
    directory: &Directory<'d>,
) -> BTreeMap<&'d str, (CustomerSums, Option<&'d str>)> {
    let summary = by_customer(data, period);
    let Some(orders) = directory.orders.table else { return BTreeMap::new() };
    let segments = main_segments(orders, &summary);
    let names = orders.categories(Col::CustomerId);
    let ordering = (0..).zip(summary.sums).filter(|(_, sums)| sums.lines > 0);
    let entry = |(code, sums)| {
        Some((names.and_then(|names| names.name(code))?, (sums, segments.get(&code).copied())))
    };
    ordering.filter_map(entry).collect()
}

/// The segment most lines of a customer name; of equals the first by name.
fn main_segments<'t>(orders: &'t Table, summary: &ByCustomer) -> BTreeMap<u32, &'t str> {
    let mut best: BTreeMap<u32, (u64, &str)> = BTreeMap::new();
    for (&(customer, segment), &lines) in &summary.segments {
        let name = orders.categories(Col::Segment).and_then(|names| names.name(segment));
        let Some(name) = name else { continue };
        let found = best.entry(customer).or_insert((lines, name));
        if lines > found.0 || (lines == found.0 && name < found.1) {
            *found = (lines, name);
        }
    }
    best.into_iter().map(|(customer, (_, name))| (customer, name)).collect()
}

/// Costs to serve by customer id; undated ones count in every period.
fn costs_to_serve(data: &Dataset, period: Period) -> BTreeMap<String, Money> {
    let mut out = BTreeMap::new();
    let Some(table) = data.table(TableKind::CostsToServe) else { return out };
    for row in 0..table.len() {
        let inside = table.day(Col::Date, row).is_none_or(|day| period.contains(day));
        let cost = table.money(Col::Cost, row).filter(|_| inside);
        let (Some(id), Some(cost)) = (table.text(Col::CustomerId, row), cost) else { continue };
        let sum = out.entry(id.to_owned()).or_insert(Money::ZERO);
        *sum = *sum + cost;
    }
    out
}
