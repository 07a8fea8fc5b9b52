//! How large a difference is, beside whether there is one.
//!
//! Sources: J. Cohen, Statistical Power Analysis (1988); L. Hedges (Journal of Educational
//! Statistics 6, 1981); L. Hedges and I. Olkin, Statistical Methods for Meta-Analysis (1985);
//! N. Cliff (Psychological Bulletin 114, 1993). η² and ω² come with
//! [`super::anova::one_way`], Cramér's V with [`super::contingency::pearson`], the probability of
//! superiority with [`super::mann_whitney`].

use statrs::function::gamma::ln_gamma;

use super::mann_whitney::probability_of_superiority;
use super::sample::Sample;
use super::t_test::{enough, finite};
use crate::stats::interval::{Bounds, Estimate};
use crate::stats::special::normal;
use crate::stats::{Unestimable, count};

/// Cohen's d: (x̄₁ − x̄₂) / sₚ, the difference in pooled standard deviations.
///
/// # Errors
/// A sample without values, fewer than three values in all, no spread in either, or values that
/// are no numbers.
pub fn cohen_d(first: &[f64], second: &[f64]) -> Result<f64, Unestimable> {
    for values in [first, second] {
        enough(values, 1)?;
        finite(values)?;
    }
    let origin = first.first().copied().unwrap_or(0.0);
    let (a, b) = (Sample::about(first, origin), Sample::about(second, origin));
    let df = a.df() + b.df();
    if df < 1.0 {
        return Err(Unestimable::TooFew { needed: 3, got: first.len() + second.len() });
    }
    let deviation = ((a.squares + b.squares) / df).sqrt();
    if deviation <= 0.0 {
        return Err(Unestimable::Constant);
    }
    Ok((a.mean - b.mean) / deviation)
}

/// Hedges' g: Cohen's d without its bias for small samples, d J(m) with
/// J(m) = Γ(m/2) / (√(m/2) Γ((m − 1)/2)), m = n₁ + n₂ − 2, and the large-sample interval
/// g ± z √((n₁ + n₂)/n₁n₂ + g²/2(n₁ + n₂)) (Hedges and Olkin).
///
/// # Errors
/// As [`cohen_d`], fewer than four values in all, or a level outside (0, 1).
pub fn hedges_g(first: &[f64], second: &[f64], level: f64) -> Result<Estimate, Unestimable> {
    let d = cohen_d(first, second)?;
    let (m, n) = (count(first.len()), count(second.len()));
    let refused = Unestimable::TooFew { needed: 4, got: first.len() + second.len() };
    let value = d * correction(m + n - 2.0).ok_or(refused)?;
    let z = normal::upper_quantile((1.0 - level) / 2.0)
        .ok_or(Unestimable::Outside("a confidence level lies between 0 and 1"))?;
    let half = z * ((m + n) / (m * n) + value * value / (2.0 * (m + n))).sqrt();
    Ok(Estimate { value, bounds: Bounds { low: value - half, high: value + half } })
}

/// J(m), the factor that takes the bias from d; `None` for m < 2.
fn correction(m: f64) -> Option<f64> {
    /// From here the series is as exact as the difference of two log-gammas.
    const MANY: f64 = 200.0;
    if m < 2.0 {
        return None;
    }
    if m < MANY {
        return Some((ln_gamma(m / 2.0) - ln_gamma((m - 1.0) / 2.0)).exp() / (m / 2.0).sqrt());
    }
    let r = 1.0 / m;
    Some(1.0 - r * (0.75 + r * (7.0 / 32.0 + r * (9.0 / 128.0 - r * (59.0 / 2048.0)))))
}

/// Cliff's δ: P(X > Y) − P(X < Y), from −1 to 1; the same as the rank-biserial correlation.
///
/// # Errors
/// An empty sample, or values that are no numbers.
pub fn cliff_delta(first: &[f64], second: &[f64]) -> Result<f64, Unestimable> {
    Ok(2.0 * probability_of_superiority(first, second)? - 1.0)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{cliff_delta, cohen_d, correction, hedges_g};

    /// J(m) by Γ: J(2) = 1/√π · √1, J(10) from Hedges (1981), table 1.
    #[test]
    fn the_correction_joins_where_the_series_takes_over() {
        assert!((correction(2.0).unwrap() - 1.0 / std::f64::consts::PI.sqrt()).abs() < 1e-14);
        assert!((correction(10.0).unwrap() - 0.9227).abs() < 5e-5);
        let (below, above) = (correction(199.999_999).unwrap(), correction(200.0).unwrap());
        assert!((below - above).abs() < 1e-10 && correction(1.0).is_none());
    }

    #[test]
    fn sizes_by_hand() {
        let (x, y) = ([1.0, 2.0, 3.0], [3.0, 4.0, 5.0]);
        assert!((cohen_d(&x, &y).unwrap() + 2.0).abs() < 1e-15);
        let g = hedges_g(&x, &y, 0.95).unwrap();
        assert!((g.value + 2.0 * correction(4.0).unwrap()).abs() < 1e-15);
        assert!(g.bounds.low < g.value && g.value < g.bounds.high);
        assert!((cliff_delta(&x, &y).unwrap() + 8.0 / 9.0).abs() < 1e-15);
        assert!(cohen_d(&[1.0, 1.0], &[2.0, 2.0]).is_err() && cohen_d(&[1.0], &[2.0]).is_err());
    }
}
