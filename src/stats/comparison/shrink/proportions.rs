//! Shrunken proportions: beta-binomial empirical Bayes by maximum likelihood.
//!
//! Sources: J. Griffiths, Maximum likelihood estimation for the beta-binomial distribution,
//! Biometrics 29 (1973); B. Efron and C. Morris, JASA 70 (1975).

use super::{climb, exceeding, steps};

/// The beta distribution the true rates of a team seem to come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// Mean of the true rates.
    pub mean: f64,
    /// 1 / (α + β). Zero where the rates differ no more than chance makes them.
    pub spread: f64,
}

impl Prior {
    /// The rate of a unit with `k` of `n`, drawn to the mean as far as its n is small:
    /// (k + α) / (n + α + β).
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    pub fn shrunk(&self, k: u64, n: u64) -> f64 {
        (self.mean + self.spread * k as f64) / (1.0 + self.spread * n as f64)
    }

    /// Whether nothing beyond chance sets the units apart.
    #[must_use]
    pub fn is_nil(&self) -> bool {
        self.spread <= 0.0
    }
}

/// Fits the prior to units `(successes, trials)`.
///
/// Maximises the beta-binomial likelihood over the spread φ = 1/(α + β), for each φ over the
/// mean, in which the log-likelihood is concave. φ = 0 is the binomial without any spread.
/// `None` with fewer than two units, or where all trials came out the same.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn fit(units: &[(u64, u64)]) -> Option<Prior> {
    let tallies = Tallies::of(units)?;
    let (k, n) = units.iter().fold((0, 0), |(k, n), u| (k + u.0, n + u.1));
    let pooled = k as f64 / n as f64;
    let score = |phi: f64| tallies.log_likelihood(tallies.mean(phi, pooled), phi);
    let phi = climb(score);
    if score(phi) <= tallies.log_likelihood(pooled, 0.0) + 1e-9 {
        return Some(Prior { mean: pooled, spread: 0.0 });
    }
    Some(Prior { mean: tallies.mean(phi, pooled), spread: phi })
}

/// How many units have more than i successes, failures, trials: the likelihood's sums over units
/// become sums over i.
struct Tallies {
    successes: Vec<f64>,
    failures: Vec<f64>,
    trials: Vec<f64>,
}

impl Tallies {
    fn of(units: &[(u64, u64)]) -> Option<Self> {
        let units: Vec<_> = units.iter().filter(|(k, n)| *n > 0 && k <= n).collect();
        let out = Self {
            successes: exceeding(units.iter().map(|(k, _)| *k)),
            failures: exceeding(units.iter().map(|(k, n)| n - k)),
            trials: exceeding(units.iter().map(|(_, n)| *n)),
        };
        let mixed = !out.successes.is_empty() && !out.failures.is_empty();
        (mixed && units.len() > 1).then_some(out)
    }

    fn log_likelihood(&self, mean: f64, phi: f64) -> f64 {
        let sum = |tally: &[f64], base: f64| -> f64 {
            steps(phi).zip(tally).map(|(step, count)| count * (base + step).ln()).sum()
        };
        sum(&self.successes, mean) + sum(&self.failures, 1.0 - mean) - sum(&self.trials, 1.0)
    }

    /// The best mean for a spread, by Newton's method kept inside (0, 1).
    fn mean(&self, phi: f64, start: f64) -> f64 {
        let mut mean = start;
        for _ in 0..50 {
            let (up, up2) = slope(&self.successes, mean, phi);
            let (down, down2) = slope(&self.failures, 1.0 - mean, phi);
            let next =
                (mean + (up - down) / (up2 + down2)).clamp(mean / 2.0, f64::midpoint(mean, 1.0));
            let done = (next - mean).abs() < 1e-14;
            mean = next;
            if done {
                break;
            }
        }
        mean
    }
}

/// First and negative second derivative of Σ count · ln(base + iφ) in base.
fn slope(tally: &[f64], base: f64, phi: f64) -> (f64, f64) {
    steps(phi).zip(tally).fold((0.0, 0.0), |(first, second), (step, count)| {
        let inverse = 1.0 / (base + step);
        (first + count * inverse, second + count * inverse * inverse)
    })
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn equal_units_have_no_spread_and_the_pooled_rate() {
        let prior = fit(&[(50, 100), (51, 100), (49, 100)]);
        assert!(prior.is_some_and(|p| p.is_nil() && (p.shrunk(51, 100) - 0.5).abs() < 1e-12));
    }

    #[test]
    fn far_units_keep_most_of_their_own_rate() {
        let prior = fit(&[(20, 100), (80, 100), (35, 100), (65, 100)]);
        let shrunk = prior.map(|p| (p.shrunk(20, 100), p.shrunk(2, 10))).unwrap_or_default();
        assert!(shrunk.0 > 0.2 && shrunk.0 < 0.25, "{shrunk:?}");
        assert!(shrunk.1 > shrunk.0, "a small n is drawn further: {shrunk:?}");
    }

    #[test]
    fn one_unit_or_one_result_is_no_team() {
        assert_eq!(fit(&[(3, 10)]), None);
        assert_eq!(fit(&[(10, 10), (5, 5)]), None);
        assert_eq!(fit(&[]), None);
    }
}
