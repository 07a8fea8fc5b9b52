//! Pearson's product-moment correlation.
//!
//! Source: R. Fisher, Statistical Methods for Research Workers (1925), § 34 and § 35.

use super::pairs;
use crate::stats::special::{normal, student_t};
use crate::stats::{Bounds, Unestimable, count};

/// Pearson's r and its test against 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pearson {
    /// Σ (x − x̄)(y − ȳ) / √(Σ (x − x̄)² Σ (y − ȳ)²), from −1 to 1.
    pub r: f64,
    /// r √(n − 2) / √(1 − r²); `None` where the points lie on a line.
    pub t: Option<f64>,
    /// n − 2.
    pub df: usize,
    /// Two-sided, from Student's t; 0 where the points lie on a line.
    pub p_value: f64,
    /// Pairs of values.
    pub pairs: usize,
}

/// Pearson's correlation of `x` and `y`.
///
/// # Errors
/// `TooFew` below three pairs, `Constant` where a variable does not vary, `Outside` where lengths
/// differ or a value is not finite.
pub fn pearson(x: &[f64], y: &[f64]) -> Result<Pearson, Unestimable> {
    let pairs = pairs(x, y, 3)?;
    let r = coefficient(x, y).ok_or(Unestimable::Constant)?;
    let df = pairs - 2;
    let left = (1.0 - r) * (1.0 + r);
    let t = (left > 0.0).then(|| r * (count(df) / left).sqrt());
    let p_value = t.and_then(|t| student_t::two_sided(t, count(df))).unwrap_or(0.0);
    Ok(Pearson { r, t, df, p_value, pairs })
}

/// r by two passes on deviations scaled to 1; `None` where a variable does not vary.
pub(super) fn coefficient(x: &[f64], y: &[f64]) -> Option<f64> {
    let (x, y) = (scaled(x)?, scaled(y)?);
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let r = dot(&x, &y) / (dot(&x, &x).sqrt() * dot(&y, &y).sqrt());
    Some(r.clamp(-1.0, 1.0))
}

/// Deviations from the mean, the largest brought to 1.
fn scaled(values: &[f64]) -> Option<Vec<f64>> {
    let n = count(values.len());
    let rough = values.iter().sum::<f64>() / n;
    // The second pass takes out what rounding left in the mean.
    let mean = rough + values.iter().map(|v| v - rough).sum::<f64>() / n;
    let largest = values.iter().map(|v| (v - mean).abs()).fold(0.0, f64::max);
    let varies = values.windows(2).any(|pair| !super::ranks::equal(pair[0], pair[1]));
    (varies && largest > 0.0).then(|| values.iter().map(|v| (v - mean) / largest).collect())
}

impl Pearson {
    /// Fisher's interval of the correlation: tanh(artanh r ± z / √(n − 3)), two-sided at `level`.
    /// `None` below four pairs, where the points lie on a line, or unless 0 < `level` < 1.
    #[must_use]
    pub fn bounds(&self, level: f64) -> Option<Bounds> {
        let z = normal::upper_quantile((1.0 - level) / 2.0).filter(|z| *z > 0.0)?;
        self.t.filter(|_| self.pairs > 3)?;
        let half = z / count(self.pairs - 3).sqrt();
        let middle = self.r.atanh();
        Some(Bounds { low: (middle - half).tanh(), high: (middle + half).tanh() })
    }
}
