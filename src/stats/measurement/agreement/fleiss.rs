//! Fleiss' kappa of several raters.
//!
//! Sources: J. Fleiss, Psychological Bulletin 76 (1971); J. Fleiss, J. Nee and J. Landis,
//! Psychological Bulletin 86 (1979), for the standard errors.

use super::two_sided;
use crate::stats::{Unestimable, count, total};

/// Fleiss' kappa.
#[derive(Clone, Debug, PartialEq)]
pub struct Fleiss {
    /// (P̄ − Pₑ) / (1 − Pₑ).
    pub kappa: f64,
    /// Standard error where raters agree by chance alone.
    pub null_error: f64,
    /// κ over that.
    pub z: f64,
    /// Two-sided, from the normal distribution.
    pub p_value: f64,
    /// P̄: mean share of agreeing pairs of raters.
    pub observed: f64,
    /// Pₑ: share to be expected by chance.
    pub expected: f64,
    /// Share of agreeing pairs of each item.
    pub items: Vec<f64>,
    /// Kappa of each category against all others; `None` of one that was never used.
    pub categories: Vec<Option<f64>>,
    /// Standard error of a category's kappa where raters agree by chance alone.
    pub category_error: f64,
}

/// Fleiss' kappa of `counts`: item by item, how many raters put it in each category. All items
/// have as many ratings.
///
/// # Errors
/// `Outside` where items differ in ratings or categories, `TooFew` below two ratings or without
/// items, `Constant` where all ratings are the same.
pub fn fleiss(counts: &[Vec<u64>]) -> Result<Fleiss, Unestimable> {
    let (ratings, n) = checked(counts)?;
    let (size, pairs) = (count(ratings.len()), n * (n - 1.0));
    let width = ratings.first().map_or(0, Vec::len);
    let column = |j: usize| ratings.iter().filter_map(move |item| item.get(j)).copied();
    let share: Vec<f64> = (0..width).map(|j| column(j).sum::<f64>() / (size * n)).collect();
    let agreeing = |item: &Vec<f64>| item.iter().map(|v| v * (v - 1.0)).sum::<f64>() / pairs;
    let items: Vec<f64> = ratings.iter().map(agreeing).collect();
    let observed = items.iter().sum::<f64>() / size;
    let expected: f64 = share.iter().map(|p| p * p).sum();
    // Σ p (1 − p) = 1 − Pₑ, without the digits lost in that difference.
    let left: f64 = share.iter().map(|p| p * (1.0 - p)).sum();
    if left <= 0.0 {
        return Err(Unestimable::Constant);
    }
    let skew: f64 = share.iter().map(|p| p * (1.0 - p) * (1.0 - 2.0 * p)).sum();
    let category_error = (2.0 / (size * pairs)).sqrt();
    let null_error = category_error * (left * left - skew).max(0.0).sqrt() / left;
    let kappa = (observed - expected) / left;
    let category = |(j, p): (usize, &f64)| {
        let apart: f64 = column(j).map(|v| v * (n - v)).sum();
        let spread = size * pairs * p * (1.0 - p);
        (spread > 0.0).then(|| 1.0 - apart / spread)
    };
    Ok(Fleiss {
        kappa,
        null_error,
        z: kappa / null_error,
        p_value: two_sided(kappa / null_error),
        observed,
        expected,
        items,
        categories: share.iter().enumerate().map(category).collect(),
        category_error,
    })
}

/// The counts as numbers, and the ratings of each item.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn checked(counts: &[Vec<u64>]) -> Result<(Vec<Vec<f64>>, f64), Unestimable> {
    let width = counts.first().map_or(0, Vec::len);
    let ratings: Vec<u64> = counts.iter().map(total).collect::<Result<_, _>>()?;
    let raters = ratings.first().copied().unwrap_or_default();
    if counts.iter().any(|item| item.len() != width) || ratings.iter().any(|n| *n != raters) {
        return Err(Unestimable::Outside("every item needs as many ratings"));
    }
    if raters < 2 {
        let got = usize::try_from(raters).unwrap_or_default();
        return Err(Unestimable::TooFew { needed: 2, got });
    }
    let ratings = counts.iter().map(|item| item.iter().map(|v| *v as f64).collect()).collect();
    Ok((ratings, raters as f64))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::fleiss;
    use crate::stats::Unestimable;

    /// Ten items, fourteen raters, five categories: the worked example of many texts, κ = 0.210.
    #[test]
    fn fourteen_raters() {
        let counts = [
            [0, 0, 0, 0, 14],
            [0, 2, 6, 4, 2],
            [0, 0, 3, 5, 6],
            [0, 3, 9, 2, 0],
            [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0],
            [3, 2, 6, 3, 0],
            [2, 5, 3, 2, 2],
            [6, 5, 2, 1, 0],
            [0, 2, 2, 3, 7],
        ];
        let test = fleiss(&counts.map(|item| item.to_vec())).unwrap();
        assert!((test.kappa - 0.210).abs() < 5e-4, "{}", test.kappa);
        assert!((test.observed - 0.378).abs() < 5e-4 && (test.expected - 0.213).abs() < 5e-4);
    }

    #[test]
    fn an_unused_category_has_no_kappa_and_changes_none() {
        let counts = vec![vec![3, 0, 0], vec![1, 2, 0], vec![0, 3, 0], vec![2, 1, 0]];
        let test = fleiss(&counts).unwrap();
        let without: Vec<Vec<u64>> = counts.iter().map(|item| item[..2].to_vec()).collect();
        assert_eq!(test.categories[2], None);
        assert!((test.kappa - fleiss(&without).unwrap().kappa).abs() < 1e-15);
        assert_eq!(fleiss(&[vec![3, 0], vec![3, 0]]), Err(Unestimable::Constant));
        assert!(fleiss(&[vec![3, 0], vec![1, 1]]).is_err());
        assert!(fleiss(&[]).is_err());
    }
}
