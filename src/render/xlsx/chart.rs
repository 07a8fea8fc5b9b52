//! Native charts, drawn from the very cells below them.

use rust_xlsxwriter::{
    Chart as Drawing, ChartAxis, ChartAxisCrossing, ChartEmptyCells, ChartFont, ChartFormat,
    ChartLegendPosition, ChartLine, ChartSeries, ChartType, ObjectMovement, Worksheet, XlsxError,
};

use super::helper::is_line;
use super::layout::Book;
use super::names::cut;
use super::series::{self, Source};
use super::style::{self, GREY, RULE};
use crate::report::edition::Chart;
use crate::report::{ChartKind, Format, Role};

/// Rows of the sheet a chart takes.
pub(super) const ROWS: u32 = 18;
const WIDTH: u32 = 840;
const HEIGHT: u32 = 345;
/// Texts of charts are at most this long, in UTF-16 units.
const MAX_TEXT: usize = 250;
/// Category labels that find room along the axis.
const LABELS: usize = 16;

/// Inserts a chart at a row; nothing where the sheet has no table for it.
pub(super) fn insert(
    worksheet: &mut Worksheet,
    book: &Book<'_>,
    sheet: usize,
    row: u32,
    chart: &Chart,
) -> Result<(), XlsxError> {
    let Some(source) = Source::find(book, sheet, row, chart) else { return Ok(()) };
    let mut drawing = draw(chart, &source);
    dress(&mut drawing, chart);
    worksheet.insert_chart_with_offset(row, 0, &drawing, 4, 4)?;
    Ok(())
}

fn draw(chart: &Chart, source: &Source<'_>) -> Drawing {
    let has_numeric_x = format_of(chart, &chart.x) != Some(Format::Text);
    match chart.kind {
        ChartKind::Pareto => pareto(chart, source),
        ChartKind::Bars | ChartKind::Histogram => columns(chart, source),
        ChartKind::Stages | ChartKind::Pyramid => bars(chart, source),
        ChartKind::Intervals => intervals(chart, source),
        ChartKind::FunnelPlot | ChartKind::Probability if has_numeric_x => {
            scatter(chart, source, true)
        }
        ChartKind::Survival | ChartKind::Whale if has_numeric_x => scatter(chart, source, false),
        _ => lines(chart, source),
    }
}

fn lines(chart: &Chart, source: &Source<'_>) -> Drawing {
    let mut drawing = Drawing::new(ChartType::Line);
    for series in &chart.series {
        let Some(mut drawn) = source.series(chart, series) else { continue };
        series::as_line(&mut drawn, series.role);
        push(&mut drawing, drawn);
    }
    if let Some(signals) = source.signals(chart) {
        push(&mut drawing, signals);
    }
    value_axis(drawing.y_axis(), chart, false);
    label_axis(drawing.x_axis(), chart);
    drawing
}

/// Bars in falling order; the cumulative share on its own axis, to 100 %.
fn pareto(chart: &Chart, source: &Source<'_>) -> Drawing {
    let mut drawing = Drawing::new(ChartType::Column);
    let mut cumulative = Drawing::new(ChartType::Line);
    let mut has_line = false;
    for series in &chart.series {
        let Some(mut drawn) = source.series(chart, series) else { continue };
        if is_line(series.role) {
            series::as_line(&mut drawn, series.role);
            drawn.set_secondary_axis(true);
            push(&mut cumulative, drawn);
            has_line = true;
        } else {
            series::as_bars(&mut drawn, series.role);
            push(&mut drawing, drawn);
        }
    }
    if has_line {
        plain_axis(cumulative.y2_axis()).set_min(0).set_max(1).set_num_format("0%");
        cumulative.y2_axis().set_major_gridlines(false);
        drawing.combine(&cumulative);
    }
    value_axis(drawing.y_axis(), chart, true);
    label_axis(drawing.x_axis(), chart);
    drawing
}

/// Bars of figures; centre, limits and targets as lines over them. The classes of a histogram
/// adjoin, and its second figures are fitted curves.
fn columns(chart: &Chart, source: &Source<'_>) -> Drawing {
    let mut drawing = Drawing::new(ChartType::Column);
    let mut over = Drawing::new(ChartType::Line);
    let mut has_line = false;
    let classes = chart.kind == ChartKind::Histogram;
    for series in &chart.series {
        let Some(mut drawn) = source.series(chart, series) else { continue };
        if is_line(series.role) || classes && series.role == Role::Other {
            series::as_curve(&mut drawn, series.role);
            drawn.set_smooth(classes);
            push(&mut over, drawn);
            has_line = true;
        } else {
            series::as_bars(&mut drawn, series.role);
            drawn.set_gap(if classes { 4 } else { series::GAP });
            push(&mut drawing, drawn);
        }
    }
    if has_line {
        drawing.combine(&over);
    }
    value_axis(drawing.y_axis(), chart, true);
    label_axis(drawing.x_axis(), chart);
    drawing
}

/// Estimates as marks on the line from one end of their interval to the other: what a chart of
/// stocks draws between high and low. Pooled figure and target are lines of their own, or they
/// would lengthen the intervals.
fn intervals(chart: &Chart, source: &Source<'_>) -> Drawing {
    let mut drawing = Drawing::new(ChartType::Line);
    let mut over = Drawing::new(ChartType::Line);
    let mut has_line = false;
    for series in &chart.series {
        let Some(mut drawn) = source.series(chart, series) else { continue };
        match series.role {
            Role::Value => series::as_points(&mut drawn, series.role),
            Role::Bound => series::as_ends(&mut drawn, series.role),
            role => {
                series::as_curve(&mut drawn, role);
                push(&mut over, drawn);
                has_line = true;
                continue;
            }
        }
        push(&mut drawing, drawn);
    }
    drawing.set_high_low_lines(chart.series.iter().any(|series| series.role == Role::Bound));
    if has_line {
        drawing.combine(&over);
    }
    value_axis(drawing.y_axis(), chart, false);
    plain_axis(drawing.x_axis()).set_name(cut(&chart.x_label, MAX_TEXT));
    drawing
}

/// Horizontal bars, the first row on top.
fn bars(chart: &Chart, source: &Source<'_>) -> Drawing {
    let mut drawing = Drawing::new(ChartType::Bar);
    for series in chart.series.iter().filter(|series| !is_line(series.role)) {
        let Some(mut drawn) = source.series(chart, series) else { continue };
        series::as_bars(&mut drawn, series.role);
        push(&mut drawing, drawn);
    }
    value_axis(drawing.x_axis(), chart, true);
    drawing.y_axis().set_major_gridlines(false);
    plain_axis(drawing.y_axis()).set_reverse().set_crossing(ChartAxisCrossing::Max);
    drawing
}

/// Points or curves over a numeric x.
fn scatter(chart: &Chart, source: &Source<'_>, points: bool) -> Drawing {
    let mut drawing = Drawing::new(ChartType::ScatterStraightWithMarkers);
    for series in &chart.series {
        let Some(mut drawn) = source.series(chart, series) else { continue };
        if points && !is_line(series.role) {
            series::as_points(&mut drawn, series.role);
        } else {
            series::as_curve(&mut drawn, series.role);
        }
        push(&mut drawing, drawn);
    }
    if let Some(signals) = source.signals(chart) {
        push(&mut drawing, signals);
    }
    value_axis(drawing.y_axis(), chart, false);
    if chart.kind == ChartKind::Survival {
        drawing.y_axis().set_min(0).set_max(1);
    }
    let x = plain_axis(drawing.x_axis()).set_name(cut(&chart.x_label, MAX_TEXT));
    x.set_num_format(axis_format(format_of(chart, &chart.x)));
    drawing
}

/// Adds a series as it is: the crate's own `push_series` takes the markers off lines.
fn push(drawing: &mut Drawing, series: ChartSeries) {
    *drawing.add_series() = series;
}

fn value_axis(axis: &mut ChartAxis, chart: &Chart, from_zero: bool) {
    let figures = chart.series.iter().find(|series| series.role == Role::Value);
    let format = figures.and_then(|series| format_of(chart, &series.column));
    plain_axis(axis).set_name(cut(&chart.y_label, MAX_TEXT));
    axis.set_num_format(axis_format(format));
    axis.set_major_gridlines_line(ChartLine::new().set_color(RULE).set_width(0.5));
    if from_zero && !has_negative(chart) {
        axis.set_min(0);
    }
}

fn label_axis(axis: &mut ChartAxis, chart: &Chart) {
    plain_axis(axis).set_name(cut(&chart.x_label, MAX_TEXT));
    axis.set_num_format(axis_format(format_of(chart, &chart.x)));
    let every = chart.table.rows.len().div_ceil(LABELS).max(1);
    axis.set_label_interval(u16::try_from(every).unwrap_or(u16::MAX));
}

fn plain_axis(axis: &mut ChartAxis) -> &mut ChartAxis {
    let mut font = ChartFont::new();
    font.set_size(9).set_color(GREY);
    let mut name = ChartFont::new();
    name.set_size(9).set_color(GREY).unset_bold();
    let mut line = ChartLine::new();
    line.set_color(RULE).set_width(0.75);
    axis.set_font(&font).set_name_font(&name);
    axis.set_format(ChartFormat::new().set_line(&line))
}

fn has_negative(chart: &Chart) -> bool {
    chart.series.iter().filter_map(|series| chart.table.index(&series.column)).any(|index| {
        let cells = chart.table.rows.iter().filter_map(|row| row.cells.get(index));
        let mut figures = cells.filter_map(|cell| cell.value.as_ref()?.as_f64());
        figures.any(|figure| figure < 0.0)
    })
}

fn format_of(chart: &Chart, column: &str) -> Option<Format> {
    chart.table.columns.get(chart.table.index(column)?).map(|column| column.format)
}

fn axis_format(format: Option<Format>) -> String {
    match format {
        None | Some(Format::Text) => "General".to_owned(),
        Some(Format::Count | Format::Money) => "#,##0".to_owned(),
        Some(Format::Number(decimals)) => style::decimal_format(decimals.min(2)),
        Some(Format::Share) => "0%".to_owned(),
        Some(Format::Days) => "#,##0.0".to_owned(),
        Some(Format::Date) => "yyyy-mm-dd".to_owned(),
        Some(Format::Month) => "yyyy-mm".to_owned(),
    }
}

/// Title, legend, alternative text, size.
fn dress(drawing: &mut Drawing, chart: &Chart) {
    let mut font = ChartFont::new();
    font.set_size(11).set_bold();
    drawing.title().set_name(cut(&chart.title, MAX_TEXT)).set_font(&font);
    drawing.set_alt_text(cut(&chart.describe, MAX_TEXT));
    drawing.show_empty_cells_as(ChartEmptyCells::Gaps);
    drawing.set_width(WIDTH).set_height(HEIGHT);
    drawing.set_object_movement(ObjectMovement::MoveButDontSizeWithCells);
    if chart.series.len() > 1 || chart.signal.is_some() {
        drawing.legend().set_position(ChartLegendPosition::Bottom);
    } else {
        drawing.legend().set_hidden();
    }
    let mut border = ChartLine::new();
    border.set_color(RULE);
    drawing.chart_area().set_format(ChartFormat::new().set_border(&border));
}
