//! Columns a native chart needs beside its table, to the right of it, live like the rest.

use crate::report::edition::{Cell, Chart, Column, Row, Table};
use crate::report::{ChartKind, Expr, Role, Value};

/// The figures of the rows that carry a signal: drawn as marks over the line.
pub(super) const SIGNAL: &str = "_signal";
/// The x values in rising order: limits are drawn along them.
pub(super) const SORTED_X: &str = "_x";

/// The chart with its helper columns.
pub(super) fn with_columns(chart: &Chart) -> Chart {
    let mut out = chart.clone();
    if let Some(signal) = &chart.signal {
        add_signals(&mut out, signal);
    }
    if chart.kind == ChartKind::FunnelPlot {
        add_sorted(&mut out);
    }
    out
}

/// The column of a line drawn along sorted x values, where the chart has them.
pub(super) fn sorted(column: &str) -> String {
    format!("_{column}")
}

fn add_signals(chart: &mut Chart, signal: &str) {
    let value = chart.series.iter().find(|series| series.role == Role::Value);
    let Some(value) = value.map(|series| series.column.clone()) else { return };
    let (Some(marked), Some(figure)) = (chart.table.index(signal), chart.table.index(&value))
    else {
        return;
    };
    let cell = |row: &Row| {
        let is_marked = row.cells.get(marked).is_some_and(is_filled);
        let figure = row.cells.get(figure).filter(|_| is_marked)?;
        let formula = figure.value.is_some().then(|| Expr::own(&value));
        Some(Cell { formula, ..figure.clone() })
    };
    let cells = chart.table.rows.iter().map(|row| cell(row).unwrap_or_default()).collect();
    add_column(&mut chart.table, (SIGNAL.to_owned(), marked, figure), cells);
}

fn is_filled(cell: &Cell) -> bool {
    match &cell.value {
        Some(Value::Text(text)) => !text.is_empty(),
        value => value.is_some(),
    }
}

/// Funnel limits bend over n; the rows come in the order of their names.
fn add_sorted(chart: &mut Chart) {
    let Some(x) = chart.table.index(&chart.x) else { return };
    let key = |row: usize| {
        let cell = chart.table.rows.get(row)?.cells.get(x)?;
        cell.value.as_ref()?.as_f64()
    };
    let mut order: Vec<usize> = (0..chart.table.rows.len()).filter(|&r| key(r).is_some()).collect();
    order.sort_by(|&a, &b| key(a).unwrap_or(0.0).total_cmp(&key(b).unwrap_or(0.0)));
    let lines = chart.series.iter().filter(|series| is_line(series.role));
    let mut columns = vec![(chart.x.clone(), SORTED_X.to_owned())];
    columns.extend(lines.map(|series| (series.column.clone(), sorted(&series.column))));
    for (from, to) in columns {
        let Some(index) = chart.table.index(&from) else { continue };
        let cells = along(&chart.table, &order, &from, index);
        add_column(&mut chart.table, (to, index, index), cells);
    }
}

/// The parts drawn as lines over points.
pub(super) const fn is_line(role: Role) -> bool {
    !matches!(role, Role::Value | Role::Other)
}

fn along(table: &Table, order: &[usize], column: &str, index: usize) -> Vec<Cell> {
    let cell = |&row: &usize| {
        let cell = table.rows.get(row)?.cells.get(index)?;
        let formula = cell.value.is_some().then(|| Expr::at(&table.id, column, row));
        Some(Cell { formula, ..cell.clone() })
    };
    let mut cells: Vec<Cell> = order.iter().map(|row| cell(row).unwrap_or_default()).collect();
    cells.resize(table.rows.len(), Cell::default());
    cells
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
