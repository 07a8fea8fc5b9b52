//! A value-stream map: every step as a process box over its data box, the wait before it as an
//! inventory triangle over a push arrow, and the ladder of times beneath. Steps that find no room
//! go on in the next row.

use crate::report::{Format, Role};

use super::backend::Tag;
use super::canvas::{Align, Canvas, Rect, Stroke, Type};
use super::data::{Data, Lane};
use super::legend::{self, Key, Swatch};
use super::plot::nth;
use super::points::{Look, look, sign};
use super::rows;
use super::text::{fit, width, wrap};
use super::theme::{FONT, Ink, LINE, SMALL};
use super::ticks::plain;

/// Steps drawn; the rest is in the table, and its number is written.
const MOST: usize = 24;
/// Least width of a step with the wait before it.
const LEAST: f64 = 180.0;
/// Share of that width the wait takes.
const WAIT: f64 = 0.34;
/// Height of a process box.
const HEAD: f64 = 38.0;
/// Least height of a data box, so that the triangle beside it has room.
const BODY: f64 = 40.0;
/// Height of the ladder, with the figures over and under it.
const LADDER: f64 = 58.0;
const BETWEEN: f64 = 16.0;
/// From one line of a data box to the next.
const LEADING: f64 = 14.0;

/// Where everything of a step stands.
#[derive(Clone, Copy)]
struct Place {
    /// Left end of the wait.
    left: f64,
    /// Left end of the box.
    front: f64,
    right: f64,
    top: f64,
    /// Lower end of the data box.
    bottom: f64,
}

/// Draws the map.
pub(super) fn value_stream(data: &Data<'_>) -> Option<Canvas> {
    data.first(Role::Value)?;
    let count = data.len().min(MOST);
    let sheet = data.size.width;
    let in_row = [1.0, 2.0, 3.0, 4.0].into_iter().rev().find(|n| sheet >= n * LEAST).unwrap_or(1.0);
    let cell = (sheet - 2.0) / in_row;
    let room = cell * (1.0 - WAIT) - 12.0;
    let facts: Vec<Vec<Fact>> = (0..count).map(|row| facts(data, row, room)).collect();
    let tallest = facts.iter().map(|facts| facts.iter().map(Fact::lines).sum::<f64>());
    let body = (tallest.fold(0.0, f64::max) * LEADING + 8.0).max(BODY);
    // Bold words are wider than they are reckoned.
    let totals = wrap(&totals(data), 0.9 * sheet, 3);
    let keys = keys(data);
    let head = legend::height("", &keys, sheet) + 8.0;
    let pitch = HEAD + body + LADDER + BETWEEN;
    let rows = (nth(count) / in_row).ceil();
    let rest = if data.len() > count { LINE } else { 0.0 };
    let canvas = Canvas::new(sheet, head + rows * pitch + nth(totals.len()) * LINE + rest + 4.0);
    legend::draw(&canvas, "", &keys);
    for (row, facts) in facts.iter().enumerate() {
        let (line, column) = ((nth(row) / in_row).floor(), nth(row) % in_row);
        let left = 1.0 + column * cell;
        let top = head + line * pitch;
        let place = Place {
            left,
            front: left + cell * WAIT,
            right: left + cell,
            top,
            bottom: top + HEAD + body,
        };
        step(&canvas, data, row, place, facts);
        wait(&canvas, data, row, place);
        ladder(&canvas, data, row, place);
    }
    for (nth_line, line) in totals.iter().enumerate() {
        let y = head + rows * pitch + LINE * (nth(nth_line) + 0.5);
        canvas.text((1.0, y), line, Type::body(Ink::Text, Align::Start).bold());
    }
    rows::rest(&canvas, data.len() - count, 1.0);
    Some(canvas)
}

/// The two lines of the ladder.
fn keys(data: &Data<'_>) -> Vec<Key> {
    let lines = [(Role::Other, Ink::Warning), (Role::Value, Ink::Value)];
    let key = |(role, ink)| {
        let label = data.first(role)?.label.to_owned();
        Some(Key { swatch: Swatch::Line(""), ink, label })
    };
    lines.into_iter().filter_map(key).collect()
}

/// A line of a data box, or two where heading and figure do not fit beside each other.
struct Fact {
    heading: String,
    figure: String,
    beside: bool,
}

impl Fact {
    fn lines(&self) -> f64 {
        if self.beside { 1.0 } else { 2.0 }
    }
}

/// What stands in the data box: the columns that are neither time of the ladder.
fn facts(data: &Data<'_>, row: usize, room: f64) -> Vec<Fact> {
    let room = room * FONT / SMALL;
    let fact = |(heading, figure): (&str, &str)| Fact {
        beside: width(heading) + width(figure) + 10.0 <= room,
        heading: fit(heading, room),
        figure: fit(figure, room),
    };
    data.figures_beside(row).map(fact).collect()
}

/// The process box with its data box.
fn step(canvas: &Canvas, data: &Data<'_>, row: usize, place: Place, facts: &[Fact]) {
    let look = look(data, row);
    let (ink, class) = match look {
        Look::Signal => (Ink::Signal, "pt signal"),
        Look::Good => (Ink::Good, "pt signal good"),
        Look::Plain | Look::Open => (Ink::Text, "pt"),
    };
    let Place { front, right, top, bottom, .. } = place;
    canvas.group(class, &data.tooltip(row), |canvas| {
        let head = Rect { left: front, top, right, bottom: top + HEAD };
        canvas.bar(head, Ink::Fill, 1.0, Tag::default());
        let stroke = Stroke::new(ink, if look == Look::Plain { 1.2 } else { 2.0 });
        let corners = [(front, top), (right, top), (right, bottom), (front, bottom), (front, top)];
        canvas.line(&corners, stroke);
        canvas.line(&[(front, top + HEAD), (right, top + HEAD)], Stroke::new(ink, 1.2));
        sign(canvas, (right - 8.0, top + 8.0), look);
    });
    let name = wrap(data.names.get(row).copied().unwrap_or(""), right - front - 20.0, 2);
    let mut y = top + HEAD / 2.0 - (nth(name.len()) - 1.0) * LEADING / 2.0;
    for line in &name {
        let middle = f64::midpoint(front, right);
        canvas.text((middle, y), line, Type::body(Ink::Text, Align::Middle).bold());
        y += LEADING;
    }
    let mut y = top + HEAD + 4.0 + LEADING / 2.0;
    for fact in facts {
        canvas.text((front + 6.0, y), &fact.heading, Type::small(Ink::Muted, Align::Start));
        y += if fact.beside { 0.0 } else { LEADING };
        canvas.text((right - 6.0, y), &fact.figure, Type::small(Ink::Text, Align::End));
        y += LEADING;
    }
}

/// The triangle of work that waits, where any does, over the arrow that pushes it on.
fn wait(canvas: &Canvas, data: &Data<'_>, row: usize, place: Place) {
    let waits = figure(data, Role::Other, row).is_some_and(|wait| wait > 0.0);
    if row == 0 && !waits {
        return;
    }
    let (left, right) = (place.left + 5.0, place.front - 4.0);
    let y = place.top + HEAD / 2.0;
    let mut x = left;
    while x + 5.0 < right - 10.0 {
        let stripe = Rect { left: x, top: y - 4.0, right: x + 5.0, bottom: y + 4.0 };
        canvas.bar(stripe, Ink::Muted, 1.0, Tag::default());
        x += 8.0;
    }
    canvas.area(&[(right - 10.0, y - 8.0), (right, y), (right - 10.0, y + 8.0)], Ink::Muted, 1.0);
    if waits {
        let (middle, top) = (f64::midpoint(left, right), place.top + HEAD + 4.0);
        let corners = [
            (middle, top),
            (middle + 15.0, top + 26.0),
            (middle - 15.0, top + 26.0),
            (middle, top),
        ];
        canvas.line(&corners, Stroke::new(Ink::Warning, 1.6));
        canvas.text((middle, top + 18.0), "I", Type::small(Ink::Text, Align::Middle).bold());
    }
}

/// The rung of a step: its wait above, its processing below.
fn ladder(canvas: &Canvas, data: &Data<'_>, row: usize, place: Place) {
    let high = place.bottom + 22.0;
    let low = high + 18.0;
    let Place { left, front, right, .. } = place;
    let wait =
        data.first(Role::Other).filter(|_| row > 0 || figure(data, Role::Other, 0).is_some());
    if let Some(lane) = wait {
        canvas.line(&[(left, high), (front, high)], Stroke::new(Ink::Warning, 2.0));
        canvas.line(&[(front, high), (front, low)], Stroke::new(Ink::Muted, 1.0));
        let words = fit(data.text(lane, row), (front - left) * FONT / SMALL);
        let at = (f64::midpoint(left, front), high - 9.0);
        canvas.text(at, &words, Type::small(Ink::Text, Align::Middle));
        if row > 0 && (left - 1.0).abs() > 0.5 {
            canvas.line(&[(left, low), (left, high)], Stroke::new(Ink::Muted, 1.0));
        }
    }
    canvas.line(&[(front, low), (right, low)], Stroke::new(Ink::Value, 2.0));
    if let Some(lane) = data.first(Role::Value) {
        let words = fit(data.text(lane, row), (right - front) * FONT / SMALL);
        let at = (f64::midpoint(front, right), low + 10.0);
        canvas.text(at, &words, Type::small(Ink::Text, Align::Middle));
    }
}

fn figure(data: &Data<'_>, role: Role, row: usize) -> Option<f64> {
    data.first(role)?.values.get(row).copied().flatten()
}

/// The row of totals in words: each figure under its heading, broken between them only. Without
/// such a row, the sums of the ladder.
fn totals(data: &Data<'_>) -> String {
    let part =
        |(heading, figure): (&str, &str)| format!("{heading} {figure}").replace(' ', "\u{a0}");
    let mut parts: Vec<String> = data.totals().map(part).collect();
    if parts.is_empty() {
        let lanes = [Role::Other, Role::Value].into_iter().filter_map(|role| data.first(role));
        parts = lanes.filter_map(|lane| Some(part((lane.label, &sum(lane)?)))).collect();
    }
    parts.join(" · ")
}

/// The sum of a lane; nothing where a step's time is unknown, but before the first none need wait.
fn sum(lane: &Lane<'_>) -> Option<String> {
    let unknown = |(row, value): (usize, &Option<f64>)| {
        value.is_none() && (row > 0 || lane.role == Role::Value)
    };
    if lane.values.iter().enumerate().any(unknown) {
        return None;
    }
    let decimals = match lane.format {
        Format::Number(decimals) => usize::from(decimals),
        Format::Days => 1,
        _ => 0,
    };
    Some(plain(lane.values.iter().flatten().sum(), decimals))
}
