//! Levels of factors in an order a reader expects: by number, by words of low and high, else by
//! name.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::Run;
use crate::dataset::Family;

/// One level of a factor and what came of its runs.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Level {
    pub(in super::super) label: String,
    /// Results at this level.
    pub(in super::super) n: usize,
    pub(in super::super) mean: Option<f64>,
    /// Mean signal-to-noise ratio in decibels.
    pub(in super::super) ratio: Option<f64>,
}

/// The levels of every factor, in order.
pub(super) struct Levels {
    factors: Vec<Vec<String>>,
}

/// The levels that occur.
pub(super) fn levels(names: &[String], runs: &[Run]) -> Levels {
    let of = |j: usize| {
        let labels: BTreeSet<&String> = runs.iter().filter_map(|run| run.levels.get(j)).collect();
        let mut labels: Vec<String> = labels.into_iter().cloned().collect();
        labels.sort_by(|a, b| rank(a).total_cmp(&rank(b)).then_with(|| a.cmp(b)));
        labels
    };
    Levels { factors: (0..names.len()).map(of).collect() }
}

/// Where a label stands: its leading number, −1 of low and +1 of high, else 0.
fn rank(label: &str) -> f64 {
    match Family::Level.meaning(label) {
        Some("low") => return -1.0,
        Some("high") => return 1.0,
        _ => {}
    }
    let text = label.trim();
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
    let end = text.find(|c: char| !number(c)).unwrap_or(text.len());
    let leading = text.get(..end).unwrap_or_default();
    match leading {
        "-" => -1.0,
        "+" => 1.0,
        _ => leading.parse().unwrap_or(0.0),
    }
}

impl Levels {
    /// The levels of the j-th factor.
    pub(super) fn of(&self, j: usize) -> &[String] {
        self.factors.get(j).map_or(&[], Vec::as_slice)
    }

    /// Whether every factor has two.
    pub(super) fn are_two(&self) -> bool {
        !self.factors.is_empty() && self.factors.iter().all(|levels| levels.len() == 2)
    }

    /// A run's levels as −1 for the first and 1 for the second.
    pub(super) fn coded(&self, run: &Run) -> Vec<f64> {
        let code = |(levels, own): (&Vec<String>, &String)| {
            if levels.first() == Some(own) { -1.0 } else { 1.0 }
        };
        self.factors.iter().zip(&run.levels).map(code).collect()
    }

    /// Whether every combination of levels was run, each as often.
    pub(super) fn is_balanced(&self, runs: &[Run]) -> bool {
        let mut counts = BTreeMap::<&[String], usize>::new();
        for run in runs {
            *counts.entry(&run.levels).or_default() += run.responses.len();
        }
        let sizes = self.factors.iter().map(Vec::len);
        let all = sizes.fold(1_usize, usize::saturating_mul);
        let first = counts.values().next();
        counts.len() == all && counts.values().all(|n| Some(n) == first)
    }
}
