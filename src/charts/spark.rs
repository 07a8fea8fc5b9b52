//! Sparklines: the recent course in the height of a word, its last point marked.

use super::backend::Tag;
use super::canvas::{Canvas, Rect, Stroke};
use super::plot::{Plot, nth};
use super::theme::Ink;
use super::ticks::{Extent, drawable};

/// The sheet, in px.
const WIDTH: f64 = 100.0;
const HEIGHT: f64 = 24.0;

/// Draws the points; nothing where none is known.
pub(super) fn sparkline(points: &[Option<f64>]) -> String {
    let points: Vec<Option<f64>> = points.iter().map(|v| drawable(*v)).collect();
    let Some(extent) = Extent::of(points.iter().copied().flatten()) else { return String::new() };
    let room =
        if extent.span() > extent.high.abs() * 1e-9 { 0.0 } else { extent.high.abs().max(1.0) };
    let canvas = Canvas::new(WIDTH, HEIGHT);
    let rect = Rect { left: 3.0, top: 4.0, right: WIDTH - 4.0, bottom: HEIGHT - 4.0 };
    let across = (0.0, nth(points.len().max(2) - 1));
    let plot = Plot::new(&canvas, rect, across, (extent.low - room, extent.high + room));
    let course: Vec<Option<(f64, f64)>> =
        points.iter().enumerate().map(|(i, v)| v.map(|v| (nth(i), v))).collect();
    for run in plot.runs(&course) {
        match run.as_slice() {
            [alone] => canvas.dot(*alone, 1.0, Ink::Value, Tag::default()),
            run => canvas.line(run, Stroke::new(Ink::Value, 1.5)),
        }
    }
    if let Some((x, y)) = course.iter().rev().copied().flatten().next() {
        canvas.dot(plot.at(x, y), 2.5, Ink::Value, Tag::default());
    }
    let body = canvas.finish().out;
    format!(r#"<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{body}</svg>"#)
}
