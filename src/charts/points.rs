//! Points and lines of a series. What a point is shows in its shape as well as its colour.

use crate::report::{Emphasis, Format, Role};

use super::backend::Tag;
use super::canvas::{Canvas, Px, Stroke};
use super::data::{Data, Lane};
use super::edges::Edge;
use super::plot::{MANY, Plot, nth};
use super::theme::Ink;

/// Figures with their places on the x axis; gaps where one of them is unknown.
pub(super) type Course = Vec<Option<(f64, f64)>>;

/// A lane over bands.
pub(super) fn by_row(lane: &Lane<'_>) -> Course {
    let rows = lane.values.iter().enumerate();
    rows.map(|(row, y)| y.map(|y| (nth(row), y))).collect()
}

/// A lane over a scale.
pub(super) fn by_x(data: &Data<'_>, lane: &Lane<'_>) -> Course {
    data.xs.iter().zip(&lane.values).map(|(x, y)| x.zip(*y)).collect()
}

/// A course that holds each figure for its whole band, as limits do.
pub(super) fn stepped(course: &Course) -> Course {
    let mut out: Course = Vec::new();
    for point in course {
        let Some((x, y)) = *point else {
            out.push(None);
            continue;
        };
        let level = |p: &Option<(f64, f64)>| p.is_some_and(|p| p.1.to_bits() == y.to_bits());
        if out.last().is_some_and(level) {
            out.pop();
        } else {
            out.push(Some((x - 0.5, y)));
        }
        out.push(Some((x + 0.5, y)));
    }
    out
}

/// Draws the runs of a course.
pub(super) fn trace(canvas: &Canvas, plot: &Plot, course: &Course, stroke: Stroke) {
    for run in plot.runs(course) {
        canvas.line(&run, stroke);
    }
}

/// The area between two courses, where both are known.
pub(super) fn band(canvas: &Canvas, plot: &Plot, low: &Course, high: &Course) {
    let both = low.iter().zip(high).map(|(l, h)| (*l).zip(*h));
    let (low, high): (Course, Course) =
        both.map(|b| b.map_or((None, None), |(l, h)| (Some(l), Some(h)))).unzip();
    for (low, high) in plot.runs(&low).into_iter().zip(plot.runs(&high)) {
        if let ([low], [high]) = (low.as_slice(), high.as_slice()) {
            // A figure between gaps has no area; its bounds show as a bar.
            canvas.line(&[*low, *high], Stroke::new(Ink::Fill, 8.0));
        }
        let corners: Vec<Px> = low.into_iter().chain(high.into_iter().rev()).collect();
        canvas.area(&corners, Ink::Fill, 1.0);
    }
}

/// What a point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// As expected.
    Plain,
    /// Does not count in full.
    Open,
    /// A signal for the worse or of unknown direction.
    Signal,
    /// A signal for the better.
    Good,
}

/// What a row's point is.
pub(super) fn look(data: &Data<'_>, row: usize) -> Look {
    match (data.signal(row), data.emphasis(row)) {
        (Some(_), Some(Emphasis::Good)) => Look::Good,
        (Some(_), _) => Look::Signal,
        (None, Some(Emphasis::Muted)) => Look::Open,
        (None, _) => Look::Plain,
    }
}

/// Draws one point with its tooltip.
pub(super) fn point(canvas: &Canvas, at: Px, radius: f64, ink: Ink, look: Look, title: String) {
    let tag = Tag { class: "pt", title, ..Tag::default() };
    match look {
        Look::Plain => canvas.dot(at, radius, ink, tag),
        Look::Open => canvas.ring(at, 3.0, Stroke::new(ink, 1.5), Tag { backed: true, ..tag }),
        Look::Signal => canvas.group("pt signal", &tag.title, |canvas| {
            canvas.ring(at, 8.0, Stroke::new(Ink::Signal, 1.5), Tag::default());
            canvas.area(&diamond(at, 5.0), Ink::Signal, 1.0);
        }),
        Look::Good => canvas.group("pt signal good", &tag.title, |canvas| {
            canvas.ring(at, 8.0, Stroke::new(Ink::Good, 1.5), Tag::default());
            canvas.area(&square(at, 3.5), Ink::Good, 1.0);
        }),
    }
}

/// The shape of a signal beside a bar, whose own shape cannot change.
pub(super) fn sign(canvas: &Canvas, at: Px, look: Look) {
    match look {
        Look::Signal => canvas.area(&diamond(at, 4.5), Ink::Signal, 1.0),
        Look::Good => canvas.area(&square(at, 3.5), Ink::Good, 1.0),
        Look::Plain | Look::Open => {}
    }
}

fn diamond((x, y): Px, r: f64) -> [Px; 4] {
    [(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
}

fn square((x, y): Px, r: f64) -> [Px; 4] {
    [(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)]
}

/// Draws a course's points, signals over the others. Of a long course only the signals.
pub(super) fn points(canvas: &Canvas, plot: &Plot, data: &Data<'_>, course: &Course, ink: Ink) {
    let rows = course.iter().enumerate().filter_map(|(row, p)| p.map(|p| (row, p)));
    let (plain, signals): (Vec<_>, Vec<_>) = rows
        .map(|(row, p)| (row, p, look(data, row)))
        .partition(|(row, ..)| data.signal(*row).is_none());
    let plain = if plain.len() > MANY { Vec::new() } else { plain };
    let radius = match plot.rect.width() / nth(course.len().max(1)) {
        room if room < 4.0 => 1.2,
        room if room < 16.0 => 2.0,
        _ => 3.0,
    };
    for (row, (x, y), look) in plain.into_iter().chain(signals.into_iter().take(MANY)) {
        point(canvas, plot.at(x, y), radius, ink, look, data.tooltip(row));
    }
}

/// Colour of a part.
pub(super) fn ink(role: Role) -> Ink {
    match role {
        Role::Value => Ink::Value,
        Role::Other => Ink::Other,
        Role::Center => Ink::Center,
        Role::Limit => Ink::Limit,
        Role::Warning => Ink::Warning,
        Role::Bound => Ink::Fill,
        Role::Cumulative => Ink::Cumulative,
        Role::Target => Ink::Target,
    }
}

/// Line of a part.
pub(super) fn stroke(role: Role) -> Stroke {
    let ink = ink(role);
    match role {
        Role::Value | Role::Other | Role::Cumulative => Stroke::new(ink, 1.8),
        Role::Center => Stroke::new(ink, 1.4),
        Role::Warning => Stroke::new(ink, 1.0).dashed("5 4"),
        Role::Target => Stroke::new(ink, 1.4).dashed("7 4"),
        Role::Limit | Role::Bound => Stroke::new(ink, 1.0),
    }
}

/// Rows that make a level.
const LEVEL: usize = 3;

/// The direct label of a lane: its name beside its last figure, with the figure where the last
/// rows all have it.
pub(super) fn edge(data: &Data<'_>, lane: &Lane<'_>) -> Option<Edge> {
    let last = lane.values.iter().rposition(Option::is_some)?;
    let at = lane.values.get(last).copied().flatten()?;
    let same = |v: f64| (v - at).abs() <= at.abs() * 1e-9;
    let mut level = lane.values.iter().flatten().rev().take(LEVEL);
    let constant = level.all(|v| same(*v)) && lane.format != Format::Text;
    let reference = !matches!(lane.role, Role::Value | Role::Other);
    let mut text = lane.label.to_owned();
    if constant && reference {
        text.push(' ');
        text.push_str(&data.text(lane, last).replace(' ', "\u{a0}"));
    }
    let ink = match lane.role {
        Role::Limit | Role::Warning => Ink::Muted,
        role => ink(role),
    };
    Some(Edge { at, text, ink })
}
