//! Left truncation: records kept only from some day on, so that cases which ended earlier are
//! missing while longer ones are seen.
//!
//! Source: J. Klein and M. Moeschberger, Survival Analysis (2003), § 3.4; the test compares the
//! missing ends with the cumulative hazard (Nelson–Aalen, § 4.2) of cases begun later.

use super::survival::{Case, kaplan_meier};

/// Ends that cannot be missing by chance: P(0 | 6.9) < 0.001.
const EXPECTED_ENDS: f64 = 6.9;
/// Fewer later ends than this give no hazard to compare with.
const LATER_ENDS: u64 = 20;

/// A file that starts late.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Truncation {
    /// Time of the first end.
    pub first_end: f64,
    /// Time of the first start.
    pub first_start: f64,
    /// Cases that started before the first end.
    pub early: u64,
    /// Ends to be expected of them before the first one seen.
    pub expected: f64,
}

/// Looks for left truncation among cases `(start, end)` on one calendar, open ones ending never,
/// all looked at on the day `as_of`.
///
/// The cases started from the first end on show how fast cases end; had the earlier ones ended
/// as fast, so many ends would have been seen before the first. `None` where fewer than 6.9 were
/// to be expected: then their absence may be chance.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn left_truncation(cases: &[(f64, Option<f64>)], as_of: f64) -> Option<Truncation> {
    let least = |times: &mut dyn Iterator<Item = f64>| times.min_by(f64::total_cmp);
    let first_end = least(&mut cases.iter().filter_map(|(_, end)| *end))?;
    let first_start = least(&mut cases.iter().map(|(start, _)| *start))?;
    let later: Vec<Case> = cases
        .iter()
        .filter(|(start, _)| *start >= first_end)
        .map(|c| since_start(*c, as_of))
        .collect();
    let curve = kaplan_meier(&later, 1);
    if curve.events < LATER_ENDS {
        return None;
    }
    let mut hazard = 0.0;
    let hazards: Vec<(f64, f64)> = (curve.steps.iter())
        .map(|step| {
            hazard += step.events() as f64 / step.at_risk as f64;
            (step.time, hazard)
        })
        .collect();
    let until = |age: f64| {
        let seen = hazards.partition_point(|(time, _)| *time < age);
        seen.checked_sub(1).and_then(|i| hazards.get(i)).map_or(0.0, |(_, hazard)| *hazard)
    };
    let early = cases.iter().filter(|(start, _)| *start < first_end);
    let expected: f64 = early.clone().map(|(start, _)| until(first_end - start)).sum();
    let early = early.count() as u64;
    (expected >= EXPECTED_ENDS).then_some(Truncation { first_end, first_start, early, expected })
}

fn since_start((start, end): (f64, Option<f64>), as_of: f64) -> Case {
    Case::new(end.unwrap_or(as_of) - start, end.map(|_| 0))
}

#[cfg(test)]
mod tests {
    use super::left_truncation;

    /// One case starts a day and lasts 1 to 30 days.
    fn company(days: u32) -> Vec<(f64, Option<f64>)> {
        let case = |day: u32| (f64::from(day), Some(f64::from(day + 1 + day * 7 % 30)));
        (0..days).map(case).collect()
    }

    #[test]
    fn a_full_file_is_not_truncated() {
        assert_eq!(left_truncation(&company(300), 400.0), None);
        assert_eq!(left_truncation(&[], 1.0), None);
    }

    #[test]
    fn a_file_that_lost_its_first_ends_is() {
        let kept =
            company(300).into_iter().filter(|(_, end)| *end > Some(60.0)).collect::<Vec<_>>();
        let found = left_truncation(&kept, 400.0).map(|t| (t.first_end > 60.0, t.early));
        assert_eq!(found.map(|(late, _)| late), Some(true));
    }
}
