//! Horizontal bars, one or two a row, each with its figure beside it: stages of a process, and
//! bars whose names are too long to stand below them.

use crate::report::{Emphasis, Format, Role};

use super::backend::Tag;
use super::bars::key;
use super::canvas::{Align, Canvas, Rect, Stroke, Type};
use super::data::{Data, Lane};
use super::legend::{self, Swatch};
use super::plot::{Plot, nth};
use super::points::{Look, ink, look, sign};
use super::text::{width, wrap};
use super::theme::{Ink, LINE};
use super::ticks::Extent;

/// Rows drawn; the rest is in the table, and its number is written.
pub(super) const MOST: usize = 60;
/// Widest name, as a share of the sheet.
const NAME: f64 = 0.25;
/// Bars that may lie on their side; more of them would be a wall.
const FEW: usize = 20;
const THICK: f64 = 18.0;
const PAIRED: f64 = 14.0;
const BETWEEN: f64 = 13.0;

/// Whether vertical bars would have to cut their names short.
pub(super) fn suits(data: &Data<'_>) -> bool {
    let lines = [Role::Bound, Role::Center, Role::Target, Role::Limit];
    let plain = lines.iter().all(|role| data.first(*role).is_none());
    let slot = (data.size.width - 70.0) / nth(data.len().max(1)) - 4.0;
    let cut = |name: &&str| {
        wrap(name, slot, 2).iter().any(|line| width(line) > slot || line.ends_with('…'))
    };
    plain && data.x_format == Format::Text && data.len() <= FEW && data.names.iter().any(cut)
}

/// Draws the rows.
pub(super) fn rows(data: &Data<'_>) -> Option<Canvas> {
    let lanes: Vec<&Lane<'_>> = data.of(Role::Value).chain(data.of(Role::Other)).take(2).collect();
    let count = data.len().min(MOST);
    let bar = if lanes.len() > 1 { PAIRED } else { THICK };
    let pitch = bar * nth(lanes.len()) + BETWEEN;
    let keys: Vec<_> = if lanes.len() > 1 {
        lanes.iter().map(|lane| key(lane, Swatch::Bar)).collect()
    } else {
        Vec::new()
    };
    let title = &data.chart.y_label;
    let head = legend::height(title, &keys, data.size.width) + 8.0;
    let rest = data.len() - count;
    let foot = if rest > 0 { LINE + 6.0 } else { 2.0 };
    let canvas = Canvas::new(data.size.width, (head + pitch * nth(count) + foot).round());
    legend::draw(&canvas, title, &keys);

    let left = names(&canvas, data, count, head, pitch) + 10.0;
    let plots = plots(&canvas, data, &lanes, (left, head, head + pitch * nth(count)))?;
    for (side, (lane, plot)) in lanes.iter().zip(&plots).enumerate() {
        for row in 0..count {
            let top = head + pitch * nth(row) + BETWEEN / 2.0 + bar * nth(side);
            row_bar(&canvas, plot, data, lane, row, (top, top + bar - 1.0));
        }
    }
    for plot in plots.iter().take(1) {
        let zero = plot.at(0.0, 0.0).0;
        let ends = [(zero, plot.rect.top), (zero, plot.rect.bottom)];
        canvas.line(&ends, Stroke::new(Ink::Muted, 1.0));
    }
    self::rest(&canvas, rest, left);
    Some(canvas)
}

/// Says how many rows are left to the table.
pub(super) fn rest(canvas: &Canvas, rest: usize, left: f64) {
    if rest > 0 {
        let at = (left, canvas.height - LINE / 2.0);
        canvas.text(at, &format!("… +{rest}"), Type::body(Ink::Muted, Align::Start));
    }
}

fn wrapped(data: &Data<'_>, count: usize) -> Vec<Vec<String>> {
    data.names.iter().take(count).map(|name| wrap(name, NAME * data.size.width, 2)).collect()
}

/// The right end of the names.
pub(super) fn names_width(data: &Data<'_>, count: usize) -> f64 {
    wrapped(data, count).iter().flatten().map(|line| width(line)).fold(20.0, f64::max) + 4.0
}

/// Writes the names; returns their right end.
pub(super) fn names(canvas: &Canvas, data: &Data<'_>, count: usize, head: f64, pitch: f64) -> f64 {
    let right = names_width(data, count);
    for (row, lines) in wrapped(data, count).iter().enumerate() {
        let middle = head + pitch * (nth(row) + 0.5);
        let mut y = middle - (nth(lines.len()) - 1.0) * 7.0;
        for line in lines {
            canvas.text((right, y), line, Type::body(Ink::Text, Align::End));
            y += 14.0;
        }
    }
    right
}

/// One scale a lane; lanes of one format share theirs.
fn plots(
    canvas: &Canvas,
    data: &Data<'_>,
    lanes: &[&Lane<'_>],
    (left, top, bottom): (f64, f64, f64),
) -> Option<Vec<Plot>> {
    let rows = 0..data.len().min(MOST);
    let texts = lanes.iter().flat_map(|lane| rows.clone().map(|row| beside(data, lane, row)));
    let room = texts.map(|text| width(&text)).fold(0.0, f64::max) + 10.0 + sign_room(data);
    let plot = |lane: &&Lane<'_>| {
        let alike = lanes.iter().filter(|other| other.format == lane.format);
        let values = alike.flat_map(|lane| lane.values.iter().take(MOST).flatten().copied());
        let extent = Extent::of(values)?.with(0.0);
        let below = if extent.low < 0.0 { room } else { 0.0 };
        let rect = Rect { left: left + below, top, right: canvas.width - room, bottom };
        let high = if extent.span() > 0.0 { extent.high } else { 1.0 };
        Some(Plot::new(canvas, rect, (extent.low, high), (0.0, 1.0)))
    };
    let known: Vec<Plot> = lanes.iter().filter_map(plot).collect();
    (known.len() == lanes.len()).then_some(known)
}

/// The figure beside a bar, with its share where the table has one.
fn beside(data: &Data<'_>, lane: &Lane<'_>, row: usize) -> String {
    let text = data.text(lane, row);
    match data.share(lane, row).filter(|_| lane.format == Format::Count) {
        Some(share) => format!("{text} · {share}"),
        None => text.to_owned(),
    }
}

fn row_bar(
    canvas: &Canvas,
    plot: &Plot,
    data: &Data<'_>,
    lane: &Lane<'_>,
    row: usize,
    (top, bottom): (f64, f64),
) {
    let middle = f64::midpoint(top, bottom);
    let zero = plot.at(0.0, 0.0).0;
    let value = lane.values.get(row).copied().flatten();
    let end = value.map_or(zero, |value| plot.at(value, 0.0).0);
    if value.is_some() {
        let rect = Rect { left: zero.min(end), top, right: zero.max(end), bottom };
        let (ink, class) = match look(data, row) {
            Look::Signal if lane.role == Role::Value => (Ink::Signal, "pt signal"),
            Look::Good if lane.role == Role::Value => (Ink::Good, "pt signal good"),
            _ => (ink(lane.role), "pt"),
        };
        let alpha = if data.emphasis(row) == Some(Emphasis::Muted) { 0.45 } else { 1.0 };
        canvas.bar(rect, ink, alpha, Tag { class, title: data.tooltip(row), ..Tag::default() });
    }
    let (x, align) = if value.is_some_and(|v| v < 0.0) {
        (end - 6.0, Align::End)
    } else {
        (end + 6.0, Align::Start)
    };
    let words = beside(data, lane, row);
    canvas.text((x, middle), &words, Type::body(Ink::Text, align));
    if lane.role == Role::Value {
        let away = width(&words) + 10.0;
        let x = if align == Align::End { x - away } else { x + away };
        sign(canvas, (x, middle), look(data, row));
    }
}

/// Room for the signs of signals behind the figures.
fn sign_room(data: &Data<'_>) -> f64 {
    if data.signals() { 14.0 } else { 0.0 }
}
