//! Cells a native chart needs beside its table, live like the rest: a column of signals, and
//! on a data sheet the lines that are not drawn row by row.

use std::borrow::Cow;

use crate::report::edition::{Block, Cell, Chart, Column, Edition, Row, Table};
use crate::report::{ChartKind, Expr, Role, Value};

/// The figures of the rows that carry a signal: drawn as marks over the line.
pub(super) const SIGNAL: &str = "_signal";
/// Rows of a step curve at most.
const STEPS: usize = 4_000;

/// The chart's table, with its column of signals.
pub(super) fn with_signals(chart: &Chart) -> Cow<'_, Table> {
    let signals = chart.signal.as_ref().and_then(|signal| signals(chart, signal));
    signals.map_or(Cow::Borrowed(&chart.table), Cow::Owned)
}

/// The id of the table a chart's curves are drawn from.
pub(super) fn curve_id(chart: &Chart) -> String {
    format!("{}.curve", chart.table.id)
}

/// The curves of every chart that has some.
pub(super) fn curves(edition: &Edition) -> impl Iterator<Item = Table> + '_ {
    let sections = edition.sections.iter().flat_map(|section| &section.blocks);
    edition.headline.iter().chain(sections).flat_map(Block::charts).filter_map(curve)
}

/// Limits and fitted lines along rising x, whatever the order of the rows; survival as
/// steps, though a row holds the end of a step only.
fn curve(chart: &Chart) -> Option<Table> {
    let wanted = |role| chart.kind == ChartKind::Survival || is_line(role);
    let lines = chart.series.iter().filter(|series| wanted(series.role));
    let mut columns = vec![chart.x.as_str()];
    columns.extend(lines.map(|series| series.column.as_str()));
    let rows = match chart.kind {
        ChartKind::FunnelPlot | ChartKind::Probability => {
            sorted_rows(chart).into_iter().map(|row| (row, row)).collect()
        }
        ChartKind::Survival if chart.table.rows.len() * 2 <= STEPS => steps(&chart.table),
        _ => return None,
    };
    let known: Vec<usize> = columns.iter().filter_map(|c| chart.table.index(c)).collect();
    let row = |&(x, y): &(usize, usize)| {
        let from = |nth: usize| if nth == 0 { x } else { y };
        let cells = known.iter().enumerate().map(|(nth, &col)| copy(&chart.table, from(nth), col));
        Row { cells: cells.collect(), emphasis: None }
    };
    Some(Table {
        id: curve_id(chart),
        title: chart.title.clone(),
        columns: known.iter().filter_map(|&col| chart.table.columns.get(col).cloned()).collect(),
        rows: rows.iter().map(row).collect(),
        ..Table::default()
    })
}

fn copy(table: &Table, row: usize, col: usize) -> Cell {
    let cell = table.rows.get(row).and_then(|row| row.cells.get(col));
    let (Some(cell), Some(column)) = (cell, table.columns.get(col)) else {
        return Cell::default();
    };
    let is_figure = cell.value.as_ref().is_some_and(|value| value.as_f64().is_some());
    let formula = is_figure.then(|| Expr::at(&table.id, &column.id, row).into());
    Cell { formula, ..cell.clone() }
}

fn sorted_rows(chart: &Chart) -> Vec<usize> {
    let Some(x) = chart.table.index(&chart.x) else { return Vec::new() };
    let key = |row: &Row| row.cells.get(x).and_then(|cell| cell.value.as_ref()?.as_f64());
    let rows = chart.table.rows.iter().enumerate();
    let mut order: Vec<(f64, usize)> = rows.filter_map(|(i, row)| Some((key(row)?, i))).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    order.into_iter().map(|(_, row)| row).collect()
}

/// Rows of x and of y: along at the height reached, then down.
fn steps(table: &Table) -> Vec<(usize, usize)> {
    let corner = |row: usize| [(row, row.saturating_sub(1)), (row, row)];
    (0..table.rows.len()).flat_map(corner).skip(1).collect()
}

fn signals(chart: &Chart, signal: &str) -> Option<Table> {
    let value = &chart.series.iter().find(|series| series.role == Role::Value)?.column;
    let (marked, figure) = (chart.table.index(signal)?, chart.table.index(value)?);
    let cell = |row: &Row| {
        let is_marked = row.cells.get(marked).is_some_and(is_filled);
        let figure = row.cells.get(figure).filter(|_| is_marked)?;
        let formula = figure.value.is_some().then(|| Expr::own(value).into());
        Some(Cell { formula, ..figure.clone() })
    };
    let cells = chart.table.rows.iter().map(|row| cell(row).unwrap_or_default()).collect();
    let mut table = chart.table.clone();
    add_column(&mut table, (SIGNAL.to_owned(), marked, figure), cells);
    Some(table)
}

fn is_filled(cell: &Cell) -> bool {
    match &cell.value {
        Some(Value::Text(text)) => !text.is_empty(),
        value => value.is_some(),
    }
}

/// The parts drawn as lines over points.
pub(super) const fn is_line(role: Role) -> bool {
    !matches!(role, Role::Value | Role::Other)
}

/// Appends a column headed like one of the table and formatted like another.
fn add_column(
    table: &mut Table,
    (id, headed, formatted): (String, usize, usize),
    cells: Vec<Cell>,
) {
    let (Some(head), Some(figure)) = (table.columns.get(headed), table.columns.get(formatted))
    else {
        return;
    };
    let column = Column { id, header: head.header.clone(), format: figure.format };
    let width = table.columns.len();
    table.columns.push(column);
    for (row, cell) in table.rows.iter_mut().zip(cells) {
        row.cells.resize(width, Cell::default());
        row.cells.push(cell);
    }
}
