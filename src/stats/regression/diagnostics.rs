//! Whether a fit can be trusted: independence of its residuals, and rows that carry it alone.
//!
//! Sources: J. Durbin and G. Watson, Biometrika 37 (1950); R. Cook, Technometrics 19 (1977);
//! D. Allen, Technometrics 16 (1974); D. Belsley, E. Kuh and R. Welsch, Regression Diagnostics
//! (1980), chapter 2.

use super::linear::Fit;
use crate::stats::count;

/// How much one row bears on a fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Influence {
    /// h: how far the row lies out among the predictors, 1/n at least with a constant term, 1 at
    /// most.
    pub leverage: f64,
    /// e / (s √(1 − h)): the residual in units of its own standard deviation. `None` of an exact
    /// fit, or where the row is fitted by itself alone (h = 1).
    pub standardised_residual: Option<f64>,
    /// Cook's distance, r² h / (p (1 − h)) with the standardised residual r; `None` as that.
    pub cooks_distance: Option<f64>,
}

/// A leverage this close to 1 leaves its row no residual.
const ALONE: f64 = 1.0 - 1e-12;

impl Fit {
    /// How much each row bears on the fit.
    #[must_use]
    pub fn influences(&self) -> Vec<Influence> {
        let s = self.residual_sd();
        let p = count(self.coefficients.len());
        let one = |(row, residual): (Vec<super::wide::Wide>, &f64)| {
            let leverage = self.solution.spread(&row);
            let kept = s > 0.0 && leverage < ALONE;
            let standardised = kept.then(|| residual / (s * (1.0 - leverage).sqrt()));
            let cook = standardised.map(|r| r * r * leverage / (p * (1.0 - leverage)));
            Influence { leverage, standardised_residual: standardised, cooks_distance: cook }
        };
        self.predictors.each_row().zip(&self.residuals).map(one).collect()
    }

    /// PRESS, Σ (e / (1 − h))²: the squared errors of predicting each row from all others. `None`
    /// where a row is fitted by itself alone.
    #[must_use]
    pub fn press(&self) -> Option<f64> {
        let left_out = |(influence, residual): (Influence, &f64)| {
            (influence.leverage < ALONE).then(|| (residual / (1.0 - influence.leverage)).powi(2))
        };
        self.influences().into_iter().zip(&self.residuals).map(left_out).sum()
    }

    /// Durbin and Watson's d = Σ (eᵢ − eᵢ₋₁)² / Σ e²: about 2 where neighbouring residuals are
    /// independent, less where they are alike. `None` of an exact fit.
    #[must_use]
    pub fn durbin_watson(&self) -> Option<f64> {
        let steps: f64 = self.residuals.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum();
        (self.ss_residual > 0.0).then(|| steps / self.ss_residual)
    }
}
