//! The ways of the cases finished in the period.

mod loops;
mod paths;
mod teams;

pub(super) use loops::{Loop, Rise};
pub(super) use paths::{Transition, Variant};
pub(super) use teams::{Team, Teams};

use super::params::Params;
use crate::dataset::{Dataset, MISSING_CODE, StepCase, StepEvent, StepLog};
use crate::records::Col;
use crate::stats::Unestimable;
use crate::stats::flow::event_log::{Event, Flow, flow};

/// Teams are compared one by one where the test of all falls below this.
const ALPHA: f64 = 0.05;
/// Milliseconds of an hour.
pub(super) const HOUR: f64 = 3_600_000.0;

/// Changes of hands between one event of a case and the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HandOffs {
    /// Pairs of events for which both sides are named.
    pub(super) pairs: u64,
    /// Those of them that differ.
    pub(super) changes: u64,
}

/// Everything the section is written from.
pub(super) struct Computed {
    /// Cases finished in the period.
    pub(super) cases: u64,
    /// Their events.
    pub(super) events: u64,
    /// The variants, the most frequent first.
    pub(super) variants: Vec<Variant>,
    /// Variants needed for four cases in five.
    pub(super) for_most: usize,
    /// Cases that did some step more than once.
    pub(super) reworked: u64,
    /// Times a step followed itself.
    pub(super) self_loops: u64,
    /// Times a case came back to a step it had left.
    pub(super) returns: u64,
    /// Transitions, the most time before first.
    pub(super) transitions: Vec<Transition>,
    /// Steps done more than once on a case, the most time lost first.
    pub(super) loops: Vec<Loop>,
    /// Rises of a step's share of cases that repeat it.
    pub(super) rises: Vec<Rise>,
    /// Teams by how often their cases repeat a step.
    pub(super) by_team: Teams,
    /// Changes of person; absent where none is named.
    pub(super) people: Option<HandOffs>,
    /// Changes of team; absent where none is named.
    pub(super) teams: Option<HandOffs>,
    /// Sum of all lead times, in milliseconds.
    pub(super) lead: f64,
    /// Whether the log has ends.
    pub(super) timed: bool,
}

impl Computed {
    /// The figures; `None` where no case was finished in the period.
    pub(super) fn new(log: &StepLog<'_>, data: &Dataset, params: &Params) -> Option<Self> {
        let in_period = |case: &StepCase<'_>| case.finished && data.period.contains(case.end_day());
        let finished: Vec<StepCase<'_>> = log.cases().filter(in_period).collect();
        let flow = flow_of(&finished).ok()?;
        let variants = paths::variants(log, &flow, params.min_cases);
        let hands = |col, of: fn(&StepEvent) -> u32| log.has(col).then(|| hand_offs(&finished, of));
        let reworked = flow.cases.len() - flow.first_pass();
        let loops = loops::loops(log, &finished, params.min_cases);
        Some(Self {
            cases: flow.cases.len() as u64,
            events: finished.iter().map(|case| case.events.len() as u64).sum(),
            for_most: paths::needed(&variants, flow.cases.len(), 0.8),
            variants,
            reworked: reworked as u64,
            self_loops: flow
                .follows
                .iter()
                .filter(|((a, b), _)| a == b)
                .map(|(_, n)| *n as u64)
                .sum(),
            returns: finished.iter().map(paths::returns).sum(),
            transitions: paths::transitions(log, &finished),
            rises: loops::rises(log, data, &loops),
            loops,
            by_team: teams::teams(log, &finished, ALPHA),
            people: hands(Col::Resource, |event| event.resource),
            teams: hands(Col::Team, |event| event.team),
            lead: flow.mean_lead() * exact(flow.cases.len()),
            timed: log.timed,
        })
    }
}

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub(super) const fn exact(n: usize) -> f64 {
    n as f64
}

/// Milliseconds as a number.
#[expect(clippy::cast_precision_loss, reason = "instants stay below 2^53 ms")]
pub(super) const fn ms(ms: i64) -> f64 {
    ms as f64
}

fn flow_of(cases: &[StepCase<'_>]) -> Result<Flow, Unestimable> {
    let event = |e: &StepEvent| Event {
        case: e.case as usize,
        activity: e.step as usize,
        start: ms(e.start),
        end: ms(e.until()),
    };
    let events: Vec<Event> = cases.iter().flat_map(|case| case.events).map(event).collect();
    flow(&events)
}

fn hand_offs(cases: &[StepCase<'_>], of: impl Fn(&StepEvent) -> u32) -> HandOffs {
    let pairs = cases.iter().flat_map(|case| case.events.windows(2));
    let hands = pairs.filter_map(|pair| Some((of(pair.first()?), of(pair.get(1)?))));
    let mut out = HandOffs { pairs: 0, changes: 0 };
    for (before, after) in hands.filter(|(a, b)| *a != MISSING_CODE && *b != MISSING_CODE) {
        out.pairs += 1;
        out.changes += u64::from(before != after);
    }
    out
}
