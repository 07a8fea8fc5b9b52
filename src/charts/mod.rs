//! A chart as SVG, drawn by plotters through our own backend.
//!
//! A kind reads the chart's table into `data`, lays out the shared `frame` and adds its
//! figures on the `canvas`. Colours are CSS variables of the page, so one drawing serves light,
//! dark and print; words are placed by their estimated width; no figure that cannot be placed
//! reaches plotters.

mod axes;
mod backend;
mod bars;
mod callouts;
mod canvas;
mod curves;
mod data;
#[cfg(test)]
mod draft;
mod edges;
#[cfg(test)]
pub(crate) mod fixtures;
mod frame;
mod funnel_plot;
mod histogram;
mod intervals;
mod legend;
mod lines;
mod marks;
mod plot;
mod points;
mod probability;
mod pyramid;
mod rows;
mod spark;
#[cfg(test)]
mod tests;
mod text;
mod theme;
mod ticks;
mod value_stream;

use std::fmt::Write as _;

use crate::report::ChartKind;
use crate::report::edition::Chart;

use backend::Sheet;
use canvas::{Align, Canvas, Size, Type};
use data::Data;
use theme::Ink;

/// Draws a chart as one `<svg>` element whose colours are CSS variables of the page.
#[must_use]
pub fn svg(chart: &Chart) -> String {
    element(chart, Size::PAGE, &safe_id(&chart.id))
}

/// Draws a chart that stands beside others.
#[must_use]
pub fn panel(chart: &Chart) -> String {
    element(chart, Size::PANEL, &safe_id(&chart.id))
}

/// Draws a chart once more for a page as narrow as a hand, where the drawing for a wide page
/// cannot be read there: a picture made of words.
#[must_use]
pub fn narrow(chart: &Chart) -> Option<String> {
    let words = chart.kind == ChartKind::ValueStream;
    words.then(|| element(chart, Size::PANEL, &(safe_id(&chart.id) + "-n")))
}

fn element(chart: &Chart, size: Size, id: &str) -> String {
    let (sheet, Size { width, height }) = draw(chart, size);
    let mut out = String::new();
    let _ = write!(
        out,
        r#"<svg class="chart chart-{}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{id}-t {id}-d" font-size="12"><title id="{id}-t">"#,
        class(chart.kind),
    );
    text::escape(&chart.title, &mut out);
    let _ = write!(out, r#"</title><desc id="{id}-d">"#);
    text::escape(&chart.describe, &mut out);
    out.push_str("</desc>");
    out.push_str(&sheet.out);
    out.push_str("</svg>");
    out
}

/// The sheet of a chart with the size it took.
fn draw(chart: &Chart, size: Size) -> (Sheet, Size) {
    let data = Data::new(chart, size);
    let drawn = if data.any() { kind(&data) } else { None };
    let canvas = drawn.unwrap_or_else(|| nothing(&chart.no_data, size.width));
    let size = Size { width: canvas.width, height: canvas.height };
    (canvas.finish(), size)
}

fn kind(data: &Data<'_>) -> Option<Canvas> {
    match data.chart.kind {
        ChartKind::Control => lines::control(data),
        ChartKind::Pareto => bars::pareto(data),
        ChartKind::Stages => rows::rows(data),
        ChartKind::FunnelPlot => funnel_plot::funnel_plot(data),
        ChartKind::Survival => curves::survival(data),
        ChartKind::Whale => curves::whale(data),
        ChartKind::Pyramid => pyramid::pyramid(data),
        ChartKind::Bars => bars::bars(data),
        ChartKind::Line => lines::line(data),
        ChartKind::Histogram => histogram::histogram(data),
        ChartKind::Probability => probability::probability(data),
        ChartKind::Intervals => intervals::intervals(data),
        ChartKind::ValueStream => value_stream::value_stream(data),
    }
}

/// What stands in place of a drawing.
fn nothing(words: &str, width: f64) -> Canvas {
    let canvas = Canvas::new(width, 96.0);
    let lines = text::wrap(words, width - 80.0, 3);
    let first = 48.0 - (plot::nth(lines.len()) - 1.0) * theme::LINE / 2.0;
    for (i, line) in lines.iter().enumerate() {
        let at = (width / 2.0, first + plot::nth(i) * theme::LINE);
        canvas.text(at, line, Type::body(Ink::Muted, Align::Middle));
    }
    canvas
}

const fn class(kind: ChartKind) -> &'static str {
    match kind {
        ChartKind::Control => "control",
        ChartKind::Pareto => "pareto",
        ChartKind::Stages => "stages",
        ChartKind::FunnelPlot => "funnel_plot",
        ChartKind::Survival => "survival",
        ChartKind::Whale => "whale",
        ChartKind::Pyramid => "pyramid",
        ChartKind::Bars => "bars",
        ChartKind::Line => "line",
        ChartKind::Histogram => "histogram",
        ChartKind::Probability => "probability",
        ChartKind::Intervals => "intervals",
        ChartKind::ValueStream => "value_stream",
    }
}

/// An id fit for HTML in which no two charts of a report agree.
fn safe_id(id: &str) -> String {
    let mut safe = String::from("c-");
    for c in id.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => safe.push(c),
            '.' => safe.push('-'),
            c => {
                let _ = write!(safe, "--{:x}-", u32::from(c));
            }
        }
    }
    safe
}

/// Draws a sparkline as one small `<svg>` element.
#[must_use]
pub fn sparkline(points: &[Option<f64>]) -> String {
    spark::sparkline(points)
}
