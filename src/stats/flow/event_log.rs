//! What an event log says of a process: times, variants, rework, and Little's law.
//!
//! Sources: W. van der Aalst, *Process Mining*, 2nd edition (2016), for variants and the
//! directly-follows relation; J. Little, Operations Research 9 (1961); J. Womack and D. Jones,
//! *Lean Thinking* (1996), for touch time and process-cycle efficiency.

use std::collections::BTreeMap;

use crate::stats::Unestimable;
use crate::stats::summary::quantile::type7;
use crate::stats::summary::sum::sum;

/// One event. Cases and activities are numbers that stand for names; times are in any one unit
/// from any one origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// Which case.
    pub case: usize,
    /// What was done.
    pub activity: usize,
    /// When it began.
    pub start: f64,
    /// When it ended.
    pub end: f64,
}

/// The way of one case.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseFlow {
    /// Which case.
    pub case: usize,
    /// First start.
    pub start: f64,
    /// Last end.
    pub end: f64,
    /// From its first start to its last end.
    pub lead: f64,
    /// Time in which at least one event was at work on it.
    pub touch: f64,
    /// Lead less touch time.
    pub wait: f64,
    /// Touch / lead time; absent where the lead time is 0.
    pub efficiency: Option<f64>,
    /// Events beyond the first of their activity.
    pub rework: usize,
    /// Activities in order of start.
    pub trace: Vec<usize>,
}

/// Work on one activity over all cases.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Work {
    /// Events.
    pub events: usize,
    /// Sum of their durations.
    pub total: f64,
}

impl Work {
    /// Mean duration; absent without events.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    pub fn mean(&self) -> Option<f64> {
        (self.events > 0).then(|| self.total / self.events as f64)
    }
}

/// A process as its log shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// By case number.
    pub cases: Vec<CaseFlow>,
    /// By activity number.
    pub activities: BTreeMap<usize, Work>,
    /// How often one activity comes right after another within a case.
    pub follows: BTreeMap<(usize, usize), usize>,
    /// From the first start to the last end of all.
    pub window: f64,
}

/// Reads the flow out of `events`, in any order; events that start together keep theirs.
///
/// # Errors
/// No events, a time that is no number, or an end before its start.
pub fn flow(events: &[Event]) -> Result<Flow, Unestimable> {
    if events.is_empty() {
        return Err(Unestimable::TooFew { needed: 1, got: 0 });
    }
    if events.iter().any(|e| !(e.start <= e.end && e.start.is_finite() && e.end.is_finite())) {
        return Err(Unestimable::Outside("an event ends before it starts, or has no time"));
    }
    let mut sorted = events.to_vec();
    sorted.sort_by(|a, b| a.case.cmp(&b.case).then(a.start.total_cmp(&b.start)));
    let (mut activities, mut follows) = (BTreeMap::new(), BTreeMap::new());
    for event in &sorted {
        let work: &mut Work = activities.entry(event.activity).or_default();
        work.events += 1;
        work.total += event.end - event.start;
    }
    let of_cases = || sorted.chunk_by(|a, b| a.case == b.case);
    for pair in of_cases().flat_map(|case| case.windows(2)) {
        *follows.entry((pair[0].activity, pair[1].activity)).or_insert(0) += 1;
    }
    let cases = of_cases().filter_map(case_flow).collect();
    let (first, last) = span(&sorted);
    Ok(Flow { cases, activities, follows, window: last - first })
}

fn case_flow(events: &[Event]) -> Option<CaseFlow> {
    let (start, end) = span(events);
    let (case, lead, touch) = (events.first()?.case, end - start, touched(events));
    let trace: Vec<usize> = events.iter().map(|e| e.activity).collect();
    let mut kinds = trace.clone();
    kinds.sort_unstable();
    kinds.dedup();
    Some(CaseFlow {
        case,
        start,
        end,
        lead,
        touch,
        wait: lead - touch,
        efficiency: (lead > 0.0).then(|| touch / lead),
        rework: trace.len() - kinds.len(),
        trace,
    })
}

/// First start and last end.
fn span(events: &[Event]) -> (f64, f64) {
    events.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(first, last), event| {
        (first.min(event.start), last.max(event.end))
    })
}

/// Length of the union of events sorted by start: work done side by side counts once.
fn touched(events: &[Event]) -> f64 {
    let (mut sum, mut until) = (0.0, f64::NEG_INFINITY);
    for event in events {
        sum += (event.end - event.start.max(until)).max(0.0);
        until = until.max(event.end);
    }
    sum
}

/// Mean number of cases under way from `from` to `to`: the time the spans (start, end) lie within
/// that window over its length. `None` where the window has no length.
#[must_use]
pub fn mean_open(spans: &[(f64, f64)], from: f64, to: f64) -> Option<f64> {
    let inside = |&(start, end): &(f64, f64)| (end.min(to) - start.max(from)).max(0.0);
    (to > from).then(|| sum(spans.iter().map(inside)) / (to - from))
}

impl Flow {
    /// Each variant (sequence of activities) and how many cases took it.
    #[must_use]
    pub fn variants(&self) -> BTreeMap<&[usize], usize> {
        let mut out = BTreeMap::new();
        for case in &self.cases {
            *out.entry(case.trace.as_slice()).or_insert(0) += 1;
        }
        out
    }

    /// Cases without rework.
    #[must_use]
    pub fn first_pass(&self) -> usize {
        self.cases.iter().filter(|case| case.rework == 0).count()
    }

    /// Mean lead time.
    #[must_use]
    pub fn mean_lead(&self) -> f64 {
        self.sum(|case| case.lead) / self.count()
    }

    /// The lead time below which the share `p` of cases lies (type 7).
    #[must_use]
    pub fn lead_quantile(&self, p: f64) -> Option<f64> {
        let mut leads: Vec<f64> = self.cases.iter().map(|case| case.lead).collect();
        leads.sort_by(f64::total_cmp);
        type7(&leads, p)
    }

    /// Process-cycle efficiency of the whole: Σ touch / Σ lead time.
    #[must_use]
    pub fn efficiency(&self) -> Option<f64> {
        let lead = self.sum(|case| case.lead);
        (lead > 0.0).then(|| self.sum(|case| case.touch) / lead)
    }

    /// Cases per unit of time over the window; absent where it has no length.
    #[must_use]
    pub fn throughput(&self) -> Option<f64> {
        (self.window > 0.0).then(|| self.count() / self.window)
    }

    /// Mean number of cases under way over the window, counted from start to start and end to
    /// end: the area under the number of open cases over the window's length.
    #[must_use]
    pub fn mean_in_process(&self) -> Option<f64> {
        let steps = self.cases.iter().flat_map(|case| [(case.start, 1.0), (case.end, -1.0)]);
        let mut steps: Vec<(f64, f64)> = steps.collect();
        steps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut area, mut open) = (0.0, 0.0);
        for pair in steps.windows(2) {
            open += pair[0].1;
            area += open * (pair[1].0 - pair[0].0);
        }
        (self.window > 0.0).then(|| area / self.window)
    }

    /// Little's law: throughput × mean lead time, equal to [`Self::mean_in_process`] over a window
    /// that no case crosses, as one from the first start to the last end is.
    #[must_use]
    pub fn littles_law(&self) -> Option<f64> {
        Some(self.throughput()? * self.mean_lead())
    }

    fn sum(&self, of: impl Fn(&CaseFlow) -> f64) -> f64 {
        self.cases.iter().map(of).sum()
    }

    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    fn count(&self) -> f64 {
        self.cases.len() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, flow, mean_open};
    use crate::stats::Unestimable;
    use proptest::prelude::*;

    fn event((case, activity, start, end): (usize, usize, f64, f64)) -> Event {
        Event { case, activity, start, end }
    }

    /// Two cases: one straight through, one that goes back; its check and repair overlap.
    const LOG: [(usize, usize, f64, f64); 7] = [
        (1, 0, 10.0, 20.0),
        (1, 1, 30.0, 50.0),
        (0, 0, 0.0, 10.0),
        (0, 1, 20.0, 40.0),
        (0, 2, 30.0, 50.0),
        (0, 1, 60.0, 70.0),
        (0, 2, 90.0, 100.0),
    ];

    #[test]
    fn work_side_by_side_is_touched_once_and_rework_is_counted() -> Result<(), Unestimable> {
        let flow = flow(&LOG.map(event))?;
        let first = &flow.cases[0];
        assert_eq!((first.lead, first.touch, first.wait), (100.0, 60.0, 40.0));
        assert_eq!((first.rework, first.efficiency, flow.first_pass()), (2, Some(0.6), 1));
        assert_eq!(first.trace, [0, 1, 2, 1, 2]);
        assert_eq!(flow.follows.get(&(1, 2)), Some(&2));
        assert_eq!(flow.activities.get(&1).and_then(super::Work::mean), Some(50.0 / 3.0));
        assert_eq!(flow.variants().get([0, 1].as_slice()), Some(&1));
        assert_eq!((flow.lead_quantile(0.5), flow.efficiency()), (Some(70.0), Some(90.0 / 140.0)));
        assert_eq!((flow.throughput(), flow.mean_in_process()), (Some(0.02), Some(1.4)));
        Ok(())
    }

    /// Of the window 10 … 30, the first case fills all, the second half, the third nothing.
    #[test]
    fn cases_that_cross_a_window_count_with_their_part() {
        let spans = [(0.0, 50.0), (20.0, 40.0), (30.0, 60.0)];
        assert_eq!(mean_open(&spans, 10.0, 30.0), Some(1.5));
        assert_eq!(mean_open(&spans, 10.0, 10.0), None);
    }

    #[test]
    fn an_instant_has_no_efficiency_and_time_does_not_run_back() {
        let instant = flow(&[event((0, 0, 5.0, 5.0))]);
        assert!(instant.is_ok_and(|f| f.efficiency().is_none() && f.littles_law().is_none()));
        assert!(flow(&[event((0, 0, 5.0, 4.0))]).is_err());
        assert!(flow(&[]).is_err() && flow(&[event((0, 0, f64::NAN, 1.0))]).is_err());
    }

    fn events() -> impl Strategy<Value = Vec<Event>> {
        let one = (0_usize..6, 0_usize..4, 0.0_f64..500.0, 0.0_f64..90.0);
        prop::collection::vec(one.prop_map(|(c, a, s, d)| event((c, a, s, s + d))), 1..40)
    }

    proptest! {
        #[test]
        fn littles_law_holds_over_a_closed_window(log in events()) {
            let flow = flow(&log).map_err(|e| TestCaseError::fail(e.to_string()))?;
            if let (Some(counted), Some(law)) = (flow.mean_in_process(), flow.littles_law()) {
                prop_assert!((counted - law).abs() <= 1e-9 * law.max(1.0), "{counted} {law}");
            }
        }

        #[test]
        fn the_order_of_rows_does_not_matter_and_waits_are_never_negative(log in events()) {
            let backwards: Vec<Event> = log.iter().rev().copied().collect();
            let (one, other) = (flow(&log), flow(&backwards));
            let times = |f: &super::Flow| -> Vec<(f64, usize)> {
                f.cases.iter().map(|c| (c.lead, c.rework)).collect()
            };
            prop_assert_eq!(one.as_ref().map(times), other.as_ref().map(times));
            let fine = one.is_ok_and(|f| f.cases.iter().all(|c| c.wait >= -1e-9));
            prop_assert!(fine);
        }
    }
}
