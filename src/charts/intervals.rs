//! Estimates with their intervals, a group a row: which groups differ from the pooled figure or
//! the target by more than their intervals allow.

use crate::report::Role;

use super::axes;
use super::canvas::{Align, Canvas, Px, Rect, Stroke, Type};
use super::data::{Data, Lane};
use super::legend;
use super::marks::{self, Stand};
use super::plot::{Plot, nth};
use super::points::{look, point, stroke};
use super::rows::{self, MOST};
use super::text::{fit, width};
use super::theme::{Ink, LINE};
use super::ticks::{Axis, Base, Extent};

const PITCH: f64 = 30.0;
/// Widest figure beside a row, as a share of the sheet.
const FIGURE: f64 = 0.32;
/// Half the height of a whisker's end.
const CAP: f64 = 4.0;
/// Intervals are shown as far as so many times the common length beyond the estimates; one of
/// a group of two would press the others flat.
const REACH: f64 = 3.0;

/// Draws the rows.
pub(super) fn intervals(data: &Data<'_>) -> Option<Canvas> {
    let lane = data.first(Role::Value)?;
    let ends: Vec<&Lane<'_>> = data.of(Role::Bound).take(2).collect();
    let count = data.len().min(MOST);
    let axis = Axis::new(shown(data, lane, &ends)?, Base::Near, data.ticks(), data.format());
    let texts: Vec<String> = (0..count).map(|row| words(data, lane, &ends, row)).collect();
    let sides = sides(data, count, &texts);
    let flags = marks::place(verticals(data), sides, (axis.low, axis.high));

    let title = if data.chart.y_label.is_empty() { lane.label } else { &data.chart.y_label };
    let head = legend::height(title, &[], data.size.width) + marks::height(&flags) + 4.0;
    let foot = 14.0 + LINE + if data.len() > count { LINE } else { 0.0 };
    let bottom = head + PITCH * nth(count);
    let canvas = Canvas::new(data.size.width, bottom + foot);
    let rect = Rect { left: sides.0, top: head, right: sides.1, bottom };
    let plot = Plot::new(&canvas, rect, (axis.low, axis.high), (0.0, 1.0));
    legend::draw(&canvas, title, &[]);
    for (at, _) in &axis.ticks {
        let x = plot.at(*at, 0.0).0;
        canvas.line(&[(x, head), (x, bottom)], Stroke::new(Ink::Grid, 1.0));
    }
    axes::across(&canvas, &plot, &axes::scale(&axis), "");
    marks::draw(&canvas, &plot, &flags, 0.0);
    rows::names(&canvas, data, count, head, PITCH);
    for (row, text) in texts.iter().enumerate() {
        interval(&canvas, &plot, data, (lane, &ends), row);
        let y = head + PITCH * (nth(row) + 0.5);
        canvas.text((sides.1 + 12.0, y), text, Type::small(Ink::Text, Align::Start));
    }
    rows::rest(&canvas, data.len() - count, sides.0);
    Some(canvas)
}

/// What the scale shows: every estimate and line, and of the intervals what is not extreme.
fn shown(data: &Data<'_>, lane: &Lane<'_>, ends: &[&Lane<'_>]) -> Option<Extent> {
    let lines = verticals(data).into_iter().map(|line| line.at);
    let core = Extent::of(lane.values.iter().copied().flatten().chain(lines))?;
    let known = ends.iter().flat_map(|end| end.values.iter().zip(&lane.values));
    let mut arms: Vec<f64> =
        known.filter_map(|(end, at)| Some(((*end)? - (*at)?).abs())).filter(|a| *a > 0.0).collect();
    arms.sort_by(f64::total_cmp);
    let arm = arms.get(arms.len() / 2).map_or(0.0, |arm| arm * REACH);
    let bounds = data.extent(&[Role::Bound]).unwrap_or(core);
    Some(core.with(bounds.low.max(core.low - arm)).with(bounds.high.min(core.high + arm)))
}

/// Pooled figure and target where they are the same for every group, and references.
fn verticals<'a>(data: &'a Data<'_>) -> Vec<Stand<'a>> {
    let level = |lane: &'a Lane<'_>| {
        let mut known = lane.values.iter().copied().flatten();
        let at = known.next()?;
        let same = known.all(|other| (other - at).abs() <= at.abs() * 1e-9);
        same.then_some(Stand { at, stroke: stroke(lane.role), words: lane.label })
    };
    let lanes = [Role::Center, Role::Target].into_iter().flat_map(|role| data.of(role));
    lanes.filter_map(level).chain(marks::references(data)).collect()
}

/// Left and right ends of the plot, between the names and the figures.
fn sides(data: &Data<'_>, count: usize, texts: &[String]) -> (f64, f64) {
    let left = rows::names_width(data, count) + 14.0;
    let widest = texts.iter().map(|text| width(text)).fold(0.0, f64::max);
    (left, data.size.width - widest - 14.0)
}

/// The figure with its interval, or alone where the sheet is narrow.
fn words(data: &Data<'_>, lane: &Lane<'_>, ends: &[&Lane<'_>], row: usize) -> String {
    let figure = data.text(lane, row);
    let known = |lane: &&Lane<'_>| lane.values.get(row).copied().flatten().is_some();
    let words = match ends {
        [low, high] if data.size.width > 600.0 && known(low) && known(high) => {
            format!("{figure} ({} – {})", data.text(low, row), data.text(high, row))
        }
        _ => figure.to_owned(),
    };
    fit(&words, FIGURE * data.size.width)
}

/// One row: the interval as a line, the estimate upon it.
fn interval(
    canvas: &Canvas,
    plot: &Plot,
    data: &Data<'_>,
    (lane, ends): (&Lane<'_>, &[&Lane<'_>]),
    row: usize,
) {
    let Some(value) = lane.values.get(row).copied().flatten() else { return };
    let middle = (plot.at(value, 0.0).0, plot.rect.top + PITCH * (nth(row) + 0.5));
    for end in ends.iter().filter_map(|lane| lane.values.get(row).copied().flatten()) {
        whisker(canvas, plot, middle, end);
    }
    point(canvas, middle, 4.0, Ink::Value, look(data, row), data.tooltip(row));
}

/// From the estimate to an end of its interval: a stroke where it ends, an arrow where the scale
/// does.
fn whisker(canvas: &Canvas, plot: &Plot, from: Px, end: f64) {
    let x = plot.at(end, 0.0).0;
    let line = Stroke::new(Ink::Value, 1.8);
    canvas.line(&[from, (x, from.1)], line);
    if plot.x.0 <= end && end <= plot.x.1 {
        canvas.line(&[(x, from.1 - CAP), (x, from.1 + CAP)], line);
    } else {
        let back = if x < from.0 { x + 6.0 } else { x - 6.0 };
        canvas.area(&[(x, from.1), (back, from.1 - CAP), (back, from.1 + CAP)], Ink::Value, 1.0);
    }
}
