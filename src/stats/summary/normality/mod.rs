//! Tests of whether values come from a normal distribution, and what such a test cannot tell.
//!
//! Every test here estimates mean and standard deviation from the sample. A p-value is no measure
//! of how far from normal a distribution is: read the [`Caveat`]s beside it.

mod edf;
mod shapiro_wilk;

pub use edf::{AndersonDarling, anderson_darling, cramer_von_mises, lilliefors};
pub use shapiro_wilk::shapiro_wilk;

use super::autocorrelation;

/// A statistic and the probability of one at least as far from normal, were the values normal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    /// The statistic, without unit.
    pub statistic: f64,
    /// The p-value.
    pub p_value: f64,
}

/// What keeps a normality test from being read plainly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Caveat {
    /// So few values that a clearly different distribution is often not told from a normal one.
    LowPower {
        /// Values there are.
        n: usize,
    },
    /// So many values that departures of no practical size are found.
    LargeSample {
        /// Values there are.
        n: usize,
    },
    /// Values that follow each other, which the tests take to be independent.
    Autocorrelated {
        /// Lag-1 autocorrelation.
        lag1: f64,
        /// Beyond what independent values would show, at 95 %.
        limit: f64,
    },
}

/// Below this, the tests miss an exponential or uniform distribution in about one case of five
/// and more (N. Razali and Y. Wah, Journal of Statistical Modeling and Analytics 2 (2011)).
const FEW: usize = 25;
/// Above this, departures too small to matter to a capability index are significant.
const MANY: usize = 1000;

/// What to say beside a normality test of `values`, in time order.
#[must_use]
pub fn caveats(values: &[f64]) -> Vec<Caveat> {
    let n = values.len();
    let mut caveats = Vec::new();
    if n < FEW {
        caveats.push(Caveat::LowPower { n });
    }
    if n > MANY {
        caveats.push(Caveat::LargeSample { n });
    }
    let limit = autocorrelation::white_noise_limit(n, 0.95);
    let lag1 = autocorrelation::lag1(values).ok();
    if let Some((lag1, limit)) = lag1.zip(limit).filter(|(lag1, limit)| lag1.abs() > *limit) {
        caveats.push(Caveat::Autocorrelated { lag1, limit });
    }
    caveats
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests;
