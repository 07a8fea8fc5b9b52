//! What a fit allows to conclude: coefficients, predictions, criteria to compare models by.
//!
//! Source: N. Draper and H. Smith, Applied Regression Analysis (1998), § 1.4, § 3.1 and § 5.2;
//! H. Akaike, IEEE Transactions on Automatic Control 19 (1974); G. Schwarz, Annals of Statistics 6
//! (1978).

use std::f64::consts::PI;

use super::linear::Fit;
use super::predictors::Predictors;
use crate::stats::special::student_t;
use crate::stats::{Bounds, Unestimable, count};

/// A coefficient against zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficient {
    /// Estimate over standard error; `None` of an exact fit.
    pub t: Option<f64>,
    /// Two-sided, from Student's t.
    pub p_value: Option<f64>,
    /// Confidence interval.
    pub bounds: Bounds,
}

/// A prediction at new values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// xᵀ b.
    pub fit: f64,
    /// Confidence interval of the mean response there.
    pub mean: Bounds,
    /// Prediction interval of one new observation there.
    pub single: Bounds,
}

impl Fit {
    /// Each coefficient tested against 0, with its two-sided interval at `level`.
    ///
    /// # Errors
    /// `Outside` unless 0 < `level` < 1.
    pub fn inference(&self, level: f64) -> Result<Vec<Coefficient>, Unestimable> {
        let quantile = self.quantile(level)?;
        let df = count(self.df_residual);
        let pairs = self.coefficients.iter().zip(&self.standard_errors);
        Ok(pairs
            .map(|(estimate, error)| {
                let t = (*error > 0.0).then(|| estimate / error);
                let p_value = t.and_then(|t| student_t::two_sided(t, df));
                Coefficient { t, p_value, bounds: around(*estimate, quantile * error) }
            })
            .collect())
    }

    /// Predictions for the rows of `new`, whose columns are those of the fitted model, with
    /// two-sided intervals at `level`.
    ///
    /// # Errors
    /// `Outside` where the columns do not match, or unless 0 < `level` < 1.
    pub fn predict(&self, new: &Predictors, level: f64) -> Result<Vec<Prediction>, Unestimable> {
        if new.terms != self.terms {
            return Err(Unestimable::Outside("the columns are not those of the fitted model"));
        }
        let quantile = self.quantile(level)?;
        let variance = self.ms_residual();
        let at = |row: Vec<super::wide::Wide>| {
            let fit = super::wide::dot(&row, &self.solution.coefficients).value();
            let spread = self.solution.spread(&row);
            Prediction {
                fit,
                mean: around(fit, quantile * (variance * spread).sqrt()),
                single: around(fit, quantile * (variance * (1.0 + spread)).sqrt()),
            }
        };
        Ok(new.each_row().map(at).collect())
    }

    /// ln L = −n/2 (ln 2π + ln(SSE/n) + 1), of normal errors; `None` of an exact fit.
    #[must_use]
    pub fn log_likelihood(&self) -> Option<f64> {
        let n = count(self.n);
        (self.ss_residual > 0.0)
            .then(|| -n / 2.0 * ((2.0 * PI).ln() + (self.ss_residual / n).ln() + 1.0))
    }

    /// Akaike's criterion, 2 k − 2 ln L, counting the variance among the k parameters as R does.
    #[must_use]
    pub fn aic(&self) -> Option<f64> {
        self.log_likelihood().map(|ll| 2.0 * self.parameters() - 2.0 * ll)
    }

    /// Schwarz's criterion, k ln n − 2 ln L, with k as for [`Fit::aic`].
    #[must_use]
    pub fn bic(&self) -> Option<f64> {
        self.log_likelihood().map(|ll| self.parameters() * count(self.n).ln() - 2.0 * ll)
    }

    fn parameters(&self) -> f64 {
        count(self.coefficients.len() + 1)
    }

    fn quantile(&self, level: f64) -> Result<f64, Unestimable> {
        student_t::upper_quantile((1.0 - level) / 2.0, count(self.df_residual))
            .filter(|_| level > 0.0)
            .ok_or(Unestimable::Outside("a confidence level lies between 0 and 1"))
    }
}

fn around(middle: f64, half: f64) -> Bounds {
    Bounds { low: middle - half, high: middle + half }
}
