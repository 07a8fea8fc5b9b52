//! Vertical bars, one or two a band, and the Pareto chart.

use crate::report::{Emphasis, Format, Role};

use super::backend::Tag;
use super::canvas::{Align, Canvas, Rect, Stroke, Type};
use super::data::{Data, Lane};
use super::frame::{Across, Frame, Spec};
use super::legend::{Key, Swatch};
use super::plot::{Plot, nth};
use super::points::{Course, Look, by_row, edge, ink, look, points, sign, stepped, stroke, trace};
use super::rows;
use super::text::width;
use super::theme::{Ink, SMALL};
use super::ticks::{Axis, Base, Extent};

/// Share of its band a bar or pair of bars fills.
const FILLED: f64 = 0.72;
/// Of few bars, no wider than this, in px.
const WIDEST: f64 = 64.0;

/// Room for the figures over the tallest bar, and for signs over figures.
fn above(data: &Data<'_>) -> f64 {
    if data.signals() { 20.0 } else { 6.0 }
}

/// Vertical bars.
pub(super) fn bars(data: &Data<'_>) -> Option<Canvas> {
    let seen = [Role::Value, Role::Other, Role::Bound, Role::Center, Role::Target, Role::Limit];
    let extent = data.extent(&seen)?;
    if rows::suits(data) {
        return rows::rows(data);
    }
    let y = Axis::new(extent, Base::Zero, 5.0, data.format());
    let lanes: Vec<&Lane<'_>> = data.of(Role::Value).chain(data.of(Role::Other)).collect();
    let mut spec = Spec::bands(y);
    spec.above = above(data);
    spec.across = Across::Bands { wrap: true };
    if lanes.len() > 1 {
        spec.keys = lanes.iter().map(|lane| key(lane, Swatch::Bar)).collect();
    }
    let held_against = [Role::Center, Role::Target, Role::Limit];
    spec.edges =
        held_against.iter().flat_map(|role| data.of(*role)).filter_map(|l| edge(data, l)).collect();
    let Frame { canvas, plot, .. } = spec.open(data);
    for (nth_lane, lane) in lanes.iter().enumerate() {
        let side = Side { lane: nth_lane, of: lanes.len() };
        columns(&canvas, &plot, data, lane, side, &|_| 1.0);
    }
    whiskers(&canvas, &plot, data);
    for lane in held_against.iter().flat_map(|role| data.of(*role)) {
        trace(&canvas, &plot, &stepped(&by_row(lane)), stroke(lane.role));
    }
    Some(canvas)
}

/// Bars in falling order with the cumulative share on the second scale. The first scale ends at
/// the total, so that both speak of the same heights.
pub(super) fn pareto(data: &Data<'_>) -> Option<Canvas> {
    let bars = data.first(Role::Value)?;
    let cumulative = data.first(Role::Cumulative);
    let share = |row: usize| cumulative.and_then(|lane| lane.values.get(row).copied().flatten());
    let extent = data.extent(&[Role::Value])?;
    let total = total(bars, share(0)).filter(|_| extent.low >= 0.0);
    let held = total.map_or(extent, |total| extent.with(total));
    let mut y = Axis::new(held, Base::Zero, 5.0, data.format());
    if let Some(total) = total {
        y.high = total;
        y.ticks.retain(|tick| tick.0 <= total * (1.0 + 1e-9));
    }
    let mut spec = Spec::bands(y);
    spec.above = above(data);
    spec.across = Across::Bands { wrap: true };
    if let Some(lane) = cumulative {
        let full = Extent { low: 0.0, high: 1.0 };
        spec.right = Some(Axis::new(full, Base::Zero, 5.0, Format::Share));
        spec.keys = vec![key(bars, Swatch::Bar), key(lane, Swatch::Line(""))];
    }
    let Frame { canvas, plot, right } = spec.open(data);
    let vital = |row: usize| row == 0 || share(row - 1).is_none_or(|before| before < 0.8);
    let one = Side { lane: 0, of: 1 };
    columns(&canvas, &plot, data, bars, one, &|row| if vital(row) { 1.0 } else { 0.45 });
    if let (Some(lane), Some(plot)) = (cumulative, right) {
        cumulative_line(&canvas, &plot, data, lane);
    }
    Some(canvas)
}

/// The total behind the first bar and its share, where the shares are of this measure.
fn total(bars: &Lane<'_>, first_share: Option<f64>) -> Option<f64> {
    let first = bars.values.first().copied().flatten()?;
    let total = first / first_share.filter(|share| *share > 0.0)?;
    let sum: f64 = bars.values.iter().flatten().sum();
    (total > 0.0 && total.is_finite() && sum <= total * 1.02).then_some(total)
}

fn cumulative_line(canvas: &Canvas, plot: &Plot, data: &Data<'_>, lane: &Lane<'_>) {
    let y = plot.height(0.8);
    let reference = Stroke::new(Ink::Target, 1.2).dashed("7 4");
    canvas.line(&[(plot.rect.left, y), (plot.rect.right, y)], reference);
    // A cumulative share is reached at the end of its bar.
    let end = |point: (f64, f64)| (point.0 + filled(plot, data.len(), 1) / 2.0, point.1);
    let course: Course = by_row(lane).into_iter().map(|point| point.map(end)).collect();
    trace(canvas, plot, &course, stroke(Role::Cumulative));
    points(canvas, plot, data, &course, Ink::Cumulative);
}

pub(super) fn key(lane: &Lane<'_>, swatch: Swatch) -> Key {
    Key { swatch, ink: ink(lane.role), label: lane.label.to_owned() }
}

/// Share of its band the bars of a row fill.
fn filled(plot: &Plot, rows: usize, lanes: usize) -> f64 {
    let slot = plot.rect.width() / nth(rows.max(1));
    FILLED.min(WIDEST * nth(lanes) / slot)
}

/// Which of how many bars beside each other.
#[derive(Clone, Copy)]
struct Side {
    lane: usize,
    of: usize,
}

/// Draws one bar a row, with its figure above where all figures find room.
fn columns(
    canvas: &Canvas,
    plot: &Plot,
    data: &Data<'_>,
    lane: &Lane<'_>,
    side: Side,
    alpha: &dyn Fn(usize) -> f64,
) {
    let slot = plot.rect.width() / nth(data.len().max(1));
    let all = slot * filled(plot, data.len(), side.of);
    let wide = all / nth(side.of);
    let texts = || (0..data.len()).map(|row| data.text(lane, row));
    let widest = texts().map(width).fold(0.0, f64::max) * SMALL / 12.0;
    let labelled = widest + 4.0 < if side.of == 1 { slot } else { wide };
    for (row, value) in lane.values.iter().enumerate() {
        let Some(value) = *value else { continue };
        let (middle, top) = plot.at(nth(row), value);
        let left = middle - all / 2.0 + nth(side.lane) * wide;
        let zero = plot.height(0.0);
        let gap = if wide > 4.0 { 0.5 } else { 0.0 };
        let rect = Rect {
            left: left + gap,
            right: left + wide - gap,
            top: top.min(zero),
            bottom: top.max(zero),
        };
        bar(canvas, data, row, rect, lane, alpha(row));
        if labelled {
            let at = (left + wide / 2.0, if value < 0.0 { top + 9.0 } else { top - 9.0 });
            let kind = Type::small(Ink::Text, Align::Middle).rimmed();
            canvas.text(at, data.text(lane, row), kind);
        }
        if lane.role == Role::Value {
            let away = if labelled { 21.0 } else { 8.0 };
            let y = if value < 0.0 { top + away } else { top - away };
            sign(canvas, (left + wide / 2.0, y), look(data, row));
        }
    }
}

/// One bar.
fn bar(canvas: &Canvas, data: &Data<'_>, row: usize, rect: Rect, lane: &Lane<'_>, alpha: f64) {
    let look = if lane.role == Role::Value { look(data, row) } else { Look::Plain };
    let (ink, class) = match look {
        Look::Signal => (Ink::Signal, "pt signal"),
        Look::Good => (Ink::Good, "pt signal good"),
        _ => (ink(lane.role), "pt"),
    };
    let muted = data.emphasis(row) == Some(Emphasis::Muted);
    let alpha = if muted { 0.45 } else { alpha };
    canvas.bar(rect, ink, alpha, Tag { class, title: data.tooltip(row), ..Tag::default() });
}

/// Bounds of the first series as whiskers.
fn whiskers(canvas: &Canvas, plot: &Plot, data: &Data<'_>) {
    let bounds: Vec<&Lane<'_>> = data.of(Role::Bound).collect();
    let ([low, high, ..], true) = (bounds.as_slice(), data.of(Role::Other).count() == 0) else {
        return;
    };
    for (row, ends) in low.values.iter().zip(&high.values).enumerate() {
        if let (Some(low), Some(high)) = ends {
            let ends = [plot.at(nth(row), *low), plot.at(nth(row), *high)];
            canvas.line(&ends, Stroke::new(Ink::Text, 1.2));
        }
    }
}
