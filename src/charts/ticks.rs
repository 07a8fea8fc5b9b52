//! Ticks at 1, 2 or 5 times a power of ten, and how they are written.

use crate::report::Format;

/// Figures beyond this are no measurement; they are gaps, for their differences overflow.
const LARGEST: f64 = 1e100;

/// A figure that can be placed on an axis.
pub(super) fn drawable(value: Option<f64>) -> Option<f64> {
    value.filter(|v| v.is_finite() && v.abs() <= LARGEST)
}

/// The span of what an axis must show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extent {
    pub low: f64,
    pub high: f64,
}

impl Extent {
    /// Of the figures; `None` where there is none.
    pub(super) fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        values.into_iter().filter_map(|v| drawable(Some(v))).fold(None, |extent, v| {
            let e = extent.unwrap_or(Self { low: v, high: v });
            Some(Self { low: e.low.min(v), high: e.high.max(v) })
        })
    }

    /// Widened to hold a figure.
    pub(super) fn with(self, value: f64) -> Self {
        Self { low: self.low.min(value), high: self.high.max(value) }
    }

    /// With a little room at both ends.
    pub(super) fn padded(self) -> Self {
        let room = 0.02 * self.span();
        Self { low: self.low - room, high: self.high + room }
    }

    pub(super) fn span(&self) -> f64 {
        self.high - self.low
    }

    /// Widened where it is so narrow that doubles cannot divide it.
    fn open(self) -> Self {
        let size = self.low.abs().max(self.high.abs());
        if self.span() > size * 1e-9 && self.span() > 1e-300 {
            return self;
        }
        let room = if size > 1e-290 { size * 0.5 } else { 1.0 };
        Self { low: self.low - room, high: self.high + room }
    }
}

/// How an axis ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// At zero on one side: lengths are compared.
    Zero,
    /// At zero where zero is near, else where the figures end: positions are compared.
    Near,
    /// Exactly where the figures end.
    Tight,
}

/// An axis: where it ends, and its ticks with their words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    pub low: f64,
    pub high: f64,
    pub ticks: Vec<(f64, String)>,
}

impl Axis {
    /// An axis that holds the extent with about `count` intervals.
    pub(super) fn new(extent: Extent, base: Base, count: f64, format: Format) -> Self {
        let mut extent = extent;
        let near = base == Base::Near && extent.low >= 0.0 && extent.low < 0.4 * extent.high;
        if base == Base::Zero || near {
            extent = extent.with(0.0);
        }
        let flat_count = matches!(format, Format::Count) && extent.span() < 1.0;
        if flat_count && extent.low >= 0.0 {
            extent = extent.with(extent.low + 1.0);
        }
        let natural = extent;
        let open = extent.open();
        let whole = matches!(format, Format::Count);
        let step = step(open.span() / count, whole);
        let (low, high) = match base {
            Base::Tight => (open.low, open.high),
            _ => (floor_to(open.low, step).min(open.low), ceil_to(open.high, step).max(open.high)),
        };
        // Widening a single figure must not take an axis of amounts below nought.
        let low = if natural.low >= 0.0 { low.max(0.0) } else { low };
        let ticks = positions(low, high, step)
            .map(|at| (at, tick_text(at, step, high.abs().max(low.abs()), format)))
            .collect();
        Self { low, high, ticks }
    }
}

/// The least of 1, 2, 5 × 10^k that divides well.
fn step(raw: f64, whole: bool) -> f64 {
    let power = 10_f64.powf(raw.log10().floor());
    let lead = raw / power;
    let nice = match lead {
        x if x < 1.5 => 1.0,
        x if x < 3.5 => 2.0,
        x if x < 7.5 => 5.0,
        _ => 10.0,
    } * power;
    if whole { nice.max(1.0) } else { nice }
}

fn floor_to(value: f64, step: f64) -> f64 {
    (value / step + 1e-6).floor() * step
}

fn ceil_to(value: f64, step: f64) -> f64 {
    (value / step - 1e-6).ceil() * step
}

fn positions(low: f64, high: f64, step: f64) -> impl Iterator<Item = f64> {
    let first = (low / step - 1e-6).ceil();
    (0..20_u8)
        .map(move |i| (first + f64::from(i)) * step)
        .take_while(move |v| *v <= high + step * 1e-6)
}

/// A tick in the format of its column, with no more decimals than the step needs.
fn tick_text(at: f64, step: f64, size: f64, format: Format) -> String {
    let at = if at.abs() < step * 1e-6 { 0.0 } else { at };
    match format {
        Format::Share if size < 1e4 => plain(at * 100.0, decimals(step * 100.0)) + "%",
        _ if size >= 1e15 || step < 1e-6 => scientific(at),
        _ if size >= 1e9 => format!("{}\u{a0}M", plain(at / 1e6, decimals(step / 1e6))),
        _ => plain(at, decimals(step)),
    }
}

fn scientific(value: f64) -> String {
    if value.abs() < 1e-300 { "0".to_owned() } else { minus(&format!("{value:.1e}")) }
}

fn minus(text: &str) -> String {
    text.replace('-', "−")
}

/// Decimals a step of 1, 2 or 5 × 10^k needs.
fn decimals(step: f64) -> usize {
    (0..12_u8).find(|d| step * 10_f64.powi(i32::from(*d)) > 0.95).map_or(12, usize::from)
}

/// A number with thousands separated.
pub(super) fn plain(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 { "−" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(low: f64, high: f64, base: Base, format: Format) -> Vec<String> {
        let axis = Axis::new(Extent { low, high }, base, 5.0, format);
        axis.ticks.into_iter().map(|t| t.1).collect()
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(words(0.0, 9.0, Base::Zero, Format::Count), ["0", "2", "4", "6", "8", "10"]);
        assert_eq!(
            words(0.031, 0.08, Base::Near, Format::Share).first().map(String::as_str),
            Some("0%")
        );
        assert_eq!(
            words(-1500.0, 900.0, Base::Zero, Format::Money).first().map(String::as_str),
            Some("−1,500")
        );
        assert_eq!(words(0.0, 0.0, Base::Zero, Format::Count), ["0", "1"]);
        assert_eq!(
            words(3e9, 8e9, Base::Zero, Format::Money).last().map(String::as_str),
            Some("8,000\u{a0}M")
        );
    }

    #[test]
    fn no_extent_breaks_an_axis() {
        for (low, high) in [
            (0.0, 0.0),
            (5.0, 5.0),
            (1e100, 1e100),
            (-1e100, 1e100),
            (1e15, 1e15 + 0.1),
            (-4.0, -4.0),
            (5e-324, 5e-324),
        ] {
            for base in [Base::Zero, Base::Near, Base::Tight] {
                for format in [Format::Share, Format::Count, Format::Days] {
                    let axis = Axis::new(Extent { low, high }, base, 5.0, format);
                    assert!(axis.low.is_finite() && axis.high > axis.low, "{low} {high} {axis:?}");
                    assert!(axis.low <= low && axis.high >= high, "{low} {high} {axis:?}");
                    assert!(axis.ticks.len() <= 20 && !axis.ticks.is_empty(), "{axis:?}");
                }
            }
        }
    }
}
