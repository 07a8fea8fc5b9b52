//! Whether one group of cases ends later than another.
//!
//! Source: N. Mantel, Cancer Chemotherapy Reports 50 (1966); R. Peto and J. Peto, JRSS A 135
//! (1972).

use super::Case;
use crate::stats::comparison::homogeneity::chi_square_tail;

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
    let (a, b) = (Group::of(first), Group::of(second));
    let mut times: Vec<f64> = a.ends.iter().chain(&b.ends).copied().collect();
    times.sort_by(f64::total_cmp);
    times.dedup_by(|x, y| x.total_cmp(y).is_eq());
    let (mut observed, mut expected, mut variance) = (0.0, 0.0, 0.0);
    for time in times {
        let ((n1, d1), (n2, d2)) = (a.at(time), b.at(time));
        let (n, d) = (n1 + n2, d1 + d2);
        observed += d1;
        expected += n1 * d / n;
        if n > 1.0 {
            variance += d * n1 * n2 * (n - d) / (n * n * (n - 1.0));
        }
    }
    if variance <= 0.0 {
        return None;
    }
    let chi_square = (observed - expected).powi(2) / variance;
    Some(LogRank { observed, expected, chi_square, p_value: chi_square_tail(chi_square, 1)? })
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
    times.sort_by(f64::total_cmp);
    times
}

#[cfg(test)]
mod tests {
    use super::log_rank;
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
    fn no_common_time_is_no_test() {
        assert_eq!(log_rank(&[], &cases(&MAINTAINED)), None);
        assert_eq!(log_rank(&cases(&[(1.0, false)]), &cases(&[(2.0, true)])), None);
    }
}
