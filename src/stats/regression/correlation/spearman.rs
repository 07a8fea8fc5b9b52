//! Spearman's rank correlation.
//!
//! Sources: C. Spearman, American Journal of Psychology 15 (1904); D. Best and D. Roberts,
//! Algorithm AS 89, Applied Statistics 24 (1975), for the Edgeworth series; the choice between
//! the exact distribution, the series and Student's t is that of R's `cor.test`.

use super::pairs;
use super::pearson::coefficient;
use super::ranks::ranks;
use crate::stats::special::{normal, student_t};
use crate::stats::{Unestimable, count};

/// Up to this many pairs every permutation is counted.
const EXACT: usize = 9;
/// From this many pairs on, Student's t.
const MANY: usize = 1290;

/// How a p-value was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// From all permutations.
    Exact,
    /// From the Edgeworth series of AS 89.
    Edgeworth,
    /// From Student's t: with ties, or many pairs.
    StudentT,
}

/// Spearman's ρ and its test against 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spearman {
    /// Pearson's correlation of the average ranks.
    pub rho: f64,
    /// Two-sided.
    pub p_value: f64,
    /// How it was found.
    pub method: Method,
}

/// Spearman's correlation of `x` and `y`, in O(n log n).
///
/// # Errors
/// `TooFew` below three pairs, `Constant` where a variable does not vary, `Outside` where lengths
/// differ or a value is not finite.
pub fn spearman(x: &[f64], y: &[f64]) -> Result<Spearman, Unestimable> {
    let n = pairs(x, y, 3)?;
    let ((x, x_ties), (y, y_ties)) = (ranks(x), ranks(y));
    let rho = coefficient(&x, &y).ok_or(Unestimable::Constant)?;
    let tied = x_ties.len() < n || y_ties.len() < n;
    let (p_value, method) = if tied || n >= MANY {
        (student(rho, n), Method::StudentT)
    } else {
        let squares: f64 = x.iter().zip(&y).map(|(x, y)| (x - y).powi(2)).sum();
        let by_permutation = n <= EXACT;
        let tail =
            |s, upper| if by_permutation { exact(s, n, upper) } else { edgeworth(s, n, upper) };
        let size = count(n);
        // P(S ≥ s) above the mean; P(S < s + 2), S being even, below it. R asks for s − 1 above.
        let p = if squares > (size.powi(3) - size) / 6.0 {
            tail(squares - 1.0, true)
        } else {
            tail(squares + 2.0, false)
        };
        ((2.0 * p).min(1.0), if by_permutation { Method::Exact } else { Method::Edgeworth })
    };
    Ok(Spearman { rho, p_value, method })
}

fn student(rho: f64, n: usize) -> f64 {
    let (df, left) = (count(n - 2), (1.0 - rho) * (1.0 + rho));
    let t = if left > 0.0 { rho * (df / left).sqrt() } else { f64::INFINITY };
    student_t::two_sided(t, df).unwrap_or(0.0)
}

/// P(S ≥ `s`), or P(S < `s`), of the sum S of squared rank differences, from every permutation.
fn exact(s: f64, n: usize, upper: bool) -> f64 {
    let sums = sums_of_squares(n);
    let all: f64 = sums.iter().sum();
    let reached: f64 = (0..).zip(&sums).filter(|(sum, _)| f64::from(*sum) >= s).map(|v| v.1).sum();
    (if upper { reached } else { all - reached }) / all
}

/// How many of the n! permutations have each Σ d², by adding one rank after the other and keeping
/// which are taken: 2ⁿ states, not n! permutations.
fn sums_of_squares(n: usize) -> Vec<f64> {
    let widest = n * (n * n - 1) / 3 + 1;
    let mut ways = vec![vec![0.0; widest]; 1 << n];
    if let Some(first) = ways.first_mut().and_then(|none| none.first_mut()) {
        *first = 1.0;
    }
    for taken in 0..(1_usize << n) {
        let position = taken.count_ones() as usize;
        let here = ways.get(taken).cloned().unwrap_or_default();
        for rank in (0..n).filter(|rank| taken & (1 << rank) == 0) {
            let square = rank.abs_diff(position).pow(2);
            let Some(next) = ways.get_mut(taken | 1 << rank) else { continue };
            for (to, from) in next.iter_mut().skip(square).zip(&here) {
                *to += from;
            }
        }
    }
    ways.pop().unwrap_or_default()
}

/// P(S ≥ `s`), or P(S < `s`), by the Edgeworth series of AS 89.
#[expect(clippy::many_single_char_names, reason = "the names of the paper")]
fn edgeworth(s: f64, n: usize, upper: bool) -> f64 {
    let n = count(n);
    if s <= 0.0 || s > (n.powi(3) - n) / 3.0 {
        return if (s <= 0.0) == upper { 1.0 } else { 0.0 };
    }
    let b = 1.0 / n;
    let x = (6.0 * (s - 1.0) * b / (n * n - 1.0) - 1.0) * (n - 1.0).sqrt();
    let y = x * x;
    let inner = 0.0072 - 0.0831 * b + y * b * (0.0131 - 4.6e-4 * y);
    let fourth = y * b * (0.0879 + 0.0151 * b - y * inner);
    let second = y * (-0.0758 + b * (0.1033 + 0.3932 * b) - fourth);
    let correction = x * b * (0.2274 + b * (0.2531 + 0.1745 * b) + second) / (y / 2.0).exp();
    let tail = if upper { normal::cdf(-x) + correction } else { normal::cdf(x) - correction };
    tail.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::{edgeworth, exact};

    #[test]
    fn the_series_joins_the_exact_distribution() {
        for s in (2..=330).step_by(24).map(f64::from) {
            for upper in [true, false] {
                let (series, counted) = (edgeworth(s, 10, upper), exact(s, 10, upper));
                assert!((series - counted).abs() < 1e-3, "{s}: {series} for {counted}");
            }
        }
        assert_eq!((edgeworth(0.0, 10, true), edgeworth(400.0, 10, true)), (1.0, 0.0));
    }
}
