//! Rates over n between funnel limits (Spiegelhalter 2005): only those beyond the limits are
//! named, for the others differ by chance.

use crate::report::Role;

use super::callouts::{self, Callout};
use super::canvas::Canvas;
use super::data::{Data, Lane};
use super::edges::Edge;
use super::frame::{Across, Frame, Spec};
use super::plot::clip;
use super::points::{by_x, points, stroke, trace};
use super::theme::Ink;
use super::ticks::{Axis, Base, Extent};

const CURVES: [Role; 4] = [Role::Warning, Role::Limit, Role::Center, Role::Target];

/// Draws the plot.
pub(super) fn funnel_plot(data: &Data<'_>) -> Option<Canvas> {
    let x = from(data.along()?);
    let y = Axis::new(shown(data)?, Base::Near, 5.0, data.format());
    let across = Across::Scale(Axis::new(x, Base::Tight, data.ticks(), data.x_format));
    let ends = (y.low, y.high);
    let edges =
        CURVES.iter().flat_map(|role| data.of(*role)).filter_map(|l| edge(data, l)).collect();
    let Frame { canvas, plot, .. } =
        Spec { y, right: None, across, edges, keys: Vec::new(), above: 0.0 }.open(data);
    for lane in CURVES.iter().flat_map(|role| data.of(*role)) {
        trace(&canvas, &plot, &clip(&curve(data, lane), ends), stroke(lane.role));
    }
    let mut named = Vec::new();
    for lane in data.of(Role::Value) {
        let course = by_x(data, lane);
        points(&canvas, &plot, data, &course, Ink::Value);
        let known = course.iter().enumerate().filter_map(|(row, p)| p.map(|p| (row, p)));
        named.extend(
            known.filter(|(row, _)| data.signal(*row).is_some()).map(|(row, (x, y))| Callout {
                at: plot.at(x, y),
                words: data.name(row).to_owned(),
            }),
        );
    }
    callouts::draw(&canvas, plot.rect, &named, false);
    Some(canvas)
}

/// What the x axis shows: from zero, unless all stand so close together far out that the funnel
/// would be a sliver at the edge.
fn from(n: Extent) -> Extent {
    if n.span() > 0.0 && n.low > 2.0 * n.span() {
        return n.with(n.low - 0.5 * n.span()).with(n.high + 0.25 * n.span());
    }
    n.with(0.0)
}

/// What the y axis shows: all figures, and the limits as far as one span of the figures beyond.
/// Limits at small n would press the figures flat.
fn shown(data: &Data<'_>) -> Option<Extent> {
    let figures = data.extent(&[Role::Value])?;
    let figures =
        data.extent(&[Role::Center]).map_or(figures, |c| figures.with(c.low).with(c.high));
    let limits = data.extent(&[Role::Limit, Role::Warning]).unwrap_or(figures);
    let (low, high) = (figures.low - figures.span(), figures.high + figures.span());
    Some(figures.with(limits.low.max(low)).with(limits.high.min(high)))
}

/// The lane as a curve over n.
fn curve(data: &Data<'_>, lane: &Lane<'_>) -> Vec<(f64, f64)> {
    let mut curve: Vec<(f64, f64)> = by_x(data, lane).into_iter().flatten().collect();
    curve.sort_by(|a, b| a.0.total_cmp(&b.0));
    curve
}

/// The name of a curve at its right end.
fn edge(data: &Data<'_>, lane: &Lane<'_>) -> Option<Edge> {
    let at = curve(data, lane).last()?.1;
    let ink = match lane.role {
        Role::Limit | Role::Warning => Ink::Muted,
        role => stroke(role).ink,
    };
    Some(Edge { at, text: lane.label.to_owned(), ink })
}
