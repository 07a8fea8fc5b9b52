//! Cases by what customers complain of, and the defects that answer to it.

use std::collections::{BTreeMap, BTreeSet};

use super::params::Params;
use crate::dataset::{Dataset, Family, Table};
use crate::records::{Col, TableKind, fold};
use crate::stats::interval::{self, Estimate};
use crate::stats::summary::moments::Moments;
use crate::units::{Money, Period};

/// What one complaint comes to.
#[derive(Clone, Debug, Default)]
pub(super) struct Voice {
    pub(super) category: String,
    pub(super) cases: u64,
    /// Of those, pressing ones.
    pub(super) grave: u64,
    /// Cases, the grave ones counted several times.
    pub(super) weighted: u64,
    pub(super) cost: Option<Money>,
    /// Mean survey score of its cases, and how many answered.
    pub(super) score: Option<Estimate>,
    pub(super) answers: usize,
    /// Types of defect of the same name, and what the log counts of them.
    pub(super) types: Vec<String>,
    pub(super) defects: u64,
    pub(super) defect_cost: Option<Money>,
}

/// What could not be read, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four sources, each there or not")]
pub(super) struct Known {
    pub(super) priority: bool,
    pub(super) cost: bool,
    pub(super) surveys: bool,
    pub(super) defects: bool,
}

/// Everything the section is written from.
#[derive(Debug)]
pub(super) struct Computed {
    /// From the weightiest down.
    pub(super) voices: Vec<Voice>,
    pub(super) cases: u64,
    pub(super) weighted: u64,
    pub(super) known: Known,
    pub(super) top: usize,
    pub(super) level: f64,
    pub(super) period: Period,
}

impl Computed {
    /// `None` where no case with a category was opened in the months looked at.
    pub(super) fn new(data: &Dataset, params: &Params, level: f64) -> Option<Self> {
        let table = data.table(TableKind::Tickets)?;
        let to = data.until();
        let from = to.month().plus(1 - i32::from(params.months)).first_day();
        let period = Period { from, to };
        let mut voices = BTreeMap::<&str, Voice>::new();
        let mut scores = Scores::new(data);
        for row in 0..table.len() {
            let opened = table.day(Col::Opened, row).is_some_and(|day| period.contains(day));
            let Some(category) = table.text(Col::Category, row).filter(|_| opened) else {
                continue;
            };
            let grave = Family::Urgency.says(table.text(Col::Priority, row), "grave");
            let voice = voices.entry(category).or_default();
            category.clone_into(&mut voice.category);
            voice.cases += 1;
            voice.grave += u64::from(grave);
            voice.weighted += if grave { u64::from(params.grave_weight) } else { 1 };
            add(&mut voice.cost, table.money(Col::Cost, row));
            scores.file(category, table.text(Col::TicketId, row));
        }
        let known = Known {
            priority: table.has(Col::Priority),
            cost: table.has(Col::Cost),
            surveys: scores.known,
            defects: data.table(TableKind::DefectLog).is_some(),
        };
        let mut voices: Vec<Voice> = voices.into_values().collect();
        for voice in &mut voices {
            (voice.score, voice.answers) = scores.of(&voice.category, level);
        }
        answered(&mut voices, data, period);
        voices.sort_by(|a, b| (b.weighted, &a.category).cmp(&(a.weighted, &b.category)));
        let sum = |of: fn(&Voice) -> u64| voices.iter().map(of).sum();
        let (cases, weighted) = (sum(|v| v.cases), sum(|v| v.weighted));
        let top = params.top;
        (cases > 0).then_some(Self { voices, cases, weighted, known, top, level, period })
    }

    /// The leading complaints that together reach four fifths of the weight.
    pub(super) fn vital(&self) -> &[Voice] {
        let mut sum = 0;
        let reached = self.voices.iter().position(|voice| {
            sum += voice.weighted;
            5 * sum >= 4 * self.weighted
        });
        self.voices.get(..=reached.unwrap_or(0)).unwrap_or_default()
    }
}

fn add(sum: &mut Option<Money>, money: Option<Money>) {
    if let Some(money) = money {
        *sum = Some(sum.unwrap_or(Money::ZERO) + money);
    }
}

/// Survey scores by ticket, filed under the categories of their cases.
struct Scores<'a> {
    by_ticket: BTreeMap<&'a str, Vec<f64>>,
    by_category: BTreeMap<String, Vec<f64>>,
    known: bool,
}

impl<'a> Scores<'a> {
    fn new(data: &'a Dataset) -> Self {
        let mut by_ticket = BTreeMap::<&str, Vec<f64>>::new();
        let surveys = data.table(TableKind::Surveys).filter(|table| table.has(Col::TicketId));
        for (table, row) in surveys.into_iter().flat_map(|t| (0..t.len()).map(move |row| (t, row)))
        {
            let early = table.day(Col::Date, row).is_some_and(|day| day <= data.until());
            let pair = table.text(Col::TicketId, row).zip(table.number(Col::Score, row));
            if let Some((ticket, score)) = pair.filter(|(_, score)| early && score.abs() < 1e9) {
                by_ticket.entry(ticket).or_default().push(score);
            }
        }
        Self { known: surveys.is_some(), by_ticket, by_category: BTreeMap::new() }
    }

    fn file(&mut self, category: &str, ticket: Option<&str>) {
        if let Some(scores) = ticket.and_then(|ticket| self.by_ticket.get(ticket)) {
            self.by_category.entry(category.to_owned()).or_default().extend(scores);
        }
    }

    /// The mean score of a category and how many answered; sorted first, so that the order of rows
    /// costs no digit.
    fn of(&mut self, category: &str, level: f64) -> (Option<Estimate>, usize) {
        let Some(scores) = self.by_category.get_mut(category) else { return (None, 0) };
        scores.sort_by(f64::total_cmp);
        (interval::mean(&Moments::of(scores), level).ok(), scores.len())
    }
}

/// Counts the logged defects whose type carries the name of a complaint.
fn answered(voices: &mut [Voice], data: &Dataset, period: Period) {
    let Some(log) = data.table(TableKind::DefectLog) else { return };
    let mut types = BTreeMap::<&str, (u64, Option<Money>)>::new();
    for row in 0..log.len() {
        let there = log.day(Col::Date, row).is_some_and(|day| period.contains(day));
        let Some(kind) = log.text(Col::DefectType, row).filter(|_| there) else { continue };
        let (count, cost) = types.entry(kind).or_default();
        *count = count.saturating_add(counted(log, row));
        add(cost, log.money(Col::Cost, row));
    }
    for voice in voices {
        let names = names(&voice.category);
        for (kind, (count, cost)) in &types {
            if !names.is_disjoint(&self::names(kind)) {
                voice.types.push((*kind).to_owned());
                voice.defects = voice.defects.saturating_add(*count);
                add(&mut voice.defect_cost, *cost);
            }
        }
    }
}

/// A row of the log is one defect unless it counts them.
fn counted(log: &Table, row: usize) -> u64 {
    log.count(Col::Defects, row).map_or(1, |n| u64::try_from(n).unwrap_or(0))
}

/// A name folded: whole, and each half of one in two languages (`Damaged 破損`).
fn names(name: &str) -> BTreeSet<String> {
    let (latin, other): (String, String) = name.chars().partition(char::is_ascii);
    let all = [name, &latin, &other].map(fold);
    all.into_iter().filter(|name| name.chars().any(char::is_alphabetic)).collect()
}
