//! Readings sorted into a balanced layout.

use std::collections::BTreeMap;

use crate::stats::{Unestimable, count, squarable};

/// One reading of a gage study.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// Which part, as a number of the caller's.
    pub part: usize,
    /// Who measured it, as a number of the caller's.
    pub operator: usize,
    /// What was read.
    pub value: f64,
}

const UNBALANCED: Unestimable = Unestimable::Outside(
    "the study is unbalanced: every operator must measure as many parts, each as often",
);

/// Readings by operator, then part; every operator has as many parts, every part as many trials.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// Operator → part → trials.
    pub(super) cells: Vec<Vec<Vec<f64>>>,
    pub(super) operators: usize,
    /// Parts of each operator.
    pub(super) parts: usize,
    pub(super) trials: usize,
}

impl Layout {
    /// Each operator measures the same parts (`crossed`), or parts of its own.
    pub(super) fn new(readings: &[Reading], crossed: bool) -> Result<Self, Unestimable> {
        squarable(readings.iter().map(|reading| &reading.value))?;
        let mut sorted: BTreeMap<usize, BTreeMap<usize, Vec<f64>>> = BTreeMap::new();
        for Reading { part, operator, value } in readings {
            sorted.entry(*operator).or_default().entry(*part).or_default().push(*value);
        }
        let shape = |parts: &BTreeMap<usize, Vec<f64>>| {
            let first = parts.values().next().map_or(0, Vec::len);
            parts.values().all(|trials| trials.len() == first).then_some((parts.len(), first))
        };
        let shapes: Option<Vec<_>> = sorted.values().map(shape).collect();
        let (parts, trials) = match shapes.as_deref() {
            Some([first, rest @ ..]) if rest.iter().all(|shape| shape == first) => *first,
            Some([]) => return Err(Unestimable::TooFew { needed: 4, got: 0 }),
            _ => return Err(UNBALANCED),
        };
        let names = |parts: &BTreeMap<usize, Vec<f64>>| parts.keys().copied().collect::<Vec<_>>();
        let own = sorted.values().next().map(names);
        if crossed && sorted.values().any(|parts| Some(names(parts)) != own) {
            return Err(UNBALANCED);
        }
        for (what, needed) in [(sorted.len(), 2), (parts, 2)] {
            if what < needed {
                return Err(Unestimable::TooFew { needed, got: what });
            }
        }
        let operators = sorted.len();
        let cells = sorted.into_values().map(|parts| parts.into_values().collect()).collect();
        Ok(Self { cells, operators, parts, trials })
    }

    /// The same layout about its grand mean, so that no square carries the level of the readings.
    pub(super) fn centred(mut self) -> Self {
        let mean = mean(self.cells.iter().flatten().flatten().copied());
        for value in self.cells.iter_mut().flatten().flatten() {
            *value -= mean;
        }
        self
    }

    /// Mean of each cell, by operator and part.
    pub(super) fn cell_means(&self) -> Vec<Vec<f64>> {
        let of = |cell: &Vec<f64>| mean(cell.iter().copied());
        self.cells.iter().map(|parts| parts.iter().map(of).collect()).collect()
    }

    /// Mean of each operator.
    pub(super) fn operator_means(&self) -> Vec<f64> {
        self.cells.iter().map(|parts| mean(parts.iter().flatten().copied())).collect()
    }

    /// Mean of each part over all operators.
    pub(super) fn part_means(&self) -> Vec<f64> {
        let part = |j: usize| self.cells.iter().filter_map(move |parts| parts.get(j)).flatten();
        (0..self.parts).map(|j| mean(part(j).copied())).collect()
    }

    /// Σ of squares about the mean of each cell.
    pub(super) fn within(&self) -> f64 {
        let about = |cell: &Vec<f64>| {
            let mean = mean(cell.iter().copied());
            cell.iter().map(|v| (v - mean).powi(2)).sum::<f64>()
        };
        self.cells.iter().flatten().map(about).sum()
    }
}

/// The mean; the second pass takes out what rounding left in the first.
pub(super) fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let n = count(values.clone().count());
    let rough = values.clone().sum::<f64>() / n;
    rough + values.map(|v| v - rough).sum::<f64>() / n
}
