//! Fisher's exact test of a 2 × 2 table, with the odds ratio it implies.
//!
//! With both margins fixed, the first cell follows the noncentral hypergeometric distribution with
//! the odds ratio ω as its parameter. Sources: R. Fisher (JRSS 98, 1935); J. Cornfield
//! (Proceedings of the Third Berkeley Symposium 4, 1956) for the interval; A. Agresti, Categorical
//! Data Analysis, § 3.6.

use super::alternative::Alternative;
use super::exact::fisher_two_sided;
use crate::stats::special::root;
use crate::stats::{Unestimable, count};

/// More possible tables than this are not listed.
const MOST_TABLES: u64 = 2_000_000;

/// An exact test of a 2 × 2 table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fisher {
    /// Probability of all tables no more likely than this one.
    pub p_two_sided: f64,
    /// Probability of a first cell at most as large.
    pub p_less: f64,
    /// Probability of a first cell at least as large.
    pub p_greater: f64,
    /// The ω under which the first cell's expectation is its count (conditional maximum
    /// likelihood); absent where that is infinite or no ω is told apart.
    pub odds_ratio: Option<f64>,
    /// Lower end of the exact interval of ω; 0 where the alternative is *less*.
    pub low: Option<f64>,
    /// Upper end; absent where it is infinite, as under the alternative *greater*.
    pub high: Option<f64>,
    /// a d / b c; absent where b c is 0.
    pub sample_odds_ratio: Option<f64>,
}

/// The exact test of `[[a, b], [c, d]]` with the interval of the odds ratio at `level`.
///
/// # Errors
/// A table without counts, one with more than two million possible tables (use
/// [`super::contingency`]), or a level outside (0, 1).
pub fn fisher(
    table: [[u64; 2]; 2],
    alternative: Alternative,
    level: f64,
) -> Result<Fisher, Unestimable> {
    if !(level > 0.0 && level < 1.0) {
        return Err(Unestimable::Outside("a confidence level lies between 0 and 1"));
    }
    let [[a, b], [c, d]] = table;
    let cells = Cells::of(table)?;
    let (lower, upper) = cells.tails(0.0);
    let share =
        if alternative == Alternative::TwoSided { (1.0 - level) / 2.0 } else { 1.0 - level };
    let end = |tail: fn((f64, f64)) -> f64| {
        solve(|log| tail(cells.tails(log)).max(f64::MIN_POSITIVE).ln() - share.ln()).map(f64::exp)
    };
    let (at_low, at_high) = (a == cells.low, a == cells.high);
    let low = if at_low { Some(0.0) } else { end(|tails| tails.1) };
    let high = if at_high { None } else { end(|tails| tails.0) };
    let odds_ratio = match (at_low, at_high) {
        (_, true) => None,
        (true, false) => Some(0.0),
        (false, false) => solve(|log| cells.mean(log) - cells.seen).map(f64::exp),
    };
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    let sample = (a as f64 * d as f64) / (b as f64 * c as f64);
    Ok(Fisher {
        p_two_sided: fisher_two_sided(a, a + b, c, c + d).unwrap_or(1.0),
        p_less: lower,
        p_greater: upper,
        odds_ratio,
        low: if alternative == Alternative::Less { Some(0.0) } else { low },
        high: high.filter(|_| alternative != Alternative::Greater),
        sample_odds_ratio: Some(sample).filter(|ratio| ratio.is_finite()),
    })
}

/// All first cells the margins allow, and how likely each is.
pub(super) struct Cells {
    low: u64,
    high: u64,
    /// The one seen, counted from `low`.
    pub seen: f64,
    /// ln of the probability up to a constant, for each first cell from `low`.
    logs: Vec<f64>,
}

impl Cells {
    pub(super) fn of([[a, b], [c, d]]: [[u64; 2]; 2]) -> Result<Self, Unestimable> {
        let too_large = Unestimable::NotSolvable("too many possible tables to count");
        let totals = [a.checked_add(b), c.checked_add(d), a.checked_add(c)];
        let [Some(row), Some(other), Some(column)] = totals else { return Err(too_large) };
        row.checked_add(other).ok_or_else(|| too_large.clone())?;
        if row + other == 0 {
            return Err(Unestimable::TooFew { needed: 1, got: 0 });
        }
        let (low, high) = (column.saturating_sub(other), column.min(row));
        if high - low > MOST_TABLES {
            return Err(too_large);
        }
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        let rise = |x: u64| {
            let up = (row - x) as f64 * (column - x) as f64;
            (up / ((x + 1) as f64 * (other + x + 1 - column) as f64)).ln()
        };
        let mut logs = vec![0.0];
        let mut log = 0.0;
        for x in low..high {
            log += rise(x);
            logs.push(log);
        }
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        let seen = (a - low) as f64;
        Ok(Self { low, high, seen, logs })
    }

    /// Weights at the odds ratio e^`log`, the largest being 1.
    fn weights(&self, log: f64) -> impl Iterator<Item = (f64, f64)> {
        let tilted = move |(i, l): (usize, &f64)| (count(i), l + log * count(i));
        let top = self.logs.iter().enumerate().map(tilted).map(|t| t.1).fold(f64::MIN, f64::max);
        self.logs.iter().enumerate().map(tilted).map(move |(i, l)| (i, (l - top).exp()))
    }

    /// Probability of a first cell at most, and at least, as large as the one seen.
    pub(super) fn tails(&self, log: f64) -> (f64, f64) {
        let (mut below, mut at, mut above) = (0.0, 0.0, 0.0);
        for (i, weight) in self.weights(log) {
            if i < self.seen {
                below += weight;
            } else if i > self.seen {
                above += weight;
            } else {
                at += weight;
            }
        }
        let all = below + at + above;
        ((below + at) / all, (at + above) / all)
    }

    /// Expectation of the first cell, counted from `low`.
    pub(super) fn mean(&self, log: f64) -> f64 {
        let (sum, all) = self
            .weights(log)
            .fold((0.0, 0.0), |(sum, all), (i, weight)| (sum + i * weight, all + weight));
        sum / all
    }
}

/// The ln ω at which a monotone `gap` vanishes.
fn solve(gap: impl Fn(f64) -> f64) -> Option<f64> {
    let (mut low, mut high) = (-1.0, 1.0);
    while (gap(low) > 0.0) == (gap(high) > 0.0) && high < 200.0 {
        (low, high) = (2.0 * low, 2.0 * high);
    }
    root::bracketed(gap, low, high)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::fisher;
    use crate::stats::hypothesis::Alternative::{Greater, Less, TwoSided};

    /// Fisher's lady tasting tea: 17/70 and 34/70. The odds ratio solves ω⁴ = 36 ω² + 32 ω + 3, and
    /// the ends of its interval P(X ≥ 3) = P(X ≤ 3) = 0.025.
    #[test]
    fn the_lady_tasting_tea() {
        let test = fisher([[3, 1], [1, 3]], TwoSided, 0.95).unwrap();
        assert!((test.p_greater - 17.0 / 70.0).abs() < 1e-14);
        assert!((test.p_less - 69.0 / 70.0).abs() < 1e-14);
        assert!((test.p_two_sided - 34.0 / 70.0).abs() < 1e-12);
        assert_eq!(test.sample_odds_ratio, Some(9.0));
        let w: f64 = test.odds_ratio.unwrap();
        assert!((w.powi(4) / (36.0 * w * w + 32.0 * w + 3.0) - 1.0).abs() < 1e-12, "{w}");
        let upper = |w: f64| {
            let all = 1.0 + 16.0 * w + 36.0 * w.powi(2) + 16.0 * w.powi(3) + w.powi(4);
            ((16.0 * w.powi(3) + w.powi(4)) / all, 1.0 - w.powi(4) / all)
        };
        assert!((upper(test.low.unwrap()).0 - 0.025).abs() < 1e-12);
        assert!((upper(test.high.unwrap()).1 - 0.025).abs() < 1e-12);
    }

    #[test]
    fn empty_cells_leave_one_end_open() {
        let test = fisher([[0, 10], [5, 5]], TwoSided, 0.95).unwrap();
        assert_eq!((test.odds_ratio, test.low), (Some(0.0), Some(0.0)));
        assert!(test.high.is_some_and(|high| high < 1.5));
        let test = fisher([[10, 0], [5, 5]], TwoSided, 0.95).unwrap();
        assert_eq!((test.odds_ratio, test.high, test.sample_odds_ratio), (None, None, None));
        let test = fisher([[4, 0], [5, 0]], TwoSided, 0.95).unwrap();
        assert!((test.p_two_sided - 1.0).abs() < 1e-14 && test.odds_ratio.is_none());
        assert!(fisher([[0, 0], [0, 0]], TwoSided, 0.95).is_err());
        assert!(fisher([[u64::MAX, 1], [1, 1]], TwoSided, 0.95).is_err());
    }

    #[test]
    fn one_sided_intervals_have_one_end() {
        let table = [[7, 3], [2, 8]];
        let (less, greater) = (fisher(table, Less, 0.9), fisher(table, Greater, 0.9));
        let both = fisher(table, TwoSided, 0.8).unwrap();
        assert_eq!(less.as_ref().unwrap().low, Some(0.0));
        assert!((less.unwrap().high.unwrap() / both.high.unwrap() - 1.0).abs() < 1e-10);
        let greater = greater.unwrap();
        assert!(greater.high.is_none());
        assert!((greater.low.unwrap() / both.low.unwrap() - 1.0).abs() < 1e-10);
    }

    #[test]
    fn large_tables_stay_exact() {
        let test = fisher([[30_000, 20_000], [29_000, 21_000]], TwoSided, 0.95).unwrap();
        let sample = test.sample_odds_ratio.unwrap();
        assert!((test.odds_ratio.unwrap() / sample - 1.0).abs() < 1e-4);
        assert!(test.low.unwrap() > 1.0 && test.p_two_sided < 1e-9);
    }
}
