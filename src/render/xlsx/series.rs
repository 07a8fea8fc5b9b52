//! One series of a native chart: its cells, and the line or mark of the part it plays.

use rust_xlsxwriter::{
    ChartFormat, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType, ChartRange,
    ChartSeries, ChartSolidFill, Color,
};

use super::draft::Item;
use super::helper::{SIGNAL, curve_id};
use super::layout::{Book, held_rows};
use super::style::{BLUE, GREEN, GREY, VERMILLION, VIOLET};
use crate::report::Role;
use crate::report::edition::{Chart, Series, Table};

/// Where the cells of a chart stand.
pub(super) struct Source<'b> {
    table: Stand<'b>,
    /// Lines that are not drawn row by row.
    curve: Option<Stand<'b>>,
}

/// A table on its sheet.
struct Stand<'b> {
    sheet: &'b str,
    header: u32,
    table: &'b Table,
}

impl<'b> Source<'b> {
    /// The table the chart is drawn from: the one with its id below row `row` of the sheet.
    pub(super) fn find(book: &'b Book<'b>, sheet: usize, row: u32, chart: &Chart) -> Option<Self> {
        let own = book.sheets.get(sheet)?;
        let below = own.placed.iter().filter(|placed| placed.row > row);
        let mut tables = below.filter_map(|placed| match &placed.item {
            Item::Table { table, .. } => Some((placed.row, table.as_ref())),
            _ => None,
        });
        let (header, table) = tables.find(|(_, table)| table.id == chart.table.id)?;
        let curve = book.table(&curve_id(chart)).and_then(|(place, table)| {
            let sheet = &book.sheets.get(place.sheet)?.name;
            Some(Stand { sheet, header: place.first.checked_sub(1)?, table })
        });
        Some(Self { table: Stand { sheet: &own.name, header, table }, curve })
    }

    /// A series of the chart over its x values.
    pub(super) fn series(&self, chart: &Chart, series: &Series) -> Option<ChartSeries> {
        let curve = self.curve.as_ref().and_then(|c| c.over(&chart.x, &series.column));
        curve.or_else(|| self.table.over(&chart.x, &series.column))
    }

    /// The marks over rows that carry a signal, where the chart has them.
    pub(super) fn signals(&self, chart: &Chart) -> Option<ChartSeries> {
        let mut out = self.table.over(&chart.x, SIGNAL)?;
        out.set_format(&mut no_line());
        out.set_marker(&mark(ChartMarkerType::Square, 9, VERMILLION));
        Some(out)
    }
}

impl Stand<'_> {
    /// Series `y` over `x`, named by its heading.
    fn over(&self, x: &str, y: &str) -> Option<ChartSeries> {
        let rows = u32::try_from(held_rows(self.table)).ok().filter(|&rows| rows > 0)?;
        let below = |column: &str, first: u32, last: u32| {
            let col = u16::try_from(self.table.index(column)?).ok()?;
            let (first, last) = (self.header + first, self.header + last);
            Some(ChartRange::new_from_range(self.sheet, first, col, last, col))
        };
        let mut out = ChartSeries::new();
        out.set_categories(&below(x, 1, rows)?).set_values(&below(y, 1, rows)?);
        out.set_name(&below(y, 0, 0)?);
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

/// Draws a series as the ends of intervals, small marks of their own.
pub(super) fn as_ends(series: &mut ChartSeries, role: Role) {
    series.set_format(&mut no_line());
    series.set_marker(&mark(ChartMarkerType::ShortDash, 7, color(role)));
}

/// Share of a bar's width between bars, per cent.
pub(super) const GAP: u16 = 60;

/// Draws a series as bars.
pub(super) fn as_bars(series: &mut ChartSeries, role: Role) {
    let mut fill = ChartSolidFill::new();
    fill.set_color(color(role));
    series.set_format(ChartFormat::new().set_solid_fill(&fill)).set_gap(GAP);
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
