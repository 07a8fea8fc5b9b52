//! Good and bad impressions in surveys, and whom satisfied customers bring.

use std::collections::BTreeMap;

use super::{Own, missing};
use crate::dataset::{Dataset, Table, is_referral};
use crate::records::{Col, TableKind};
use crate::stats::interval::{self, Bounds};
use crate::units::{Day, Period};

/// Good impressions said to make up for a bad one.
pub(in super::super) const GOOD_PER_BAD: u64 = 12;

/// How a scale is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Scale {
    /// Up to five: four and more are good, two and less bad.
    Five,
    /// Up to ten: nine and more are good, six and less bad.
    Ten,
}

impl Scale {
    fn of(table: &Table) -> Self {
        let above = |row| table.number(Col::Score, row).is_some_and(|score| score > 5.0);
        if (0..table.len()).any(above) { Self::Ten } else { Self::Five }
    }

    /// The words that say how it is read.
    pub(in super::super) const fn key(self) -> &'static str {
        match self {
            Self::Five => "rules_of_thumb.scale.five",
            Self::Ten => "rules_of_thumb.scale.ten",
        }
    }

    /// Good, bad, or neither.
    fn judge(self, score: f64) -> Option<bool> {
        let (good, bad) = match self {
            Self::Five => (4.0, 2.0),
            Self::Ten => (9.0, 6.0),
        };
        match score {
            s if s >= good => Some(true),
            s if s <= bad => Some(false),
            _ => None,
        }
    }
}

/// Answers of one group of customers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Group {
    /// Its name; `None` for customers without a segment.
    pub(in super::super) name: Option<String>,
    /// Good answers.
    pub(in super::super) good: u64,
    /// Bad answers.
    pub(in super::super) bad: u64,
}

impl Group {
    /// Good answers still owed, by the rule; nothing below zero.
    pub(in super::super) const fn debt(&self) -> u64 {
        self.bad.saturating_mul(GOOD_PER_BAD).saturating_sub(self.good)
    }
}

/// Impressions of the period.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Voice {
    /// How the scores were read.
    pub(in super::super) scale: Scale,
    /// All answers.
    pub(in super::super) all: Group,
    /// The same by segment, where customers have one.
    pub(in super::super) groups: Vec<Group>,
    /// Good per bad; `None` without a bad one.
    pub(in super::super) ratio: Option<f64>,
    /// Its interval, from Wilson's of the share of good ones.
    pub(in super::super) bounds: Option<Bounds>,
}

/// The impressions of a period.
pub(super) fn voice(data: &Dataset, period: Period, level: f64) -> Own<Voice> {
    let absent = missing(data, &[(TableKind::Surveys, Col::Score)]);
    let (Some(table), true) = (data.table(TableKind::Surveys), absent.is_empty()) else {
        return Err(absent);
    };
    let (scale, segments) = (Scale::of(table), segments(data));
    let mut all = Group::default();
    let mut groups: BTreeMap<Option<&str>, Group> = BTreeMap::new();
    for (row, good) in judged(table, scale, period) {
        let segment = table.text(Col::CustomerId, row).and_then(|id| segments.get(id).copied());
        let group = groups.entry(segment).or_default();
        group.name = segment.map(str::to_owned);
        for sums in [group, &mut all] {
            *(if good { &mut sums.good } else { &mut sums.bad }) += 1;
        }
    }
    let named = groups.keys().any(Option::is_some);
    let (ratio, bounds) = odds(&all, level);
    let groups = if named { groups.into_values().collect() } else { Vec::new() };
    Ok(Voice { scale, all, groups, ratio, bounds })
}

/// Good per bad, and its interval.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn odds(all: &Group, level: f64) -> (Option<f64>, Option<Bounds>) {
    let ratio = (all.bad > 0).then(|| all.good as f64 / all.bad as f64);
    let share = interval::wilson(all.good, all.good + all.bad, level).filter(|_| ratio.is_some());
    let of = |p: f64| p / (1.0 - p);
    (ratio, share.map(|share| Bounds { low: of(share.low), high: of(share.high) }))
}

/// The answers of a period that are good or bad.
fn judged(table: &Table, scale: Scale, period: Period) -> impl Iterator<Item = (usize, bool)> + '_ {
    (0..table.len()).filter_map(move |row| {
        let within = table.day(Col::Date, row).is_some_and(|day| period.contains(day));
        let score = table.number(Col::Score, row).filter(|_| within)?;
        Some((row, scale.judge(score)?))
    })
}

fn segments(data: &Dataset) -> BTreeMap<&str, &str> {
    let Some(table) = data.table(TableKind::Customers) else { return BTreeMap::new() };
    let pair = |row| Some((table.text(Col::CustomerId, row)?, table.text(Col::Segment, row)?));
    (0..table.len()).filter_map(pair).collect()
}

/// Whom satisfied customers bring.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Referral {
    /// Leads that came by recommendation.
    pub(in super::super) leads: u64,
    /// Customers whose last answer was good.
    pub(in super::super) satisfied: u64,
    /// Leads per satisfied customer.
    pub(in super::super) rate: f64,
    /// Wilson's interval; Garwood's where there are more leads than satisfied customers.
    pub(in super::super) bounds: Option<Bounds>,
}

const NEEDED: [(TableKind, Col); 4] = [
    (TableKind::Surveys, Col::CustomerId),
    (TableKind::Surveys, Col::Score),
    (TableKind::Leads, Col::Source),
    (TableKind::Leads, Col::Created),
];

/// Recommendations of a period over its satisfied customers.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub(super) fn referral(data: &Dataset, period: Period, level: f64) -> Own<Referral> {
    let absent = missing(data, &NEEDED);
    let (Some(surveys), Some(table), true) =
        (data.table(TableKind::Surveys), data.table(TableKind::Leads), absent.is_empty())
    else {
        return Err(absent);
    };
    let came = |row: &usize| {
        let within = table.day(Col::Created, *row).is_some_and(|day| period.contains(day));
        within && table.text(Col::Source, *row).is_some_and(is_referral)
    };
    let leads = (0..table.len()).filter(came).count() as u64;
    let satisfied = satisfied(surveys, period);
    if satisfied == 0 {
        return Err(missing_score());
    }
    let bounds = if leads <= satisfied {
        interval::wilson(leads, satisfied, level)
    } else {
        interval::garwood(leads, satisfied as f64, level)
    };
    Ok(Referral { leads, satisfied, rate: leads as f64 / satisfied as f64, bounds })
}

fn missing_score() -> Vec<crate::report::Missing> {
    vec![crate::report::Missing { table: TableKind::Surveys, col: Some(Col::Score) }]
}

/// Customers whose last answer of the period is good; of one day the better answer counts.
fn satisfied(table: &Table, period: Period) -> u64 {
    let scale = Scale::of(table);
    let mut last: BTreeMap<&str, (Day, bool)> = BTreeMap::new();
    for row in 0..table.len() {
        let day = table.day(Col::Date, row).filter(|day| period.contains(*day));
        let (Some(id), Some(day)) = (table.text(Col::CustomerId, row), day) else { continue };
        let Some(score) = table.number(Col::Score, row) else { continue };
        let answer = (day, scale.judge(score) == Some(true));
        let known = last.entry(id).or_insert(answer);
        *known = (*known).max(answer);
    }
    last.values().filter(|(_, good)| *good).count() as u64
}
