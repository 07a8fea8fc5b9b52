//! The exact distribution of a sum of ranks over all ways to choose which values are summed.

use super::alternative::Alternative;
use crate::stats::count;

/// Steps the counting may take: some tens of milliseconds.
const AFFORDABLE: usize = 50_000_000;

/// P-value of the sum `own` of `chosen` of the `ranks`, every choice being equally likely.
///
/// Ranks may tie (halves). `None` where counting would take too long.
pub(super) fn p_value(
    ranks: &[f64],
    chosen: usize,
    own: f64,
    alternative: Alternative,
) -> Option<f64> {
    // The smaller sample is summed; the sum of the other is what is left.
    let others = ranks.len() - chosen;
    if others < chosen {
        let all: f64 = ranks.iter().sum();
        let turned = match alternative {
            Alternative::Less => Alternative::Greater,
            Alternative::Greater => Alternative::Less,
            Alternative::TwoSided => Alternative::TwoSided,
        };
        return p_value(ranks, others, all - own, turned);
    }
    let doubled: Vec<usize> = ranks.iter().map(|rank| whole(2.0 * rank)).collect();
    let ways = ways(&doubled, chosen)?;
    let seen = whole(2.0 * own);
    let mean = count(doubled.iter().sum()) * count(chosen) / count(ranks.len());
    let far = (count(seen) - mean).abs();
    let counts = |sum: usize| match alternative {
        Alternative::Less => sum <= seen,
        Alternative::Greater => sum >= seen,
        Alternative::TwoSided => (count(sum) - mean).abs() >= far - 1e-9 * mean,
    };
    let all: f64 = ways.iter().sum();
    let extreme = ways.iter().enumerate().filter(|(sum, _)| counts(*sum)).map(|(_, ways)| ways);
    Some((extreme.sum::<f64>() / all).min(1.0))
}

/// The largest C with P(U < C) ≤ `tail` for samples of `m` and `n` values without ties: the ends
/// of an interval are the Cth difference from either side. `None` where counting would take too
/// long; 0 where no interval is that sure.
pub(super) fn critical(m: usize, n: usize, tail: f64) -> Option<f64> {
    let (few, many) = (m.min(n), m.max(n));
    let ranks: Vec<usize> = (1..=few + many).collect();
    let ways = ways(&ranks, few)?;
    Some(count(first_beyond(ways.get(few * (few + 1) / 2..)?, tail)))
}

/// How many of `ways`, from the first, have together a share of at most `tail`.
pub(super) fn first_beyond(ways: &[f64], tail: f64) -> usize {
    let allowed = tail * ways.iter().sum::<f64>() * (1.0 + 1e-12);
    let mut below = 0.0;
    ways.iter()
        .take_while(|ways| {
            below += **ways;
            below <= allowed
        })
        .count()
}

/// Ways to choose `chosen` of `parts`, by their sum. The counts are whole up to 2⁵³ and relatively
/// exact beyond.
fn ways(parts: &[usize], chosen: usize) -> Option<Vec<f64>> {
    let mut sorted = parts.to_vec();
    sorted.sort_unstable();
    let most: usize = sorted.iter().rev().take(chosen).sum();
    let steps = parts.len().checked_mul(chosen)?.checked_mul(most + 1)?;
    if steps > AFFORDABLE {
        return None;
    }
    let mut rows = vec![vec![0.0; most + 1]; chosen + 1];
    *rows.first_mut()?.first_mut()? = 1.0;
    for part in sorted {
        for taken in (1..=chosen).rev() {
            let (fewer, more) = rows.split_at_mut(taken);
            let (Some(from), Some(into)) = (fewer.last(), more.first_mut()) else { continue };
            for (into, from) in into.iter_mut().skip(part).zip(from) {
                *into += from;
            }
        }
    }
    rows.pop()
}

/// Ways to give signs to `ranks` by the sum of the positive ones; `None` where counting would take
/// too long.
pub(super) fn sign_ways(ranks: &[usize]) -> Option<Vec<f64>> {
    let all: usize = ranks.iter().sum();
    if ranks.len().checked_mul(all + 1)? > AFFORDABLE {
        return None;
    }
    let mut ways = vec![0.0; all + 1];
    *ways.first_mut()? = 1.0;
    for &rank in ranks {
        for sum in (rank..=all).rev() {
            let more = ways.get(sum - rank).copied().unwrap_or(0.0);
            if let Some(ways) = ways.get_mut(sum) {
                *ways += more;
            }
        }
    }
    Some(ways)
}

/// A rank, or twice one, as the whole number it is.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "ranks are positive and their doubles whole"
)]
pub(super) fn whole(x: f64) -> usize {
    x.round() as usize
}

#[cfg(test)]
mod tests {
    use super::{critical, p_value};
    use crate::stats::hypothesis::Alternative;

    /// Every choice listed.
    fn listed(ranks: &[f64], chosen: usize, own: f64) -> (f64, f64) {
        let (mut all, mut less, mut greater) = (0.0, 0.0, 0.0);
        for mask in 0_u32..1 << ranks.len() {
            if mask.count_ones() as usize == chosen {
                let picked = ranks.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1);
                let sum: f64 = picked.map(|(_, rank)| rank).sum();
                all += 1.0;
                less += f64::from(u8::from(sum <= own));
                greater += f64::from(u8::from(sum >= own));
            }
        }
        (less / all, greater / all)
    }

    #[test]
    fn counting_agrees_with_listing_every_choice() {
        let tied = [1.5, 1.5, 3.0, 5.0, 5.0, 5.0, 7.0, 8.5, 8.5];
        for chosen in 1..9 {
            let own: f64 = tied.iter().take(chosen).sum::<f64>() + 1.0;
            let (less, greater) = listed(&tied, chosen, own);
            for (alternative, want) in [(Alternative::Less, less), (Alternative::Greater, greater)]
            {
                let got = p_value(&tied, chosen, own, alternative).unwrap_or(f64::NAN);
                assert!((got - want).abs() < 1e-14, "{chosen} {alternative:?}: {got} for {want}");
            }
        }
    }

    /// M. Hollander and D. Wolfe's table: for samples of 8 and 8, P(U ≤ 13) ≤ 0.025 < P(U ≤ 14).
    #[test]
    fn critical_values_match_the_table_and_huge_samples_are_refused() {
        assert_eq!(critical(8, 8, 0.025), Some(14.0));
        assert_eq!(critical(3, 3, 0.025), Some(0.0));
        assert_eq!(critical(2_000, 2_000, 0.025), None);
    }
}
