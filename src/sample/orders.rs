//! Orders, and what serving each customer costs.

use std::collections::BTreeMap;

use super::company::{Company, Customer};
use super::names::at;
use super::plan::{AS_OF, START};
use super::rng::{Draw, Stream, cents, whole};
use super::truth::BadCell;
use super::workbook::{Book, Cell, Sheet, maybe, number, text};
use super::{Output, SampleError};
use crate::units::{Day, Month};

const DISCOUNTS: [f64; 3] = [0.0, 0.05, 0.10];
/// Delivery's part of the cost to serve; the rest is the service desk's.
const DELIVERY_PART: f64 = 0.65;
/// Order of the later book whose amount is broken on purpose.
const BROKEN_ORDER: usize = 211;
const BROKEN_AMOUNT: &str = "see invoice";

/// One order of one product.
#[derive(Clone, Debug)]
pub(super) struct Order {
    pub(super) customer: usize,
    pub(super) day: Day,
    product: usize,
    quantity: u32,
    discount: f64,
    amount: f64,
    cost: f64,
    channel: usize,
    /// Days until the goods leave.
    lead: i32,
}

impl Order {
    /// Gross profit.
    pub(super) fn profit(&self) -> f64 {
        cents(self.amount - self.cost)
    }
}

/// Writes both years of orders and the costs to serve.
pub(super) fn write(company: &Company, out: &mut Output) -> Result<(), SampleError> {
    let orders = orders(company);
    let split = orders.partition_point(|order| order.day.month() < Month::new(2025, 11));
    let (earlier, later) = orders.split_at(split);
    write_year(company, out, "orders_2025", (0, earlier))?;
    write_year(company, out, "orders_2026", (split, later))?;
    write_costs(company, out, &orders)
}

/// All orders by date.
pub(super) fn orders(company: &Company) -> Vec<Order> {
    let customers = company.customers.iter().enumerate();
    let mut all: Vec<Order> =
        customers.flat_map(|(i, customer)| customer_orders(company, i, customer)).collect();
    all.sort_by_key(|order| (order.day, order.customer));
    all
}

fn customer_orders(company: &Company, index: usize, customer: &Customer) -> Vec<Order> {
    let mut draw = Draw::of(company.seed, Stream::Orders, index);
    let from = customer.created.max(START);
    let active = customer.until.since(from);
    let share = f64::from(active.max(0)) / f64::from(AS_OF.since(START));
    let count = draw.poisson(customer.orders * share);
    (0..count).map(|_| order(company, index, (from, active), customer, &mut draw)).collect()
}

fn order(
    company: &Company,
    index: usize,
    (from, active): (Day, i32),
    customer: &Customer,
    draw: &mut Draw,
) -> Order {
    let product = draw.below(company.names.products.len());
    let price = company.names.products.get(product).map_or(0.0, |product| product.price);
    let quantity = whole(draw.lognormal(7.0 * customer.size, 0.55)).max(1);
    let discount = DISCOUNTS.get(draw.weighted(&[0.7, 0.2, 0.1])).copied().unwrap_or(0.0);
    let amount = cents(price * f64::from(quantity) * (1.0 - discount));
    Order {
        customer: index,
        day: from.plus(draw.between(0, active.max(0))),
        product,
        quantity,
        discount,
        amount,
        cost: cents(amount * (1.0 - draw.within(0.16, 0.34))),
        channel: draw.weighted(&[0.4, 0.35, 0.25]),
        lead: i32::try_from(draw.weighted(&[0.35, 0.4, 0.18, 0.05, 0.02])).unwrap_or(0),
    }
}

fn write_year(
    company: &Company,
    out: &mut Output,
    key: &'static str,
    (first, orders): (usize, &[Order]),
) -> Result<(), SampleError> {
    let layout = company.names.book(key)?;
    let mut book = Book::new()?;
    for sheet in &layout.sheets {
        let mut page = book.sheet(sheet)?;
        for (i, order) in orders.iter().enumerate() {
            let broken = key == "orders_2026" && i + 1 == BROKEN_ORDER;
            let amount = match (broken, key) {
                (true, _) => text(BROKEN_AMOUNT),
                (_, "orders_2025") => Cell::Typed(order.amount),
                _ => Cell::Money(order.amount),
            };
            let row = write_order(company, &mut page, (first + i, order), amount)?;
            if broken {
                out.bad_cells.push(BadCell {
                    file: layout.file.clone(),
                    sheet: sheet.name.clone(),
                    cell: format!("J{row}"),
                    value: BROKEN_AMOUNT.to_owned(),
                    code: "E201",
                });
            }
        }
        page.finish()?;
    }
    out.files.push(book.finish(layout)?);
    Ok(())
}

fn write_order(
    company: &Company,
    page: &mut Sheet<'_>,
    (index, order): (usize, &Order),
    amount: Cell<'_>,
) -> Result<u32, SampleError> {
    let customer = company.customers.get(order.customer);
    let product = company.names.products.get(order.product);
    let shipped = Some(order.day.plus(order.lead)).filter(|&day| day <= AS_OF);
    page.row(&[
        text(format!("O{:06}", index + 1)),
        Cell::Day(order.day),
        text(company.customer_id(order.customer)),
        text(product_id(order.product)),
        text(product.map_or("", |product| product.name.as_str())),
        text(product.map_or("", |product| product.category.as_str())),
        number(order.quantity),
        number(product.map_or(0.0, |product| product.price)),
        number(order.discount),
        amount,
        Cell::Money(order.cost),
        Cell::Money(order.profit()),
        text(at(&company.names.channels, order.channel)),
        text(customer.map_or("", |customer| company.rep(customer.owner))),
        text(customer.map_or("", |customer| at(&company.names.regions, customer.region))),
        maybe(shipped, Cell::Day),
        Cell::Day(order.day.plus(2)),
    ])
}

/// Each month's cost of a customer is his share of that month's gross profit, so any period
/// shows him gaining or losing alike.
fn write_costs(company: &Company, out: &mut Output, orders: &[Order]) -> Result<(), SampleError> {
    let mut profits: BTreeMap<(Month, usize), f64> = BTreeMap::new();
    for order in orders {
        *profits.entry((order.day.month(), order.customer)).or_default() += order.profit();
    }
    let layout = company.names.book("costs_to_serve")?;
    let mut book = Book::new()?;
    for sheet in &layout.sheets {
        let mut page = book.sheet(sheet)?;
        for (&(month, customer), &profit) in &profits {
            let share = company.customers.get(customer).map_or(0.0, |c| c.service_share);
            for (kind, part) in [DELIVERY_PART, 1.0 - DELIVERY_PART].into_iter().enumerate() {
                page.row(&[
                    text(company.customer_id(customer)),
                    Cell::Day(month.last_day()),
                    text(at(&company.names.cost_types, kind)),
                    Cell::Money(cents(profit * share * part)),
                ])?;
            }
        }
        page.finish()?;
    }
    out.files.push(book.finish(layout)?);
    Ok(())
}

/// The id of a product.
pub(super) fn product_id(index: usize) -> String {
    format!("P{:03}", index + 1)
}
