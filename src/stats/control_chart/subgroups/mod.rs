//! Samples taken together: what each says of place and spread, and what they say of the process.

mod chart;
mod sigma;

pub use chart::{Center, mean_limits, mean_limits_pooled, mean_sd, range_limits, sd_limits};
pub use sigma::{SigmaMethod, overall_sigma, sigma};

use crate::stats::{Unestimable, count, squarable};

/// What one subgroup says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Subgroup {
    /// Values in it, at least one.
    pub n: usize,
    /// Their mean.
    pub mean: f64,
    /// Their spread; none of a single value.
    pub spread: Option<Spread>,
}

/// The spread of a subgroup of two or more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Largest less smallest.
    pub range: f64,
    /// Standard deviation, divisor n − 1.
    pub sd: f64,
}

impl Subgroup {
    /// The summary of `values`, in two passes. `None` of no values, or of one that is not
    /// finite or beyond 10¹⁵⁰, whose square is not held.
    #[must_use]
    pub fn of(values: &[f64]) -> Option<Self> {
        if values.is_empty() || squarable(values).is_err() {
            return None;
        }
        let n = count(values.len());
        let rough = values.iter().sum::<f64>() / n;
        let mean = rough + values.iter().map(|x| x - rough).sum::<f64>() / n;
        let squares: f64 = values.iter().map(|x| (x - mean).powi(2)).sum();
        let (low, high) = values.iter().fold((mean, mean), |(l, h), &x| (x.min(l), x.max(h)));
        let spread = (values.len() > 1)
            .then(|| Spread { range: high - low, sd: (squares / (n - 1.0)).sqrt() });
        Some(Self { n: values.len(), mean, spread })
    }
}

/// The summaries of rational subgroups, in the order they were taken.
///
/// # Errors
/// A subgroup without values, or with one that is not a number.
pub fn summarise<G: AsRef<[f64]>>(groups: &[G]) -> Result<Vec<Subgroup>, Unestimable> {
    const REASON: Unestimable =
        Unestimable::Outside("every subgroup needs values, all of them numbers");
    groups.iter().map(|group| Subgroup::of(group.as_ref()).ok_or(REASON)).collect()
}

/// Mean of all values: the means weighted by size. `None` of no subgroups.
#[must_use]
pub fn grand_mean(groups: &[Subgroup]) -> Option<f64> {
    let n: f64 = groups.iter().map(|g| count(g.n)).sum();
    let first = groups.first()?.mean;
    Some(first + groups.iter().map(|g| count(g.n) * (g.mean - first)).sum::<f64>() / n)
}
