//! Cases opened, closed and open, point by point.

use std::collections::BTreeMap;

use super::course::Course;
use super::walk::Walk;
use super::window::day;
use crate::analyses::charting::Charting;
use crate::dataset::{Clock, Grain, Tickets};
use crate::stats::control_chart::attribute_chart::Kind;
use crate::stats::hypothesis::Alternative;
use crate::stats::hypothesis::t_test::{Question, one_sample};
use crate::units::Day;

/// Points shown at most.
const SHOWN: usize = 36;
/// Points the growth of the backlog is judged by: at most and at least.
const JUDGED: std::ops::RangeInclusive<usize> = 6..=12;

/// One point in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Slot {
    /// Numbered by the grain.
    pub(in super::super) at: i32,
    /// Cases opened.
    pub(in super::super) opened: u64,
    /// Cases closed; `None` where no close is recorded.
    pub(in super::super) closed: Option<u64>,
    /// Cases open at its end.
    pub(in super::super) backlog: Option<u64>,
    /// Days of it the records cover.
    pub(in super::super) days: u64,
    /// Whether the records cover it to its end.
    pub(in super::super) whole: bool,
}

/// The course of the desk.
#[derive(Clone, Debug)]
pub(in super::super) struct Flow {
    /// Length of a point.
    pub(in super::super) grain: Grain,
    /// The latest points, oldest first.
    pub(in super::super) slots: Vec<Slot>,
    /// P-value of a growing backlog: the mean of opened less closed over the last whole points is
    /// above zero (Student's t, one-sided).
    pub(in super::super) growth: Option<f64>,
    /// Cases coming in, a day.
    pub(in super::super) incoming: Option<Course>,
}

impl Flow {
    /// The course up to a moment.
    pub(super) fn of(
        walk: &mut Walk,
        tickets: &Tickets<'_>,
        grain: Grain,
        to: i64,
        charting: &Charting,
    ) -> Self {
        let recorded = tickets.has(Clock::Close);
        let mut counts: BTreeMap<i32, (u64, u64)> = BTreeMap::new();
        let moved = walk.days.iter().filter(|(_, day)| day.opened + day.closed > 0);
        for (&at, day) in moved {
            let sum = counts.entry(grain.number(Day::from_number(at))).or_default();
            *sum = (sum.0 + day.opened, sum.1 + day.closed);
        }
        let slots = slots(&counts, walk.first, grain, to, recorded);
        let growth = growth(&slots, longest(std::mem::take(&mut walk.took)));
        let shown = slots.len().saturating_sub(SHOWN);
        let whole = slots.iter().filter(|slot| slot.whole);
        let counts: Vec<_> = whole.map(|slot| (slot.at, slot.opened, slot.days)).collect();
        let incoming = Course::of(Kind::U, &counts, charting);
        Self { grain, slots: slots.into_iter().skip(shown).collect(), growth, incoming }
    }

    /// The whole points.
    pub(in super::super) fn whole(&self) -> impl DoubleEndedIterator<Item = &Slot> {
        self.slots.iter().filter(|slot| slot.whole)
    }
}

fn slots(
    counts: &BTreeMap<i32, (u64, u64)>,
    first: Option<i64>,
    grain: Grain,
    to: i64,
    recorded: bool,
) -> Vec<Slot> {
    let (Some(first), Some(low)) = (first.map(day), counts.keys().next().copied()) else {
        return Vec::new();
    };
    let last = day(to);
    let mut open = 0_i64;
    let slot = |at: i32| {
        let (opened, closed) = counts.get(&at).copied().unwrap_or_default();
        open += i64::try_from(opened).unwrap_or(0) - i64::try_from(closed).unwrap_or(0);
        let (from, end) = (grain.first_day(at).max(first), grain.last_day(at).min(last));
        Slot {
            at,
            opened,
            closed: recorded.then_some(closed),
            backlog: recorded.then_some(u64::try_from(open).unwrap_or(0)),
            days: u64::try_from(end.since(from) + 1).unwrap_or(0),
            whole: grain.last_day(at) <= last,
        }
    };
    (low..=grain.number(last)).map(slot).collect()
}

/// The 95th percentile of the times to close, in days: before it has passed once, the backlog of
/// records that begin with an empty desk grows by itself.
fn longest(mut took: Vec<i64>) -> i32 {
    let at = took.len().saturating_mul(95) / 100;
    let ms = if at < took.len() { *took.select_nth_unstable(at).1 } else { 0 };
    day(ms).number() + 1
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn growth(slots: &[Slot], longest: i32) -> Option<f64> {
    let mut covered = 0_i32;
    let settled = slots.iter().filter(|slot| {
        let before = covered;
        covered = covered.saturating_add(i32::try_from(slot.days).unwrap_or(0));
        slot.whole && before >= longest
    });
    let net: Vec<f64> =
        settled.filter_map(|slot| Some(slot.opened as f64 - slot.closed? as f64)).collect();
    let net = net.get(net.len().saturating_sub(*JUDGED.end())..)?;
    let question = Question { alternative: Alternative::Greater, ..Question::default() };
    let enough = net.len() >= *JUDGED.start();
    enough.then(|| one_sample(net, question).ok()).flatten().map(|test| test.p_value)
}
