//! Intervals of proportions, rates, means and standard deviations.
//!
//! Sources: those of each part; G. Zou and A. Donner, Statistics in Medicine 27 (2008), for what
//! is made of several estimates.

mod proportion;
mod rate;
mod ratio;
mod sample;

pub use proportion::{
    agresti_coull, clopper_pearson, jeffreys, newcombe, wilson, wilson_continuity,
};
pub use rate::{garwood, rate};
pub use ratio::ratio_of_sums;
pub use sample::{mean, standard_deviation};

/// The two ends of an interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// An estimate and its interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its interval.
    pub bounds: Bounds,
}

/// Interval of the difference a − b of two independent estimates, from the interval of each
/// (Zou and Donner's MOVER; with Wilson intervals it is Newcombe's method 10).
#[must_use]
pub fn difference(a: Estimate, b: Estimate) -> Bounds {
    let d = a.value - b.value;
    let low = (a.value - a.bounds.low).hypot(b.bounds.high - b.value);
    let high = (a.bounds.high - a.value).hypot(b.value - b.bounds.low);
    Bounds { low: d - low, high: d + high }
}

/// The sum of independent estimates with its interval, from the interval of each (MOVER).
#[must_use]
pub fn sum(estimates: &[Estimate]) -> Estimate {
    let value = estimates.iter().map(|e| e.value).sum::<f64>();
    let squares = |reach: fn(&Estimate) -> f64| {
        estimates.iter().map(|e| reach(e).powi(2)).sum::<f64>().sqrt()
    };
    let low = value - squares(|e| e.value - e.bounds.low);
    let high = value + squares(|e| e.bounds.high - e.value);
    Estimate { value, bounds: Bounds { low, high } }
}

/// Interval of the product of independent positive estimates, by MOVER on their logarithms.
///
/// `None` where an estimate is not positive. A lower end of 0 gives a product's lower end of 0.
#[must_use]
pub fn product(estimates: &[Estimate]) -> Option<Estimate> {
    let positive = estimates.iter().all(|e| e.value > 0.0 && e.bounds.high > 0.0);
    if estimates.is_empty() || !positive {
        return None;
    }
    let side = |end: fn(&Bounds) -> f64| {
        estimates.iter().map(|e| (end(&e.bounds) / e.value).ln().powi(2)).sum::<f64>().sqrt()
    };
    let value: f64 = estimates.iter().map(|e| e.value).product();
    let low = value * (-side(|b| b.low)).exp();
    let high = value * side(|b| b.high).exp();
    Some(Estimate { value, bounds: Bounds { low, high } })
}

/// The two-sided level whose ends are each a one-sided bound at `level`: 2 `level` − 1. Every
/// interval here leaves the same share beyond either end. At or below 0.5 no interval has it.
#[must_use]
pub fn one_sided(level: f64) -> f64 {
    2.0 * level - 1.0
}

/// The share beyond either end; `None` unless `level` lies inside (0, 1).
fn tail(level: f64) -> Option<f64> {
    (level > 0.0 && level < 1.0).then_some((1.0 - level) / 2.0)
}

#[cfg(test)]
mod tests;
