//! The g chart: units between two events, geometric when each has the same small chance.
//!
//! Sources: F. Kaminsky, J. Benneyan, R. Davis and R. Burke, Journal of Quality Technology 24
//! (1992); J. Benneyan, Health Care Management Science 4 (2001).

use crate::stats::control_chart::limits::Limits;
use crate::stats::special::normal;
use crate::stats::{Unestimable, count};

/// What is counted between two events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// Units without the event: 0, 1, 2, …
    FromZero,
    /// Units up to and with the event: 1, 2, 3, …
    FromOne,
}

impl Support {
    const fn first(self) -> f64 {
        match self {
            Self::FromZero => 0.0,
            Self::FromOne => 1.0,
        }
    }
}

/// A g chart, its lower limits not below the smallest possible count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chart {
    /// Chance of the event at a unit, 1 / (mean of the units without it + 1).
    pub p: f64,
    /// Standard deviation of the count, √(1 − p) / p.
    pub sigma: f64,
    /// Mean count ± k sigma.
    pub sigma_limits: Limits,
    /// Median of the geometric distribution and its quantiles at Φ(−k) and Φ(k).
    pub probability_limits: Limits,
}

/// The chart of the counts `x`, `k` sigma wide or with the tails of `k` sigma. Without a unit
/// between any two events every limit lies at the smallest count.
///
/// # Errors
/// No counts, one below what can be counted, or a width that is not positive.
pub fn chart(x: &[f64], support: Support, k: f64) -> Result<Chart, Unestimable> {
    let first = support.first();
    if !x.iter().all(|&x| x >= first && x.is_finite()) {
        return Err(Unestimable::Outside("a count is smaller than can be between two events"));
    }
    if !(k > 0.0 && k.is_finite()) {
        return Err(Unestimable::Outside("limits need a positive width"));
    }
    if x.is_empty() {
        return Err(Unestimable::TooFew { needed: 1, got: 0 });
    }
    let mean = x.iter().map(|x| x - first).sum::<f64>() / count(x.len());
    let sigma = (mean * (mean + 1.0)).sqrt();
    let at = |upper_tail: f64| first + quantile(mean, upper_tail);
    let limits = Limits::around(first + mean, k * sigma);
    Ok(Chart {
        p: 1.0 / (mean + 1.0),
        sigma,
        sigma_limits: Limits { lcl: limits.lcl.max(first), ..limits },
        probability_limits: Limits {
            center: at(0.5),
            lcl: at(normal::cdf(k)),
            ucl: at(normal::cdf(-k)),
        },
    })
}

/// The smallest count with at most the share `upper_tail` above it, (1 − p)^(count + 1); a count
/// that meets it but for rounding is taken.
fn quantile(mean: f64, upper_tail: f64) -> f64 {
    let survival = -(1.0 / mean).ln_1p();
    (upper_tail.ln() / survival - 1.0 - 1e-12).ceil().max(0.0)
}

#[cfg(test)]
mod tests {
    use super::{Support, chart};
    use proptest::prelude::*;

    /// Mean 1, so p = ½: P(X > c) = 2^−(c+1); 2^−10 is the first below Φ(−3) = 0.00135.
    #[test]
    fn a_fair_coin_by_hand() {
        let got = chart(&[0.0, 2.0, 1.0], Support::FromZero, 3.0);
        let got = got.unwrap_or_else(|_| unreachable!("counts"));
        assert!((got.p - 0.5).abs() < 1e-15 && (got.sigma - 2.0_f64.sqrt()).abs() < 1e-15);
        assert!((got.sigma_limits.ucl - (1.0 + 3.0 * 2.0_f64.sqrt())).abs() < 1e-12);
        let limits = got.probability_limits;
        assert!(limits.lcl + limits.center < 1e-300 && (limits.ucl - 9.0).abs() < 1e-15);
        let with = chart(&[1.0, 3.0, 2.0], Support::FromOne, 3.0).map(|c| c.probability_limits.ucl);
        assert_eq!(with, Ok(10.0), "the event itself counted");
    }

    #[test]
    fn events_without_units_between_them_and_impossible_counts() {
        let none =
            chart(&[0.0; 5], Support::FromZero, 3.0).map(|c| (c.p, c.probability_limits.ucl));
        assert_eq!(none, Ok((1.0, 0.0)));
        assert!(chart(&[0.0], Support::FromOne, 3.0).is_err());
        assert!(chart(&[], Support::FromZero, 3.0).is_err());
    }

    proptest! {
        #[test]
        fn probability_limits_leave_no_more_than_the_tail(
            x in prop::collection::vec(0_u16..500, 1..40), k in 0.5..4.0_f64,
        ) {
            let x: Vec<f64> = x.into_iter().map(f64::from).collect();
            let got = chart(&x, Support::FromZero, k).unwrap_or_else(|_| unreachable!());
            let above = |c: f64| (1.0 - got.p).powf(c + 1.0);
            let (ucl, tail) = (got.probability_limits.ucl, crate::stats::special::normal::cdf(-k));
            prop_assert!(above(ucl) <= tail * (1.0 + 1e-9));
            prop_assert!(ucl == 0.0 || above(ucl - 1.0) > tail * (1.0 - 1e-9));
        }
    }
}
