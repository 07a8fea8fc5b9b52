//! The front sheet: what the report says, every headline figure, and the way to all sheets.

use super::draft::{Draft, Item, Kind, Line};
use super::lists::{row, table, text};
use super::section;
use super::words::Words;
use crate::report::edition::{Block, Cell, Edition, Metric, Row, Section, StatusRow, Table};
use crate::report::{Expr, Format, Formula, Value};

/// The items of the front sheet.
pub(super) fn items<'e>(
    edition: &'e Edition,
    words: Words<'e>,
    contents: Item<'e>,
) -> Vec<Item<'e>> {
    let mut items = vec![Item::text(Line::Title, &edition.title)];
    let as_of = format!("{} · {} {}", edition.period, words.get("as_of"), edition.as_of);
    items.push(Item::text(Line::Subtitle, as_of));
    for line in [&edition.subtitle, &edition.account_line] {
        if !line.is_empty() {
            items.push(Item::text(Line::Subtitle, line));
        }
    }
    items.push(Item::Gap);
    for (index, block) in edition.headline.iter().enumerate() {
        if !matches!(block, Block::Status(_)) {
            section::push_block(block, &format!("workbook.headline.{index}"), words, &mut items);
        }
    }
    items.push(Item::text(Line::Heading, words.get("figures")));
    items.extend([board(edition, words), Item::Gap]);
    skipped(edition, words, &mut items);
    items.push(Item::text(Line::Heading, words.get("contents")));
    items.push(contents);
    items
}

fn skipped<'e>(edition: &'e Edition, words: Words<'e>, items: &mut Vec<Item<'e>>) {
    if edition.skipped.is_empty() {
        return;
    }
    items.push(Item::text(Line::Heading, words.get("not_computable")));
    items.extend(edition.skipped.iter().map(|line| Item::text(Line::Muted, line)));
    items.push(Item::Gap);
}

/// Every sheet with a link to it.
pub(super) fn contents<'e>(drafts: &[Draft<'_>], words: Words<'_>) -> Item<'e> {
    let columns = [("sheet", Format::Text)];
    let mut out = table("workbook.contents", words.get("contents"), &columns, words);
    let others = || drafts.iter().enumerate().filter(|(_, d)| d.kind != Kind::Summary);
    out.rows = others().map(|(_, draft)| row(vec![text(&draft.wish)])).collect();
    let links = others().map(|(index, _)| Some(index)).collect();
    Item::Table { table: std::borrow::Cow::Owned(out), links }
}

const FIGURES: [(&str, Format); 8] = [
    ("metric", Format::Text),
    ("value", Format::Number(2)),
    ("ci_low", Format::Number(2)),
    ("ci_high", Format::Number(2)),
    ("n", Format::Count),
    ("target", Format::Number(2)),
    ("period", Format::Text),
    ("method", Format::Text),
];

/// Metrics as a table.
pub(super) fn figures(id: &str, metrics: &[&Metric], words: Words<'_>) -> Table {
    let mut out = table(id, words.get("figures"), &FIGURES, words);
    out.rows = metrics.iter().map(|metric| row(figure(metric, None))).collect();
    out
}

fn figure(metric: &Metric, formula: Option<Expr>) -> Vec<Cell> {
    let plain = |value: &Option<Value>| Cell { value: value.clone(), ..Cell::default() };
    let formula = formula.map(Formula::from);
    let value = Cell { text: metric.value.clone(), value: metric.raw.clone(), formula };
    vec![
        text(&metric.name),
        value,
        plain(&metric.raw_low),
        plain(&metric.raw_high),
        Cell { value: Some(Value::count(metric.raw_n)), ..Cell::default() },
        plain(&metric.raw_target),
        text(&metric.period),
        text(&metric.method),
    ]
}

/// Every headline figure of every section, with what the status board says of it; then the rows
/// of the board that are no headline figure.
fn board<'e>(edition: &'e Edition, words: Words<'e>) -> Item<'e> {
    let mut columns = vec![("section", Format::Text)];
    columns.extend(FIGURES);
    let status = ["change", "variation", "assurance"].map(|id| (id, Format::Text));
    columns.splice(7..7, status);
    let mut out = table("workbook.figures", words.get("figures"), &columns, words);
    let mut links = Vec::new();
    for (index, section) in edition.sections.iter().enumerate() {
        for (nth, metric) in section.metrics.iter().enumerate() {
            let title = if nth == 0 { section.title.as_str() } else { "" };
            out.rows.push(line(metric, source(section, metric), state_of(edition, metric), title));
            links.push(Some(index + 1));
        }
    }
    let figures = || edition.sections.iter().flat_map(|section| &section.metrics);
    for state in rows(edition).filter(|state| !figures().any(|metric| *metric == state.metric)) {
        out.rows.push(line(&state.metric, None, Some(state), ""));
        links.push(None);
    }
    Item::Table { table: std::borrow::Cow::Owned(out), links }
}

/// The rows of the status board.
fn rows(edition: &Edition) -> impl Iterator<Item = &StatusRow> {
    edition.headline.iter().flat_map(|block| match block {
        Block::Status(rows) => rows.as_slice(),
        _ => &[],
    })
}

fn state_of<'e>(edition: &'e Edition, metric: &Metric) -> Option<&'e StatusRow> {
    rows(edition).find(|state| state.metric == *metric)
}

fn line(metric: &Metric, formula: Option<Expr>, status: Option<&StatusRow>, title: &str) -> Row {
    let mut cells = vec![text(title)];
    cells.extend(figure(metric, formula));
    let label = |of: fn(&StatusRow) -> &String| text(status.map_or("", |row| of(row).as_str()));
    let board =
        [label(|r| &r.change), label(|r| &r.variation_label), label(|r| &r.assurance_label)];
    cells.splice(7..7, board);
    row(cells)
}

/// The cell of the section that holds the figure, where there is no doubt which.
///
/// A cell is its source if it holds the very same double and is computed by a formula, or
/// stands in a column or row named like the metric; a value so round that it may be there by
/// chance is not linked.
fn source(section: &Section, metric: &Metric) -> Option<Expr> {
    let wanted = metric.raw.as_ref()?;
    let number = wanted.as_f64()?;
    let tables = section.blocks.iter().flat_map(Block::tables);
    let mut found = Vec::new();
    for table in tables {
        found.extend(holders(table, wanted).map(|(row, column)| (table, row, column)));
    }
    let named = found.iter().find(|(_, _, column)| *column == metric.id);
    let only = (found.len() == 1 && !is_round(number)).then(|| found.first()).flatten();
    let (table, row, column) = named.or(only)?;
    Some(Expr::at(&table.id, column, *row))
}

fn holders<'t>(table: &'t Table, wanted: &Value) -> impl Iterator<Item = (usize, &'t str)> {
    table.rows.iter().enumerate().flat_map(move |(index, row)| {
        let cells = row.cells.iter().zip(&table.columns);
        let same = cells.filter(move |(cell, _)| cell.value.as_ref() == Some(wanted));
        same.map(move |(_, column)| (index, column.id.as_str()))
    })
}

fn is_round(number: f64) -> bool {
    let hundredths = number * 100.0;
    (hundredths - hundredths.round()).abs() < 1e-9
}
