//! Least squares by Householder's orthogonal triangularisation, in numbers of 32 digits.
//!
//! Source: G. Golub and C. Van Loan, Matrix Computations (2013), § 5.2 and § 5.3; Å. Björck,
//! Numerical Methods for Least Squares Problems (1996), § 2.4 for what collinearity costs.

use super::wide::{Wide, dot};
use crate::stats::Unestimable;

/// Beyond this condition the rounding of the data themselves leaves fewer than four digits.
const HOPELESS: f64 = 1e12;

const COLLINEAR: Unestimable = Unestimable::NotSolvable(
    "the predictors depend on each other: their effects cannot be told apart",
);

/// The b that minimises ‖y − X b‖.
#[derive(Clone, Debug)]
pub(super) struct LeastSquares {
    /// b.
    pub(super) coefficients: Vec<Wide>,
    /// y − X b, to the last bit of a double.
    pub(super) residuals: Vec<Wide>,
    /// Condition number of X with its columns scaled alike (Frobenius norm).
    pub(super) condition: f64,
    /// Row j holds `R⁻¹[j][j..]`, where `XᵀX = RᵀR`.
    inverse: Vec<Vec<Wide>>,
}

impl LeastSquares {
    /// Solves for the columns of X, each as long as `y`.
    ///
    /// # Errors
    /// `NotSolvable` where the columns are so close to dependent that no honest answer is left.
    pub(super) fn solve(columns: &[Vec<Wide>], y: &[Wide]) -> Result<Self, Unestimable> {
        let scales: Vec<f64> = columns.iter().map(|column| scale(column)).collect();
        let mut work: Vec<Vec<Wide>> = columns
            .iter()
            .zip(&scales)
            .map(|(column, s)| column.iter().map(|v| *v * Wide::new(*s)).collect())
            .collect();
        work.push(y.to_vec());
        for k in 0..columns.len() {
            eliminate(&mut work, k)?;
        }
        let effects = work.pop().unwrap_or_default();
        let inverse = inverse(&work)?;
        let triangle = work.iter().zip(1..).flat_map(|(column, k)| column.iter().take(k));
        let condition = (norm_squared(triangle) * norm_squared(inverse.iter().flatten())).sqrt();
        if condition.is_nan() || condition > HOPELESS {
            return Err(COLLINEAR);
        }
        let inverse: Vec<Vec<Wide>> = inverse
            .iter()
            .zip(&scales)
            .map(|(row, s)| row.iter().map(|v| *v * Wide::new(*s)).collect())
            .collect();
        let coefficients: Vec<Wide> =
            (0..).zip(&inverse).map(|(j, row)| along(row, &effects, j)).collect();
        let residuals = residuals(columns, y, &coefficients);
        Ok(Self { coefficients, residuals, condition, inverse })
    }

    /// `(XᵀX)⁻¹[j][j]` for each column j: the variance of its coefficient in units of σ².
    pub(super) fn variances(&self) -> Vec<f64> {
        self.inverse.iter().map(|row| dot(row, row).value()).collect()
    }

    /// `xᵀ (XᵀX)⁻¹ x`: the variance of a fitted value at `x` in units of σ²; the leverage of a row.
    pub(super) fn spread(&self, x: &[Wide]) -> f64 {
        let component = |k: usize| -> Wide {
            let entry = |(j, row): (usize, &Vec<Wide>)| row.get(k.checked_sub(j)?).copied();
            let column = self.inverse.iter().enumerate().filter_map(entry);
            column.zip(x).map(|(a, b)| a * *b).sum()
        };
        (0..self.inverse.len()).map(component).map(|v| (v * v).value()).sum()
    }
}

/// The power of two that brings the largest entry to between ½ and 1; 1 for a column of zeros.
fn scale(column: &[Wide]) -> f64 {
    let largest = column.iter().map(|v| v.value().abs()).fold(0.0, f64::max);
    if largest > 0.0 { (-largest.log2().floor() - 1.0).exp2() } else { 1.0 }
}

/// Reflects columns `k` and on so that column `k` ends at row `k`.
fn eliminate(work: &mut [Vec<Wide>], k: usize) -> Result<(), Unestimable> {
    let (done, rest) = work.split_at_mut(k + 1);
    let column = done.last_mut().and_then(|column| column.get_mut(k..)).ok_or(COLLINEAR)?;
    let norm = dot(column, column).sqrt();
    let first = column.first().copied().unwrap_or(Wide::ZERO);
    let pivot = if first.value() > 0.0 { -norm } else { norm };
    let mut mirror = column.to_vec();
    if let Some(entry) = mirror.first_mut() {
        *entry = first - pivot;
    }
    let half_square = norm * norm - pivot * first;
    if half_square.value() <= 0.0 {
        return Err(COLLINEAR);
    }
    for other in rest.iter_mut().filter_map(|other| other.get_mut(k..)) {
        let share = dot(&mirror, other) / half_square;
        for (entry, axis) in other.iter_mut().zip(&mirror) {
            *entry = *entry - share * *axis;
        }
    }
    if let Some(entry) = column.first_mut() {
        *entry = pivot;
    }
    Ok(())
}

/// R⁻¹ by rows from the diagonal on; column k of R stands in the first k + 1 entries of `work[k]`.
fn inverse(work: &[Vec<Wide>]) -> Result<Vec<Vec<Wide>>, Unestimable> {
    let entry =
        |i: usize, j: usize| work.get(j).and_then(|c| c.get(i)).copied().unwrap_or(Wide::ZERO);
    let size = work.len();
    let mut rows = Vec::with_capacity(size);
    for j in 0..size {
        let mut row: Vec<Wide> = Vec::with_capacity(size - j);
        for k in j..size {
            let known: Wide = (j..).zip(&row).map(|(i, v)| *v * entry(i, k)).sum();
            let one = if k == j { Wide::new(1.0) } else { Wide::ZERO };
            row.push((one - known) / entry(k, k));
        }
        if row.iter().any(|v| !v.value().is_finite()) {
            return Err(COLLINEAR);
        }
        rows.push(row);
    }
    Ok(rows)
}

fn norm_squared<'a>(entries: impl Iterator<Item = &'a Wide>) -> f64 {
    entries.map(|v| v.value().powi(2)).sum()
}

/// `Σ over k ≥ j of R⁻¹[j][k] · (Qᵀy)[k]`.
fn along(row: &[Wide], effects: &[Wide], j: usize) -> Wide {
    effects.get(j..).map_or(Wide::ZERO, |effects| dot(row, effects))
}

fn residuals(columns: &[Vec<Wide>], y: &[Wide], coefficients: &[Wide]) -> Vec<Wide> {
    let mut residuals = y.to_vec();
    for (column, b) in columns.iter().zip(coefficients) {
        for (residual, x) in residuals.iter_mut().zip(column) {
            *residual = *residual - *b * *x;
        }
    }
    residuals
}
