//! Cholesky's factor of a symmetric positive definite matrix: A = L Lᵀ.
//!
//! Source: G. Golub and C. Van Loan, Matrix Computations (2013), § 4.2.

use crate::stats::Unestimable;

const SINGULAR: Unestimable =
    Unestimable::NotSolvable("the matrix is singular, or as good as, or not positive definite");

/// The factor L of a symmetric positive definite matrix, such as a covariance matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Cholesky {
    /// Row i holds L\[i\]\[0..=i\].
    rows: Vec<Vec<f64>>,
}

impl Cholesky {
    /// Factors `matrix`, given as rows; only its lower triangle is read.
    ///
    /// # Errors
    /// `Outside` where it is not square, `NotSolvable` where a pivot keeps no digit of the
    /// diagonal it came from: one variable is a combination of the others.
    pub fn factor(matrix: &[Vec<f64>]) -> Result<Self, Unestimable> {
        let size = matrix.len();
        if size == 0 || matrix.iter().any(|row| row.len() != size) {
            return Err(Unestimable::Outside("the matrix is not square"));
        }
        let mut rows: Vec<Vec<f64>> = Vec::with_capacity(size);
        for (i, given) in matrix.iter().enumerate() {
            let mut row: Vec<f64> = Vec::with_capacity(i + 1);
            for (above, value) in rows.iter().zip(given) {
                let rest = value - dot(&row, above);
                row.push(rest / above.last().copied().unwrap_or(f64::NAN));
            }
            let diagonal = given.get(i).copied().unwrap_or(f64::NAN);
            let pivot = diagonal - dot(&row, &row);
            let lost = 4.0 * crate::stats::count(size) * f64::EPSILON * diagonal.abs();
            if !(pivot > lost && pivot.is_finite()) {
                return Err(SINGULAR);
            }
            row.push(pivot.sqrt());
            rows.push(row);
        }
        Ok(Self { rows })
    }

    /// ln |A|, which neither overflows nor underflows where |A| would.
    #[must_use]
    pub fn ln_determinant(&self) -> f64 {
        2.0 * self.rows.iter().filter_map(|row| row.last()).map(|pivot| pivot.ln()).sum::<f64>()
    }

    /// xᵀ A⁻¹ x, the squared Mahalanobis distance where A is a covariance matrix and x a
    /// difference from its mean. A missing entry of `x` counts as 0.
    #[must_use]
    pub fn quadratic_form(&self, x: &[f64]) -> f64 {
        self.forward(x).iter().map(|v| v * v).sum()
    }

    /// The x with A x = b.
    #[must_use]
    pub fn solve(&self, b: &[f64]) -> Vec<f64> {
        let mut x = self.forward(b);
        for i in (0..x.len()).rev() {
            let (Some(row), Some(value)) = (self.rows.get(i), x.get(i).copied()) else { continue };
            let solved = value / row.last().copied().unwrap_or(f64::NAN);
            for (slot, factor) in x.iter_mut().zip(row) {
                *slot -= factor * solved;
            }
            if let Some(slot) = x.get_mut(i) {
                *slot = solved;
            }
        }
        x
    }

    /// A⁻¹, as rows.
    #[must_use]
    pub fn inverse(&self) -> Vec<Vec<f64>> {
        let size = self.rows.len();
        let unit = |i: usize| (0..size).map(|j| if i == j { 1.0 } else { 0.0 }).collect::<Vec<_>>();
        (0..size).map(|i| self.solve(&unit(i))).collect()
    }

    /// The v with L v = b.
    fn forward(&self, b: &[f64]) -> Vec<f64> {
        let mut v: Vec<f64> = Vec::with_capacity(self.rows.len());
        for (i, row) in self.rows.iter().enumerate() {
            let rest = b.get(i).copied().unwrap_or(0.0) - dot(&v, row);
            v.push(rest / row.last().copied().unwrap_or(f64::NAN));
        }
        v
    }
}

/// Σ a b over the entries both have.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::Cholesky;
    use crate::stats::Unestimable;

    /// The worked example of A.-L. Cholesky's method that every text prints: L has the rows
    /// (2), (6, 1), (−8, 5, 3).
    fn example() -> Vec<Vec<f64>> {
        vec![vec![4.0, 12.0, -16.0], vec![12.0, 37.0, -43.0], vec![-16.0, -43.0, 98.0]]
    }

    #[test]
    fn the_textbook_factor() {
        let factor = Cholesky::factor(&example()).unwrap();
        assert_eq!(factor.rows, [vec![2.0], vec![6.0, 1.0], vec![-8.0, 5.0, 3.0]]);
        assert!((factor.ln_determinant() - 36_f64.ln()).abs() < 1e-14);
    }

    #[test]
    fn solution_and_inverse_undo_the_matrix() {
        let factor = Cholesky::factor(&example()).unwrap();
        let x = factor.solve(&[1.0, 2.0, 3.0]);
        for (row, want) in example().iter().zip([1.0, 2.0, 3.0]) {
            let got: f64 = row.iter().zip(&x).map(|(a, x)| a * x).sum();
            assert!((got - want).abs() < 1e-12, "{got}");
        }
        let by_hand: f64 = x.iter().zip([1.0, 2.0, 3.0]).map(|(x, b)| x * b).sum();
        assert!((factor.quadratic_form(&[1.0, 2.0, 3.0]) - by_hand).abs() < 1e-11);
        let inverse = factor.inverse();
        assert!((inverse[0][0] - 1777.0 / 36.0).abs() < 1e-11, "{}", inverse[0][0]);
        assert!((inverse[2][1] - inverse[1][2]).abs() < 1e-12);
    }

    #[test]
    fn what_is_not_positive_definite_is_refused() {
        let collinear = [vec![1.0, 2.0], vec![2.0, 4.0]];
        assert!(matches!(Cholesky::factor(&collinear), Err(Unestimable::NotSolvable(_))));
        assert!(matches!(Cholesky::factor(&[vec![-1.0]]), Err(Unestimable::NotSolvable(_))));
        assert!(matches!(Cholesky::factor(&[vec![1.0, 0.0]]), Err(Unestimable::Outside(_))));
    }
}
