//! The sheet of one analysis: its findings, then its blocks, one under another.

use super::draft::{Draft, Item, Kind, Line};
use super::helper;
use super::lists::head;
use super::series;
use super::summary;
use super::words::Words;
use crate::report::edition::{Block, Chart, Check, Finding, Metric, Section, Table};
use crate::report::{ChartKind, CheckState, Grade, Tone};

/// The sheet of an analysis.
pub(super) fn draft<'e>(section: &'e Section, words: Words<'e>) -> Draft<'e> {
    let mut items = head(&section.title, words);
    findings(&section.findings, &mut items);
    for (index, block) in section.blocks.iter().enumerate() {
        push_block(block, &format!("{}.{index}", section.id), words, &mut items);
    }
    Draft { items, ..Draft::new(Kind::Section, section.title.clone()) }
}

/// A block as items; `id` names tables made for it.
pub(super) fn push_block<'e>(
    block: &'e Block,
    id: &str,
    words: Words<'e>,
    items: &mut Vec<Item<'e>>,
) {
    match block {
        Block::Heading(text) => items.push(Item::text(Line::Heading, text)),
        Block::Note { tone, text } => {
            let line = if *tone == Tone::Caution { Line::Caution } else { Line::Plain };
            items.extend([Item::text(line, text), Item::Gap]);
        }
        Block::Cards(metrics) => cards(metrics, id, words, items),
        Block::Table(table) => push_table(table, items),
        Block::Chart(_) | Block::Panels(_) => {
            block.charts().iter().for_each(|chart| push_chart(chart, items));
        }
        Block::Findings(list) => findings(list, items),
        Block::Status(rows) => {
            let metrics: Vec<&Metric> = rows.iter().map(|row| &row.metric).collect();
            push_metrics(&metrics, id, words, items);
        }
        Block::Checklist(checks) => checklist(checks, items),
    }
}

fn cards<'e>(metrics: &'e [Metric], id: &str, words: Words<'e>, items: &mut Vec<Item<'e>>) {
    push_metrics(&metrics.iter().collect::<Vec<_>>(), id, words, items);
}

fn push_metrics<'e>(metrics: &[&Metric], id: &str, words: Words<'e>, items: &mut Vec<Item<'e>>) {
    let table = summary::figures(id, metrics, words);
    items.push(Item::text(Line::Heading, &table.title));
    items.extend([Item::owned(table), Item::Gap]);
}

fn push_table<'e>(table: &'e Table, items: &mut Vec<Item<'e>>) {
    items.push(Item::text(Line::Heading, &table.title));
    items.push(Item::borrowed(table));
    push_note(table, items);
}

fn push_note(table: &Table, items: &mut Vec<Item<'_>>) {
    if let Some(note) = &table.note {
        items.push(Item::text(Line::Muted, note));
    }
    items.push(Item::Gap);
}

/// Title, drawing, and the table it is drawn from.
fn push_chart<'e>(chart: &'e Chart, items: &mut Vec<Item<'e>>) {
    items.push(Item::text(Line::Heading, &chart.title));
    if !series::has_points(chart) {
        items.push(Item::text(Line::Muted, &chart.no_data));
    } else if has_native(chart.kind) {
        items.push(Item::Chart(chart));
        references(chart, items);
    }
    items.push(Item::Table { table: helper::with_signals(chart), links: Vec::new() });
    push_note(&chart.table, items);
}

/// Whether a spreadsheet has a chart of the kind. A map of process boxes is no chart: none of its
/// parts has an axis, and shapes would not follow the cells; its table stands alone.
const fn has_native(kind: ChartKind) -> bool {
    !matches!(kind, ChartKind::ValueStream)
}

/// The lines at values of the x axis in words: a native chart of categories has none.
fn references(chart: &Chart, items: &mut Vec<Item<'_>>) {
    let words: Vec<&str> = chart.references.iter().map(|line| line.label.as_str()).collect();
    if !words.is_empty() {
        items.push(Item::text(Line::Muted, words.join(" · ")));
    }
}

/// Findings with their advice.
pub(super) fn findings(list: &[Finding], items: &mut Vec<Item<'_>>) {
    for finding in list {
        let line = match finding.grade {
            Grade::Act => Line::Bad,
            Grade::Watch => Line::Plain,
            Grade::Good => Line::Good,
        };
        let money =
            if finding.money.is_empty() { String::new() } else { format!(" ({})", finding.money) };
        items
            .push(Item::text(line, format!("{}: {}{money}", finding.grade_label, finding.message)));
        if !finding.advice.is_empty() {
            items.push(Item::text(Line::Muted, format!("→ {}", finding.advice)));
        }
    }
    if !list.is_empty() {
        items.push(Item::Gap);
    }
}

fn checklist(checks: &[Check], items: &mut Vec<Item<'_>>) {
    for check in checks {
        let line = match check.state {
            CheckState::Pass => Line::Good,
            CheckState::Warn => Line::Caution,
            CheckState::Fail => Line::Bad,
            CheckState::NotComputable => Line::Muted,
        };
        let text = format!("{} · {} {}", check.state_label, check.label, check.detail);
        items.push(Item::text(line, text));
    }
    items.push(Item::Gap);
}
