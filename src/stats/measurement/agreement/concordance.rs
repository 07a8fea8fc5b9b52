//! Kendall's coefficient of concordance W: whether several raters order items alike.
//!
//! Source: M. Kendall and B. Babington Smith, Annals of Mathematical Statistics 10 (1939);
//! M. Kendall, Rank Correlation Methods (1970), chapter 6, for ties.

use crate::stats::comparison::homogeneity::chi_square_tail;
use crate::stats::regression::correlation::ranks::ranks;
use crate::stats::{Unestimable, count};

/// Kendall's W.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Concordance {
    /// 0 where raters order at random, 1 where all order alike; corrected for ties.
    pub w: f64,
    /// m (n − 1) W.
    pub chi_square: f64,
    /// Items less one.
    pub df: u64,
    /// From the chi-square distribution, fair from about seven items on.
    pub p_value: f64,
}

/// Kendall's W of `ratings`: rater by rater, a score of each item.
///
/// # Errors
/// `Outside` where raters differ in the number of items or a score is not finite, `TooFew` below
/// two raters or two items, `Constant` where every rater ties all items.
pub fn concordance(ratings: &[Vec<f64>]) -> Result<Concordance, Unestimable> {
    let (raters, items) = (ratings.len(), ratings.first().map_or(0, Vec::len));
    if ratings.iter().any(|r| r.len() != items || r.iter().any(|v| !v.is_finite())) {
        return Err(Unestimable::Outside("every rater scores every item by a finite number"));
    }
    if raters.min(items) < 2 {
        return Err(Unestimable::TooFew { needed: 2, got: raters.min(items) });
    }
    let (mut sums, mut ties) = (vec![0.0; items], 0.0);
    for scores in ratings {
        let (ranks, groups) = ranks(scores);
        for (sum, rank) in sums.iter_mut().zip(ranks) {
            *sum += rank;
        }
        ties += groups.into_iter().map(count).map(|t| t.powi(3) - t).sum::<f64>();
    }
    let (m, n) = (count(raters), count(items));
    let mean = m * (n + 1.0) / 2.0;
    let spread: f64 = sums.iter().map(|sum| (sum - mean).powi(2)).sum();
    let most = m * m * (n.powi(3) - n) - m * ties;
    if most <= 0.0 {
        return Err(Unestimable::Constant);
    }
    let w = 12.0 * spread / most;
    let (chi_square, df) = (m * (n - 1.0) * w, items as u64 - 1);
    let p_value = chi_square_tail(chi_square, df).ok_or(Unestimable::Constant)?;
    Ok(Concordance { w, chi_square, df, p_value })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::concordance;
    use crate::stats::Unestimable;

    /// Kendall (1970), § 6.2: three observers, six objects, W = 0.162.
    #[test]
    fn kendalls_three_observers() {
        let ratings = [
            vec![5.0, 4.0, 1.0, 6.0, 3.0, 2.0],
            vec![2.0, 3.0, 1.0, 5.0, 6.0, 4.0],
            vec![4.0, 1.0, 6.0, 3.0, 2.0, 5.0],
        ];
        let test = concordance(&ratings).unwrap();
        assert!((test.w - 0.162).abs() < 5e-4, "{}", test.w);
        assert_eq!(test.df, 5);
    }

    #[test]
    fn full_agreement_is_one_with_ties_too() {
        let scores = vec![1.0, 2.0, 2.0, 5.0];
        let test = concordance(&[scores.clone(), scores]).unwrap();
        assert!((test.w - 1.0).abs() < 1e-12, "{}", test.w);
        assert_eq!(concordance(&[vec![1.0; 3], vec![2.0; 3]]), Err(Unestimable::Constant));
        assert!(concordance(&[vec![1.0, 2.0]]).is_err());
    }
}
