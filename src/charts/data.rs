//! A chart's figures as numbers and words, read once from its table.

use crate::report::edition::{Cell, Chart, Row};
use crate::report::{Emphasis, Format, Role};

use super::canvas::Size;
use super::ticks::{Extent, drawable};

/// One series: its figures by drawn row, gaps where none is known.
pub(super) struct Lane<'a> {
    pub label: &'a str,
    pub role: Role,
    pub format: Format,
    pub values: Vec<Option<f64>>,
    /// Its column.
    column: usize,
}

/// A line across the plot at a figure of the x axis.
pub(super) struct Line<'a> {
    pub at: f64,
    pub role: Role,
    pub label: &'a str,
}

/// A chart, read.
pub(super) struct Data<'a> {
    pub chart: &'a Chart,
    /// The sheet it is drawn on.
    pub size: Size,
    pub lanes: Vec<Lane<'a>>,
    /// Words of the x axis, by drawn row.
    pub names: Vec<&'a str>,
    /// Figures of the x axis, by drawn row.
    pub xs: Vec<Option<f64>>,
    pub x_format: Format,
    rows: Vec<(usize, &'a Row)>,
}

impl<'a> Data<'a> {
    /// Reads the chart. Rows of totals are no points.
    pub(super) fn new(chart: &'a Chart, size: Size) -> Self {
        let rows: Vec<(usize, &Row)> = (chart.table.rows.iter().enumerate())
            .filter(|(_, row)| row.emphasis != Some(Emphasis::Total))
            .collect();
        let lanes = (chart.series.iter())
            .filter_map(|series| {
                let column = chart.table.index(&series.column)?;
                let format = chart.table.columns.get(column)?.format;
                let values = figures(&rows, column);
                Some(Lane { label: &series.label, role: series.role, format, values, column })
            })
            .collect();
        let x = chart.table.index(&chart.x);
        let names = rows.iter().map(|(_, row)| text_at(row, x)).collect();
        let xs = x.map_or_else(|| vec![None; rows.len()], |x| figures(&rows, x));
        let x_format =
            x.and_then(|x| chart.table.columns.get(x)).map_or(Format::Text, |column| column.format);
        Self { chart, size, lanes, names, xs, x_format, rows }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The series that play a part, in order.
    pub(super) fn of(&self, role: Role) -> impl Iterator<Item = &Lane<'a>> {
        self.lanes.iter().filter(move |lane| lane.role == role)
    }

    /// The first series that plays a part.
    pub(super) fn first(&self, role: Role) -> Option<&Lane<'a>> {
        self.of(role).next()
    }

    /// Whether there is a figure to draw.
    pub(super) fn any(&self) -> bool {
        let figures = [Role::Value, Role::Other];
        self.lanes
            .iter()
            .filter(|l| figures.contains(&l.role))
            .any(|l| l.values.iter().any(Option::is_some))
    }

    /// The span of the series whose parts are named.
    pub(super) fn extent(&self, roles: &[Role]) -> Option<Extent> {
        let lanes = self.lanes.iter().filter(|lane| roles.contains(&lane.role));
        Extent::of(lanes.flat_map(|lane| lane.values.iter().copied().flatten()))
    }

    /// Lines across the plot, those that can be placed.
    pub(super) fn references(&self) -> impl Iterator<Item = Line<'a>> {
        self.chart.references.iter().filter_map(|reference| {
            let at = drawable(reference.at.as_f64())?;
            Some(Line { at, role: reference.role, label: &reference.label })
        })
    }

    /// What a scale of x must hold: the figures, and the lines across the plot.
    pub(super) fn along(&self) -> Option<Extent> {
        let xs = Extent::of(self.xs.iter().copied().flatten())?;
        Some(self.references().fold(xs, |extent, line| extent.with(line.at)))
    }

    /// Intervals a scale across the sheet has room for.
    pub(super) fn ticks(&self) -> f64 {
        (self.size.width / 108.0).floor()
    }

    /// Format of the figures.
    pub(super) fn format(&self) -> Format {
        let lane = self.first(Role::Value).or_else(|| self.first(Role::Other));
        lane.map_or(Format::Number(1), |lane| lane.format)
    }

    /// A cell's words.
    pub(super) fn text(&self, lane: &Lane<'_>, row: usize) -> &'a str {
        self.rows.get(row).map_or("", |(_, cells)| text_at(cells, Some(lane.column)))
    }

    /// Why the row is a signal; `None` where it is none.
    pub(super) fn signal(&self, row: usize) -> Option<&'a str> {
        let cell = self.named(self.chart.signal.as_deref()?, row)?;
        (cell.value.is_some() && !cell.text.trim().is_empty()).then_some(cell.text.as_str())
    }

    /// Whether any row is a signal.
    pub(super) fn signals(&self) -> bool {
        (0..self.len()).any(|row| self.signal(row).is_some())
    }

    pub(super) fn emphasis(&self, row: usize) -> Option<Emphasis> {
        self.rows.get(row)?.1.emphasis
    }

    /// The name of a point.
    pub(super) fn name(&self, row: usize) -> &'a str {
        let label = self.chart.point_label.as_deref().and_then(|column| self.named(column, row));
        label.map_or_else(|| self.names.get(row).copied().unwrap_or(""), |cell| cell.text.as_str())
    }

    /// The share a figure makes, in words: of the share columns that directly follow its own the
    /// last, as in count, of the stage before, of all.
    pub(super) fn share(&self, lane: &Lane<'_>, row: usize) -> Option<&'a str> {
        let follow = self.chart.table.columns.iter().enumerate().skip(lane.column + 1);
        let (share, _) = follow.take_while(|(_, c)| c.format == Format::Share).last()?;
        let cell = self.rows.get(row)?.1.cells.get(share)?;
        cell.value.as_ref().map(|_| cell.text.as_str())
    }

    /// The quantities of a row that are no series, each with its heading.
    pub(super) fn figures_beside(&self, row: usize) -> impl Iterator<Item = (&'a str, &'a str)> {
        let series = |id: &str| self.chart.series.iter().any(|series| series.column == id);
        let cells = self.rows.get(row).map_or(&[][..], |(_, row)| &row.cells);
        let pairs = self.chart.table.columns.iter().zip(cells);
        let plain = pairs.filter(move |(c, _)| c.format != Format::Text && !series(&c.id));
        let known =
            plain.filter(|(column, cell)| cell.value.is_some() && column.id != self.chart.x);
        known.map(|(column, cell)| (column.header.as_str(), cell.text.as_str()))
    }

    /// The quantities of the row of totals, each with its heading.
    pub(super) fn totals(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let total = |row: &&Row| row.emphasis == Some(Emphasis::Total);
        let cells = self.chart.table.rows.iter().find(total).map_or(&[][..], |row| &row.cells);
        let pairs = self.chart.table.columns.iter().zip(cells);
        let known = pairs.filter(|(c, cell)| c.format != Format::Text && cell.value.is_some());
        known.map(|(column, cell)| (column.header.as_str(), cell.text.as_str()))
    }

    /// The row in words, one line a cell.
    pub(super) fn tooltip(&self, row: usize) -> String {
        let mut lines = vec![self.name(row).to_owned()];
        let Some((_, cells)) = self.rows.get(row) else { return String::new() };
        let naming = [Some(self.chart.x.as_str()), self.chart.signal.as_deref()];
        for (column, cell) in self.chart.table.columns.iter().zip(&cells.cells) {
            let named = self.chart.point_label.as_deref() == Some(&column.id);
            let shown = cell.value.is_some() && !cell.text.is_empty();
            let x = column.id == self.chart.x && self.chart.point_label.is_some();
            if shown && !named && (x || !naming.contains(&Some(&column.id))) {
                lines.push(format!("{} {}", column.header, cell.text));
            }
        }
        lines.extend(self.signal(row).map(str::to_owned));
        lines.join("\n")
    }

    /// The drawn row of a row of the table.
    pub(super) fn drawn(&self, table_row: usize) -> Option<usize> {
        self.rows.iter().position(|(row, _)| *row == table_row)
    }

    fn named(&self, column: &str, row: usize) -> Option<&'a Cell> {
        self.rows.get(row)?.1.cells.get(self.chart.table.index(column)?)
    }
}

fn figures(rows: &[(usize, &Row)], column: usize) -> Vec<Option<f64>> {
    let cell = |row: &Row| row.cells.get(column)?.value.as_ref()?.as_f64();
    rows.iter().map(|(_, row)| drawable(cell(row))).collect()
}

fn text_at(row: &Row, column: Option<usize>) -> &str {
    column.and_then(|column| row.cells.get(column)).map_or("", |cell| cell.text.as_str())
}
