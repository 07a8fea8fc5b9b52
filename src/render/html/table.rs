//! A table as the page shows it: aligned, foldable, sortable, and never longer than a page bears.

use std::fmt::Write as _;

use minijinja::{HtmlEscape, Value};
use serde::Serialize;

use crate::report::edition::{Column, Row, Table};
use crate::report::{Emphasis, Format};

/// Rows a page holds of one table; the workbook holds all.
const MOST_ROWS: usize = 400;
/// Fewer rows than these are not worth a fold.
const LEAST_FOLD: usize = 3;
/// Columns a table has before it is set smaller.
const COMFORTABLE: usize = 8;
/// Rows from which a table offers a filter.
const FILTER_FROM: usize = 16;
/// Rows from which a table can be sorted.
const SORT_FROM: usize = 3;

/// A heading.
#[derive(Debug, Serialize)]
pub(super) struct ColumnView {
    header: String,
    class: &'static str,
}

/// A row. Its cells are markup already: they are most of a page, and a template takes far longer
/// over each.
#[derive(Debug, Serialize)]
pub(super) struct RowView {
    class: &'static str,
    /// The cell that heads the row, not yet closed.
    head: Value,
    /// Icon that says by shape what the row's emphasis says by colour.
    flag: Option<&'static str>,
    /// The end of that cell, and the other cells.
    rest: Value,
}

/// A table.
#[derive(Debug, Serialize)]
pub(super) struct TableView {
    id: String,
    title: String,
    columns: Vec<ColumnView>,
    /// The rows shown, and the rows folded away.
    groups: Vec<Vec<RowView>>,
    folded: usize,
    left_out: usize,
    note: Option<String>,
    /// Whether it has more columns than a page is comfortable with.
    wide: bool,
    sortable: bool,
    filter: bool,
}

impl TableView {
    /// A table of a section.
    pub(super) fn new(table: &Table) -> Self {
        Self::of(table, table.top, true)
    }

    /// A table kept in the order given.
    pub(super) fn fixed(table: &Table) -> Self {
        Self::of(table, table.top, false)
    }

    /// The table behind a chart: already folded away as a whole, and in the order drawn.
    pub(super) fn behind(table: &Table) -> Self {
        Self { filter: false, ..Self::of(table, None, false) }
    }

    /// With so many rows before the fold, where there is one; `sorted` where the script may sort.
    fn of(table: &Table, top: Option<usize>, sorted: bool) -> Self {
        let kept = table.rows.len().min(MOST_ROWS);
        let top = top.filter(|top| top + LEAST_FOLD <= kept).unwrap_or(kept);
        let mut rows = rows(table, kept, sorted);
        let rest = rows.split_off(top);
        Self {
            id: table.id.clone(),
            title: table.title.clone(),
            columns: table.columns.iter().map(column).collect(),
            folded: rest.len(),
            groups: [rows, rest].into_iter().filter(|group| !group.is_empty()).collect(),
            left_out: table.rows.len() - kept,
            note: table.note.clone(),
            wide: table.columns.len() > COMFORTABLE,
            sortable: sorted && kept >= SORT_FROM,
            filter: kept >= FILTER_FROM,
        }
    }
}

fn column(column: &Column) -> ColumnView {
    ColumnView { header: column.header.clone(), class: class(column.format) }
}

/// Quantities stand right so that their digits do.
const fn class(format: Format) -> &'static str {
    match format {
        Format::Text => "",
        Format::Date | Format::Month => "day",
        Format::Count | Format::Number(_) | Format::Share | Format::Money | Format::Days => "num",
    }
}

/// `sorted` where the script may sort the rows.
fn rows(table: &Table, kept: usize, sorted: bool) -> Vec<RowView> {
    let shown = table.rows.get(..kept).unwrap_or_default();
    let columns = if sorted { table.columns.len() } else { 0 };
    let ranks: Vec<_> = (0..columns).map(|index| ranks(shown, index)).collect();
    let rank = |index: usize, place| ranks.get(index)?.get(place).copied().flatten();
    let view = |(place, row)| row_view(&table.columns, row, |index| rank(index, place));
    shown.iter().enumerate().map(view).collect()
}

fn row_view(columns: &[Column], row: &Row, rank: impl Fn(usize) -> Option<usize>) -> RowView {
    let (mut head, mut rest) = (String::new(), String::new());
    for (index, (column, cell)) in columns.iter().zip(&row.cells).enumerate() {
        if index == 0 {
            open(&mut head, "<th scope=\"row\"", column.format, rank(index));
            let _ = write!(head, "{}", HtmlEscape(&cell.text));
            rest.push_str("</th>");
        } else {
            open(&mut rest, "<td", column.format, rank(index));
            let _ = write!(rest, "{}</td>", HtmlEscape(&cell.text));
        }
    }
    RowView {
        class: row.emphasis.map_or("", emphasis),
        head: Value::from_safe_string(head),
        flag: row.emphasis.and_then(flag),
        rest: Value::from_safe_string(rest),
    }
}

/// Opens a cell; its rank is its place among the quantities of its column.
fn open(out: &mut String, tag: &str, format: Format, rank: Option<usize>) {
    out.push_str(tag);
    let class = class(format);
    if !class.is_empty() {
        out.extend([" class=\"", class, "\""]);
    }
    if let Some(rank) = rank {
        let _ = write!(out, " data-rank=\"{rank}\"");
    }
    out.push('>');
}

const fn emphasis(emphasis: Emphasis) -> &'static str {
    match emphasis {
        Emphasis::Total => "total",
        Emphasis::Bad => "bad",
        Emphasis::Good => "good",
        Emphasis::Muted => "muted",
    }
}

const fn flag(emphasis: Emphasis) -> Option<&'static str> {
    match emphasis {
        Emphasis::Bad => Some("bad"),
        Emphasis::Good => Some("good"),
        Emphasis::Total | Emphasis::Muted => None,
    }
}

/// The place of each row by the quantities of a column; equal quantities share a place.
fn ranks(rows: &[Row], column: usize) -> Vec<Option<usize>> {
    let values: Vec<Option<f64>> = rows
        .iter()
        .map(|row| row.cells.get(column).and_then(|cell| cell.value.as_ref()?.as_f64()))
        .collect();
    let mut sorted: Vec<f64> = values.iter().flatten().copied().collect();
    sorted.sort_by(f64::total_cmp);
    sorted.dedup();
    let place = |value: f64| sorted.partition_point(|&other| other < value);
    values.into_iter().map(|value| value.map(place)).collect()
}
