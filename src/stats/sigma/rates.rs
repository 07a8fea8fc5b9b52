//! Exact comparison of two event rates, given their total.
//!
//! With k₁ events in exposure e₁ and k₂ in e₂, k₁ is binomial in k₁ + k₂ with share
//! π = ρe₁ / (ρe₁ + e₂), ρ the ratio of the rates. Source: J. Przyborowski and H. Wilenski,
//! Biometrika 31 (1940). For proportions (at most one event a trial) the test errs on the safe
//! side, since a binomial count varies less than a Poisson count.

use crate::stats::Bounds;
use crate::stats::special::beta;

/// Events and what they were exposed to.
///
/// Events may be fractional where a count has been divided by its over-dispersion.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rate {
    /// Events, not negative.
    pub events: f64,
    /// Exposure: units, opportunities, days.
    pub exposure: f64,
}

impl Rate {
    /// Events per unit of exposure; `None` without exposure.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        (self.exposure > 0.0).then(|| self.events / self.exposure)
    }
}

/// Ratio of the rates `a` / `b` with its exact interval at `level`.
///
/// The upper end is infinite where `b` has no events, as no ratio is too large then.
/// `None` where either exposure is not positive or neither has events.
#[must_use]
pub fn ratio(a: Rate, b: Rate, level: f64) -> Option<(f64, Bounds)> {
    let (n, tail) = (a.events + b.events, (1.0 - level) / 2.0);
    if !(a.exposure > 0.0 && b.exposure > 0.0 && n > 0.0) {
        return None;
    }
    let odds = |share: f64| share / (1.0 - share) * (b.exposure / a.exposure);
    let low = beta::quantile(a.events, b.events + 1.0, tail).unwrap_or(0.0);
    let high = beta::quantile(a.events + 1.0, b.events, 1.0 - tail).unwrap_or(1.0);
    Some((odds(a.events / n), Bounds { low: odds(low), high: odds(high) }))
}

/// Probability of a ratio `a` / `b` at least as high as seen, were the rates equal: upper tail.
#[must_use]
pub fn p_higher(a: Rate, b: Rate) -> f64 {
    let share = a.exposure / (a.exposure + b.exposure);
    if a.events <= 0.0 || !(share > 0.0 && share < 1.0) {
        return 1.0;
    }
    beta::tails(a.events, b.events + 1.0, share).map_or(1.0, |tails| tails.lower)
}

/// Probability of a ratio at least as low as seen, were the rates equal: lower tail.
#[must_use]
pub fn p_lower(a: Rate, b: Rate) -> f64 {
    p_higher(b, a)
}

/// Twice the smaller tail, at most one.
#[must_use]
pub fn p_two_sided(a: Rate, b: Rate) -> f64 {
    (2.0 * p_higher(a, b).min(p_lower(a, b))).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::{Rate, p_higher, p_lower, p_two_sided, ratio};

    const fn rate(events: f64, exposure: f64) -> Rate {
        Rate { events, exposure }
    }

    /// R's help page of `poisson.test`: 11 of 800 against 23 of 3011.
    #[test]
    fn the_exact_test_of_two_rates_matches_r() {
        let (a, b) = (rate(11.0, 800.0), rate(23.0, 3011.0));
        let (value, bounds) = ratio(a, b, 0.95).unwrap_or_default();
        assert!((value - 1.800_054).abs() < 1e-6, "{value}");
        assert!((bounds.low - 0.793_12).abs() < 1e-2 && (bounds.high - 3.8).abs() < 0.1);
        assert!((p_higher(a, b) + p_lower(a, b) - 1.0) > 0.0);
    }

    #[test]
    fn equal_rates_give_no_evidence_and_no_events_no_ratio() {
        assert!(p_two_sided(rate(50.0, 1000.0), rate(50.0, 1000.0)) > 0.9);
        assert!(ratio(rate(0.0, 10.0), rate(0.0, 10.0), 0.95).is_none());
        let one_sided = ratio(rate(3.0, 10.0), rate(0.0, 10.0), 0.95).map(|(_, b)| b.high);
        assert_eq!(one_sided, Some(f64::INFINITY));
        assert!((p_higher(rate(0.0, 10.0), rate(5.0, 10.0)) - 1.0).abs() < 1e-15);
    }
}
