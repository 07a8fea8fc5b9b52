//! Lines down through the plot with words above it: where the baseline ends, events, and what
//! figures on the x axis are held against. The words stand in rows, each starting at its line.

use crate::report::{MarkKind, Role};

use super::canvas::{Align, Canvas, Stroke, Type};
use super::data::Data;
use super::frame::Across;
use super::plot::{Ends, Plot, nth};
use super::points::stroke;
use super::text::{fit, width};
use super::theme::{Ink, LINE, SMALL};

/// Rows of words at most; further words are left out.
const ROWS: usize = 4;
/// Widest words, in px, and what they are cut to where that finds no room.
const ROOMS: [f64; 3] = [220.0, 130.0, 70.0];

/// A line to be placed.
pub(super) struct Stand<'a> {
    /// On the x axis.
    pub at: f64,
    pub stroke: Stroke,
    pub words: &'a str,
}

/// A line at its place.
pub(super) struct Flag {
    at: f64,
    stroke: Stroke,
    words: String,
    /// Row above the plot; `None` where there was no room.
    row: Option<u8>,
    /// Whether the words stand left of the line.
    left: bool,
}

/// Baseline ends, events and references of a chart.
pub(super) fn flags(data: &Data<'_>, across: &Across, sides: Ends, x: Ends) -> Vec<Flag> {
    let mut stands = marks(data, across);
    if matches!(across, Across::Scale(_)) {
        stands.extend(references(data));
    }
    place(stands, sides, x)
}

/// What figures of the x axis are held against.
pub(super) fn references<'a>(data: &Data<'a>) -> Vec<Stand<'a>> {
    let line = |role| match role {
        Role::Limit => Stroke::new(Ink::Signal, 1.4),
        Role::Target => stroke(role),
        _ => Stroke::new(Ink::Center, 1.4).dashed("2 3"),
    };
    data.references().map(|r| Stand { at: r.at, stroke: line(r.role), words: r.label }).collect()
}

fn marks<'a>(data: &Data<'a>, across: &Across) -> Vec<Stand<'a>> {
    let marks = data.chart.marks.iter().filter(|mark| mark.kind != MarkKind::Read);
    let stand = |mark: &'a crate::report::edition::Mark| {
        let row = data.drawn(mark.row)?;
        let (after, dash) =
            if mark.kind == MarkKind::BaselineEnd { (0.5, "") } else { (0.0, "2 3") };
        let at = match across {
            Across::Bands { .. } => Some(nth(row) + after),
            Across::Scale(_) => data.xs.get(row).copied().flatten(),
        };
        Some(Stand {
            at: at?,
            stroke: Stroke::new(Ink::Muted, 1.0).dashed(dash),
            words: &mark.label,
        })
    };
    marks.filter_map(stand).collect()
}

/// Lays the words in rows. The rightmost stand lowest, so that no line runs through words right
/// of it.
pub(super) fn place(mut stands: Vec<Stand<'_>>, sides: Ends, x: Ends) -> Vec<Flag> {
    let px = |at: f64| sides.0 + (at - x.0) / (x.1 - x.0) * (sides.1 - sides.0);
    stands.sort_by(|a, b| b.at.total_cmp(&a.at));
    let mut rows: [Vec<Ends>; ROWS] = Default::default();
    let mut flags = Vec::new();
    for stand in stands {
        let place = ROOMS.iter().find_map(|room| {
            let words = fit(stand.words, *room);
            let (span, left) = span(px(stand.at), width(&words) + 8.0, sides)?;
            let free = |taken: &Vec<Ends>| taken.iter().all(|t| span.1 < t.0 || t.1 < span.0);
            let row = rows.iter().position(free)?;
            Some((words, span, left, row))
        });
        let (at, stroke) = (stand.at, stand.stroke);
        let Some((words, span, left, row)) = place.filter(|place| !place.0.is_empty()) else {
            flags.push(Flag { at, stroke, words: String::new(), row: None, left: false });
            continue;
        };
        if let Some(taken) = rows.get_mut(row) {
            taken.push(span);
        }
        flags.push(Flag { at, stroke, words, row: u8::try_from(row).ok(), left });
    }
    flags
}

/// What words of a width take beside their line: right of it, else left of it.
fn span(at: f64, wide: f64, sides: Ends) -> Option<(Ends, bool)> {
    if at + wide <= sides.1 + 1.0 {
        return Some(((at, at + wide), false));
    }
    (at - wide > 0.0 && at <= sides.1 + 1.0).then_some(((at - wide, at), true))
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
        canvas.line(&[(x, top), (x, plot.rect.bottom)], flag.stroke);
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
