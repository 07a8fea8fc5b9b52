//! Shrunken rates of events: gamma–Poisson empirical Bayes by maximum likelihood.
//!
//! Sources: D. Clayton and J. Kaldor, Biometrics 43 (1987); the likelihood is the negative
//! binomial's.

use super::{climb, exceeding, steps};

/// The gamma distribution the true rates of like units seem to come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// Mean of the true rates, in events per unit of exposure.
    pub mean: f64,
    /// Squared coefficient of variation of the true rates, one over the gamma's shape. Zero where
    /// the rates differ no more than chance makes them.
    pub spread: f64,
}

impl Prior {
    /// The rate of a unit with `count` events in `exposure`, drawn to the mean as far as its
    /// exposure is small: (count + α) / (exposure + α/mean) with α = 1/spread.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    pub fn shrunk(&self, count: u64, exposure: f64) -> f64 {
        let pull = self.spread * self.mean;
        (self.mean + pull * count as f64) / (1.0 + pull * exposure)
    }

    /// Whether nothing beyond chance sets the units apart.
    #[must_use]
    pub fn is_nil(&self) -> bool {
        self.spread <= 0.0
    }
}

/// Fits the prior to units (events, exposure); units without exposure are left out.
///
/// Maximises the likelihood over the spread φ, for each φ over the mean, whose score falls from
/// positive to negative once. `None` with fewer than two units, or without any event.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn fit(units: &[(u64, f64)]) -> Option<Prior> {
    let exposed = units.iter().filter(|(_, e)| *e > 0.0 && e.is_finite());
    let units: Vec<(f64, f64)> = exposed.clone().map(|&(x, e)| (x as f64, e)).collect();
    let more_than = exceeding(exposed.map(|(x, _)| *x));
    if units.len() < 2 || more_than.is_empty() {
        return None;
    }
    let sums = units.iter().fold((0.0, 0.0), |sum, unit| (sum.0 + unit.0, sum.1 + unit.1));
    let pooled = sums.0 / sums.1;
    let score = |phi: f64| log_likelihood(&units, &more_than, mean(&units, phi, pooled), phi);
    let phi = climb(score);
    if score(phi) <= sums.0 * pooled.ln() - sums.1 * pooled + 1e-9 {
        return Some(Prior { mean: pooled, spread: 0.0 });
    }
    Some(Prior { mean: mean(&units, phi, pooled), spread: phi })
}

/// Σ over units of Σ over j < x of ln(1 + jφ), plus x ln m − (x + 1/φ) ln(1 + φem); what does not
/// depend on m and φ is left out.
fn log_likelihood(units: &[(f64, f64)], more_than: &[f64], mean: f64, phi: f64) -> f64 {
    let rising: f64 = steps(phi).zip(more_than).map(|(step, count)| count * step.ln_1p()).sum();
    let unit = |(x, e): &(f64, f64)| x * mean.ln() - (x + 1.0 / phi) * (phi * e * mean).ln_1p();
    rising + units.iter().map(unit).sum::<f64>()
}

/// The best mean for a spread: the root of Σ (x − em)/(1 + φem), by Newton's method.
fn mean(units: &[(f64, f64)], phi: f64, start: f64) -> f64 {
    let mut mean = start;
    for _ in 0..100 {
        let (score, slope) = units.iter().fold((0.0, 0.0), |(score, slope), (x, e)| {
            let scale = 1.0 + phi * e * mean;
            (score + (x - e * mean) / scale, slope + e * (1.0 + phi * x) / (scale * scale))
        });
        let next = (mean + score / slope).clamp(mean / 2.0, mean * 2.0);
        let done = (next - mean).abs() <= 1e-15 * mean;
        mean = next;
        if done {
            break;
        }
    }
    mean
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn equal_rates_have_no_spread_and_the_pooled_rate() {
        let prior = fit(&[(50, 100.0), (51, 100.0), (24, 50.0)]);
        assert!(prior.is_some_and(|p| p.is_nil() && (p.mean - 0.5).abs() < 1e-12));
    }

    #[test]
    fn a_short_exposure_is_drawn_further() {
        let prior = fit(&[(5, 100.0), (60, 100.0), (22, 80.0), (90, 120.0), (0, 4.0)]);
        let shrunk = prior.map(|p| (p.shrunk(0, 4.0), p.shrunk(0, 400.0), p.mean));
        let (short, long, mean) = shrunk.unwrap_or_default();
        assert!(0.0 < long && long < short && short < mean, "{shrunk:?}");
    }

    #[test]
    fn one_unit_or_no_event_is_no_team() {
        assert_eq!(fit(&[(3, 10.0)]), None);
        assert_eq!(fit(&[(0, 10.0), (0, 5.0)]), None);
        assert_eq!(fit(&[(3, 10.0), (2, 0.0)]), None);
    }
}
