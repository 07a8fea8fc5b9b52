//! The counts the win rate's formulas stand on.

use std::collections::BTreeMap;

use super::super::compute::Rates;
use crate::dataset::{DealCounts, DealKey};
use crate::report::{Cell, Column, Format, Message, Row, Table, Value};
use crate::units::Month;

/// Id of the table.
pub(super) const ID: &str = "win_rate.data";
/// With more rows than this the owners are left out.
const MOST_ROWS: usize = 20_000;

/// Won, lost and open deals by month begun, month closed and owner.
pub(super) fn table(rates: &Rates) -> Table {
    let cells = if rates.cells.len() > MOST_ROWS { ownerless(rates) } else { rates.cells.clone() };
    let column = |id: &str, format| Column::of("win_rate", id, format);
    Table {
        id: ID.to_owned(),
        title: Message::new("win_rate.table.data"),
        columns: vec![
            column("created", Format::Month),
            column("closed", Format::Month),
            column("owner", Format::Text),
            column("in_period", Format::Count),
            column("won", Format::Count),
            column("lost", Format::Count),
            column("open", Format::Count),
            column("won_value", Format::Money),
            column("lost_value", Format::Money),
        ],
        rows: cells.iter().map(|((key, owner), counts)| row(rates, key, owner, counts)).collect(),
        note: None,
        top: None,
    }
}

fn row(rates: &Rates, key: &DealKey, owner: &str, counts: &DealCounts) -> Row {
    let month = |month: Option<Month>| Cell::from(month.map(Value::from));
    let money = rates.basis.money(counts);
    Row::from(vec![
        month(key.created),
        month(key.closed),
        Cell::from((!owner.is_empty()).then(|| Value::from(owner))),
        Cell::from(i64::from(key.in_period)),
        Cell::from(counts.won),
        Cell::from(counts.lost),
        Cell::from(counts.open),
        Cell::from(money.map(|(won, _)| Value::from(won))),
        Cell::from(money.map(|(_, lost)| Value::from(lost))),
    ])
}

fn ownerless(rates: &Rates) -> BTreeMap<(DealKey, String), DealCounts> {
    let mut out: BTreeMap<(DealKey, String), DealCounts> = BTreeMap::new();
    for ((key, _), counts) in &rates.cells {
        out.entry((*key, String::new())).or_default().add(counts);
    }
    out
}
