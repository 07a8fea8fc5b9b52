//! A general system of linear equations, small and dense.

use crate::stats::Unestimable;

/// x of A x = b by Gaussian elimination with partial pivoting; A square, row by row.
///
/// # Errors
/// A pivot of 0: A is singular.
pub(super) fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Result<Vec<f64>, Unestimable> {
    let n = b.len();
    for column in 0..n {
        let size = |row: &usize| a[*row][column].abs();
        let pivot = (column..n).max_by(|i, j| size(i).total_cmp(&size(j))).unwrap_or(column);
        if a[pivot][column].abs() < f64::MIN_POSITIVE {
            return Err(Unestimable::NotSolvable("the equations have no single solution"));
        }
        a.swap(column, pivot);
        b.swap(column, pivot);
        let (above, below) = a.split_at_mut(column + 1);
        let top = &above[column];
        for (i, row) in below.iter_mut().enumerate() {
            let factor = row[column] / top[column];
            for (x, y) in row.iter_mut().zip(top).skip(column) {
                *x -= factor * y;
            }
            b[column + 1 + i] -= factor * b[column];
        }
    }
    for row in (0..n).rev() {
        let known: f64 = a[row].iter().zip(&b).skip(row + 1).map(|(a, x)| a * x).sum();
        b[row] = (b[row] - known) / a[row][row];
    }
    Ok(b)
}

#[cfg(test)]
mod tests {
    use super::solve;

    #[test]
    fn a_system_whose_first_pivot_is_zero() {
        let a = vec![vec![0.0, 2.0, 1.0], vec![1.0, 1.0, 1.0], vec![2.0, 0.0, 3.0]];
        let x = solve(a, vec![7.0, 6.0, 11.0]).unwrap_or_default();
        assert!(x.iter().zip([1.0, 2.0, 3.0]).all(|(x, want)| (x - want).abs() < 1e-14), "{x:?}");
        assert!(solve(vec![vec![1.0, 2.0], vec![2.0, 4.0]], vec![1.0, 2.0]).is_err());
    }
}
