//! A table of typed columns, and the dataset of all tables.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Categories, Column, Family, Kept};
use crate::records::{Col, Origin, Source, TableKind};
use crate::units::{Day, Money, Period};

/// One table: typed columns of equal length, and where each row came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    kind: TableKind,
    columns: Vec<(Col, Column)>,
    origins: Vec<Origin>,
}

impl Table {
    /// A table of columns of equal length.
    #[must_use]
    pub const fn new(kind: TableKind, columns: Vec<(Col, Column)>) -> Self {
        Self { kind, columns, origins: Vec::new() }
    }

    /// A table of columns and origins of equal length.
    pub(super) const fn with_origins(
        kind: TableKind,
        columns: Vec<(Col, Column)>,
        origins: Vec<Origin>,
    ) -> Self {
        Self { kind, columns, origins }
    }

    /// Which table.
    #[must_use]
    pub const fn kind(&self) -> TableKind {
        self.kind
    }

    /// Rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.origins.len()
    }

    /// Whether it has no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.origins.is_empty()
    }

    /// Where each row came from.
    #[must_use]
    pub fn origins(&self) -> &[Origin] {
        &self.origins
    }

    /// The columns present.
    pub fn cols(&self) -> impl Iterator<Item = Col> + '_ {
        self.columns.iter().map(|(col, _)| *col)
    }

    /// A column, if present.
    #[must_use]
    pub fn column(&self, col: Col) -> Option<&Column> {
        self.columns.iter().find(|(c, _)| *c == col).map(|(_, column)| column)
    }

    /// Whether the column is present and has at least one value.
    #[must_use]
    pub fn has(&self, col: Col) -> bool {
        self.column(col).is_some_and(|column| !column.all_missing())
    }

    /// A column of labels.
    #[must_use]
    pub fn categories(&self, col: Col) -> Option<&Categories> {
        match self.column(col)? {
            Column::Category(categories) => Some(categories),
            _ => None,
        }
    }

    /// The label of a row.
    #[must_use]
    pub fn text(&self, col: Col, row: usize) -> Option<&str> {
        self.categories(col)?.get(row)
    }

    /// Rows by the labels of some columns, in order of the labels; rows stay in their order.
    #[must_use]
    pub fn rows_by(&self, cols: &[Col]) -> BTreeMap<Vec<Option<&str>>, Vec<usize>> {
        let mut groups = BTreeMap::<_, Vec<usize>>::new();
        for row in 0..self.len() {
            let labels = cols.iter().map(|&col| self.text(col, row)).collect();
            groups.entry(labels).or_default().push(row);
        }
        groups
    }

    /// The day of a row.
    #[must_use]
    pub fn day(&self, col: Col, row: usize) -> Option<Day> {
        self.column(col)?.day(row)
    }

    /// The money of a row.
    #[must_use]
    pub fn money(&self, col: Col, row: usize) -> Option<Money> {
        self.column(col)?.money(row)
    }

    /// The whole number (or milliseconds) of a row.
    #[must_use]
    pub fn count(&self, col: Col, row: usize) -> Option<i64> {
        self.column(col)?.count(row)
    }

    /// The measurement of a row, finite.
    #[must_use]
    pub fn number(&self, col: Col, row: usize) -> Option<f64> {
        self.column(col)?.number(row)
    }

    /// The yes or no of a row.
    #[must_use]
    pub fn flag(&self, col: Col, row: usize) -> Option<bool> {
        self.column(col)?.flag(row)
    }

    /// The labels' codes of all rows; empty where the column is absent.
    #[must_use]
    pub fn codes(&self, col: Col) -> &[u32] {
        self.categories(col).map_or(&[], Categories::codes)
    }

    /// Appends the rows of another table of the same kind; columns missing on one side are
    /// filled with missing values.
    pub fn append(&mut self, other: &Self) {
        let before = self.len();
        for (col, column) in &other.columns {
            match self.columns.iter_mut().find(|(c, _)| c == col) {
                Some((_, own)) => own.append(column),
                None => self.columns.push((*col, padded(before, column))),
            }
        }
        let after = before + other.len();
        for (_, column) in &mut self.columns {
            (column.len()..after).for_each(|_| column.push_missing());
        }
        self.origins.extend_from_slice(&other.origins);
    }

    /// Drops the rows of some sources.
    pub fn drop_sources(&mut self, dropped: impl Fn(u32) -> bool) {
        let stays = |row: &usize| self.origins.get(*row).is_some_and(|o| !dropped(o.source));
        let rows: Vec<Option<usize>> = (0..self.len()).filter(stays).map(Some).collect();
        for (_, column) in &mut self.columns {
            *column = column.gather(&rows);
        }
        self.origins.retain(|origin| !dropped(origin.source));
    }

    /// Moves every row's source on by so many: the list of sources it will point into has that
    /// many entries before its own.
    pub fn shift_sources(&mut self, by: u32) {
        for origin in &mut self.origins {
            origin.source = origin.source.saturating_add(by);
        }
    }

    pub(super) fn columns_mut(&mut self) -> &mut [(Col, Column)] {
        &mut self.columns
    }

    pub(super) fn reserve(&mut self, rows: usize) {
        for (_, column) in &mut self.columns {
            column.reserve(rows);
        }
        self.origins.reserve(rows);
    }

    pub(super) fn push_origin(&mut self, origin: Origin) {
        self.origins.push(origin);
    }
}

fn padded(rows: usize, column: &Column) -> Column {
    let mut out = match column {
        Column::Category(_) => Column::Category(Categories::default()),
        Column::Day(_) => Column::Day(Vec::new()),
        Column::Millis(_) => Column::Millis(Vec::new()),
        Column::Money(_) => Column::Money(Vec::new()),
        Column::Count(_) => Column::Count(Vec::new()),
        Column::Number(_) => Column::Number(Vec::new()),
        Column::Flag(_) => Column::Flag(Vec::new()),
    };
    (0..rows).for_each(|_| out.push_missing());
    out.append(column);
    out
}

/// Every table of a run, the period it speaks of, and the day it looks from.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// The tables that had rows.
    pub tables: BTreeMap<TableKind, Table>,
    /// The sheets rows came from; [`Origin::source`] is an index into it.
    pub sources: Vec<Source>,
    /// The days the report speaks of.
    pub period: Period,
    /// The day the report looks from: open cases are censored here.
    pub as_of: Day,
    /// Threads a fold may use; never changes a figure.
    pub threads: usize,
    /// Summaries already made of the tables.
    pub kept: Kept,
}

impl Dataset {
    /// The last day the report may look at: the period's end, or the day it looks from.
    #[must_use]
    pub fn until(&self) -> Day {
        self.period.to.min(self.as_of)
    }

    /// Whether a project works as `method` (`dmaic`, `dmadv`), by its type in the projects; every
    /// project does where they have no types.
    #[must_use]
    pub fn works_as(&self, project: Option<&str>, method: &str) -> bool {
        let projects = self.table(TableKind::Projects).filter(|t| t.has(Col::ProjectType));
        let Some(table) = projects else { return true };
        let is_it = |&row: &usize| project.is_some() && table.text(Col::ProjectId, row) == project;
        let kind = (0..table.len()).find(is_it).and_then(|row| table.text(Col::ProjectType, row));
        Family::Project.says(kind, method)
    }

    /// A table, if it has rows.
    #[must_use]
    pub fn table(&self, kind: TableKind) -> Option<&Table> {
        self.tables.get(&kind).filter(|table| !table.is_empty())
    }
}
