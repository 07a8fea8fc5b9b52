//! One series of a native chart: its cells, and the line or mark of the part it plays.

use rust_xlsxwriter::{
    ChartFormat, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType, ChartRange,
    ChartSeries, ChartSolidFill, Color,
};

use super::draft::Item;
use super::helper::{SIGNAL, SORTED_X, is_line, sorted};
use super::layout::{Sheet, held_rows};
use super::style::{BLUE, GREEN, GREY, VERMILLION, VIOLET};
use crate::report::Role;
use crate::report::edition::{Chart, Series, Table};

/// Where the table of a chart stands.
pub(super) struct Source<'b> {
    /// Name of the sheet.
    pub(super) sheet: &'b str,
    /// Row of its header.
    pub(super) header: u32,
    /// The table.
    pub(super) table: &'b Table,
}

impl<'b> Source<'b> {
    /// The table below row `row` of the sheet that the chart is drawn from.
    pub(super) fn find(sheet: &'b Sheet<'b>, row: u32, chart: &Chart) -> Option<Self> {
        let below = sheet.placed.iter().filter(|placed| placed.row > row);
        let mut tables = below.filter_map(|placed| match &placed.item {
            Item::Table { table, .. } => Some((placed.row, table.as_ref())),
            _ => None,
        });
        let (header, table) = tables.find(|(_, table)| table.id == chart.table.id)?;
        Some(Self { sheet: &sheet.name, header, table })
    }

    /// The cells of a column, without its heading.
    pub(super) fn cells(&self, column: &str) -> Option<ChartRange> {
        let col = u16::try_from(self.table.index(column)?).ok()?;
        let rows = u32::try_from(held_rows(self.table)).ok().filter(|&rows| rows > 0)?;
        Some(ChartRange::new_from_range(self.sheet, self.header + 1, col, self.header + rows, col))
    }

    /// The heading of a column.
    fn heading(&self, column: &str) -> Option<ChartRange> {
        let col = u16::try_from(self.table.index(column)?).ok()?;
        Some(ChartRange::new_from_range(self.sheet, self.header, col, self.header, col))
    }

    /// A series of the chart over its x values.
    pub(super) fn series(&self, chart: &Chart, series: &Series) -> Option<ChartSeries> {
        let along = sorted(&series.column);
        let sorted = is_line(series.role) && self.table.index(&along).is_some();
        let (x, y) = if sorted { (SORTED_X, along) } else { (&*chart.x, series.column.clone()) };
        self.over(x, &y)
    }

    /// The marks over rows that carry a signal, where the chart has them.
    pub(super) fn signals(&self, chart: &Chart) -> Option<ChartSeries> {
        let mut out = self.over(&chart.x, SIGNAL)?;
        out.set_format(&mut no_line());
        out.set_marker(&mark(ChartMarkerType::Square, 9, VERMILLION));
        Some(out)
    }

    fn over(&self, x: &str, y: &str) -> Option<ChartSeries> {
        let mut out = ChartSeries::new();
        out.set_categories(&self.cells(x)?).set_values(&self.cells(y)?);
        out.set_name(&self.heading(y)?);
        Some(out)
    }
}

/// Whether any series has a figure to draw.
pub(super) fn has_points(chart: &Chart) -> bool {
    chart.series.iter().filter_map(|series| chart.table.index(&series.column)).any(|index| {
        let cells = chart.table.rows.iter().filter_map(|row| row.cells.get(index));
        cells.filter_map(|cell| cell.value.as_ref()).any(|value| value.as_f64().is_some())
    })
}

/// The colour of a part.
pub(super) const fn color(role: Role) -> Color {
    match role {
        Role::Value => BLUE,
        Role::Other | Role::Target => GREEN,
        Role::Center | Role::Bound => GREY,
        Role::Limit | Role::Warning => VERMILLION,
        Role::Cumulative => VIOLET,
    }
}

/// Draws a series as a line, with marks where the part is figures.
pub(super) fn as_line(series: &mut ChartSeries, role: Role) {
    let (width, dash) = match role {
        Role::Value | Role::Other => (1.75, ChartLineDashType::Solid),
        Role::Cumulative => (1.5, ChartLineDashType::Solid),
        Role::Center => (1.0, ChartLineDashType::Solid),
        Role::Limit | Role::Target => (1.0, ChartLineDashType::Dash),
        Role::Warning | Role::Bound => (0.75, ChartLineDashType::SquareDot),
    };
    let mut line = ChartLine::new();
    line.set_color(color(role)).set_width(width).set_dash_type(dash);
    series.set_format(ChartFormat::new().set_line(&line));
    let marker = match role {
        Role::Value | Role::Other | Role::Cumulative => {
            mark(ChartMarkerType::Circle, 5, color(role))
        }
        _ => ChartMarker::new().set_none().clone(),
    };
    series.set_marker(&marker);
}

/// Draws a series as a line without marks.
pub(super) fn as_curve(series: &mut ChartSeries, role: Role) {
    as_line(series, role);
    series.set_marker(ChartMarker::new().set_none());
}

/// Draws a series as marks alone.
pub(super) fn as_points(series: &mut ChartSeries, role: Role) {
    series.set_format(&mut no_line());
    series.set_marker(&mark(ChartMarkerType::Circle, 6, color(role)));
}

/// Draws a series as bars.
pub(super) fn as_bars(series: &mut ChartSeries, role: Role) {
    let mut fill = ChartSolidFill::new();
    fill.set_color(color(role));
    series.set_format(ChartFormat::new().set_solid_fill(&fill)).set_gap(60);
}

fn no_line() -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_no_line();
    format
}

fn mark(kind: ChartMarkerType, size: u8, color: Color) -> ChartMarker {
    let mut fill = ChartSolidFill::new();
    fill.set_color(color);
    let mut line = ChartLine::new();
    line.set_color(color);
    let mut format = ChartFormat::new();
    format.set_solid_fill(&fill).set_border(&line);
    let mut marker = ChartMarker::new();
    marker.set_type(kind).set_size(size).set_format(&mut format);
    marker
}
