//! A table as the page shows it: aligned, foldable, sortable, and never longer than a page bears.

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

/// A cell.
#[derive(Debug, Serialize)]
pub(super) struct CellView {
    /// Element, with its attributes where it heads the row.
    tag: &'static str,
    /// The same element's closing name.
    end: &'static str,
    class: &'static str,
    text: String,
    /// Place among the quantities of its column, for the script that sorts.
    rank: Option<usize>,
    /// Icon that says by shape what the row's emphasis says by colour.
    flag: Option<&'static str>,
}

/// A row.
#[derive(Debug, Serialize)]
pub(super) struct RowView {
    class: &'static str,
    cells: Vec<CellView>,
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
        let kept = table.rows.len().min(MOST_ROWS);
        let top = table.top.filter(|top| top + LEAST_FOLD <= kept).unwrap_or(kept);
        let mut rows = rows(table, kept);
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
            sortable: kept >= SORT_FROM,
            filter: kept >= FILTER_FROM,
        }
    }

    /// The table behind a chart: already folded away as a whole, and in the order drawn.
    pub(super) fn behind(table: &Table) -> Self {
        let unfolded = Table { top: None, ..table.clone() };
        Self { filter: false, ..Self::new(&unfolded).fixed() }
    }

    /// The same, kept in the order given.
    pub(super) fn fixed(mut self) -> Self {
        for cell in self.groups.iter_mut().flatten().flat_map(|row| &mut row.cells) {
            cell.rank = None;
        }
        Self { sortable: false, ..self }
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

fn rows(table: &Table, kept: usize) -> Vec<RowView> {
    let shown = table.rows.get(..kept).unwrap_or_default();
    let ranks: Vec<_> = (0..table.columns.len()).map(|index| ranks(shown, index)).collect();
    let view = |(place, row)| row_view(&table.columns, row, place, &ranks);
    shown.iter().enumerate().map(view).collect()
}

fn row_view(columns: &[Column], row: &Row, place: usize, ranks: &[Vec<Option<usize>>]) -> RowView {
    let cells = columns.iter().zip(&row.cells).zip(ranks).enumerate();
    let cells = cells.map(|(index, ((column, cell), ranks))| CellView {
        tag: if index == 0 { "th scope=\"row\"" } else { "td" },
        end: if index == 0 { "th" } else { "td" },
        class: class(column.format),
        text: cell.text.clone(),
        rank: ranks.get(place).copied().flatten(),
        flag: row.emphasis.filter(|_| index == 0).and_then(flag),
    });
    RowView { class: row.emphasis.map_or("", emphasis), cells: cells.collect() }
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
