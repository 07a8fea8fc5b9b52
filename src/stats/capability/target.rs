//! Indices that count distance from the target, not only from the limits.

use super::Specification;
use super::interval::chi_square;
use crate::stats::interval::Bounds;
use crate::stats::{Unestimable, count};

/// Distance from the target, and Cpm = (USL − LSL) / 6τ in its definitions.
///
/// Sources: L. Chan, S. Cheng and F. Spiring, Journal of Quality Technology 20 (1988), with n − 1
/// (Minitab's); R. Boyles, Journal of Quality Technology 23 (1991), with n, its degrees of freedom
/// and interval; G. Taguchi's s² + (x̄ − T)².
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TargetIndices {
    /// τ = √(Σ (x − T)² / n), in the unit of the values.
    pub tau: f64,
    /// Cpm with τ² = s² + (x̄ − T)².
    pub cpm_taguchi: f64,
    /// Cpm with τ² = Σ (x − T)² / (n − 1).
    pub cpm_n_minus_1: f64,
    /// Cpm with τ² = Σ (x − T)² / n.
    pub cpm_n: f64,
    /// Degrees of freedom of τ²: n (1 + ξ²)² / (1 + 2ξ²), ξ = (x̄ − T) / s.
    pub df: f64,
    /// Interval of `cpm_n` by chi-square with those degrees of freedom.
    pub cpm_n_bounds: Option<Bounds>,
    /// Cpm* = min(USL − T, T − LSL) / 3τ with n − 1, for a target off the middle.
    pub cpm_off_centre: f64,
}

/// Target indices of a process with `n` values, `mean` and overall standard deviation `sd`
/// (divisor n − 1), two-sided at `level`.
///
/// # Errors
/// Not both limits and a target, fewer than two values, or none that varies.
pub fn target_indices(
    n: usize,
    mean: f64,
    sd: f64,
    spec: &Specification,
    level: f64,
) -> Result<TargetIndices, Unestimable> {
    let needed = Unestimable::Outside("Cpm needs both limits and a target");
    let ((lsl, usl), target) = spec.both().zip(spec.target()).ok_or(needed)?;
    if n < 2 {
        return Err(Unestimable::TooFew { needed: 2, got: n });
    }
    if sd <= 0.0 {
        return Err(Unestimable::Constant);
    }
    let total = count(n);
    let off = (mean - target).powi(2);
    let spread = sd * sd * (total - 1.0) / total;
    let tau = (spread + off).sqrt();
    let tau_sample = tau * (total / (total - 1.0)).sqrt();
    let cpm = |tau: f64| (usl - lsl) / (6.0 * tau);
    let bias = off / (sd * sd);
    let df = total * (1.0 + bias).powi(2) / (1.0 + 2.0 * bias);
    Ok(TargetIndices {
        tau,
        cpm_taguchi: cpm((sd * sd + off).sqrt()),
        cpm_n_minus_1: cpm(tau_sample),
        cpm_n: cpm(tau),
        df,
        cpm_n_bounds: chi_square(cpm(tau), df, level),
        cpm_off_centre: (usl - target).min(target - lsl) / (3.0 * tau_sample),
    })
}

/// Ca = (x̄ − T) / half the width of the specification: accuracy, in shares of what is allowed;
/// the sign says the side. The middle stands in for an absent target.
///
/// `None` without both limits.
#[must_use]
pub fn accuracy(mean: f64, spec: &Specification) -> Option<f64> {
    let (lsl, usl) = spec.both()?;
    let target = spec.target().unwrap_or_else(|| f64::midpoint(lsl, usl));
    Some((mean - target) / ((usl - lsl) / 2.0))
}

/// Grade of accuracy as quality circles in Taiwan and Japan use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// |Ca| up to 12.5 %: keep.
    A,
    /// Up to 25 %: improve towards A.
    B,
    /// Up to 50 %: review and improve now.
    C,
    /// Beyond: stop, and act on the whole process.
    D,
}

/// The grade of `accuracy`.
#[must_use]
pub fn grade(accuracy: f64) -> Grade {
    match accuracy.abs() {
        share if share <= 0.125 => Grade::A,
        share if share <= 0.25 => Grade::B,
        share if share <= 0.5 => Grade::C,
        _ => Grade::D,
    }
}
