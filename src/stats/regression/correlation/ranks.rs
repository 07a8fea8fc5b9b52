//! Ranks, with ties sharing their average.

use crate::stats::count;

/// Average ranks from 1, and the sizes of the groups of equal values, in O(n log n).
#[must_use]
pub fn ranks(values: &[f64]) -> (Vec<f64>, Vec<usize>) {
    let mut order: Vec<(f64, usize)> = values.iter().copied().zip(0..).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut ranks, mut ties, mut before) = (vec![0.0; values.len()], Vec::new(), 0);
    for tied in order.chunk_by(|a, b| equal(a.0, b.0)) {
        let rank = count(2 * before + tied.len() + 1) / 2.0;
        for (_, i) in tied {
            if let Some(slot) = ranks.get_mut(*i) {
                *slot = rank;
            }
        }
        before += tied.len();
        ties.push(tied.len());
    }
    (ranks, ties)
}

/// Whether two values tie; −0 and 0 do.
#[expect(clippy::float_cmp, reason = "a tie is equality")]
pub(super) fn equal(a: f64, b: f64) -> bool {
    a == b
}

#[cfg(test)]
mod tests {
    use super::ranks;

    #[test]
    fn ties_share_their_rank() {
        let (ranks, ties) = ranks(&[10.0, 0.0, 10.0, -0.0, 10.0, 7.0]);
        assert_eq!(ranks, [5.0, 1.5, 5.0, 1.5, 5.0, 3.0]);
        assert_eq!(ties, [2, 1, 3]);
    }
}
