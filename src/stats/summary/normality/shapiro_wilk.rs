//! Shapiro and Wilk's test.
//!
//! Source: P. Royston, Applied Statistics 44 (1995), algorithm AS R94, for 3 ≤ n ≤ 5000.

use super::Test;
use crate::stats::special::normal;
use crate::stats::summary::moments::Moments;
use crate::stats::summary::sum::sum;
use crate::stats::{Unestimable, count};

/// Coefficients of AS R94, of ascending powers.
mod fit {
    /// Of the largest weight, in 1 / √n.
    pub(super) const FIRST: [f64; 6] =
        [0.0, 0.221_157, -0.147_981, -2.07119, 4.434_685, -2.706_056];
    /// Of the second largest weight, in 1 / √n.
    pub(super) const SECOND: [f64; 6] =
        [0.0, 0.042_981, -0.293_762, -1.752_461, 5.682_633, -3.582_633];
    /// Of the mean of the transformed W, in n, for n ≤ 11.
    pub(super) const SMALL_MEAN: [f64; 4] = [0.544, -0.39978, 0.025_054, -6.714e-4];
    /// Of its log standard deviation, in n, for n ≤ 11.
    pub(super) const SMALL_SD: [f64; 4] = [1.3822, -0.77857, 0.062_767, -0.002_032_2];
    /// Of the mean of ln(1 − W), in ln n.
    pub(super) const MEAN: [f64; 4] = [-1.5861, -0.31082, -0.083_751, 0.003_891_5];
    /// Of its log standard deviation, in ln n.
    pub(super) const SD: [f64; 3] = [-0.4803, -0.082_676, 0.003_030_2];
    /// Of the bound of the transformation, in n, for n ≤ 11.
    pub(super) const BOUND: [f64; 2] = [-2.273, 0.459];
}

/// Shapiro–Wilk test of normality of `values` (any unit, any order), 3 ≤ n ≤ 5000.
///
/// W, between 0 and 1, is the squared correlation of the ordered values with the weights that
/// normal values would call for.
///
/// # Errors
/// Fewer than three values or more than 5000, or all the same.
pub fn shapiro_wilk(values: &[f64]) -> Result<Test, Unestimable> {
    let n = values.len();
    if n < 3 {
        return Err(Unestimable::TooFew { needed: 3, got: n });
    }
    if n > 5000 {
        return Err(Unestimable::Outside("Shapiro-Wilk's p-value is known up to 5000 values"));
    }
    let mut deviations = Moments::of(values).deviations(values)?;
    deviations.sort_by(f64::total_cmp);
    let complement = one_less_w(&deviations, &upper_weights(n));
    Ok(Test { statistic: 1.0 - complement, p_value: p_value(complement, count(n)) })
}

/// The positive half of the antisymmetric weights, the largest first.
fn upper_weights(n: usize) -> Vec<f64> {
    if n == 3 {
        return vec![std::f64::consts::FRAC_1_SQRT_2];
    }
    let total = count(n);
    let score = |i: usize| normal::upper_quantile((count(i) - 0.375) / (total + 0.25));
    let mut scores: Vec<f64> = (1..=n / 2).filter_map(score).collect();
    let squares = 2.0 * sum(scores.iter().map(|m| m * m));
    let root = 1.0 / total.sqrt();
    let fits: &[[f64; 6]] = if n > 5 { &[fit::FIRST, fit::SECOND] } else { &[fit::FIRST] };
    let (mut left, mut unit) = (squares, 1.0);
    for (score, fit) in scores.iter_mut().zip(fits) {
        let weight = polynomial(fit, root) + *score / squares.sqrt();
        left -= 2.0 * *score * *score;
        unit -= 2.0 * weight * weight;
        *score = weight;
    }
    let scale = (left / unit).sqrt();
    scores.iter_mut().skip(fits.len()).for_each(|score| *score /= scale);
    scores
}

/// 1 − W of ascending deviations from the mean, without the digits lost in the difference.
fn one_less_w(deviations: &[f64], upper: &[f64]) -> f64 {
    let pairs = deviations.iter().zip(deviations.iter().rev()).zip(upper);
    let product = sum(pairs.map(|((low, high), weight)| weight * (high - low)));
    let spread = sum(deviations.iter().map(|d| d * d)).sqrt();
    let norm = (2.0 * sum(upper.iter().map(|weight| weight * weight))).sqrt();
    let full = spread * norm;
    ((full - product) / full * ((full + product) / full)).max(0.0)
}

/// p-value of W by Royston's normalising transformation of 1 − W.
fn p_value(complement: f64, n: f64) -> f64 {
    if n <= 3.0 {
        let angle = (1.0 - complement).sqrt().asin() - 0.75_f64.sqrt().asin();
        return (6.0 / std::f64::consts::PI * angle).clamp(0.0, 1.0);
    }
    let (y, x) = (complement.ln(), n.ln());
    if n > 11.0 {
        let (mean, sd) = (polynomial(&fit::MEAN, x), polynomial(&fit::SD, x).exp());
        return normal::cdf((mean - y) / sd);
    }
    let bound = polynomial(&fit::BOUND, n);
    if y >= bound {
        return 0.0;
    }
    let (mean, sd) = (polynomial(&fit::SMALL_MEAN, n), polynomial(&fit::SMALL_SD, n).exp());
    normal::cdf((mean + (bound - y).ln()) / sd)
}

fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}
