//! Direct labels at the right end of lines, spread so that none lies on another.

use super::canvas::{Align, Canvas, Rect, Type};
use super::text::{width, wrap};
use super::theme::Ink;

/// Widest label, in px.
const ROOM: f64 = 116.0;
/// From one line of a label to the next.
const LEADING: f64 = 14.0;
/// Between a line's end and its label.
const GAP: f64 = 8.0;

/// A label to be placed beside a height.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    /// On the y axis.
    pub at: f64,
    pub text: String,
    pub ink: Ink,
}

struct Placed {
    middle: f64,
    lines: Vec<String>,
    ink: Ink,
}

impl Placed {
    fn height(&self) -> f64 {
        LEADING * f64::from(u8::try_from(self.lines.len()).unwrap_or(1)) + 1.0
    }
}

/// The margin the labels need.
pub(super) fn margin(edges: &[Edge]) -> f64 {
    let lines = edges.iter().flat_map(|edge| wrap(&edge.text, ROOM, 2));
    let widest = lines.map(|line| width(&line)).fold(0.0, f64::max);
    if widest > 0.0 { widest + GAP + 2.0 } else { 0.0 }
}

/// Writes the labels beside the plot; `height` maps the y axis to px.
pub(super) fn draw(canvas: &Canvas, rect: Rect, edges: &[Edge], height: impl Fn(f64) -> f64) {
    let mut placed: Vec<Placed> = edges
        .iter()
        .map(|edge| Placed {
            middle: height(edge.at),
            lines: wrap(&edge.text, ROOM, 2),
            ink: edge.ink,
        })
        .collect();
    placed.sort_by(|a, b| a.middle.total_cmp(&b.middle));
    spread(&mut placed, rect.top - LEADING / 2.0, rect.bottom + LEADING / 2.0);
    for label in &placed {
        let mut y = label.middle - (label.height() - LEADING) / 2.0;
        for line in &label.lines {
            canvas.text((rect.right + GAP, y), line, Type::body(label.ink, Align::Start));
            y += LEADING;
        }
    }
}

/// Pushes labels apart, downwards then back up where they ran out of room.
fn spread(labels: &mut Vec<Placed>, top: f64, bottom: f64) {
    while labels.iter().map(Placed::height).sum::<f64>() > bottom - top {
        labels.pop();
    }
    let mut free = top;
    for label in labels.iter_mut() {
        label.middle = label.middle.max(free + label.height() / 2.0);
        free = label.middle + label.height() / 2.0;
    }
    let mut free = bottom;
    for label in labels.iter_mut().rev() {
        label.middle = label.middle.min(free - label.height() / 2.0);
        free = label.middle - label.height() / 2.0;
    }
}
