//! Measured values in classes, with the curves fitted to them and what they are held against.

use crate::report::Role;

use super::backend::Tag;
use super::bars;
use super::canvas::{Canvas, Rect, Stroke};
use super::data::{Data, Lane};
use super::frame::{Across, Frame, Spec, is_scale};
use super::legend::{Key, Swatch};
use super::plot::{Plot, nth};
use super::points::{Look, look};
use super::theme::Ink;
use super::ticks::{Axis, Base, Extent};

/// Colours of the curves, in their order.
const CURVES: [Ink; 3] = [Ink::Text, Ink::Cumulative, Ink::Target];
const DASHES: [&str; 3] = ["", "6 3", "2 3"];
/// Points of a curve between two of its figures.
const SMOOTH: usize = 8;

/// Draws the classes as adjoining bars; without a scale they are bars like any others.
pub(super) fn histogram(data: &Data<'_>) -> Option<Canvas> {
    if !is_scale(data) {
        return bars::bars(data);
    }
    let wide = class_width(data)?;
    let xs = Extent::of(data.xs.iter().copied().flatten())?;
    let ends = data.along()?.with(xs.low - wide / 2.0).with(xs.high + wide / 2.0).padded();
    let y = Axis::new(data.extent(&[Role::Value, Role::Other])?, Base::Zero, 5.0, data.format());
    let mut spec = Spec::bands(y);
    spec.across = Across::Scale(Axis::new(ends, Base::Tight, data.ticks(), data.x_format));
    spec.keys = keys(data);
    let Frame { canvas, plot, .. } = spec.open(data);
    for lane in data.of(Role::Value) {
        classes(&canvas, &plot, data, lane, wide);
    }
    for (nth, lane) in data.of(Role::Other).enumerate() {
        let known = known(data, lane);
        let course: Vec<_> = smooth(&known).into_iter().map(Some).collect();
        for run in plot.runs(&course) {
            canvas.line(&run, curve(nth));
        }
    }
    Some(canvas)
}

/// The least distance between two classes; a single class is as wide as its value is large.
fn class_width(data: &Data<'_>) -> Option<f64> {
    let mut xs: Vec<f64> = data.xs.iter().copied().flatten().collect();
    xs.sort_by(f64::total_cmp);
    let steps = xs.windows(2).map(|pair| pair.iter().rev().copied().reduce(|a, b| a - b));
    let least = steps.flatten().filter(|step| *step > 0.0).min_by(f64::total_cmp);
    let only = xs.first().map(|x| x.abs() * 0.1).map(|wide| if wide > 0.0 { wide } else { 1.0 });
    least.or(only)
}

fn keys(data: &Data<'_>) -> Vec<Key> {
    let bar = |lane: &Lane<'_>| bars::key(lane, Swatch::Bar);
    let line = |(nth, lane): (usize, &Lane<'_>)| {
        let stroke = curve(nth);
        Key { swatch: Swatch::Line(stroke.dash), ink: stroke.ink, label: lane.label.to_owned() }
    };
    let curves: Vec<Key> = data.of(Role::Other).enumerate().map(line).collect();
    if curves.is_empty() {
        Vec::new()
    } else {
        data.of(Role::Value).map(bar).chain(curves).collect()
    }
}

fn curve(nth: usize) -> Stroke {
    let last = CURVES.len() - 1;
    let ink = CURVES.get(nth.min(last)).copied().unwrap_or(Ink::Text);
    Stroke::new(ink, 1.8).dashed(DASHES.get(nth.min(last)).copied().unwrap_or(""))
}

/// One bar a class; a class that is a signal holds values beyond a limit.
fn classes(canvas: &Canvas, plot: &Plot, data: &Data<'_>, lane: &Lane<'_>, wide: f64) {
    for (row, (x, value)) in data.xs.iter().zip(&lane.values).enumerate() {
        let (Some(x), Some(value)) = (*x, *value) else { continue };
        let (left, top) = plot.at(x - wide / 2.0, value);
        let (right, zero) = plot.at(x + wide / 2.0, 0.0);
        let gap = if right - left > 4.0 { 0.5 } else { 0.0 };
        // A class narrower than a hair still holds values.
        let right = right.max(left + 1.0);
        let rect = Rect {
            left: left + gap,
            top: top.min(zero),
            right: right - gap,
            bottom: top.max(zero),
        };
        let (ink, class) = match look(data, row) {
            Look::Signal => (Ink::Signal, "pt signal"),
            Look::Good => (Ink::Good, "pt signal good"),
            Look::Plain | Look::Open => (Ink::Value, "pt"),
        };
        let tag = Tag { class, title: data.tooltip(row), ..Tag::default() };
        canvas.bar(rect, ink, 0.6, tag);
    }
}

fn known(data: &Data<'_>, lane: &Lane<'_>) -> Vec<(f64, f64)> {
    let pairs = data.xs.iter().zip(&lane.values);
    let mut known: Vec<(f64, f64)> = pairs.filter_map(|(x, y)| (*x).zip(*y)).collect();
    known.sort_by(|a, b| a.0.total_cmp(&b.0));
    known.dedup_by(|a, b| a.0 <= b.0);
    known
}

/// A curve through the figures. Counts that are all above nought are joined by their logarithms,
/// which gives the curve of a normal distribution as it is.
fn smooth(known: &[(f64, f64)]) -> Vec<(f64, f64)> {
    if !known.iter().all(|point| point.1 > 0.0) {
        let floor = known.iter().map(|point| point.1).fold(0.0, f64::min);
        return hermite(known).into_iter().map(|(x, y)| (x, y.max(floor))).collect();
    }
    let logs: Vec<(f64, f64)> = known.iter().map(|(x, y)| (*x, y.ln())).collect();
    hermite(&logs).into_iter().map(|(x, y)| (x, y.exp())).collect()
}

/// Cubic pieces whose slope at each figure is that of the parabola through it and those beside
/// it.
fn hermite(known: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let at = |i: usize| known.get(i).or_else(|| known.last()).copied().unwrap_or((0.0, 0.0));
    let rise =
        |a: (f64, f64), b: (f64, f64)| if b.0 > a.0 { (b.1 - a.1) / (b.0 - a.0) } else { 0.0 };
    let last = known.len().saturating_sub(1);
    let inner = |i: usize| rise(at(i - 1), at(i + 1));
    let slope = |i: usize| match i {
        _ if last < 2 => rise(at(0), at(last)),
        0 => 2.0 * rise(at(0), at(1)) - inner(1),
        i if i == last => 2.0 * rise(at(last - 1), at(last)) - inner(last - 1),
        i => inner(i),
    };
    let piece = |i: usize| {
        let (from, to) = (at(i), at(i + 1));
        let (wide, down, up) = (to.0 - from.0, slope(i), slope(i + 1));
        (0..SMOOTH).map(move |step| {
            let t = nth(step) / nth(SMOOTH);
            let (t2, t3) = (t * t, t * t * t);
            let y = (2.0 * t3 - 3.0 * t2 + 1.0) * from.1
                + (t3 - 2.0 * t2 + t) * wide * down
                + (3.0 * t2 - 2.0 * t3) * to.1
                + (t3 - t2) * wide * up;
            (from.0 + t * wide, y)
        })
    };
    (0..last).flat_map(piece).chain(known.last().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smooth_curve_passes_through_its_figures_and_stays_above_nought() {
        let known = [(0.0, 0.0), (1.0, 1.0), (2.0, 9.0), (3.0, 1.0), (4.0, 0.0), (5.0, 0.0)];
        let curve = smooth(&known);
        assert_eq!(curve.len(), 5 * SMOOTH + 1);
        for (i, point) in known.iter().enumerate() {
            assert!(curve.get(i * SMOOTH).is_some_and(|p| (p.1 - point.1).abs() < 1e-12));
        }
        assert!(curve.iter().all(|p| p.1 >= 0.0));
        // Seven classes are enough for a normal curve.
        let bell = |x: f64| (-x * x / 2.0).exp();
        let seven: Vec<(f64, f64)> = (-3..=3).map(|i| (f64::from(i), bell(f64::from(i)))).collect();
        assert!(smooth(&seven).iter().all(|p| (p.1 - bell(p.0)).abs() < 1e-12));
        // Halfway along a straight line lies its middle.
        let line = smooth(&[(0.0, 0.0), (1.0, 2.0), (2.0, 4.0), (3.0, 6.0)]);
        assert!(line.iter().all(|p| (p.1 - 2.0 * p.0).abs() < 1e-12));
    }
}
