//! Linear regression: the fit and its analysis of variance.
//!
//! Source: N. Draper and H. Smith, Applied Regression Analysis (1998), chapters 1, 5 and 6. The
//! tests hold it to the certified values of NIST's Statistical Reference Datasets.

use super::least_squares::LeastSquares;
use super::predictors::Predictors;
use super::wide::Wide;
use crate::stats::special::fisher_f;
use crate::stats::{Unestimable, count};

/// Residuals of at most this many roundings of y are no residuals: the model fits exactly.
const ROUNDINGS: f64 = 4.0;

/// y = X b + e fitted by least squares.
#[derive(Clone, Debug)]
pub struct Fit {
    /// Names of the coefficients.
    pub terms: Vec<String>,
    /// b.
    pub coefficients: Vec<f64>,
    /// Standard error of each coefficient.
    pub standard_errors: Vec<f64>,
    /// Observations.
    pub n: usize,
    /// Sum of squares the model explains: about the mean with a constant term, about 0 without.
    pub ss_regression: f64,
    /// Sum of squares left; exactly 0 where the residuals are mere rounding of y.
    pub ss_residual: f64,
    /// Coefficients, less the constant term.
    pub df_regression: usize,
    /// Observations less coefficients; at least 1.
    pub df_residual: usize,
    /// y − X b.
    pub residuals: Vec<f64>,
    /// How collinear the predictors are: the condition number of X with columns scaled alike. Of
    /// the 16 digits of the data, its base-ten logarithm is what the coefficients may lose.
    pub condition: f64,
    pub(super) predictors: Predictors,
    pub(super) solution: LeastSquares,
}

/// Fits `y` by `predictors`.
///
/// # Errors
/// `TooFew` without a residual degree of freedom, `Outside` where lengths differ or a value is not
/// finite, `NotSolvable` where the predictors are collinear.
pub fn fit(predictors: Predictors, y: &[f64]) -> Result<Fit, Unestimable> {
    let (n, p) = (y.len(), predictors.columns.len());
    if predictors.rows() != n {
        return Err(Unestimable::Outside("response and predictors differ in length"));
    }
    if y.iter().any(|v| !v.is_finite()) {
        return Err(Unestimable::Outside("a value is not a finite number"));
    }
    if n <= p {
        return Err(Unestimable::TooFew { needed: p + 1, got: n });
    }
    let wide: Vec<Wide> = y.iter().map(|v| Wide::new(*v)).collect();
    let solution = LeastSquares::solve(&predictors.columns, &wide)?;
    let centre = if predictors.intercept { mean(&wide) } else { Wide::ZERO };
    let total = sum_of_squares(wide.iter().map(|v| *v - centre));
    let left = sum_of_squares(solution.residuals.iter().copied());
    let size = sum_of_squares(wide.iter().copied()).value().sqrt();
    let variances = solution.variances();
    let finite = |v: &f64| v.is_finite();
    if ![size, total.value(), left.value()].iter().chain(&variances).all(finite) {
        return Err(Unestimable::BEYOND);
    }
    let exact = left.value().sqrt() <= ROUNDINGS * f64::EPSILON * size;
    let kept = |v: f64| if exact { 0.0 } else { v };
    let ms_residual = kept(left.value() / count(n - p));
    Ok(Fit {
        terms: predictors.terms.clone(),
        coefficients: solution.coefficients.iter().map(|b| b.value()).collect(),
        standard_errors: variances.iter().map(|v| (v * ms_residual).sqrt()).collect(),
        n,
        ss_regression: if exact { total.value() } else { (total - left).value().max(0.0) },
        ss_residual: kept(left.value()),
        df_regression: p - usize::from(predictors.intercept),
        df_residual: n - p,
        residuals: solution.residuals.iter().map(|r| kept(r.value())).collect(),
        condition: solution.condition,
        predictors,
        solution,
    })
}

fn mean(values: &[Wide]) -> Wide {
    values.iter().copied().sum::<Wide>() / Wide::new(count(values.len()))
}

fn sum_of_squares(values: impl Iterator<Item = Wide>) -> Wide {
    values.map(|v| v * v).sum()
}

impl Fit {
    /// What the residual sum of squares would rise by without each coefficient: b² / `(XᵀX)⁻¹[j][j]`.
    #[must_use]
    pub fn ss_without(&self) -> Vec<f64> {
        let variances = self.solution.variances();
        self.coefficients.iter().zip(variances).map(|(b, variance)| b * b / variance).collect()
    }

    /// s²: the residual sum of squares over its degrees of freedom.
    #[must_use]
    pub fn ms_residual(&self) -> f64 {
        self.ss_residual / count(self.df_residual)
    }

    /// s.
    #[must_use]
    pub fn residual_sd(&self) -> f64 {
        self.ms_residual().sqrt()
    }

    /// Mean square of the regression; `None` of a constant term alone.
    #[must_use]
    pub fn ms_regression(&self) -> Option<f64> {
        (self.df_regression > 0).then(|| self.ss_regression / count(self.df_regression))
    }

    /// R²: the share of the sum of squares the model explains, about the mean with a constant
    /// term and about 0 without. `None` where y does not vary.
    #[must_use]
    pub fn r_squared(&self) -> Option<f64> {
        let total = self.ss_regression + self.ss_residual;
        (total > 0.0).then(|| self.ss_regression / total)
    }

    /// R² adjusted for the number of coefficients: 1 − (1 − R²) (n − i) / (n − p), where i is 1
    /// with a constant term and 0 without.
    #[must_use]
    pub fn adjusted_r_squared(&self) -> Option<f64> {
        let freedom = count(self.df_regression + self.df_residual);
        self.r_squared().map(|r2| 1.0 - (1.0 - r2) * freedom / count(self.df_residual))
    }

    /// F = MS regression / MS residual; `None` where nothing is left over to compare with.
    #[must_use]
    pub fn f(&self) -> Option<f64> {
        self.ms_regression().filter(|_| self.ss_residual > 0.0).map(|ms| ms / self.ms_residual())
    }

    /// P(F at least as large) where no predictor matters.
    #[must_use]
    pub fn f_p_value(&self) -> Option<f64> {
        fisher_f::upper(self.f()?, count(self.df_regression), count(self.df_residual))
    }
}
