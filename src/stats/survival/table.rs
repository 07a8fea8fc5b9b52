//! A survival curve at every time something was seen, as R's `summary(fit, censored = TRUE)`.

use super::{Case, kaplan_meier};

/// What was seen at one time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// The time.
    pub time: f64,
    /// Cases under observation just before it.
    pub at_risk: u64,
    /// Cases that ended at it.
    pub events: u64,
    /// Cases last seen open at it.
    pub censored: u64,
    /// S(t) after it.
    pub survival: f64,
    /// Greenwood's standard error; `None` once S is 0, where it has no estimate.
    pub standard_error: Option<f64>,
}

/// One row a time at which a case ended or was last seen open, in O(n log n). Any cause counts as
/// the end.
#[must_use]
pub fn table(cases: &[Case]) -> Vec<Row> {
    let cases: Vec<Case> = cases
        .iter()
        .filter(|case| case.observed())
        .map(|case| Case { cause: case.cause.map(|_| 0), ..*case })
        .collect();
    let sorted = |time: fn(&Case) -> f64| {
        let mut times: Vec<f64> = cases.iter().map(time).collect();
        times.sort_unstable_by(f64::total_cmp);
        times
    };
    let (entries, exits) = (sorted(|case| case.entry), sorted(|case| case.time));
    let curve = kaplan_meier(&cases, 1);
    let (mut gone, mut entered, mut step) = (0, 0, 0);
    let mut rows = Vec::new();
    for same in exits.chunk_by(|a, b| a.total_cmp(b).is_eq()) {
        let time = same.first().copied().unwrap_or(f64::NAN);
        entered += entries.get(entered..).map_or(0, |rest| rest.partition_point(|e| *e < time));
        let here = curve.steps.get(step).filter(|s| s.time.total_cmp(&time).is_eq());
        step += usize::from(here.is_some());
        let last = step.checked_sub(1).and_then(|i| curve.steps.get(i));
        let events = here.map_or(0, |step| step.events);
        let standard_error =
            last.map_or(Some(0.0), |s| (s.survival > 0.0).then(|| s.standard_error()));
        rows.push(Row {
            time,
            at_risk: (entered - gone) as u64,
            events,
            censored: same.len() as u64 - events,
            survival: last.map_or(1.0, |s| s.survival),
            standard_error,
        });
        gone += same.len();
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::table;
    use crate::stats::survival::Case;
    use crate::stats::survival::tests::{MAINTAINED, cases};

    #[test]
    fn every_time_has_its_row() {
        let rows = table(&cases(&MAINTAINED));
        assert_eq!(rows.len(), 10, "13 weeks ended one case and left another open");
        let at = |time: f64| rows.iter().find(|row| row.time.total_cmp(&time).is_eq()).copied();
        let counts = |time| at(time).map(|r| (r.at_risk, r.events, r.censored));
        assert_eq!(counts(13.0), Some((10, 1, 1)));
        assert_eq!(counts(161.0), Some((1, 0, 1)));
        let before = at(23.0).map(|r| (r.survival, r.standard_error));
        assert_eq!(at(28.0).map(|r| (r.survival, r.standard_error)), before);
        assert_eq!(rows.iter().map(|r| r.events + r.censored).sum::<u64>(), 11);
    }

    #[test]
    fn where_no_one_is_left_there_is_no_error() {
        let rows = table(&cases(&[(1.0, false), (2.0, true)]));
        assert_eq!(rows.first().map(|r| (r.survival, r.standard_error)), Some((1.0, Some(0.0))));
        assert_eq!(rows.last().map(|r| (r.survival, r.standard_error)), Some((0.0, None)));
        let late = [Case::new(3.0, Some(4)), Case::new(5.0, Some(1)).entering(4.0)];
        assert_eq!(table(&late).iter().map(|r| r.at_risk).collect::<Vec<_>>(), [1, 1]);
    }
}
