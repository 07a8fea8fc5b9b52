//! Sample quantiles of sorted values.
//!
//! Source: R. Hyndman and Y. Fan, Sample quantiles in statistical packages, The American
//! Statistician 50 (1996).

/// Type 7 (Excel `PERCENTILE.INC`, R's default): linear between the order statistics around
/// position 1 + (n − 1) p.
///
/// `sorted` is ascending, in any unit; the result has the same unit. `None` when it is empty or
/// p lies outside 0 … 1.
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the position lies between 0 and n - 1, far below 2^53"
)]
pub fn type7(sorted: &[f64], p: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let position = sorted.len().checked_sub(1)? as f64 * p;
    let below = position.floor();
    let low = *sorted.get(below as usize)?;
    let high = sorted.get(below as usize + 1).copied().unwrap_or(low);
    Some(low + (high - low) * (position - below))
}

/// Nearest rank (type 1): the smallest value with at least the share `p` of values at or below.
///
/// `sorted` is ascending. `None` when it is empty or p lies outside 0 … 1.
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the rank lies between 0 and n, far below 2^53"
)]
pub fn nearest_rank<T: Copy>(sorted: &[T], p: f64) -> Option<T> {
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    // The product may stand a rounding error above a whole rank; that must not cost a rank.
    let rank = (p * sorted.len() as f64 - 1e-9).ceil().max(1.0);
    sorted.get(rank as usize - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::{nearest_rank, type7};

    #[test]
    fn type_7_interpolates_as_a_spreadsheet_does() {
        let values = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(type7(&values, 0.5), Some(2.5));
        assert_eq!(type7(&values, 1.0), Some(4.0));
        let p90 = type7(&values, 0.9).unwrap_or_default();
        assert!((p90 - 3.7).abs() < 1e-12, "{p90}");
        assert_eq!((type7(&[], 0.5), type7(&values, 1.1)), (None, None));
    }

    #[test]
    fn nearest_rank_is_a_value_of_the_sample() {
        let values = [15, 20, 35, 40, 50];
        let ranks = [0.0, 0.05, 0.3, 0.4, 0.5, 1.0].map(|p| nearest_rank(&values, p));
        assert_eq!(ranks, [15, 15, 20, 20, 35, 50].map(Some));
        assert_eq!(nearest_rank::<i64>(&[], 0.5), None);
    }
}
