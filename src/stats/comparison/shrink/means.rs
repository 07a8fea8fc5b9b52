//! Shrunken means: normal–normal empirical Bayes.
//!
//! Sources: B. Efron and C. Morris, JASA 70 (1975); R. Paule and J. Mandel, Journal of Research of
//! the National Bureau of Standards 87 (1982), for the spread between units; R. `DerSimonian` and
//! R. Kacker, Contemporary Clinical Trials 28 (2007), for the iteration.

/// A mean known with an error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// The mean of the unit's values.
    pub value: f64,
    /// Its squared standard error: s²/n, with s pooled over the units where single ones are small.
    pub variance: f64,
}

/// The normal distribution the true means of like units seem to come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// Mean of the true means, each unit weighted by 1/(its variance + spread).
    pub mean: f64,
    /// Variance of the true means. Zero where they differ no more than chance makes them.
    pub spread: f64,
}

impl Prior {
    /// The mean of a unit drawn to the mean of all as far as its own is uncertain, and the
    /// variance left: (τ²y + vμ)/(τ² + v) and τ²v/(τ² + v).
    #[must_use]
    pub fn shrunk(&self, unit: Mean) -> Mean {
        let share = self.spread / (self.spread + unit.variance);
        Mean {
            value: self.mean + share * (unit.value - self.mean),
            variance: share * unit.variance,
        }
    }

    /// Whether nothing beyond chance sets the units apart.
    #[must_use]
    pub fn is_nil(&self) -> bool {
        self.spread <= 0.0
    }
}

/// Fits the prior to `units`: the spread is the one at which Σ (y − μ)²/(v + τ²) equals its
/// expectation, the number of units less one; 0 where it is smaller already without spread.
///
/// `None` with fewer than two units, or one whose variance is not positive.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "units are few")]
pub fn fit(units: &[Mean]) -> Option<Prior> {
    let known = |u: &Mean| u.variance > 0.0 && u.variance.is_finite() && u.value.is_finite();
    if units.len() < 2 || !units.iter().all(known) {
        return None;
    }
    let expected = (units.len() - 1) as f64;
    let mut spread = 0.0;
    for _ in 0..1000 {
        let (_, excess, slope) = weighted(units, spread);
        let step = (excess - expected) / slope;
        // The sum is convex and falling in the spread: steps from the left never pass the root.
        if step.is_nan() || step <= 1e-15 * spread {
            break;
        }
        spread += step;
    }
    Some(Prior { mean: weighted(units, spread).0, spread })
}

/// Weighted mean, Σ w(y − μ)², and Σ w²(y − μ)², with w = 1/(v + τ²).
fn weighted(units: &[Mean], spread: f64) -> (f64, f64, f64) {
    let weight = |u: &Mean| 1.0 / (u.variance + spread);
    let total: f64 = units.iter().map(weight).sum();
    let mean = units.iter().map(|u| weight(u) * u.value).sum::<f64>() / total;
    let sum = |power: i32| {
        units.iter().map(|u| weight(u).powi(power) * (u.value - mean).powi(2)).sum::<f64>()
    };
    (mean, sum(1), sum(2))
}

#[cfg(test)]
mod tests {
    use super::{Mean, fit};
    use proptest::prelude::*;

    fn units(pairs: &[(f64, f64)]) -> Vec<Mean> {
        pairs.iter().map(|&(value, error)| Mean { value, variance: error * error }).collect()
    }

    /// Coaching effects in eight schools: D. Rubin, Journal of Educational Statistics 6 (1981).
    /// They differ no more than chance makes them.
    #[test]
    fn eight_schools_have_one_mean() {
        let schools = units(&[
            (28.0, 15.0),
            (8.0, 10.0),
            (-3.0, 16.0),
            (7.0, 11.0),
            (-1.0, 9.0),
            (1.0, 11.0),
            (18.0, 10.0),
            (12.0, 18.0),
        ]);
        let prior = fit(&schools);
        assert!(prior.is_some_and(|p| p.is_nil() && (p.mean - 7.685_6).abs() < 1e-4));
        assert_eq!(prior.map(|p| p.shrunk(schools[0]).variance), Some(0.0));
    }

    #[test]
    fn equal_errors_leave_what_exceeds_them() {
        let prior = fit(&units(&[(1.0, 1.0), (5.0, 1.0), (9.0, 1.0)]));
        assert!(prior.is_some_and(|p| (p.mean - 5.0).abs() < 1e-12));
        assert!(prior.is_some_and(|p| (p.spread - 15.0).abs() < 1e-9), "16 less the error's 1");
        let far = prior.map(|p| p.shrunk(Mean { value: 9.0, variance: 1.0 }));
        assert!(far.is_some_and(|m| (m.value - 8.75).abs() < 1e-9));
    }

    #[test]
    fn an_error_of_nothing_is_no_error_known() {
        assert_eq!(fit(&units(&[(1.0, 0.0), (2.0, 1.0)])), None);
        assert_eq!(fit(&units(&[(1.0, 1.0)])), None);
    }

    proptest! {
        #[test]
        fn a_shrunken_mean_lies_between_its_own_and_the_mean_of_all(
            pairs in prop::collection::vec((-50.0_f64..50.0, 0.5_f64..20.0), 2..20)
        ) {
            let units = units(&pairs);
            let prior = fit(&units).ok_or_else(|| TestCaseError::fail("no prior"))?;
            for unit in units {
                let shrunk = prior.shrunk(unit);
                let between = (unit.value - shrunk.value) * (shrunk.value - prior.mean);
                prop_assert!(between >= -1e-9 && shrunk.variance <= unit.variance);
            }
        }
    }
}
