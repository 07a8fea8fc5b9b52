//! The deals that stand too long, by name.

use super::super::compute::{Funnel, Stalled, total};
use crate::report::{Cell, Column, Format, Message, Row, Table, Value};

/// Deals listed at most, and shown before the rest is folded away.
const LISTED: usize = 100;
const SHOWN: usize = 10;

/// The worthiest first.
pub(super) fn table(funnel: &Funnel) -> Table {
    let column = |id: &str, format| Column::of("funnel", id, format);
    let worth = total(funnel.stalled.iter().map(|deal| deal.worth));
    let key = if worth.is_some() { "funnel.note.stalled" } else { "funnel.note.stalled_unvalued" };
    let note = Message::new(key)
        .arg("stalled", funnel.stalled.len())
        .arg("open", Value::count(funnel.open))
        .arg("listed", funnel.stalled.len().min(LISTED))
        .arg("worth", worth.unwrap_or_default());
    Table {
        id: "funnel.stalled".to_owned(),
        title: Message::new("funnel.table.stalled"),
        columns: vec![
            column("deal", Format::Text),
            column("account", Format::Text),
            column("owner", Format::Text),
            column("stage", Format::Text),
            column("days", Format::Count),
            column("limit", Format::Days),
            column("worth", Format::Money),
        ],
        rows: funnel.stalled.iter().take(LISTED).map(|deal| row(funnel, deal)).collect(),
        note: Some(note),
        top: Some(SHOWN),
    }
}

fn row(funnel: &Funnel, deal: &Stalled) -> Row {
    let text = |text: &Option<String>| Cell::from(text.clone().map(Value::from));
    let time = funnel.times.get(deal.stage);
    Row::from(vec![
        text(&deal.id),
        text(&deal.account),
        text(&deal.owner),
        Cell::from(time.map(|time| time.name.value())),
        Cell::from(i64::from(deal.days)),
        Cell::from(time.and_then(|time| time.limit).and_then(Value::days)),
        Cell::from(deal.worth.map(Value::from)),
    ])
}
