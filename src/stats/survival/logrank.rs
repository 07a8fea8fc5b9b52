//! Whether one group of cases ends later than another.
//!
//! Source: N. Mantel, Cancer Chemotherapy Reports 50 (1966); R. Peto and J. Peto, JRSS A 135
//! (1972).

use super::Case;
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
    let test = log_rank_groups(&[first, second])?;
    let (observed, expected) = (*test.observed.first()?, *test.expected.first()?);
    Some(LogRank { observed, expected, chi_square: test.chi_square, p_value: test.p_value })
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
    let groups: Vec<Group> = groups.iter().map(|cases| Group::of(cases)).collect();
    let times = ascending(groups.iter().flat_map(|group| group.ends.iter().copied()));
    let size = groups.len();
    let (mut observed, mut expected) = (vec![0.0; size], vec![0.0; size]);
    let mut variance = vec![vec![0.0; size]; size];
    for time in times.chunk_by(|a, b| a.total_cmp(b).is_eq()).filter_map(<[f64]>::first) {
        let at: Vec<(f64, f64)> = groups.iter().map(|group| group.at(*time)).collect();
        let (n, d) = at.iter().fold((0.0, 0.0), |sum, at| (sum.0 + at.0, sum.1 + at.1));
        let scale = if n > 1.0 { d * (n - d) / (n - 1.0) } else { 0.0 };
        for (i, (at_risk, ended)) in at.iter().enumerate() {
            observed[i] += ended;
            expected[i] += at_risk * d / n;
            for (j, (others, _)) in at.iter().enumerate() {
                let own = if i == j { 1.0 } else { 0.0 };
                variance[i][j] += scale * (at_risk / n) * (own - others / n);
            }
        }
    }
    // The differences of all groups add to 0, so one of those compared is left out.
    let compared: Vec<usize> = (0..size).filter(|i| variance[*i][*i] > 0.0).collect();
    let (_, kept) = compared.split_last()?;
    let difference: Vec<f64> = kept.iter().map(|i| observed[*i] - expected[*i]).collect();
    let rows = kept.iter().map(|i| kept.iter().map(|j| variance[*i][*j]).collect());
    let factor = Cholesky::factor(&rows.collect::<Vec<_>>()).ok()?;
    let (chi_square, df) = (factor.quadratic_form(&difference), kept.len() as u64);
    Some(LogRankGroups {
        observed,
        expected,
        chi_square,
        df,
        p_value: chi_square_tail(chi_square, df)?,
    })
}

/// Entry, exit and end times of one group, each ascending.
struct Group {
    entries: Vec<f64>,
    exits: Vec<f64>,
    ends: Vec<f64>,
}

impl Group {
    fn of(cases: &[Case]) -> Self {
        let observed = || cases.iter().filter(|case| case.observed());
        Self {
            entries: ascending(observed().map(|case| case.entry)),
            exits: ascending(observed().map(|case| case.time)),
            ends: ascending(observed().filter(|case| case.cause.is_some()).map(|case| case.time)),
        }
    }

    /// Cases at risk just before `time`, and those of them that end at it.
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    fn at(&self, time: f64) -> (f64, f64) {
        let before = |times: &[f64]| times.partition_point(|t| *t < time);
        let until = self.ends.partition_point(|t| *t <= time);
        let at_risk = before(&self.entries) - before(&self.exits);
        (at_risk as f64, (until - before(&self.ends)) as f64)
    }
}

fn ascending(times: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut times: Vec<f64> = times.collect();
    times.sort_unstable_by(f64::total_cmp);
    times
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{log_rank, log_rank_groups};
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
    fn no_common_time_is_no_test() {
        assert_eq!(log_rank(&[], &cases(&MAINTAINED)), None);
        assert_eq!(log_rank(&cases(&[(1.0, false)]), &cases(&[(2.0, true)])), None);
    }
}
