//! Mood's median test.
//!
//! Source: A. Mood, Introduction to the Theory of Statistics (1950), ch. 16.

use super::contingency;
use super::equal_variance::ChiSquareTest;
use super::sample::median;
use super::t_test::{enough, finite};
use crate::stats::Unestimable;

/// Counts about the overall median, and the chi-square test of them.
#[derive(Clone, Debug, PartialEq)]
pub struct MedianTest {
    /// Median of all values together.
    pub median: f64,
    /// Values strictly above it, by group.
    pub above: Vec<u64>,
    /// Values at or below it, by group.
    pub not_above: Vec<u64>,
    /// Pearson's chi-square of the 2 × k counts, without correction; absent where no value lies
    /// above the median.
    pub test: Option<ChiSquareTest>,
}

/// Whether `groups` share a median. Weak for small groups, but no outlier moves it.
///
/// # Errors
/// Fewer than two groups, an empty group, or values that are no numbers.
pub fn median_test(groups: &[&[f64]]) -> Result<MedianTest, Unestimable> {
    if groups.len() < 2 {
        return Err(Unestimable::TooFew { needed: 2, got: groups.len() });
    }
    for group in groups {
        enough(group, 1)?;
        finite(group)?;
    }
    let median = median(&groups.concat());
    let counted = |keep: fn(f64, f64) -> bool| -> Vec<u64> {
        let of = |group: &&[f64]| group.iter().map(|x| u64::from(keep(*x, median))).sum();
        groups.iter().map(of).collect()
    };
    let (above, not_above) = (counted(|x, m| x > m), counted(|x, m| x <= m));
    let test = contingency::pearson(&[above.clone(), not_above.clone()]).ok().map(|p| p.test);
    Ok(MedianTest { median, above, not_above, test })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::median_test;

    /// Counts 0 | 3 and 3 | 0 about the median 3.5: chi-square 6.
    #[test]
    fn groups_apart_split_at_the_median() {
        let test = median_test(&[&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0]]).unwrap();
        assert_eq!((test.above, test.not_above), (vec![0, 3], vec![3, 0]));
        assert!(test.test.is_some_and(|t| (t.statistic - 6.0).abs() < 1e-12));
    }

    #[test]
    fn where_most_values_are_the_largest_nothing_lies_above() {
        let test = median_test(&[&[1.0, 5.0, 5.0], &[5.0, 5.0]]).unwrap();
        assert_eq!((test.above, test.test), (vec![0, 0], None));
        assert!(median_test(&[&[1.0]]).is_err() && median_test(&[&[1.0], &[]]).is_err());
    }
}
