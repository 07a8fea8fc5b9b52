//! Ranks with ties shared.

use crate::stats::count;
use crate::stats::summary::sum::sum;

/// Ranks of values, tied ones sharing the mean of their places.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ranks {
    /// Rank of each value, in the order given, from 1.
    pub ranks: Vec<f64>,
    /// Σ (t³ − t) over the tie groups of size t; 0 when all values differ.
    pub ties: f64,
}

impl Ranks {
    pub(super) fn of(values: &[f64]) -> Self {
        let mut order: Vec<(usize, f64)> = values.iter().copied().enumerate().collect();
        order.sort_by(|a, b| a.1.total_cmp(&b.1));
        let mut ranks = vec![0.0; values.len()];
        let (mut before, mut ties) = (0, 0.0);
        #[expect(clippy::float_cmp, reason = "ties are equal values")]
        for tied in order.chunk_by(|a, b| a.1 == b.1) {
            let size = count(tied.len());
            for &(i, _) in tied {
                if let Some(rank) = ranks.get_mut(i) {
                    *rank = count(before) + 0.5 * (size + 1.0);
                }
            }
            ties += size * size * size - size;
            before += tied.len();
        }
        Self { ranks, ties }
    }

    /// Ranks of all values of `groups` together, split back into the groups.
    pub(super) fn by_group(groups: &[&[f64]]) -> (Self, Vec<Vec<f64>>) {
        let all = Self::of(&groups.concat());
        let mut rest = all.ranks.as_slice();
        let split = |group: &&[f64]| {
            let (own, others) = rest.split_at(group.len().min(rest.len()));
            rest = others;
            own.to_vec()
        };
        let split = groups.iter().map(split).collect();
        (all, split)
    }
}

/// Sum of ranks.
pub(super) fn total(ranks: &[f64]) -> f64 {
    sum(ranks.iter().copied())
}
