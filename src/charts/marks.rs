//! Marks on the x axis: where the baseline ends, and events. Their words stand in rows above the
//! plot, each starting at its line.

use crate::report::MarkKind;

use super::canvas::{Align, Canvas, Stroke, Type};
use super::data::Data;
use super::frame::Across;
use super::plot::{Ends, Plot, nth};
use super::text::{fit, width};
use super::theme::{Ink, LINE, SMALL};

/// Rows of words at most; further words are left to the table.
const ROWS: usize = 3;
const ROOM: f64 = 220.0;

/// A mark at its place.
pub(super) struct Flag {
    /// On the x axis.
    at: f64,
    kind: MarkKind,
    words: String,
    /// Row above the plot; `None` where there was no room.
    row: Option<u8>,
    /// Whether the words stand left of the line.
    left: bool,
}

/// Baseline ends and events, their words laid in rows.
pub(super) fn flags(data: &Data<'_>, across: &Across, sides: Ends, x: Ends) -> Vec<Flag> {
    let px = |at: f64| sides.0 + (at - x.0) / (x.1 - x.0) * (sides.1 - sides.0);
    let mut rows: [Vec<(f64, f64)>; ROWS] = Default::default();
    let mut flags = Vec::new();
    for mark in data.chart.marks.iter().filter(|mark| mark.kind != MarkKind::Read) {
        let Some(row) = data.drawn(mark.row) else { continue };
        let after = if mark.kind == MarkKind::BaselineEnd { 0.5 } else { 0.0 };
        let at = match across {
            Across::Bands { .. } => Some(nth(row) + after),
            Across::Scale(_) => data.xs.get(row).copied().flatten(),
        };
        let Some(at) = at else { continue };
        let words = fit(&mark.label, ROOM);
        let wide = width(&words) + 8.0;
        let left = px(at) + wide > sides.1 && px(at) - wide > sides.0;
        let span = if left { (px(at) - wide, px(at)) } else { (px(at), px(at) + wide) };
        let free = |taken: &Vec<(f64, f64)>| taken.iter().all(|t| span.1 < t.0 || t.1 < span.0);
        let fits = span.1 <= sides.1 + 1.0;
        let row = rows.iter().position(free).filter(|_| fits);
        if let Some(taken) = row.and_then(|row| rows.get_mut(row)) {
            taken.push(span);
        }
        let row = row.and_then(|row| u8::try_from(row).ok());
        flags.push(Flag { at, kind: mark.kind, words, row, left });
    }
    flags
}

/// Height of the rows.
pub(super) fn height(flags: &[Flag]) -> f64 {
    flags.iter().filter_map(|f| f.row).max().map_or(0.0, |row| f64::from(row + 1) * LINE + 8.0)
}

/// Draws the lines and their words; `above` is what other words need over the plot.
pub(super) fn draw(canvas: &Canvas, plot: &Plot, flags: &[Flag], above: f64) {
    for flag in flags {
        let x = plot.at(flag.at, plot.y.0).0;
        let top = flag.row.map_or(plot.rect.top, |_| middle(plot, flag, above) - LINE / 2.0);
        let stroke = match flag.kind {
            MarkKind::BaselineEnd => Stroke::new(Ink::Muted, 1.0),
            _ => Stroke::new(Ink::Muted, 1.0).dashed("2 3"),
        };
        canvas.line(&[(x, top), (x, plot.rect.bottom)], stroke);
    }
    for flag in flags.iter().filter(|flag| flag.row.is_some()) {
        let (x, y) = (plot.at(flag.at, plot.y.0).0, middle(plot, flag, above));
        let (at, align) = if flag.left { (x - 4.0, Align::End) } else { (x + 4.0, Align::Start) };
        let kind = Type { size: SMALL, ..Type::body(Ink::Text, align) };
        canvas.text((at, y), &flag.words, kind.rimmed());
    }
}

/// Height of a flag's words.
fn middle(plot: &Plot, flag: &Flag, above: f64) -> f64 {
    plot.rect.top - above - 19.0 - flag.row.map_or(0.0, f64::from) * LINE
}
