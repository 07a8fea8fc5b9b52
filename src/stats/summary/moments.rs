//! Count, mean and the central moments, mergeable.
//!
//! Sources: T. Chan, G. Golub and R. `LeVeque`, The American Statistician 37 (1983), corrected
//! two-pass algorithm; P. Pébay, *Formulas for robust, one-pass parallel computation of
//! covariances and arbitrary-order statistical moments* (Sandia, 2008), for the merge;
//! D. Joanes and C. Gill, The Statistician 47 (1998), for skewness and kurtosis.

use super::sum::{Sum, two_sum};
use crate::stats::{Unestimable, count};

/// Count, mean and sums of the powers of the deviations from it.
///
/// The mean is held as a double and the rest a double cannot hold, so merging the summaries of
/// the parts of a sample agrees with summarising the whole even where every value lies near 10¹².
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    n: usize,
    mean: f64,
    mean_rest: f64,
    m2: f64,
    m3: f64,
    m4: f64,
}

impl Moments {
    /// The summary of `values` (any unit, any order; a value that is no finite number makes every
    /// figure unestimable).
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        if values.is_empty() {
            return Self::default();
        }
        let n = count(values.len());
        let (mean, rest) = values.iter().copied().collect::<Sum>().mean(n);
        let [mut s2, mut s3, mut s4] = [Sum::default(); 3];
        for d in values.iter().map(|value| value - mean) {
            let square = d * d;
            s2.add(square);
            s3.add(square * d);
            s4.add(square * square);
        }
        let [s2, s3, s4] = [s2, s3, s4].map(Sum::value);
        let m2 = not_negative(s2 - n * rest * rest);
        let m3 = s3 - rest * (3.0 * s2 - 2.0 * n * rest * rest);
        let fourth = s4 - rest * (4.0 * s3 - rest * (6.0 * s2 - 3.0 * n * rest * rest));
        let m4 = not_negative(fourth);
        Self { n: values.len(), mean, mean_rest: rest, m2, m3, m4 }
    }

    /// The summary of both samples together.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        if self.n == 0 || other.n == 0 {
            return if self.n == 0 { other } else { self };
        }
        let (na, nb) = (count(self.n), count(other.n));
        let (n, d) = (na + nb, (other.mean - self.mean) + (other.mean_rest - self.mean_rest));
        let (fa, fb, d2) = (na / n, nb / n, d * d);
        let (mean, lost) = two_sum(self.mean, d * fb);
        let (mean, mean_rest) = two_sum(mean, lost + self.mean_rest);
        let spread = na * fb * d2;
        let m3 = self.m3 + other.m3 + spread * d * (fa - fb);
        let m4 = self.m4 + other.m4 + spread * d2 * (fa * fa - fa * fb + fb * fb);
        Self {
            n: self.n + other.n,
            mean,
            mean_rest,
            m2: self.m2 + other.m2 + spread,
            m3: m3 + 3.0 * d * (fa * other.m2 - fb * self.m2),
            m4: m4
                + 6.0 * d2 * (fa * fa * other.m2 + fb * fb * self.m2)
                + 4.0 * d * (fa * other.m3 - fb * self.m3),
        }
    }

    /// Number of values.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.n
    }

    /// Arithmetic mean, in the unit of the values.
    ///
    /// # Errors
    /// No value, or one that is no finite number.
    pub fn mean(&self) -> Result<f64, Unestimable> {
        self.needs(1)?;
        finite(self.mean)
    }

    /// Sum of the squared deviations from the mean, in the unit squared.
    ///
    /// # Errors
    /// No value, or one that is no finite number.
    pub fn sum_of_squares(&self) -> Result<f64, Unestimable> {
        self.needs(1)?;
        finite(self.m2)
    }

    /// Sample variance Σ(x − x̄)² / (n − 1), in the unit squared; 0 of a constant sample.
    ///
    /// # Errors
    /// Fewer than two values, or one that is no finite number.
    pub fn variance(&self) -> Result<f64, Unestimable> {
        self.needs(2)?;
        finite(self.m2 / count(self.n - 1))
    }

    /// Sample standard deviation √(Σ(x − x̄)² / (n − 1)), in the unit of the values.
    ///
    /// # Errors
    /// As [`Self::variance`].
    pub fn sd(&self) -> Result<f64, Unestimable> {
        self.variance().map(f64::sqrt)
    }

    /// Standard error of the mean, s / √n.
    ///
    /// # Errors
    /// As [`Self::variance`].
    pub fn standard_error(&self) -> Result<f64, Unestimable> {
        Ok(self.sd()? / count(self.n).sqrt())
    }

    /// Coefficient of variation s / x̄, without unit; of positive quantities.
    ///
    /// # Errors
    /// As [`Self::variance`], and a mean that is not positive.
    pub fn coefficient_of_variation(&self) -> Result<f64, Unestimable> {
        let mean = self.mean()?;
        if mean <= 0.0 {
            return Err(Unestimable::Outside("the mean is not positive"));
        }
        Ok(self.sd()? / mean)
    }

    /// Skewness g₁ = m₃ / m₂^(3/2), the moments divided by n.
    ///
    /// # Errors
    /// Fewer than two values, all the same, or one that is no finite number.
    pub fn skewness(&self) -> Result<f64, Unestimable> {
        let n = self.spread(2)?;
        finite(n.sqrt() * (self.m3 / self.m2) / self.m2.sqrt())
    }

    /// Excess kurtosis g₂ = m₄ / m₂² − 3, the moments divided by n.
    ///
    /// # Errors
    /// As [`Self::skewness`].
    pub fn excess_kurtosis(&self) -> Result<f64, Unestimable> {
        let n = self.spread(2)?;
        finite(n * (self.m4 / self.m2 / self.m2) - 3.0)
    }

    /// Adjusted Fisher–Pearson skewness G₁ = g₁ √(n (n − 1)) / (n − 2): Minitab's, and the `SKEW`
    /// of spreadsheets.
    ///
    /// # Errors
    /// Fewer than three values, all the same, or one that is no finite number.
    pub fn adjusted_skewness(&self) -> Result<f64, Unestimable> {
        let n = self.spread(3)?;
        Ok(self.skewness()? * (n * (n - 1.0)).sqrt() / (n - 2.0))
    }

    /// Adjusted excess kurtosis G₂ = (n − 1) / ((n − 2)(n − 3)) · ((n + 1) g₂ + 6): Minitab's, and
    /// the `KURT` of spreadsheets.
    ///
    /// # Errors
    /// Fewer than four values, all the same, or one that is no finite number.
    pub fn adjusted_excess_kurtosis(&self) -> Result<f64, Unestimable> {
        let n = self.spread(4)?;
        let g2 = self.excess_kurtosis()?;
        Ok((n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * g2 + 6.0))
    }

    /// The deviations of `values`, the sample summarised here, from their mean, in their order.
    ///
    /// # Errors
    /// Values that are all the same, or one that is no finite number.
    pub fn deviations(&self, values: &[f64]) -> Result<Vec<f64>, Unestimable> {
        self.spread(2)?;
        Ok(values.iter().map(|value| (value - self.mean) - self.mean_rest).collect())
    }

    fn needs(&self, needed: usize) -> Result<(), Unestimable> {
        if self.n < needed {
            return Err(Unestimable::TooFew { needed, got: self.n });
        }
        Ok(())
    }

    /// The count, where there are `needed` values that differ.
    fn spread(&self, needed: usize) -> Result<f64, Unestimable> {
        self.needs(needed)?;
        if finite(self.m2)? <= 0.0 { Err(Unestimable::Constant) } else { Ok(count(self.n)) }
    }
}

/// 0 where rounding took a sum of squares below it. Not a number stays so, unlike with `max`.
fn not_negative(squares: f64) -> f64 {
    if squares < 0.0 { 0.0 } else { squares }
}

/// A figure, unless some value was no number or too large to square.
fn finite(figure: f64) -> Result<f64, Unestimable> {
    let reason = Unestimable::Outside("a value is no finite number, or too large");
    if figure.is_finite() { Ok(figure) } else { Err(reason) }
}

#[cfg(test)]
mod tests;
