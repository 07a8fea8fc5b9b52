//! Factors k of normal tolerance limits x̄ ± k s.

use crate::stats::special::root::bracketed;
use crate::stats::special::{gamma, noncentral_t, normal};
use crate::stats::{Unestimable, count};

const OUT: Unestimable =
    Unestimable::Outside("share and confidence must lie between 0 and 1, with two values at least");

/// k of the exact one-sided limit x̄ + k s (or x̄ − k s) that holds at least the share `content`
/// with `confidence`: the quantile of noncentral t with δ = z√n, over √n.
///
/// `n` values, n − 1 degrees of freedom of s.
///
/// # Errors
/// Fewer than two values, or shares outside (0, 1).
pub fn one_sided(n: usize, content: f64, confidence: f64) -> Result<f64, Unestimable> {
    let (root, df) = (count(n).sqrt(), count(n) - 1.0);
    let z = normal::quantile(content).filter(|_| n > 1).ok_or(OUT)?;
    Ok(noncentral_t::quantile(confidence, df, z * root).ok_or(OUT)? / root)
}

/// k of the two-sided limits x̄ ± k s by Howe's approximation with Guenther's correction: within a
/// few thousandths of the exact factor from ten values on.
///
/// # Errors
/// As of [`one_sided`].
pub fn howe(n: usize, content: f64, confidence: f64) -> Result<f64, Unestimable> {
    let (total, df) = (count(n), count(n) - 1.0);
    let z = normal::quantile(f64::midpoint(1.0, content)).filter(|_| n > 1).ok_or(OUT)?;
    let point = gamma::chi_square_quantile(df, 1.0 - confidence).ok_or(OUT)?;
    let correction = 1.0 + (total - 3.0 - point) / (2.0 * (total + 1.0).powi(2));
    Ok(z * (df * (1.0 + 1.0 / total) / point).sqrt() * correction.max(0.0).sqrt())
}

/// k of the exact two-sided limits x̄ ± k s: the root of
/// 2∫₀^∞ P(χ²₍ₙ₋₁₎ > (n − 1) r²(x) / k²) √n φ(√n x) dx = confidence, where
/// Φ(x + r) − Φ(x − r) = content.
///
/// # Errors
/// As of [`one_sided`], or no factor found.
pub fn two_sided(n: usize, content: f64, confidence: f64) -> Result<f64, Unestimable> {
    let start = howe(n, content, confidence)?;
    let nodes = half_widths(n, content).ok_or(OUT)?;
    let df = count(n) - 1.0;
    let miss = |k: f64| {
        let held = |&(weight, r): &(f64, f64)| {
            let tails = gamma::chi_square_tails(df, df * (r / k).powi(2));
            weight * tails.map_or(f64::NAN, |tails| tails.upper)
        };
        nodes.iter().map(held).sum::<f64>() - confidence
    };
    let unsolved = Unestimable::NotSolvable("no tolerance factor found");
    bracketed(miss, start / 4.0, start * 4.0).ok_or(unsolved)
}

/// Weights of the trapezoidal rule over the mean's normal distribution, to nine of its standard
/// deviations, and the half width r around each mean that holds `content`.
fn half_widths(n: usize, content: f64) -> Option<Vec<(f64, f64)>> {
    const STEPS: u32 = 90;
    let step = 9.0 / f64::from(STEPS);
    (0..=STEPS)
        .map(|i| {
            let u = f64::from(i) * step;
            let mean = u / count(n).sqrt();
            let held = |r: f64| normal::cdf(mean + r) - normal::cdf(mean - r) - content;
            let r = bracketed(held, 0.0, mean + 40.0)?;
            let ends = if i == 0 { 1.0 } else { 2.0 };
            Some((ends * step * normal::density(u), r))
        })
        .collect()
}
