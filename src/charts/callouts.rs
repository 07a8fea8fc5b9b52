//! Words beside single points: names of outliers, values worth reading off. Each takes the first
//! side on which it covers neither another nor a marked point; without one it is left to the
//! tooltip.

use crate::report::MarkKind;

use super::backend::Tag;
use super::canvas::{Align, Canvas, Px, Rect, Stroke, Type};
use super::data::Data;
use super::plot::Plot;
use super::points::Course;
use super::text::{fit, width};
use super::theme::Ink;

const ROOM: f64 = 280.0;
/// From a point to its words.
const AWAY: f64 = 12.0;

/// Words to be placed.
pub(super) struct Callout {
    pub at: Px,
    pub words: String,
}

/// Writes the words that find room inside the plot: beside their points, or `above` them first
/// where a curve runs through the points.
pub(super) fn draw(canvas: &Canvas, rect: Rect, callouts: &[Callout], above: bool) {
    let around = |(x, y): Px| Rect { left: x - 8.0, top: y - 8.0, right: x + 8.0, bottom: y + 8.0 };
    let mut taken: Vec<Rect> = callouts.iter().map(|c| around(c.at)).collect();
    for callout in callouts {
        let words = fit(&callout.words, ROOM);
        let wide = width(&words);
        let (x, y) = callout.at;
        let mut sides = [
            (x + AWAY, y - AWAY, Align::Start),
            (x, y - AWAY - 6.0, Align::Middle),
            (x - AWAY, y - AWAY, Align::End),
            (x + AWAY, y, Align::Start),
            (x - AWAY, y, Align::End),
            (x, y + AWAY + 6.0, Align::Middle),
        ];
        if !above {
            sides.rotate_left(3);
        }
        let free = |(_, b): &((f64, f64, Align), Rect)| {
            inside(b, &rect) && taken.iter().all(|t| apart(t, b))
        };
        let mut options = sides.into_iter().map(|side| (side, bounds(side, wide)));
        if let Some(((x, y, align), bounds)) = options.find(free) {
            canvas.text((x, y), &words, Type::body(Ink::Text, align).rimmed());
            taken.push(bounds);
        }
    }
}

fn bounds((x, y, align): (f64, f64, Align), wide: f64) -> Rect {
    let left = match align {
        Align::Start => x,
        Align::Middle => x - wide / 2.0,
        Align::End => x - wide,
    };
    Rect { left, top: y - 8.0, right: left + wide, bottom: y + 8.0 }
}

fn inside(inner: &Rect, outer: &Rect) -> bool {
    inner.left >= outer.left
        && inner.right <= outer.right
        && inner.top >= outer.top - 12.0
        && inner.bottom <= outer.bottom
}

fn apart(a: &Rect, b: &Rect) -> bool {
    a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top
}

/// Marks the values worth reading off on a course; with `guides`, lines lead to both axes.
pub(super) fn reads(canvas: &Canvas, plot: &Plot, data: &Data<'_>, course: &Course, guides: bool) {
    let marks = data.chart.marks.iter().filter(|mark| mark.kind == MarkKind::Read);
    let mut callouts = Vec::new();
    for mark in marks {
        let point = data.drawn(mark.row).and_then(|row| course.get(row).copied().flatten());
        let Some((x, y)) = point else { continue };
        let at = plot.at(x, y);
        if guides {
            let bend = [(plot.rect.left, at.1), at, (at.0, plot.rect.bottom)];
            canvas.line(&bend, Stroke::new(Ink::Muted, 1.2).dashed("3 3"));
        }
        canvas.ring(at, 5.0, Stroke::new(Ink::Text, 1.5), Tag::default());
        callouts.push(Callout { at, words: mark.label.clone() });
    }
    draw(canvas, plot.rect, &callouts, true);
}
