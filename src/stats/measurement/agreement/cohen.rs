//! Cohen's kappa of two raters, plain or weighted.
//!
//! Sources: J. Cohen, Educational and Psychological Measurement 20 (1960) and Psychological
//! Bulletin 70 (1968); J. Fleiss, J. Cohen and B. Everitt, Psychological Bulletin 72 (1969), for
//! both standard errors.

use super::two_sided;
use crate::stats::special::normal;
use crate::stats::{Bounds, Unestimable, count, total};

/// How much partial disagreement counts. Categories stand in their order, one step apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weights {
    /// Any disagreement counts fully.
    Unweighted,
    /// 1 − |i − j| / (k − 1).
    Linear,
    /// 1 − (i − j)² / (k − 1)².
    Quadratic,
}

impl Weights {
    fn weight(self, i: usize, j: usize, categories: usize) -> f64 {
        let apart = count(i.abs_diff(j)) / count(categories - 1);
        match self {
            Self::Unweighted => f64::from(i == j),
            Self::Linear => 1.0 - apart,
            Self::Quadratic => 1.0 - apart * apart,
        }
    }
}

/// Cohen's kappa.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kappa {
    /// (Pₒ − Pₑ) / (1 − Pₑ): 1 of full agreement, 0 of chance.
    pub kappa: f64,
    /// Share of (weighted) agreement seen.
    pub observed: f64,
    /// Share to be expected by chance.
    pub expected: f64,
    /// Standard error, for an interval.
    pub standard_error: f64,
    /// Standard error where raters agree by chance alone, for a test.
    pub null_error: f64,
    /// κ / null error; `None` where that is 0.
    pub z: Option<f64>,
    /// Two-sided, from the normal distribution.
    pub p_value: Option<f64>,
}

/// Cohen's kappa of a square `table`: how many items the first rater put in category i and the
/// second in j. A category neither used may change weighted kappa, so the table must hold the
/// categories of the scale, not those that happen to occur; see [`cross_table`].
///
/// # Errors
/// `Outside` where the table is not square, `TooFew` without items or below two categories,
/// `Constant` where chance alone leaves nothing to disagree on.
pub fn cohen(table: &[Vec<u64>], weights: Weights) -> Result<Kappa, Unestimable> {
    let shares = Shares::of(table)?;
    let k = table.len();
    let weight = |i: usize, j: usize| weights.weight(i, j, k);
    let observed = shares.sum(|i, j| weight(i, j) * shares.joint[i][j]);
    let expected = shares.sum(|i, j| weight(i, j) * shares.first[i] * shares.second[j]);
    let left = 1.0 - expected;
    if left <= f64::EPSILON {
        return Err(Unestimable::Constant);
    }
    let kappa = (observed - expected) / left;
    // Mean weights of a row and of a column.
    let mean = |shares: &[f64], weight: &dyn Fn(usize) -> f64| {
        shares.iter().enumerate().map(|(i, share)| share * weight(i)).sum::<f64>()
    };
    let rows: Vec<f64> = (0..k).map(|i| mean(&shares.second, &|j| weight(i, j))).collect();
    let columns: Vec<f64> = (0..k).map(|j| mean(&shares.first, &|i| weight(i, j))).collect();
    let bent = |i: usize, j: usize, by: f64| weight(i, j) - (rows[i] + columns[j]) * by;
    let spread = shares.sum(|i, j| shares.joint[i][j] * bent(i, j, 1.0 - kappa).powi(2));
    let chance = shares.sum(|i, j| shares.first[i] * shares.second[j] * bent(i, j, 1.0).powi(2));
    // Of full agreement nothing is left but rounding, which a root would blow up.
    let kept = |variance: f64| if variance > 16.0 * f64::EPSILON { variance } else { 0.0 };
    let error = |variance: f64| (kept(variance) / shares.items).sqrt() / left;
    let standard_error = error(spread - (kappa - expected * (1.0 - kappa)).powi(2));
    let null_error = error(chance - expected * expected);
    let z = (null_error > 0.0).then(|| kappa / null_error);
    let p_value = z.map(two_sided);
    Ok(Kappa { kappa, observed, expected, standard_error, null_error, z, p_value })
}

/// A table as shares of all items.
struct Shares {
    joint: Vec<Vec<f64>>,
    first: Vec<f64>,
    second: Vec<f64>,
    items: f64,
}

impl Shares {
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    fn of(table: &[Vec<u64>]) -> Result<Self, Unestimable> {
        let k = table.len();
        if table.iter().any(|row| row.len() != k) {
            return Err(Unestimable::Outside("the table is not square"));
        }
        if k < 2 {
            return Err(Unestimable::TooFew { needed: 2, got: k });
        }
        let items = total(table.iter().flatten())? as f64;
        if items <= 0.0 {
            return Err(Unestimable::TooFew { needed: 1, got: 0 });
        }
        let joint: Vec<Vec<f64>> =
            table.iter().map(|row| row.iter().map(|v| *v as f64 / items).collect()).collect();
        let first = joint.iter().map(|row| row.iter().sum()).collect();
        let second = (0..k).map(|j| joint.iter().map(|row| row[j]).sum()).collect();
        Ok(Self { joint, first, second, items })
    }

    fn sum(&self, term: impl Fn(usize, usize) -> f64) -> f64 {
        let k = self.first.len();
        (0..k).flat_map(|i| (0..k).map(move |j| (i, j))).map(|(i, j)| term(i, j)).sum()
    }
}

impl Kappa {
    /// κ ± z standard errors, two-sided at `level`; `None` unless 0 < `level` < 1.
    #[must_use]
    pub fn bounds(&self, level: f64) -> Option<Bounds> {
        let z = normal::upper_quantile((1.0 - level) / 2.0).filter(|z| *z > 0.0)?;
        let half = z * self.standard_error;
        Some(Bounds { low: self.kappa - half, high: self.kappa + half })
    }
}

/// The table of pairs of ratings over the declared `categories`, in their order. Categories that
/// no one used stay.
///
/// # Errors
/// `Outside` where lengths differ or a rating is none of the categories.
pub fn cross_table<L: PartialEq>(
    first: &[L],
    second: &[L],
    categories: &[L],
) -> Result<Vec<Vec<u64>>, Unestimable> {
    if first.len() != second.len() {
        return Err(Unestimable::Outside("the raters differ in the number of items"));
    }
    let mut table = vec![vec![0; categories.len()]; categories.len()];
    let place = |rating: &L| categories.iter().position(|category| category == rating);
    for (a, b) in first.iter().zip(second) {
        let cell = place(a).zip(place(b)).and_then(|(i, j)| table.get_mut(i)?.get_mut(j));
        *cell.ok_or(Unestimable::Outside("a rating is none of the declared categories"))? += 1;
    }
    Ok(table)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{Weights, cohen, cross_table};
    use crate::stats::Unestimable;
    use proptest::prelude::*;

    /// The 3 × 3 example of SAS's PROC FREQ documentation, with its printed digits.
    #[test]
    fn sas_prints_these_digits() {
        let table = vec![vec![0, 4, 1], vec![0, 8, 0], vec![0, 1, 5]];
        let near = |got: f64, want: f64| assert!((got - want).abs() < 5e-5, "{got} for {want}");
        let plain = cohen(&table, Weights::Unweighted).unwrap();
        near(plain.kappa, 0.4842);
        near(plain.standard_error, 0.1380);
        near(plain.null_error, 0.1484);
        let linear = cohen(&table, Weights::Linear).unwrap();
        near(linear.kappa, 0.4701);
        near(linear.standard_error, 0.1457);
        let bounds = linear.bounds(0.95).unwrap();
        near(bounds.high - bounds.low, 2.0 * 1.96 * linear.standard_error);
    }

    #[test]
    fn an_unused_category_counts_only_when_declared() {
        let (a, b) = ([1, 3, 3, 1, 1, 3], [1, 3, 1, 3, 1, 4]);
        let kappa = |categories: &[i32], weights| {
            cohen(&cross_table(&a, &b, categories).unwrap(), weights).unwrap().kappa
        };
        let plain = Weights::Unweighted;
        assert!((kappa(&[1, 3, 4], plain) - kappa(&[1, 2, 3, 4], plain)).abs() < 1e-12);
        // Unused between used ones, it moves those apart.
        let linear = Weights::Linear;
        assert!((kappa(&[1, 3, 4], linear) - kappa(&[1, 2, 3, 4], linear)).abs() > 1e-3);
        assert!(cross_table(&a, &b, &[1, 3]).is_err());
    }

    #[test]
    fn nothing_to_disagree_on_is_said() {
        assert_eq!(cohen(&[vec![5, 0], vec![0, 0]], Weights::Linear), Err(Unestimable::Constant));
        let empty = cohen(&[vec![0, 0], vec![0, 0]], Weights::Linear);
        assert_eq!(empty, Err(Unestimable::TooFew { needed: 1, got: 0 }));
        let full = cohen(&[vec![5, 0], vec![0, 5]], Weights::Unweighted).unwrap();
        assert!((full.kappa - 1.0).abs() < 1e-12 && full.standard_error <= 0.0);
    }

    proptest! {
        #[test]
        fn raters_may_be_exchanged(cells in prop::collection::vec(0..20_u64, 9)) {
            let table: Vec<Vec<u64>> = cells.chunks(3).map(<[u64]>::to_vec).collect();
            let turned: Vec<Vec<u64>> =
                (0..3).map(|j| table.iter().map(|r| r[j]).collect()).collect();
            for weights in [Weights::Unweighted, Weights::Linear, Weights::Quadratic] {
                match (cohen(&table, weights), cohen(&turned, weights)) {
                    (Ok(a), Ok(b)) => {
                        prop_assert!((a.kappa - b.kappa).abs() < 1e-12 && a.kappa <= 1.0 + 1e-12);
                        prop_assert!((a.standard_error - b.standard_error).abs() < 1e-7);
                    }
                    (a, b) => prop_assert_eq!(a.is_err(), b.is_err()),
                }
            }
        }
    }
}
