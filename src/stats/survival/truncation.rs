//! Left truncation: records kept only from some day on, so that cases which ended earlier are
//! missing while longer ones are seen.
//!
//! Source: J. Klein and M. Moeschberger, Survival Analysis (2003), § 3.4; the test compares the
//! missing ends with the cumulative hazard (Nelson–Aalen, § 4.2) of cases begun later.

use super::{Case, Curve, Step, kaplan_meier};

/// Ends that cannot be missing by chance: P(0 | 6.9) < 0.001.
const EXPECTED_ENDS: f64 = 6.9;
/// Fewer later ends than this give no hazard to compare with.
const LATER_ENDS: u64 = 20;

/// A file that starts late. Days are numbers on one calendar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Truncation {
    /// Day of the first end.
    pub first_end: i32,
    /// Day of the first start.
    pub first_start: i32,
    /// Cases that started before the first end.
    pub early: u64,
    /// Ends to be expected of them before the first one seen.
    pub expected: f64,
}

/// Looks for left truncation among cases `(start, end)` in days, open ones without an end, all
/// looked at on the day `as_of`.
///
/// The cases started from the first end on show how fast cases end; had the earlier ones ended
/// as fast, so many ends would have been seen before the first. `None` where fewer than 6.9 were
/// to be expected: then their absence may be chance.
#[must_use]
pub fn left_truncation(cases: &[(i32, Option<i32>)], as_of: i32) -> Option<Truncation> {
    let first_end = cases.iter().filter_map(|(_, end)| *end).min()?;
    let first_start = cases.iter().map(|(start, _)| *start).min()?;
    let (later, early): (Vec<_>, Vec<_>) =
        cases.iter().copied().partition(|(start, _)| *start >= first_end);
    let later: Vec<Case> = later.into_iter().map(|case| since_start(case, as_of)).collect();
    let curve = kaplan_meier(&later, 1);
    if curve.events < LATER_ENDS {
        return None;
    }
    let hazards = cumulative_hazard(&curve);
    let until = |age: f64| {
        let seen = hazards.partition_point(|(time, _)| *time < age);
        seen.checked_sub(1).and_then(|i| hazards.get(i)).map_or(0.0, |(_, hazard)| *hazard)
    };
    let expected: f64 =
        early.iter().map(|(start, _)| until(f64::from(first_end.saturating_sub(*start)))).sum();
    let early = early.len() as u64;
    (expected >= EXPECTED_ENDS).then_some(Truncation { first_end, first_start, early, expected })
}

/// Nelson–Aalen: Σ d / n up to each time.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn cumulative_hazard(curve: &Curve) -> Vec<(f64, f64)> {
    let mut hazard = 0.0;
    let after = |step: &Step| {
        hazard += step.events as f64 / step.at_risk as f64;
        (step.time, hazard)
    };
    curve.steps.iter().map(after).collect()
}

fn since_start((start, end): (i32, Option<i32>), as_of: i32) -> Case {
    Case::new(f64::from(end.unwrap_or(as_of).saturating_sub(start)), end.map(|_| 0))
}

#[cfg(test)]
mod tests {
    use super::left_truncation;

    /// One case starts a day and lasts 1 to 30 days.
    fn company(days: i32) -> Vec<(i32, Option<i32>)> {
        (0..days).map(|day| (day, Some(day + 1 + day * 7 % 30))).collect()
    }

    #[test]
    fn a_full_file_is_not_truncated() {
        assert_eq!(left_truncation(&company(300), 400), None);
        assert_eq!(left_truncation(&[], 1), None);
    }

    #[test]
    fn a_file_that_lost_its_first_ends_is() {
        let kept: Vec<_> = company(300).into_iter().filter(|(_, end)| *end > Some(60)).collect();
        let found = left_truncation(&kept, 400).map(|t| (t.first_end, t.early));
        assert!(found.is_some_and(|(first_end, early)| first_end > 60 && early > 7), "{found:?}");
    }
}
