//! Curves over a scale: survival in steps, and the whale curve of cumulated profit.

use crate::report::{Format, Role};

use super::callouts::reads;
use super::canvas::{Canvas, Px};
use super::data::{Data, Lane};
use super::frame::{Across, Frame, Spec, is_scale};
use super::plot::Plot;
use super::points::{Course, band, by_row, by_x, edge, points, stroke, trace};
use super::theme::Ink;
use super::ticks::{Axis, Base};

/// Step curves that fall from one. Each holds its figure until the next event.
pub(super) fn survival(data: &Data<'_>) -> Option<Canvas> {
    let seen = [Role::Value, Role::Other, Role::Bound, Role::Target];
    let y = Axis::new(data.extent(&seen)?.with(1.0), Base::Zero, 5.0, data.format());
    let Frame { canvas, plot, .. } = spec(data, y)?.open(data);
    let bounds: Vec<Course> =
        data.of(Role::Bound).map(|lane| steps(&from(&course(data, lane), 1.0))).collect();
    for pair in bounds.chunks(2) {
        if let [low, high] = pair {
            band(&canvas, &plot, low, high);
        }
    }
    targets(&canvas, &plot, data);
    for lane in data.of(Role::Other).chain(data.of(Role::Value)) {
        let course = course(data, lane);
        trace(&canvas, &plot, &steps(&from(&course, 1.0)), stroke(lane.role));
        points(&canvas, &plot, data, &course, stroke(lane.role).ink);
    }
    if let Some(lane) = data.first(Role::Value) {
        reads(&canvas, &plot, data, &course(data, lane), true);
    }
    Some(canvas)
}

/// A cumulative curve over ranked customers: above 100 % it shows what the last ones cost.
pub(super) fn whale(data: &Data<'_>) -> Option<Canvas> {
    let share = data.format() == Format::Share;
    let extent = data.extent(&[Role::Value, Role::Other, Role::Target])?;
    let extent = if share { extent.with(1.0) } else { extent };
    let y = Axis::new(extent, Base::Zero, 5.0, data.format());
    let Frame { canvas, plot, .. } = spec(data, y)?.open(data);
    let lane = data.first(Role::Value).or_else(|| data.first(Role::Other))?;
    let whole = from(&course(data, lane), 0.0);
    for run in plot.runs(&whole) {
        under(&canvas, &plot, run);
    }
    if share && data.first(Role::Target).is_none() {
        let y = plot.height(1.0);
        let ends = [(plot.rect.left, y), (plot.rect.right, y)];
        canvas.line(&ends, stroke(Role::Target));
    }
    targets(&canvas, &plot, data);
    for lane in data.of(Role::Other).chain(data.of(Role::Value)) {
        let course = course(data, lane);
        trace(&canvas, &plot, &from(&course, 0.0), stroke(lane.role));
        points(&canvas, &plot, data, &course, stroke(lane.role).ink);
    }
    reads(&canvas, &plot, data, &course(data, lane), false);
    Some(canvas)
}

/// A frame over a scale that begins at zero, with the names of all lines but a single curve.
fn spec(data: &Data<'_>, y: Axis) -> Option<Spec> {
    let mut spec = Spec::bands(y);
    if is_scale(data) {
        let x = data.along()?.with(0.0);
        spec.across = Across::Scale(Axis::new(x, Base::Tight, data.ticks(), data.x_format));
    }
    let alone = data.of(Role::Value).chain(data.of(Role::Other)).count() < 2;
    let figures = [Role::Value, Role::Other].into_iter().filter(|_| !alone);
    let named = figures.chain([Role::Target]).flat_map(|role| data.of(role));
    spec.edges = named.filter_map(|lane| edge(data, lane)).collect();
    Some(spec)
}

fn course(data: &Data<'_>, lane: &Lane<'_>) -> Course {
    if is_scale(data) { by_x(data, lane) } else { by_row(lane) }
}

/// The course in order of x, with the point every such curve begins at.
fn from(course: &Course, start: f64) -> Course {
    let mut known: Vec<(f64, f64)> = course.iter().copied().flatten().collect();
    known.sort_by(|a, b| a.0.total_cmp(&b.0));
    let begins = known.first().is_some_and(|first| first.0 > 0.0).then_some((0.0, start));
    begins.into_iter().chain(known).map(Some).collect()
}

/// A corner before each change.
fn steps(course: &Course) -> Course {
    let mut out: Course = Vec::new();
    for point in course.iter().flatten() {
        if let Some(Some(last)) = out.last().copied() {
            out.push(Some((point.0, last.1)));
        }
        out.push(Some(*point));
    }
    out
}

fn targets(canvas: &Canvas, plot: &Plot, data: &Data<'_>) {
    for lane in data.of(Role::Target).chain(data.of(Role::Center)) {
        let course =
            from(&course(data, lane), lane.values.iter().flatten().next().copied().unwrap_or(0.0));
        trace(canvas, plot, &course, stroke(lane.role));
    }
}

/// The area between a run and zero.
fn under(canvas: &Canvas, plot: &Plot, run: Vec<Px>) {
    let zero = plot.height(0.0);
    let (Some(first), Some(last)) = (run.first().copied(), run.last().copied()) else { return };
    let mut corners = vec![(first.0, zero)];
    corners.extend(run);
    corners.push((last.0, zero));
    canvas.area(&corners, Ink::Fill, 1.0);
}
