//! Hotelling's T² chart of several measurements taken together, one observation a point.
//!
//! Sources: N. Tracy, J. Young and R. Mason, Journal of Quality Technology 24 (1992) for the
//! limits of both phases; D. Holmes and A. Mergen, Quality Engineering 5 (1993) for the covariance
//! of successive differences.

use crate::stats::regression::cholesky::Cholesky;
use crate::stats::special::{beta, fisher_f};
use crate::stats::{Unestimable, count};

/// How the covariance of the measurements is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Covariance {
    /// About the mean, divisor m − 1; a shift within the baseline widens it.
    Sample,
    /// Σ vᵢ vᵢᵀ / (2 (m − 1)) of differences v between successive observations.
    SuccessiveDifferences,
}

/// The process as a baseline shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseline {
    /// Observations m.
    pub observations: usize,
    /// Mean of each measurement.
    pub mean: Vec<f64>,
    /// Their covariance, row by row.
    pub covariance: Vec<Vec<f64>>,
    factor: Cholesky,
}

impl Baseline {
    /// The baseline of `rows`, one observation each.
    ///
    /// # Errors
    /// Fewer than p + 2 observations of p measurements, rows of different length, a value that is
    /// not a number, or measurements one of which follows from the others.
    pub fn fit(rows: &[Vec<f64>], covariance: Covariance) -> Result<Self, Unestimable> {
        let width = rows.first().map_or(0, Vec::len);
        let sound = |row: &Vec<f64>| row.len() == width && row.iter().all(|x| x.is_finite());
        if width == 0 || !rows.iter().all(sound) {
            return Err(Unestimable::Outside("every observation needs the same measurements"));
        }
        if rows.len() < width + 2 {
            return Err(Unestimable::TooFew { needed: width + 2, got: rows.len() });
        }
        let mean = mean(rows);
        let freedom = count(rows.len()) - 1.0;
        let covariance = match covariance {
            Covariance::Sample => products(rows.iter().map(|row| minus(row, &mean)), freedom),
            Covariance::SuccessiveDifferences => {
                products(rows.windows(2).map(|pair| minus(&pair[1], &pair[0])), 2.0 * freedom)
            }
        };
        let factor = Cholesky::factor(&covariance)?;
        Ok(Self { observations: rows.len(), mean, covariance, factor })
    }

    /// T² = (x − x̄)ᵀ S⁻¹ (x − x̄) of an observation; missing measurements count as their mean.
    #[must_use]
    pub fn t2(&self, row: &[f64]) -> f64 {
        self.factor.quadratic_form(&minus(row, &self.mean))
    }

    /// The determinant of the covariance: the generalised variance.
    #[must_use]
    pub fn generalised_variance(&self) -> f64 {
        self.factor.ln_determinant().exp()
    }

    /// Upper limit of T² for the observations of the baseline itself, exceeded by chance with
    /// probability `alpha`: (m − 1)² / m · B, B the quantile of Beta(p / 2, (m − p − 1) / 2).
    /// Exact for the sample covariance, customary for successive differences.
    #[must_use]
    pub fn phase1_limit(&self, alpha: f64) -> Option<f64> {
        let (m, p) = (count(self.observations), count(self.mean.len()));
        let beta = beta::quantile(p / 2.0, (m - p - 1.0) / 2.0, 1.0 - alpha)?;
        Some((m - 1.0).powi(2) / m * beta)
    }

    /// Upper limit of T² for an observation after the baseline:
    /// p (m + 1) (m − 1) / (m (m − p)) · F, F the quantile of F(p, m − p).
    #[must_use]
    pub fn phase2_limit(&self, alpha: f64) -> Option<f64> {
        let (m, p) = (count(self.observations), count(self.mean.len()));
        let f = fisher_f::upper_quantile(alpha, p, m - p)?;
        Some(p * (m + 1.0) * (m - 1.0) / (m * (m - p)) * f)
    }
}

/// Means of the columns, in two passes.
fn mean(rows: &[Vec<f64>]) -> Vec<f64> {
    let n = count(rows.len());
    let column = |j: usize| rows.iter().map(move |row| row[j]);
    let one = |j| {
        let rough = column(j).sum::<f64>() / n;
        rough + column(j).map(|x| x - rough).sum::<f64>() / n
    };
    (0..rows.first().map_or(0, Vec::len)).map(one).collect()
}

fn minus(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

/// Σ v vᵀ / `divisor`.
fn products(vectors: impl Iterator<Item = Vec<f64>>, divisor: f64) -> Vec<Vec<f64>> {
    let vectors: Vec<Vec<f64>> = vectors.collect();
    let size = vectors.first().map_or(0, Vec::len);
    let entry = |i: usize, j: usize| vectors.iter().map(|v| v[i] * v[j]).sum::<f64>() / divisor;
    (0..size).map(|i| (0..size).map(|j| entry(i, j)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Baseline, Covariance};
    use proptest::prelude::*;

    fn near(got: f64, want: f64) {
        assert!((got / want - 1.0).abs() < 1e-10, "{got} for {want}");
    }

    /// Two measurements without correlation: S = diag(2, 2) · 4/3 and T² = Σ (x − x̄)² / s².
    #[test]
    fn a_square_by_hand() {
        let rows: Vec<Vec<f64>> =
            [[1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0], [1.0, -1.0]].map(Vec::from).to_vec();
        let base = Baseline::fit(&rows, Covariance::Sample).unwrap_or_else(|_| unreachable!());
        near(base.covariance[0][0], 4.0 / 3.0);
        near(base.generalised_variance(), 16.0 / 9.0);
        near(base.t2(&[1.0, 1.0]), 1.5);
        let next = Baseline::fit(&rows, Covariance::SuccessiveDifferences);
        near(next.map_or(f64::NAN, |b| b.covariance[0][0]), 4.0 / 3.0);
        // Beta(1, ½) has the distribution function 1 − √(1 − x); F(2, 2) has f / (1 + f).
        near(base.phase1_limit(0.1).unwrap_or(f64::NAN), 2.25 * 0.99);
        near(base.phase2_limit(0.1).unwrap_or(f64::NAN), 2.0 * 15.0 / 8.0 * 9.0);
    }

    #[test]
    fn too_few_or_dependent_measurements_are_refused() {
        let few = vec![vec![1.0, 2.0], vec![2.0, 1.0], vec![0.0, 5.0]];
        assert!(Baseline::fit(&few, Covariance::Sample).is_err());
        let same: Vec<Vec<f64>> = (0..9).map(f64::from).map(|x| vec![x * x, 3.0 * x * x]).collect();
        assert!(Baseline::fit(&same, Covariance::Sample).is_err());
        assert!(Baseline::fit(&[vec![1.0], vec![1.0, 2.0]], Covariance::Sample).is_err());
    }

    proptest! {
        /// Units do not count, and the T² of a sample sum to p (m − 1).
        #[test]
        fn t2_has_no_unit_and_a_known_sum(
            rows in prop::collection::vec(prop::collection::vec(-5.0..5.0_f64, 3), 8..30),
        ) {
            let base = Baseline::fit(&rows, Covariance::Sample);
            prop_assume!(base.is_ok());
            let base = base.unwrap_or_else(|_| unreachable!());
            let total: f64 = rows.iter().map(|row| base.t2(row)).sum();
            let m = f64::from(u32::try_from(rows.len()).unwrap_or(0));
            prop_assert!((total / (3.0 * (m - 1.0)) - 1.0).abs() < 1e-8);
            let scaled: Vec<Vec<f64>> =
                rows.iter().map(|r| vec![r[0] * 1e3 + 7.0, r[1] * 1e-3, r[2] - 1e2]).collect();
            let other = Baseline::fit(&scaled, Covariance::Sample);
            let same = other.map_or(f64::NAN, |o| o.t2(&scaled[0]));
            prop_assert!((same - base.t2(&rows[0])).abs() <= 1e-7 * (1.0 + same));
        }
    }
}
