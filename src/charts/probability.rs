//! Observed values against normal scores: values of a normal distribution stand on a line, within
//! its band.

use crate::report::{Format, Role};

use super::canvas::Canvas;
use super::data::Data;
use super::frame::{Across, Frame, Spec, is_scale};
use super::lines;
use super::plot::{MANY, clip};
use super::points::{Course, by_x, points, stroke, trace};
use super::ticks::{Axis, Base};

/// Round shares and their normal scores, for the second scale.
const SHARES: [(f64, &str); 9] = [
    (-3.090_232_306, "0.1%"),
    (-2.326_347_874, "1%"),
    (-1.644_853_627, "5%"),
    (-0.841_621_234, "20%"),
    (0.0, "50%"),
    (0.841_621_234, "80%"),
    (1.644_853_627, "95%"),
    (2.326_347_874, "99%"),
    (3.090_232_306, "99.9%"),
];
/// A scale longer than this is not of normal scores.
const LONGEST: f64 = 12.0;

/// Draws the plot; without a scale its values stand in order.
pub(super) fn probability(data: &Data<'_>) -> Option<Canvas> {
    if !is_scale(data) {
        return lines::line(data);
    }
    let scores = data.extent(&[Role::Value, Role::Other])?;
    let mut spec = Spec::bands(Axis::new(scores, Base::Near, 5.0, data.format()));
    spec.right = shares(&spec.y, data.format());
    let across = Axis::new(data.along()?.padded(), Base::Tight, data.ticks(), data.x_format);
    spec.across = Across::Scale(across);
    let Frame { canvas, plot, .. } = spec.open(data);
    lines::bounds(&canvas, &plot, data, true);
    for lane in data.of(Role::Center) {
        let line: Vec<_> = lines::in_order(by_x(data, lane), true).into_iter().flatten().collect();
        trace(&canvas, &plot, &clip(&line, plot.y), stroke(lane.role));
    }
    for lane in data.of(Role::Other).chain(data.of(Role::Value)) {
        points(&canvas, &plot, data, &few(by_x(data, lane)), stroke(lane.role).ink);
    }
    Some(canvas)
}

/// The second scale: the share of values below a score. Scores that are all above nought are of
/// another distribution: the half-normal.
fn shares(scores: &Axis, format: Format) -> Option<Axis> {
    let (low, high) = (scores.low, scores.high);
    let fits = matches!(format, Format::Number(_)) && low < 0.0 && high - low <= LONGEST;
    let held = SHARES.iter().filter(|(score, _)| low <= *score && *score <= high);
    let ticks = held.map(|(score, share)| (*score, (*share).to_owned())).collect();
    fits.then_some(Axis { low, high, ticks })
}

/// Every so-manieth point of a long course, for each is drawn; the ends, which tell most, whole.
fn few(course: Course) -> Course {
    let (len, ends) = (course.len(), MANY / 8);
    let stride = len.div_ceil(MANY - 2 * ends).max(1);
    let kept =
        |row: usize| len <= MANY || row < ends || row + ends >= len || row.is_multiple_of(stride);
    course.into_iter().enumerate().map(|(row, p)| p.filter(|_| kept(row))).collect()
}
