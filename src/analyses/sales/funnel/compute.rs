//! Stages reached, time in each stage, and the deals that stand too long.

mod dates;
mod history;
mod order;
mod time;

use super::params::Params;
use crate::dataset::{Dataset, Deal, DealOutcome, Deals};
use crate::report::{Message, Value};
use crate::stats::survival::truncation::left_truncation;
use crate::units::{Day, Money};

pub(super) use time::{Stalled, TimeInStage};

/// The name of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum StageName {
    /// As in the records.
    Text(String),
    /// One of ours: a word key.
    Words(&'static str),
}

impl StageName {
    /// As a value of a cell or a sentence.
    pub(super) fn value(&self) -> Value {
        match self {
            Self::Text(name) => Value::Text(name.clone()),
            Self::Words(key) => Value::from(Message::new(*key)),
        }
    }
}

/// How many deals got to a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reached {
    /// The stage.
    pub(super) name: StageName,
    /// Deals that were in it at any time.
    pub(super) any: u64,
    /// Deals that passed every stage up to it, in order.
    pub(super) strict: u64,
}

/// One stay of a deal in a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Visit {
    /// The deal, as an index.
    pub(super) deal: usize,
    /// The stage, as an index into the stages with a time.
    pub(super) stage: usize,
    /// First day.
    pub(super) entered: Day,
    /// Last day; `None` while the deal still stands in it.
    pub(super) left: Option<Day>,
    /// Whether it left for a later stage or was won.
    pub(super) moved_on: bool,
}

/// What the records say of the course of deals.
struct Course {
    reached: Vec<Reached>,
    stages: Vec<StageName>,
    visits: Vec<Visit>,
    /// Where early ends are missing from the records: the first day that shows one.
    seen_from: Option<Day>,
    /// Deals of which no stage is known.
    without: u64,
}

/// All figures of the analysis.
pub(super) struct Funnel {
    /// Deals begun in the period, and prospects without a day.
    pub(super) deals: u64,
    /// Those of them that were won.
    pub(super) won: u64,
    /// Stages in order: all deals first, won last.
    pub(super) reached: Vec<Reached>,
    /// Whether a stage history told the stages, not only the deals' days.
    pub(super) from_history: bool,
    /// Deals the stage history does not know.
    pub(super) without_history: u64,
    /// Time in each stage.
    pub(super) times: Vec<TimeInStage>,
    /// Deals that stand longer than those that moved on did, the worthiest first.
    pub(super) stalled: Vec<Stalled>,
    /// Deals open in a stage with a known day of entry.
    pub(super) open: u64,
}

/// The figures; `None` without deals in the period.
pub(super) fn funnel(data: &Dataset, params: &Params) -> Option<Funnel> {
    let deals = Deals::of(data)?;
    let all: Vec<Deal> = deals.iter().collect();
    let counted: Vec<bool> =
        (all.iter()).map(|deal| deal.created.is_none_or(|day| data.period.contains(day))).collect();
    let course = history::course(data, &deals, &all, &counted, params);
    let from_history = course.is_some();
    let course = course.unwrap_or_else(|| {
        let late = left_truncation(&deals.spans(), data.as_of.number());
        let seen_from = late.map(|late| Day::from_number(late.first_end));
        dates::course(&all, &counted, seen_from, data.as_of)
    });
    let deal_count = counted.iter().filter(|counted| **counted).count() as u64;
    if deal_count == 0 {
        return None;
    }
    let won = all.iter().zip(&counted).filter(|(d, c)| **c && d.outcome == DealOutcome::Won);
    let (times, stalled) = time::times(&course, data, &deals, &all, params);
    Some(Funnel {
        deals: deal_count,
        won: won.count() as u64,
        open: course.visits.iter().filter(|visit| visit.left.is_none()).count() as u64,
        reached: course.reached,
        from_history,
        without_history: course.without,
        times,
        stalled,
    })
}

/// Worth of deals, where any is known.
pub(super) fn total(worth: impl Iterator<Item = Option<Money>>) -> Option<Money> {
    worth.flatten().reduce(|a, b| a + b)
}
