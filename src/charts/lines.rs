//! Control charts and plain lines: figures in order, with what they are held against.

use crate::report::Role;

use super::callouts::reads;
use super::canvas::Canvas;
use super::data::Data;
use super::frame::{Across, Frame, Spec, is_scale};
use super::plot::Plot;
use super::points::{Course, band, by_row, by_x, edge, points, stepped, stroke, trace};
use super::ticks::{Axis, Base};

const ALL: [Role; 7] =
    [Role::Value, Role::Other, Role::Center, Role::Limit, Role::Warning, Role::Bound, Role::Target];
const REFERENCES: [Role; 4] = [Role::Warning, Role::Limit, Role::Center, Role::Target];
const FIGURES: [Role; 2] = [Role::Other, Role::Value];

/// Points in order joined by a line, centre line, stepped limits, signals marked.
pub(super) fn control(data: &Data<'_>) -> Option<Canvas> {
    draw(data, false)
}

/// Plain lines.
pub(super) fn line(data: &Data<'_>) -> Option<Canvas> {
    draw(data, is_scale(data))
}

fn draw(data: &Data<'_>, scale: bool) -> Option<Canvas> {
    let y = Axis::new(data.extent(&ALL)?, Base::Near, 5.0, data.format());
    let mut spec = Spec::bands(y);
    if scale {
        let axis = Axis::new(data.along()?, Base::Tight, data.ticks(), data.x_format);
        spec.across = Across::Scale(axis);
    }
    let alone = FIGURES.iter().flat_map(|role| data.of(*role)).count() < 2;
    for lane in ALL.iter().flat_map(|role| data.of(*role)) {
        let named = !(lane.role == Role::Bound || alone && FIGURES.contains(&lane.role));
        spec.edges.extend(edge(data, lane).filter(|_| named));
    }
    let Frame { canvas, plot, .. } = spec.open(data);
    bounds(&canvas, &plot, data, scale);
    references(&canvas, &plot, data, scale);
    for lane in FIGURES.iter().flat_map(|role| data.of(*role)) {
        let course = if scale { by_x(data, lane) } else { by_row(lane) };
        trace(&canvas, &plot, &in_order(course.clone(), scale), stroke(lane.role));
        points(&canvas, &plot, data, &course, stroke(lane.role).ink);
        if lane.role == Role::Value {
            reads(&canvas, &plot, data, &course, false);
        }
    }
    Some(canvas)
}

/// The band between each pair of bounds.
pub(super) fn bounds(canvas: &Canvas, plot: &Plot, data: &Data<'_>, scale: bool) {
    let bounds: Vec<Course> = (data.of(Role::Bound))
        .map(|lane| in_order(if scale { by_x(data, lane) } else { by_row(lane) }, scale))
        .collect();
    for pair in bounds.chunks(2) {
        if let [low, high] = pair {
            band(canvas, plot, low, high);
        }
    }
}

fn references(canvas: &Canvas, plot: &Plot, data: &Data<'_>, scale: bool) {
    for lane in REFERENCES.iter().flat_map(|role| data.of(*role)) {
        let course = if scale { in_order(by_x(data, lane), true) } else { stepped(&by_row(lane)) };
        trace(canvas, plot, &course, stroke(lane.role));
    }
}

/// A line over a scale runs from left to right, whatever the order of the rows.
pub(super) fn in_order(course: Course, scale: bool) -> Course {
    if !scale {
        return course;
    }
    let mut known: Vec<(f64, f64)> = course.into_iter().flatten().collect();
    known.sort_by(|a, b| a.0.total_cmp(&b.0));
    known.into_iter().map(Some).collect()
}
