//! Grid, ticks and the words along the axes. Words are thinned or wrapped, never turned.

use crate::report::Format;

use super::canvas::{Align, Canvas, Stroke, Type};
use super::data::Data;
use super::frame::Across;
use super::plot::{Plot, nth};
use super::text::{fit, width, wrap};
use super::theme::{Ink, LINE, SMALL};
use super::ticks::Axis;

/// Widest name along the x axis, in px.
const ROOM: f64 = 110.0;

/// Words along the x axis: the figure they stand at, and their lines.
pub(super) struct Labels {
    words: Vec<(f64, Vec<String>)>,
    /// Whether each word stands at a tick of a scale.
    ticked: bool,
}

impl Labels {
    /// Lines of the tallest.
    pub(super) fn lines(&self) -> f64 {
        if self.words.iter().any(|(_, lines)| lines.len() > 1) { 2.0 } else { 1.0 }
    }
}

/// The words that fit between the sides.
pub(super) fn labels(across: &Across, data: &Data<'_>, sides: (f64, f64)) -> Labels {
    match across {
        Across::Scale(axis) => scale(axis),
        Across::Bands { wrap } => {
            let slot = (sides.1 - sides.0) / nth(data.len().max(1));
            let months = data.x_format == Format::Month;
            Labels { words: bands(&data.names, slot, *wrap, months), ticked: false }
        }
    }
}

/// The words of a scale.
pub(super) fn scale(axis: &Axis) -> Labels {
    let words = axis.ticks.iter().map(|(at, text)| (*at, vec![text.clone()]));
    Labels { words: words.collect(), ticked: true }
}

/// Names of bands: all on one line, else all on two, else every so-manieth.
fn bands(names: &[&str], slot: f64, two: bool, months: bool) -> Vec<(f64, Vec<String>)> {
    let widest = names.iter().map(|name| width(name)).fold(0.0, f64::max) * SMALL / 12.0;
    let every = |stride: usize, shape: &dyn Fn(&str) -> Vec<String>| {
        let chosen = names.iter().enumerate().step_by(stride);
        chosen.map(|(row, name)| (nth(row), shape(name))).collect()
    };
    if widest + 8.0 <= slot {
        return every(1, &|name| vec![name.to_owned()]);
    }
    if two && slot >= 40.0 {
        return every(1, &|name| wrap(name, slot - 4.0, 2));
    }
    let room = widest.min(ROOM) + 10.0;
    let steps: &[usize] =
        if months { &[1, 2, 3, 6, 12, 24, 60] } else { &[1, 2, 5, 10, 20, 50, 100, 200, 500] };
    let stride = steps.iter().copied().find(|s| nth(*s) * slot >= room);
    every(stride.unwrap_or(names.len().max(1)), &|name| vec![fit(name, ROOM)])
}

/// The x axis' name. Months and days name themselves.
pub(super) fn title<'a>(data: &Data<'a>) -> &'a str {
    let plain = matches!(data.x_format, Format::Month | Format::Date);
    if plain { "" } else { &data.chart.x_label }
}

/// Room for an axis' name.
pub(super) fn title_height(title: &str) -> f64 {
    if title.is_empty() { 0.0 } else { LINE + 2.0 }
}

/// Grid lines with the y axis' ticks; the line at zero is stronger.
pub(super) fn grid(canvas: &Canvas, plot: &Plot, axis: &Axis) {
    for (at, text) in &axis.ticks {
        let y = plot.height(*at);
        let stroke = Stroke::new(if at.abs() < 1e-300 { Ink::Muted } else { Ink::Grid }, 1.0);
        canvas.line(&[(plot.rect.left, y), (plot.rect.right, y)], stroke);
        let at = (plot.rect.left - 8.0, y);
        canvas.text(at, text, Type::small(Ink::Muted, Align::End));
    }
}

/// Ticks of the second scale.
pub(super) fn right(canvas: &Canvas, plot: &Plot, axis: &Axis) {
    for (at, text) in &axis.ticks {
        let at = (plot.rect.right + 6.0, plot.height(*at));
        canvas.text(at, text, Type::small(Ink::Muted, Align::Start));
    }
}

/// The words along the x axis and its name.
pub(super) fn across(canvas: &Canvas, plot: &Plot, labels: &Labels, title: &str) {
    let top = plot.rect.bottom + 12.0;
    let mut free = 0.0;
    for (at, lines) in &labels.words {
        let widest = lines.iter().map(|line| width(line)).fold(0.0, f64::max);
        let x = plot.at(*at, plot.y.0).0;
        let held = x.clamp(widest / 2.0, (canvas.width - widest / 2.0).max(widest / 2.0));
        if held - widest / 2.0 < free {
            continue;
        }
        free = held + widest / 2.0 + 4.0;
        if labels.ticked {
            let y = plot.rect.bottom;
            canvas.line(&[(x, y), (x, y + 4.0)], Stroke::new(Ink::Muted, 1.0));
        }
        let mut y = top;
        for line in lines {
            canvas.text((held, y), line, Type::small(Ink::Muted, Align::Middle));
            y += LINE - 2.0;
        }
    }
    if !title.is_empty() {
        let at = (plot.rect.right, canvas.height - LINE / 2.0);
        let words = fit(title, plot.rect.width());
        canvas.text(at, &words, Type::body(Ink::Muted, Align::End));
    }
}
