//! Intervals of the mean and the standard deviation of a normal sample.
//!
//! Source: NIST/SEMATECH e-Handbook, 1.3.5.2 and 7.2.3.1.

use super::{Bounds, Estimate, tail};
use crate::stats::special::{gamma, student_t};
use crate::stats::summary::moments::Moments;
use crate::stats::{Unestimable, count};

/// The mean with Student's interval x̄ ± t s / √n, two-sided at `level`, in the values' unit.
/// Values need not be normal where there are many.
///
/// # Errors
/// Fewer than two values, one that is no finite number, or a level outside (0, 1).
pub fn mean(sample: &Moments, level: f64) -> Result<Estimate, Unestimable> {
    let (value, error) = (sample.mean()?, sample.standard_error()?);
    let t = tail(level).and_then(|q| student_t::upper_quantile(q, count(sample.count() - 1)));
    let half = t.ok_or(NO_LEVEL)? * error;
    Ok(Estimate { value, bounds: Bounds { low: value - half, high: value + half } })
}

/// The standard deviation with its interval s √((n − 1) / χ²), two-sided at `level`, in the
/// values' unit. It holds for normal values only, however many there are.
///
/// # Errors
/// As [`mean`].
pub fn standard_deviation(sample: &Moments, level: f64) -> Result<Estimate, Unestimable> {
    let value = sample.sd()?;
    let (df, tail) = (count(sample.count() - 1), tail(level).ok_or(NO_LEVEL)?);
    let end = |p| {
        let chi2 = gamma::chi_square_quantile(df, p).ok_or(NO_LEVEL)?;
        Ok(value * (df / chi2).sqrt())
    };
    Ok(Estimate { value, bounds: Bounds { low: end(1.0 - tail)?, high: end(tail)? } })
}

const NO_LEVEL: Unestimable = Unestimable::Outside("the level does not lie between 0 and 1");
