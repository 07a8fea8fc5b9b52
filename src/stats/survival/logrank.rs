//! Whether one group of cases ends later than another.
//!
//! Source: N. Mantel, Cancer Chemotherapy Reports 50 (1966); R. Peto and J. Peto, JRSS A 135
//! (1972).

use super::Case;
use super::tally::{Tally, Under};
use crate::stats::comparison::homogeneity::chi_square_tail;
use crate::stats::regression::cholesky::Cholesky;

/// The log-rank test of two groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogRank {
    /// Cases of the first group that ended.
    pub observed: f64,
    /// How many of them would have, had both groups ended alike.
    pub expected: f64,
    /// (O − E)² / V.
    pub chi_square: f64,
    /// Two-sided, from the chi-square distribution with one degree of freedom.
    pub p_value: f64,
}

impl LogRank {
    /// The test of two groups.
    fn of(test: &LogRankGroups) -> Option<Self> {
        let (observed, expected) = (*test.observed.first()?, *test.expected.first()?);
        Some(Self { observed, expected, chi_square: test.chi_square, p_value: test.p_value })
    }

    /// Whether the first group ends later than the second.
    #[must_use]
    pub fn first_is_slower(&self) -> bool {
        self.observed < self.expected
    }
}

/// Compares two groups of cases; any cause counts as the end. Only times at which both groups
/// are under observation count, so a shorter follow-up of one group is no disadvantage.
///
/// `None` where no time compares them.
#[must_use]
pub fn log_rank(first: &[Case], second: &[Case]) -> Option<LogRank> {
    LogRank::of(&log_rank_groups(&[first, second])?)
}

/// The log-rank test of several groups.
#[derive(Clone, Debug, PartialEq)]
pub struct LogRankGroups {
    /// Cases of each group that ended.
    pub observed: Vec<f64>,
    /// How many of them would have, had all groups ended alike.
    pub expected: Vec<f64>,
    /// (O − E)ᵀ V⁻¹ (O − E) over all groups but one.
    pub chi_square: f64,
    /// Groups that are ever compared, less one.
    pub df: u64,
    /// From the chi-square distribution.
    pub p_value: f64,
}

/// Compares groups of cases; any cause counts as the end. A group never under observation while a
/// case of another ends takes no part.
///
/// `None` where no time compares two groups.
#[must_use]
pub fn log_rank_groups(groups: &[&[Case]]) -> Option<LogRankGroups> {
    let tallies: Vec<Tally> = groups.iter().map(|cases| Tally::of(cases)).collect();
    log_rank_tallies(&tallies.iter().collect::<Vec<_>>())
}

/// As [`log_rank_groups`], of cases already counted.
#[must_use]
pub fn log_rank_tallies(groups: &[&Tally]) -> Option<LogRankGroups> {
    let mut sums = Sums::new(groups.len());
    sweep(groups, |at| sums.add(at));
    sums.test()
}

/// Each group against all others together, in one walk over the times.
#[must_use]
pub fn log_rank_others(groups: &[&Tally]) -> Vec<Option<LogRank>> {
    let mut sums: Vec<Sums> = groups.iter().map(|_| Sums::new(2)).collect();
    sweep(groups, |at| {
        let all = at.iter().fold((0.0, 0.0), |sum, at| (sum.0 + at.0, sum.1 + at.1));
        for (sums, own) in sums.iter_mut().zip(at) {
            sums.add(&[*own, (all.0 - own.0, all.1 - own.1)]);
        }
    });
    sums.into_iter().map(|sums| LogRank::of(&sums.test()?)).collect()
}

/// Tells of every time at which a case ended, rising, how many of each group were at risk before
/// it and ended at it.
fn sweep(groups: &[&Tally], mut tell: impl FnMut(&[(f64, f64)])) {
    let mut times: Vec<f64> = groups.iter().flat_map(|group| group.ends()).collect();
    // Each group's own times rise already, which a stable sort turns to account.
    times.sort_by(f64::total_cmp);
    times.dedup_by(|a, b| a.total_cmp(b).is_eq());
    let mut under: Vec<Under<'_>> = groups.iter().map(|group| Under::new(group)).collect();
    let mut at = vec![(0.0, 0.0); groups.len()];
    for time in times {
        for (at, under) in at.iter_mut().zip(&mut under) {
            *at = under.at(time);
        }
        tell(&at);
    }
}

/// What the test of some groups is made from.
struct Sums {
    observed: Vec<f64>,
    expected: Vec<f64>,
    /// The lower triangle of the covariance: row i holds columns 0 to i.
    variance: Vec<Vec<f64>>,
    /// Each group's share of those at risk.
    shares: Vec<f64>,
}

impl Sums {
    fn new(size: usize) -> Self {
        let zeros = || vec![0.0; size];
        let variance = (1..=size).map(|columns| vec![0.0; columns]).collect();
        Self { observed: zeros(), expected: zeros(), variance, shares: zeros() }
    }

    /// Adds what happened at one time.
    fn add(&mut self, at: &[(f64, f64)]) {
        let (n, d) = at.iter().fold((0.0, 0.0), |sum, at| (sum.0 + at.0, sum.1 + at.1));
        let scale = if n > 1.0 { d * (n - d) / (n - 1.0) } else { 0.0 };
        let sums = self.observed.iter_mut().zip(&mut self.expected).zip(&mut self.shares);
        for (((observed, expected), share), (at_risk, ended)) in sums.zip(at) {
            *observed += ended;
            *expected += at_risk * d / n;
            *share = at_risk / n;
        }
        for (row, share) in self.variance.iter_mut().zip(&self.shares) {
            let weight = scale * share;
            if weight > 0.0 {
                let diagonal = row.len() - 1;
                for (cell, others) in row.iter_mut().zip(&self.shares).take(diagonal) {
                    *cell += weight * (0.0 - others);
                }
                row[diagonal] += weight * (1.0 - share);
            }
        }
    }

    fn test(self) -> Option<LogRankGroups> {
        let variance = |i: usize, j: usize| self.variance[i.max(j)][i.min(j)];
        // The differences of all groups add to 0, so one of those compared is left out.
        let size = self.observed.len();
        let compared: Vec<usize> = (0..size).filter(|&i| variance(i, i) > 0.0).collect();
        let (_, kept) = compared.split_last()?;
        let difference: Vec<f64> =
            kept.iter().map(|&i| self.observed[i] - self.expected[i]).collect();
        let rows = kept.iter().map(|&i| kept.iter().map(|&j| variance(i, j)).collect());
        let factor = Cholesky::factor(&rows.collect::<Vec<_>>()).ok()?;
        let (chi_square, df) = (factor.quadratic_form(&difference), kept.len() as u64);
        let p_value = chi_square_tail(chi_square, df)?;
        let Self { observed, expected, .. } = self;
        Some(LogRankGroups { observed, expected, chi_square, df, p_value })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{log_rank, log_rank_groups, log_rank_others};
    use crate::stats::survival::tally::Tally;
    use crate::stats::survival::tests::{MAINTAINED, cases};

    #[test]
    fn aml_groups_differ_as_published() {
        let other = [5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45];
        let other = other.map(|week| (f64::from(week), week != 16));
        let test = log_rank(&cases(&MAINTAINED), &cases(&other));
        let (chi_square, expected, p) =
            test.map(|t| (t.chi_square, t.expected, t.p_value)).unwrap_or_default();
        assert!((chi_square - 3.396_388_698_977_6).abs() < 1e-9, "{chi_square}");
        assert!((expected - 10.689_335_992_300_7).abs() < 1e-9, "{expected}");
        assert!((p - 0.065_339_322_040_505_1).abs() < 1e-9, "{p}");
        assert!(test.is_some_and(|t| t.first_is_slower()));
    }

    #[test]
    fn three_groups_are_compared_by_their_covariance() {
        let early = cases(&[(1.0, true), (2.0, true), (3.0, true), (4.0, false)]);
        let late = cases(&[(5.0, true), (6.0, false), (7.0, true), (8.0, true)]);
        let between = cases(&[(2.5, true), (4.5, true), (5.5, false), (6.5, true)]);
        let test = log_rank_groups(&[&early, &late, &between]).unwrap();
        let turned = log_rank_groups(&[&between, &early, &late]).unwrap();
        assert!((test.chi_square - turned.chi_square).abs() < 1e-12 && test.df == 2);
        let sums = [&test.observed, &test.expected].map(|v| v.iter().sum::<f64>());
        assert!((sums[0] - 9.0).abs() < 1e-12 && (sums[1] - 9.0).abs() < 1e-12);
        let never = cases(&[(0.5, false)]);
        let same = log_rank_groups(&[&early, &late, &between, &never]).unwrap();
        assert_eq!((same.df, same.chi_square), (2, test.chi_square));
    }

    #[test]
    fn each_group_is_compared_with_the_others_together() {
        let groups = [
            cases(&[(1.0, true), (2.0, true), (3.0, true), (4.0, false)]),
            cases(&[(3.0, true), (6.0, false), (7.0, true), (8.0, true)]),
            cases(&MAINTAINED),
        ];
        let tallies: Vec<Tally> = groups.iter().map(|group| Tally::of(group)).collect();
        let found = log_rank_others(&tallies.iter().collect::<Vec<_>>());
        for (at, found) in found.into_iter().enumerate() {
            let others = groups.iter().enumerate().filter(|(i, _)| *i != at);
            let rest: Vec<_> = others.flat_map(|(_, group)| group.iter().copied()).collect();
            assert_eq!(found, log_rank(&groups[at], &rest));
        }
    }

    #[test]
    fn no_common_time_is_no_test() {
        assert_eq!(log_rank(&[], &cases(&MAINTAINED)), None);
        assert_eq!(log_rank(&cases(&[(1.0, false)]), &cases(&[(2.0, true)])), None);
    }
}
