//! The row above the plot: what the y axis measures, then the key where direct labels cannot
//! do. It wraps and never lies over data.

use super::backend::Tag;
use super::canvas::{Align, Canvas, Rect, Stroke, Type};
use super::text::{fit, width};
use super::theme::{Ink, LINE};

const SWATCH: f64 = 14.0;
const GAP: f64 = 6.0;
const BETWEEN: f64 = 20.0;

/// How a series looks in the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Swatch {
    Bar,
    /// With its dashes.
    Line(&'static str),
}

/// An entry of the key.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub swatch: Swatch,
    pub ink: Ink,
    pub label: String,
}

/// An entry at its place: left end and row.
struct Entry<'a> {
    left: f64,
    row: u8,
    words: String,
    key: Option<&'a Key>,
}

fn entries<'a>(title: &str, keys: &'a [Key], room: f64) -> Vec<Entry<'a>> {
    let mut out = Vec::new();
    let (mut left, mut row) = (0.0, 0);
    let named = keys.iter().any(|key| key.label == title);
    let titled = (!title.is_empty() && !named).then_some((title, None));
    for (label, key) in titled.into_iter().chain(keys.iter().map(|k| (k.label.as_str(), Some(k)))) {
        let swatch = if key.is_some() { SWATCH + GAP } else { 0.0 };
        let words = fit(label, room - swatch);
        let wide = width(&words) + swatch;
        if left > 0.0 && left + wide > room {
            left = 0.0;
            row += 1;
        }
        out.push(Entry { left, row, words, key });
        left += wide + BETWEEN;
    }
    out
}

/// Height of the row or rows.
pub(super) fn height(title: &str, keys: &[Key], room: f64) -> f64 {
    entries(title, keys, room).last().map_or(0.0, |last| f64::from(last.row + 1) * (LINE + 2.0))
}

/// Writes the row from the top of the sheet.
pub(super) fn draw(canvas: &Canvas, title: &str, keys: &[Key]) {
    for entry in entries(title, keys, canvas.width) {
        let y = f64::from(entry.row) * (LINE + 2.0) + LINE / 2.0 + 1.0;
        let Some(key) = entry.key else {
            canvas.text((entry.left, y), &entry.words, Type::body(Ink::Muted, Align::Start));
            continue;
        };
        swatch(canvas, key, entry.left, y);
        let at = (entry.left + SWATCH + GAP, y);
        canvas.text(at, &entry.words, Type::body(Ink::Text, Align::Start));
    }
}

fn swatch(canvas: &Canvas, key: &Key, left: f64, y: f64) {
    let ends = [(left, y), (left + SWATCH, y)];
    let block = |half: f64| Rect { left, top: y - half, right: left + SWATCH, bottom: y + half };
    match key.swatch {
        Swatch::Bar => canvas.bar(block(5.0), key.ink, 1.0, Tag::default()),
        Swatch::Line(dash) => canvas.line(&ends, Stroke::new(key.ink, 2.0).dashed(dash)),
    }
}
