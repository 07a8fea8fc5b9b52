//! Kendall's rank correlation τ-b.
//!
//! Sources: M. Kendall, Rank Correlation Methods (1970), chapters 3 to 5; W. Knight, JASA 61
//! (1966), for counting exchanges while sorting. Exact below 50 pairs without ties and normal
//! otherwise, as R's `cor.test`.

use std::cmp::Ordering;

use super::pairs;
use super::ranks::equal;
use crate::stats::special::normal;
use crate::stats::{Unestimable, count};

/// From this many pairs on, the normal distribution.
const MANY: usize = 50;

/// Kendall's τ-b and its test against 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kendall {
    /// (C − D) / √((n₀ − ties in x)(n₀ − ties in y)), from −1 to 1.
    pub tau_b: f64,
    /// Two-sided.
    pub p_value: f64,
    /// Whether the p-value comes from the distribution over all permutations.
    pub exact: bool,
    /// Standardised C − D, without continuity correction; only of the normal test.
    pub z: Option<f64>,
}

/// Kendall's correlation of `x` and `y`, in O(n log n).
///
/// # Errors
/// `TooFew` below two pairs, `Constant` where a variable does not vary, `Outside` where lengths
/// differ or a value is not finite.
pub fn kendall(x: &[f64], y: &[f64]) -> Result<Kendall, Unestimable> {
    let n = pairs(x, y, 2)?;
    let mut points: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).collect();
    points.sort_by(|a, b| ordered(a.0, b.0).then(ordered(a.1, b.1)));
    let x_ties = ties(points.chunk_by(|a, b| equal(a.0, b.0)).map(<[_]>::len));
    let both = |a: &(f64, f64), b: &(f64, f64)| equal(a.0, b.0) && equal(a.1, b.1);
    let shared = ties(points.chunk_by(both).map(<[_]>::len)).pairs;
    let mut values: Vec<f64> = points.iter().map(|(_, y)| *y).collect();
    let exchanges = exchanges(&mut values);
    let y_ties = ties(values.chunk_by(|a, b| equal(*a, *b)).map(<[_]>::len));
    let all = count(n) * count(n - 1) / 2.0;
    let (left_x, left_y) = (all - x_ties.pairs, all - y_ties.pairs);
    if left_x <= 0.0 || left_y <= 0.0 {
        return Err(Unestimable::Constant);
    }
    // Concordant less discordant pairs.
    let score = all - x_ties.pairs - y_ties.pairs + shared - 2.0 * exchanges;
    let tau_b = (score / (left_x.sqrt() * left_y.sqrt())).clamp(-1.0, 1.0);
    if n < MANY && x_ties.pairs + y_ties.pairs <= 0.0 {
        let p_value = exact(n, exchanges, all - exchanges);
        return Ok(Kendall { tau_b, p_value, exact: true, z: None });
    }
    let z = score / variance(count(n), &x_ties, &y_ties).sqrt();
    let p_value = 2.0 * normal::cdf(-z.abs());
    Ok(Kendall { tau_b, p_value: p_value.min(1.0), exact: false, z: Some(z) })
}

fn ordered(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b).unwrap_or(Ordering::Equal)
}

/// Sums over groups of t equal values.
struct Ties {
    /// Σ t (t − 1) / 2.
    pairs: f64,
    /// Σ t (t − 1)(t − 2).
    triples: f64,
    /// Σ t (t − 1)(2t + 5).
    spread: f64,
}

fn ties(sizes: impl Iterator<Item = usize>) -> Ties {
    let mut sums = Ties { pairs: 0.0, triples: 0.0, spread: 0.0 };
    for t in sizes.filter(|t| *t > 1).map(count) {
        sums.pairs += t * (t - 1.0) / 2.0;
        sums.triples += t * (t - 1.0) * (t - 2.0);
        sums.spread += t * (t - 1.0) * (2.0 * t + 5.0);
    }
    sums
}

/// Variance of C − D under independence, with ties (Kendall 1970, § 4.4).
fn variance(n: f64, x: &Ties, y: &Ties) -> f64 {
    let plain = (n * (n - 1.0) * (2.0 * n + 5.0) - x.spread - y.spread) / 18.0;
    let twice = 2.0 * x.pairs * y.pairs / (n * (n - 1.0));
    let thrice =
        if n > 2.0 { x.triples * y.triples / (9.0 * n * (n - 1.0) * (n - 2.0)) } else { 0.0 };
    plain + twice + thrice
}

/// Sorts `values`, and counts the pairs that stood in descending order: merges of growing runs.
fn exchanges(values: &mut Vec<f64>) -> f64 {
    let (mut exchanges, mut width) = (0.0, 1);
    let mut merged: Vec<f64> = Vec::with_capacity(values.len());
    while width < values.len() {
        merged.clear();
        for run in values.chunks(2 * width) {
            let (mut left, mut right) = run.split_at(width.min(run.len()));
            while let (Some((a, after_a)), Some((b, after_b))) =
                (left.split_first(), right.split_first())
            {
                if b < a {
                    exchanges += count(left.len());
                    merged.push(*b);
                    right = after_b;
                } else {
                    merged.push(*a);
                    left = after_a;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(values, &mut merged);
        width *= 2;
    }
    exchanges
}

/// Two-sided p-value: twice the probability of at most the smaller number of discordant or
/// concordant pairs among all permutations.
fn exact(n: usize, discordant: f64, concordant: f64) -> f64 {
    let fewer = discordant.min(concordant);
    // The k-th item joins at one of k places, each adding 0 to k − 1 inversions alike.
    let mut shares = vec![1.0];
    for k in 2..=n {
        let mut next = vec![0.0; shares.len() + k - 1];
        for (at, share) in shares.iter().enumerate() {
            for slot in next.iter_mut().skip(at).take(k) {
                *slot += share / count(k);
            }
        }
        shares = next;
    }
    let tail: f64 =
        (0..).zip(&shares).take_while(|(i, _)| f64::from(*i) <= fewer).map(|v| v.1).sum();
    (2.0 * tail).min(1.0)
}
