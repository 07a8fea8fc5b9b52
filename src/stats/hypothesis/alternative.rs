//! Which departures from the hypothesis a test looks for, and what a statistic says of them.

use crate::stats::Unestimable;
use crate::stats::special::{fisher_f, gamma, normal};

/// The alternative of a test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alternative {
    /// The parameter differs, either way.
    #[default]
    TwoSided,
    /// The parameter is smaller than the hypothesis says.
    Less,
    /// The parameter is greater.
    Greater,
}

impl Alternative {
    /// The p-value of a statistic from the probability at or below and at or above it.
    ///
    /// Two-sided: twice the smaller tail, 1 at most.
    #[must_use]
    pub fn p_value(self, lower: f64, upper: f64) -> f64 {
        match self {
            Self::Less => lower,
            Self::Greater => upper,
            Self::TwoSided => (2.0 * lower.min(upper)).min(1.0),
        }
    }

    /// What the continuity correction takes from a count's `distance` to its expectation: half a
    /// step toward it.
    #[must_use]
    pub(super) fn continuity(self, distance: f64) -> f64 {
        match self {
            Self::TwoSided if distance == 0.0 => 0.0,
            Self::TwoSided => 0.5_f64.copysign(distance),
            Self::Greater => 0.5,
            Self::Less => -0.5,
        }
    }
}

/// Upper tail of F, as a p-value.
pub(super) fn p_of_f(f: f64, df1: f64, df2: f64) -> Result<f64, Unestimable> {
    fisher_f::upper(f, df1, df2).ok_or(Unestimable::Outside("the statistic is no number"))
}

/// Upper tail of chi-square, as a p-value.
pub(super) fn p_of_chi_square(x: f64, df: f64) -> Result<f64, Unestimable> {
    let tails = gamma::chi_square_tails(df, x);
    tails.map(|t| t.upper).ok_or(Unestimable::Outside("the statistic is no number"))
}

/// Tails of a standard normal statistic under `alternative`.
pub(super) fn p_of_z(z: f64, alternative: Alternative) -> f64 {
    alternative.p_value(normal::cdf(z), normal::cdf(-z))
}

#[cfg(test)]
mod tests {
    use super::Alternative;

    #[test]
    fn two_sides_are_twice_the_smaller_tail_and_no_more_than_certain() {
        assert!((Alternative::TwoSided.p_value(0.02, 0.98) - 0.04).abs() < 1e-15);
        assert!((Alternative::TwoSided.p_value(0.7, 0.6) - 1.0).abs() < 1e-15);
        assert!((Alternative::Greater.p_value(0.02, 0.98) - 0.98).abs() < 1e-15);
    }
}
