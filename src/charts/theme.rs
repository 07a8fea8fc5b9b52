//! Colours by role. plotters carries colours as RGB, so a role travels as a sentinel whose red
//! channel is its number, and the backend writes the page's CSS variable in its place.

use plotters::style::Color;
use plotters_backend::BackendColor;

/// Body text of a chart, in px.
pub(super) const FONT: f64 = 12.0;
/// Text a size smaller: ticks, values on bars.
pub(super) const SMALL: f64 = 11.0;
/// From one line of text to the next, in px.
pub(super) const LINE: f64 = 15.0;

/// What a stroke, fill or word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// Text.
    Text,
    /// Text and lines that step back.
    Muted,
    /// Grid lines.
    Grid,
    /// The page.
    Paper,
    /// The figures.
    Value,
    /// The second set of figures.
    Other,
    /// Centre line.
    Center,
    /// Control limits.
    Limit,
    /// Warning limits.
    Warning,
    /// A signal, for the worse or of unknown direction.
    Signal,
    /// A signal for the better.
    Good,
    /// Cumulative share.
    Cumulative,
    /// Targets and references.
    Target,
    /// Areas under and between curves.
    Fill,
}

impl Ink {
    const ALL: [Self; 14] = [
        Self::Text,
        Self::Muted,
        Self::Grid,
        Self::Paper,
        Self::Value,
        Self::Other,
        Self::Center,
        Self::Limit,
        Self::Warning,
        Self::Signal,
        Self::Good,
        Self::Cumulative,
        Self::Target,
        Self::Fill,
    ];

    /// The CSS reference.
    pub(super) const fn css(self) -> &'static str {
        match self {
            Self::Text => "var(--ink)",
            Self::Muted => "var(--muted)",
            Self::Grid => "var(--grid)",
            Self::Paper => "var(--paper)",
            Self::Value => "var(--value)",
            Self::Other => "var(--other)",
            Self::Center => "var(--center)",
            Self::Limit => "var(--limit)",
            Self::Warning => "var(--warning)",
            Self::Signal => "var(--signal)",
            Self::Good => "var(--good)",
            Self::Cumulative => "var(--cumulative)",
            Self::Target => "var(--target)",
            Self::Fill => "var(--fill)",
        }
    }

    /// The role behind a sentinel; text ink where the colour is none of ours.
    pub(super) fn of(color: BackendColor) -> Self {
        Self::ALL.get(usize::from(color.rgb.0)).copied().unwrap_or(Self::Text)
    }
}

impl Color for Ink {
    fn to_backend_color(&self) -> BackendColor {
        BackendColor { alpha: 1.0, rgb: (*self as u8, 0, 0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_survives_the_trip_through_plotters() {
        for ink in Ink::ALL {
            assert_eq!(Ink::of(ink.to_backend_color()), ink);
        }
    }
}
