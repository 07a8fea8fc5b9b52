//! Gage studies: how much of the spread seen is the measurement's own.
//!
//! Sources: AIAG, Measurement Systems Analysis, 4th edition (2010), chapter III; R. Burdick,
//! C. Borror and D. Montgomery, Design and Analysis of Gauge R&R Studies (2005).

pub mod average_range;
pub mod components;
pub mod crossed;
mod layout;
pub mod linearity;
pub mod nested;
pub mod type1;

pub use layout::Reading;

use crate::stats::special::gamma;
use crate::stats::{Bounds, count};

/// One line of an analysis of variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Source {
    /// Degrees of freedom.
    pub df: usize,
    /// Sum of squares.
    pub ss: f64,
}

impl Source {
    /// Sum of squares over degrees of freedom; `None` without any.
    #[must_use]
    pub fn ms(&self) -> Option<f64> {
        (self.df > 0).then(|| self.ss / count(self.df))
    }

    /// This line's mean square against that of `error`; `None` where either has no degree of
    /// freedom or `error` no spread.
    #[must_use]
    pub fn against(&self, error: &Self) -> Option<FTest> {
        let f = self.ms()? / error.ms().filter(|ms| *ms > 0.0)?;
        let p_value = crate::stats::special::fisher_f::upper(f, count(self.df), count(error.df))?;
        Some(FTest { f, p_value })
    }

    /// Interval of the standard deviation √MS of a line whose mean square has no other component
    /// in it, as repeatability: SS over both ends of chi-square, two-sided at `level`. `None`
    /// without degrees of freedom or unless 0 < `level` < 1.
    ///
    /// Source: D. Montgomery, Introduction to Statistical Quality Control (2013), § 4.3.
    #[must_use]
    pub fn sd_bounds(&self, level: f64) -> Option<Bounds> {
        let tail = (1.0 - level) / 2.0;
        let end = |p| {
            let quantile = gamma::chi_square_quantile(count(self.df), p).filter(|q| *q > 0.0)?;
            Some((self.ss / quantile).sqrt())
        };
        (self.df > 0).then_some(Bounds { low: end(1.0 - tail)?, high: end(tail)? })
    }

    fn pooled(&self, other: &Self) -> Self {
        Self { df: self.df + other.df, ss: self.ss + other.ss }
    }
}

/// A ratio of mean squares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FTest {
    /// The ratio.
    pub f: f64,
    /// P(F at least as large) where the effect is none.
    pub p_value: f64,
}

#[cfg(test)]
mod tests;
