//! Customers who complain, and those the rule assumes behind them.

use std::collections::BTreeSet;

use super::super::params::Params;
use super::{Own, missing};
use crate::dataset::{CustomerBook, Dataset, Table, is_complaint};
use crate::records::{Col, TableKind};
use crate::units::{Money, Period};

/// The extrapolation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Silent {
    /// Customers with a complaint.
    pub(in super::super) complainers: u64,
    /// Whether complaints are told from other tickets.
    pub(in super::super) told_apart: bool,
    /// Silent customers the rule assumes.
    pub(in super::super) assumed: u64,
    /// Both together.
    pub(in super::super) affected: u64,
    /// Customers who ordered, where orders are there.
    pub(in super::super) customers: Option<u64>,
    /// Mean profit of a customer over the period.
    pub(in super::super) margin: Option<Money>,
    /// Profit of those affected; at most of all customers.
    pub(in super::super) at_risk: Option<Money>,
}

/// The extrapolation over a period.
pub(super) fn silent(data: &Dataset, period: Period, params: &Params) -> Own<Silent> {
    let absent = missing(data, &[(TableKind::Tickets, Col::CustomerId)]);
    let (Some(table), true) = (data.table(TableKind::Tickets), absent.is_empty()) else {
        return Err(absent);
    };
    let kind = |row| table.text(Col::TicketType, row).is_some_and(is_complaint);
    let told_apart = (0..table.len()).any(kind);
    let within = |row: &usize| table.day(Col::Opened, *row).is_some_and(|day| period.contains(day));
    let complaints = (0..table.len()).filter(within).filter(|row| !told_apart || kind(*row));
    let complainers = distinct(table, complaints);
    let assumed = complainers.saturating_mul(params.silent);
    let affected = assumed.saturating_add(complainers);
    let book = data.table(TableKind::Orders).map(|_| CustomerBook::new(data, period));
    let ordering = book.as_ref().map(|book| {
        book.customers.iter().filter(|customer| customer.sums.lines > 0).count() as u64
    });
    let margin = book
        .filter(|book| book.has_profit)
        .zip(ordering)
        .and_then(|(book, n)| mean(book.total(|customer| customer.sums.profit), n));
    let within = ordering.map_or(affected, |all| affected.min(all));
    let at_risk = margin.and_then(|margin| times(margin, within));
    let customers = ordering.filter(|n| *n > 0);
    Ok(Silent { complainers, told_apart, assumed, affected, customers, margin, at_risk })
}

fn distinct(table: &Table, rows: impl Iterator<Item = usize>) -> u64 {
    let ids: BTreeSet<&str> = rows.filter_map(|row| table.text(Col::CustomerId, row)).collect();
    ids.len() as u64
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn mean(profit: Money, customers: u64) -> Option<Money> {
    Money::from_units(profit.to_units() / customers as f64).filter(|_| customers > 0)
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn times(margin: Money, affected: u64) -> Option<Money> {
    Money::from_units(margin.to_units() * affected as f64)
}
