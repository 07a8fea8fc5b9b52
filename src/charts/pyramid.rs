//! Two measures back to back, a tier a row: what the many at the base bring beside what the few
//! at the top do.

use crate::report::{Emphasis, Role};

use super::backend::Tag;
use super::canvas::{Align, Canvas, Rect, Type};
use super::data::{Data, Lane};
use super::plot::{Plot, nth};
use super::points::ink;
use super::rows::{self, MOST};
use super::text::{fit, width, wrap};
use super::theme::{Ink, LINE};
use super::ticks::Extent;

const NAME: f64 = 150.0;
const PITCH: f64 = 38.0;
const THICK: f64 = 26.0;

/// Draws the pyramid; measures that are not two, or fall below zero, stand as plain rows.
pub(super) fn pyramid(data: &Data<'_>) -> Option<Canvas> {
    let lanes: Vec<&Lane<'_>> = data.of(Role::Value).chain(data.of(Role::Other)).collect();
    let low = data.extent(&[Role::Value, Role::Other])?.low;
    let [left, right] = lanes.as_slice() else { return rows::rows(data) };
    if low < 0.0 || data.len() > MOST {
        return rows::rows(data);
    }
    let head = 2.0 * LINE;
    let canvas = Canvas::new(data.size.width, head + PITCH * nth(data.len()));
    let names = data.names.iter().flat_map(|name| wrap(name, NAME, 2));
    let half = names.map(|line| width(&line)).fold(40.0, f64::max) / 2.0 + 12.0;
    let middle = data.size.width / 2.0;
    tiers(&canvas, data, head, middle);
    let sides = [(*left, middle - half, -1.0), (*right, middle + half, 1.0)];
    for (lane, foot, way) in sides {
        side(&canvas, data, &lanes, lane, Side { foot, way, head });
    }
    Some(canvas)
}

/// Where a side's bars begin and which way they grow.
#[derive(Clone, Copy)]
struct Side {
    foot: f64,
    way: f64,
    head: f64,
}

fn tiers(canvas: &Canvas, data: &Data<'_>, head: f64, middle: f64) {
    for (row, name) in data.names.iter().enumerate() {
        let lines = wrap(name, NAME, 2);
        let mut y = head + PITCH * (nth(row) + 0.5) - (nth(lines.len()) - 1.0) * 7.0;
        for line in &lines {
            canvas.text((middle, y), line, Type::body(Ink::Text, Align::Middle));
            y += 14.0;
        }
    }
}

fn side(canvas: &Canvas, data: &Data<'_>, lanes: &[&Lane<'_>], lane: &Lane<'_>, side: Side) {
    let alike = lanes.iter().filter(|other| other.format == lane.format);
    let high = Extent::of(alike.flat_map(|l| l.values.iter().flatten().copied()));
    let high = high.map(|extent| extent.high).filter(|high| *high > 0.0).unwrap_or(1.0);
    let texts = (0..data.len()).map(|row| width(data.text(lane, row)));
    let room = side.foot.min(canvas.width - side.foot) - texts.fold(0.0, f64::max) - 10.0;
    let rect = Rect { left: 0.0, top: side.head, right: room, bottom: canvas.height };
    let plot = Plot::new(canvas, rect, (0.0, high), (0.0, 1.0));

    let align = if side.way < 0.0 { Align::End } else { Align::Start };
    let words = fit(lane.label, room);
    let paint = if lane.role == Role::Value { Ink::Value } else { Ink::Text };
    canvas.text((side.foot, LINE), &words, Type::body(paint, align).bold());
    for (row, value) in lane.values.iter().enumerate() {
        let middle = side.head + PITCH * (nth(row) + 0.5);
        let end = side.foot + side.way * value.map_or(0.0, |value| plot.at(value, 0.0).0);
        if value.is_some() {
            let rect = Rect {
                left: end.min(side.foot),
                top: middle - THICK / 2.0,
                right: end.max(side.foot),
                bottom: middle + THICK / 2.0,
            };
            let alpha = if data.emphasis(row) == Some(Emphasis::Muted) { 0.45 } else { 1.0 };
            let tag = Tag { class: "pt", title: data.tooltip(row), ..Tag::default() };
            canvas.bar(rect, ink(lane.role), alpha, tag);
        }
        let at = (end + 6.0 * side.way, middle);
        canvas.text(at, data.text(lane, row), Type::body(Ink::Text, align));
    }
}
