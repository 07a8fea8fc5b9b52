//! The section of the page.

use super::compute::{Charter, Computed, FIELDS};
use crate::records::Col;
use crate::report::{
    Block, Cell, Check, CheckState, Column, Direction, Format, Message, Metric, Row, Table, Value,
};

/// The headline figure.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    let (filled, all) = data.filled();
    let value = Value::ratio(filled as u64, all as u64);
    vec![Metric {
        direction: Direction::Higher,
        ..Metric::new("goals", "charter_filled", value, all as u64, data.period)
    }]
}

/// The blocks, in order.
pub(super) fn blocks(data: &Computed, metrics: &[Metric]) -> Vec<Block> {
    let mut blocks = vec![Block::Cards(metrics.to_vec()), Block::Checklist(checks(data))];
    for (index, charter) in data.charters.iter().enumerate() {
        blocks.push(Block::Table(card(index, charter)));
    }
    blocks
}

/// One line a charter: what it leaves empty, and whether its goal can be measured.
fn checks(data: &Computed) -> Vec<Check> {
    let line = |charter: &Charter| {
        let empty: Vec<&str> = charter.empty().map(Col::name).collect();
        let (state, detail) = match (charter.has_measure(), empty.is_empty()) {
            (false, _) => (CheckState::Warn, "vague"),
            (true, false) => (CheckState::Warn, "empty"),
            (true, true) => (CheckState::Pass, "whole"),
        };
        Check {
            label: Message::new("goals.check.label").arg("project", charter.project.as_str()),
            state,
            detail: Message::new(format!("goals.check.{detail}"))
                .arg("columns", empty.join(", "))
                .arg("fields", empty.len()),
        }
    };
    let mut checks: Vec<Check> = data.charters.iter().map(line).collect();
    if !data.typed {
        let detail = Message::new("goals.check.untyped").arg("column", Col::ProjectType.name());
        let label = Message::new("goals.check.types");
        checks.push(Check { label, state: CheckState::NotComputable, detail });
    }
    checks
}

/// A charter as a card: field and text.
fn card(index: usize, charter: &Charter) -> Table {
    let columns = ["field", "text"].map(|id| Column::of("goals", id, Format::Text)).to_vec();
    let row = |(col, text): (Col, &Option<String>)| {
        let field = Message::new(format!("goals.field.{}", col.name()));
        let text = text.as_deref().map(Value::from);
        Row::from(vec![Cell::from(Value::from(field)), Cell::from(text)])
    };
    let rows = FIELDS.into_iter().zip(&charter.texts).map(row).collect();
    let name = charter.name.as_deref().unwrap_or_default();
    let title = Message::new("goals.table.charter")
        .arg("project", charter.project.as_str())
        .arg("name", name);
    Table::new(&format!("goals.charter_{index}"), title, columns, rows)
}
