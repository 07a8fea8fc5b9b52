//! Exact two-sided tests of counts: one proportion (binomial) and two (Fisher).
//!
//! Both sum the probability of every outcome no more likely than the one seen. Sources: R. Fisher,
//! Statistical Methods for Research Workers (1934), § 21.02; G. Blaker's review of the
//! minimum-likelihood rule, Canadian Journal of Statistics 28 (2000).

use crate::stats::special::normal;

/// Above this standard deviation (in counts) the sum of outcomes is taken from the normal
/// distribution: the two agree to about 1 in 10³ there, and walking millions of outcomes would
/// say nothing more.
const WIDE: f64 = 3_000.0;

/// Two outcomes whose probabilities differ by less than this share count as equally likely.
const TIE: f64 = 1.0 + 1e-7;

/// Two-sided exact binomial p-value of `k` successes in `n` trials against the share `p0`.
///
/// `None` when n is 0, k > n, or `p0` is not inside (0, 1).
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn binomial_two_sided(k: u64, n: u64, p0: f64) -> Option<f64> {
    if n == 0 || k > n || !(p0 > 0.0 && p0 < 1.0) {
        return None;
    }
    let (mean, sd) = (n as f64 * p0, (n as f64 * p0 * (1.0 - p0)).sqrt());
    if sd > WIDE {
        return Some(normal_two_sided((k as f64 - mean) / sd));
    }
    let odds = p0 / (1.0 - p0);
    // P(x + 1) / P(x)
    let rise = |x: u64| (n - x) as f64 / (x as f64 + 1.0) * odds;
    Some(no_more_likely(k, 0, n, (n as f64 + 1.0) * p0, rise))
}

/// Two-sided Fisher p-value of `k1` of `n1` against `k2` of `n2`.
///
/// Unlike a test against a pooled share, it counts the chance in both groups. `None` when a
/// group is empty or k > n.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn fisher_two_sided(k1: u64, n1: u64, k2: u64, n2: u64) -> Option<f64> {
    if n1 == 0 || n2 == 0 || k1 > n1 || k2 > n2 {
        return None;
    }
    let successes = k1.checked_add(k2)?;
    let all = n1.checked_add(n2)? as f64;
    let (share, part) = (successes as f64 / all, n1 as f64 / all);
    let (mean, sd) =
        (part * successes as f64, (all * share * (1.0 - share) * part * (1.0 - part)).sqrt());
    if sd > WIDE {
        return Some(normal_two_sided((k1 as f64 - mean) / sd));
    }
    let (low, high) = (successes.saturating_sub(n2), successes.min(n1));
    let rise = |x: u64| {
        let up = (n1 - x) as f64 * (successes - x) as f64;
        up / ((x + 1) as f64 * (n2 + x + 1 - successes) as f64)
    };
    let mode = (n1 + 1) as f64 * (successes + 1) as f64 / (n1 + n2 + 2) as f64;
    Some(no_more_likely(k1, low, high, mode, rise))
}

/// Probability of a standard normal at least as far from zero as `z`, never quite zero.
fn normal_two_sided(z: f64) -> f64 {
    (2.0 * normal::cdf(-z.abs())).clamp(f64::MIN_POSITIVE, 1.0)
}

/// Share of probability on outcomes no more likely than `k`, for a unimodal distribution on
/// `low..=high` given by its ratios. Walking from the mode keeps every weight at most about one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the mode is a count; the cast saturates"
)]
fn no_more_likely(k: u64, low: u64, high: u64, mode: f64, rise: impl Fn(u64) -> f64) -> f64 {
    let mode = (mode.floor() as u64).clamp(low, high);
    let mut weights = vec![(mode, 1.0)];
    let mut weight = 1.0;
    for x in mode..high {
        weight *= rise(x);
        if weight == 0.0 {
            break;
        }
        weights.push((x + 1, weight));
    }
    weight = 1.0;
    for x in (low..mode).rev() {
        weight /= rise(x);
        if weight == 0.0 {
            break;
        }
        weights.push((x, weight));
    }
    // Smallest first, so that the tails are not lost against the mode.
    weights.sort_by(|a, b| a.1.total_cmp(&b.1));
    let seen = weights.iter().find(|(x, _)| *x == k).map_or(0.0, |(_, w)| *w);
    let extreme: f64 = weights.iter().map(|(_, w)| *w).filter(|w| *w <= seen * TIE).sum();
    let all: f64 = weights.iter().map(|(_, w)| *w).sum();
    (extreme / all).clamp(f64::MIN_POSITIVE, 1.0)
}

#[cfg(test)]
mod tests {
    use super::{binomial_two_sided, fisher_two_sided};

    #[test]
    fn constructed_reps_against_their_pool() {
        let pooled = 1117.0 / 1285.0;
        let expected = [(18, 20, 1.0), (171, 200, 0.529_366_415_710_569_3), (3, 3, 1.0)];
        for (k, n, want) in expected {
            let p = binomial_two_sided(k, n, pooled).unwrap_or_default();
            assert!((p / want - 1.0).abs() < 1e-9, "{k}/{n}: {p}");
        }
        let fay = binomial_two_sided(45, 60, pooled).unwrap_or_default();
        assert!((fay / 0.011_310_987_520_297_962 - 1.0).abs() < 1e-9, "{fay}");
    }

    #[test]
    fn the_lady_tasting_tea() {
        let p = fisher_two_sided(3, 4, 1, 4).unwrap_or_default();
        assert!((p - 34.0 / 70.0).abs() < 1e-12, "{p}");
    }

    #[test]
    fn wide_sums_go_over_into_the_normal_without_a_step() {
        // Two standard deviations from the mean, just below and just above the change.
        let p = |n: u64, k: u64| binomial_two_sided(k, n, 0.5).unwrap_or_default();
        let (below, above) = (p(35_900_000, 17_955_991), p(36_100_000, 18_056_008));
        assert!((below / above - 1.0).abs() < 2e-3, "{below} {above}");
        assert_eq!(fisher_two_sided(u64::MAX, u64::MAX, 1, 1), None);
    }

    #[test]
    fn extremes_stay_probabilities() {
        let p = binomial_two_sided(0, 1_000_000, 0.9).unwrap_or_default();
        assert!(p > 0.0 && p < 1e-300);
        assert_eq!(fisher_two_sided(5, 5, 7, 7), Some(1.0));
        assert_eq!(binomial_two_sided(0, 0, 0.5), None);
        assert_eq!(binomial_two_sided(1, 2, 1.0), None);
    }
}
