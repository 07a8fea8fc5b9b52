//! Tests on the distance between the empirical distribution and the fitted normal one.
//!
//! Sources: M. Stephens in R. D'Agostino and M. Stephens, *Goodness-of-Fit Techniques* (1986),
//! tables 4.7 to 4.9, for Anderson–Darling and Cramér–von Mises; H. Thode, *Testing for
//! Normality* (2002), section 5.1; G. Dallal and L. Wilkinson, The American Statistician 40
//! (1986), for Lilliefors' test, with Stephens' (1974) modified statistic where p exceeds 0.1.

use super::Test;
use crate::stats::special::normal;
use crate::stats::summary::moments::Moments;
use crate::stats::summary::sum::sum;
use crate::stats::{Unestimable, count};

/// The Anderson–Darling test with both mean and standard deviation estimated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AndersonDarling {
    /// A² = −n − Σ(2i − 1)(ln Φ(z₍ᵢ₎) + ln Φ(−z₍ₙ₊₁₋ᵢ₎)) / n.
    pub a2: f64,
    /// A²* = A² (1 + 0.75 / n + 2.25 / n²), whose distribution hardly depends on n.
    pub a2_star: f64,
    /// Stephens' p-value of A²*.
    pub p_value: f64,
}

/// Anderson–Darling test of normality of `values` (any unit, any order), n ≥ 8.
///
/// # Errors
/// Fewer than eight values, or all the same.
pub fn anderson_darling(values: &[f64]) -> Result<AndersonDarling, Unestimable> {
    let z = standardized(values, 8)?;
    let n = count(z.len());
    let terms = z.iter().zip(z.iter().rev()).zip(0..);
    let weighted = terms.map(|((low, high), i)| {
        (2.0 * f64::from(i) + 1.0) * (normal::ln_cdf(*low) + normal::ln_cdf(-high))
    });
    let a2 = -n - sum(weighted) / n;
    let a2_star = a2 * (1.0 + 0.75 / n + 2.25 / (n * n));
    Ok(AndersonDarling { a2, a2_star, p_value: anderson_darling_p(a2_star) })
}

/// Stephens' piecewise formula (table 4.9, case 3).
pub(super) fn anderson_darling_p(a: f64) -> f64 {
    if a < 0.2 {
        1.0 - (-13.436 + a * (101.14 - 223.73 * a)).exp()
    } else if a < 0.34 {
        1.0 - (-8.318 + a * (42.796 - 59.938 * a)).exp()
    } else if a < 0.6 {
        (0.9177 - a * (4.279 + 1.38 * a)).exp()
    } else if a < 10.0 {
        (1.2937 - a * (5.709 - 0.0186 * a)).exp()
    } else {
        3.7e-24
    }
}

/// Cramér–von Mises test of normality: W² = 1 / 12n + Σ(Φ(z₍ᵢ₎) − (2i − 1) / 2n)², n ≥ 8.
///
/// # Errors
/// Fewer than eight values, or all the same.
pub fn cramer_von_mises(values: &[f64]) -> Result<Test, Unestimable> {
    let z = standardized(values, 8)?;
    let n = count(z.len());
    let gaps = z.iter().zip(0..).map(|(z, i)| normal::cdf(*z) - (f64::from(i) + 0.5) / n);
    let statistic = 1.0 / (12.0 * n) + sum(gaps.map(|gap| gap * gap));
    Ok(Test { statistic, p_value: cramer_von_mises_p(statistic * (1.0 + 0.5 / n)) })
}

/// Stephens' piecewise formula of W²* = W² (1 + 0.5 / n).
pub(super) fn cramer_von_mises_p(w: f64) -> f64 {
    if w < 0.0275 {
        1.0 - (-13.953 + w * (775.5 - 12_542.61 * w)).exp()
    } else if w < 0.051 {
        1.0 - (-5.903 + w * (179.546 - 1_515.29 * w)).exp()
    } else if w < 0.092 {
        (0.886 - w * (31.62 - 10.897 * w)).exp()
    } else if w < 1.1 {
        (1.111 - w * (34.242 - 12.832 * w)).exp()
    } else {
        7.37e-10
    }
}

/// Lilliefors' test of normality: D, the largest distance between the empirical distribution and
/// the fitted normal one; n ≥ 5.
///
/// # Errors
/// Fewer than five values, or all the same.
pub fn lilliefors(values: &[f64]) -> Result<Test, Unestimable> {
    let z = standardized(values, 5)?;
    let n = count(z.len());
    let farthest = |d: f64, (z, i): (&f64, u32)| {
        let (p, i) = (normal::cdf(*z), f64::from(i));
        d.max((i + 1.0) / n - p).max(p - i / n)
    };
    let statistic = z.iter().zip(0..).fold(0.0, farthest);
    Ok(Test { statistic, p_value: lilliefors_p(statistic, n) })
}

/// Dallal and Wilkinson's formula, good up to p = 0.1; beyond, Stephens' modified statistic.
pub(super) fn lilliefors_p(d: f64, n: f64) -> f64 {
    let (d100, n100) = if n <= 100.0 { (d, n) } else { (d * (n / 100.0).powf(0.49), 100.0) };
    let m = n100 + 2.78019;
    let ln_p = -7.01256 * d100 * d100 * m + 2.99587 * d100 * m.sqrt() - 0.122_119
        + 0.974_598 / n100.sqrt()
        + 1.67997 / n100;
    if ln_p <= 0.1_f64.ln() {
        return ln_p.exp();
    }
    let k = (n.sqrt() - 0.01 + 0.85 / n.sqrt()) * d;
    let fit: [f64; 5] = if k <= 0.302 {
        return 1.0;
    } else if k <= 0.5 {
        [2.76773, -19.828_315, 80.709_644, -138.55152, 81.218_052]
    } else if k <= 0.9 {
        [-4.901_232, 40.662_806, -97.490_286, 94.029_866, -32.355_711]
    } else if k <= 1.31 {
        [6.198_765, -19.558_097, 23.186_922, -12.234_627, 2.423_045]
    } else {
        return 0.0;
    };
    fit.iter().rev().fold(0.0, |sum, coefficient| sum * k + coefficient).clamp(0.0, 1.0)
}

/// (x₍ᵢ₎ − x̄) / s, ascending.
fn standardized(values: &[f64], needed: usize) -> Result<Vec<f64>, Unestimable> {
    if values.len() < needed {
        return Err(Unestimable::TooFew { needed, got: values.len() });
    }
    let moments = Moments::of(values);
    let sd = moments.sd()?;
    let mut z = moments.deviations(values)?;
    for z in &mut z {
        *z /= sd;
    }
    z.sort_by(f64::total_cmp);
    Ok(z)
}
