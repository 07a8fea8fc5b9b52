//! Interval of the ratio of two sums over the same cases.
//!
//! Source: W. Cochran, *Sampling Techniques*, 3rd edition (1977), § 2.11 and 6.4.

use super::{Bounds, Estimate, tail};
use crate::stats::special::student_t;
use crate::stats::summary::moments::Moments;
use crate::stats::summary::sum::sum;
use crate::stats::{Unestimable, count};

/// R = Σ xᵢ / Σ yᵢ with R ± t √(Σ (xᵢ − R yᵢ)² / (n (n − 1))) / ȳ, two-sided at `level`, in units
/// of x per unit of y. For many cases: the ratio is biased by about its squared coefficient of
/// variation over n.
///
/// # Errors
/// Sequences of unequal length, fewer than two cases, values that are no numbers, Σ y not
/// positive, or a level outside (0, 1).
pub fn ratio_of_sums(x: &[f64], y: &[f64], level: f64) -> Result<Estimate, Unestimable> {
    let whole = sum(y.iter().copied());
    if x.len() != y.len() || !(whole > 0.0 && whole.is_finite()) {
        return Err(Unestimable::Outside("the cases do not pair, or the whole is not positive"));
    }
    let value = sum(x.iter().copied()) / whole;
    let residuals: Vec<f64> = x.iter().zip(y).map(|(x, y)| x - value * y).collect();
    let error = Moments::of(&residuals).standard_error()? / (whole / count(y.len()));
    let t = tail(level).and_then(|q| student_t::upper_quantile(q, count(x.len()) - 1.0));
    let half = t.ok_or(Unestimable::Outside("the level does not lie between 0 and 1"))? * error;
    Ok(Estimate { value, bounds: Bounds { low: value - half, high: value + half } })
}

#[cfg(test)]
mod tests {
    use super::ratio_of_sums;

    /// By hand: R = 12/24; residuals 1, −1, ½, −½; s² = 2.5/3, s.e. = √(2.5/12) / 6; t₃ = 3.182446.
    #[test]
    fn four_cases_worked_by_hand() {
        let ratio = ratio_of_sums(&[3.0, 2.0, 4.5, 2.5], &[4.0, 6.0, 8.0, 6.0], 0.95);
        let (value, low) = ratio.map(|r| (r.value, r.bounds.low)).unwrap_or_default();
        assert!((value - 0.5).abs() < 1e-15);
        let half = 3.182_446_305_284_263 * (2.5_f64 / 12.0).sqrt() / 6.0;
        assert!((value - low - half).abs() < 1e-9, "{low}");
    }

    #[test]
    fn what_does_not_pair_or_has_no_whole_is_refused() {
        assert!(ratio_of_sums(&[1.0], &[1.0, 2.0], 0.95).is_err());
        assert!(ratio_of_sums(&[1.0, 2.0], &[0.0, 0.0], 0.95).is_err());
        assert!(ratio_of_sums(&[1.0], &[1.0], 0.95).is_err());
    }
}
