//! Concepts judged against a datum, criterion by criterion.

use std::collections::BTreeMap;

use crate::dataset::{Dataset, Table};
use crate::records::{Col, TableKind};
use crate::units::Period;

/// How much a weight is varied, either way.
const VARIED: f64 = 0.5;
/// Totals closer than this are the same.
const SAME: f64 = 1e-9;

/// A criterion, its weight, and how each concept scores.
#[derive(Clone, Debug)]
pub(super) struct Criterion {
    pub(super) name: String,
    pub(super) weight: f64,
    /// `None` where no row scores the concept.
    pub(super) scores: Vec<Option<f64>>,
}

impl Criterion {
    /// The score of the j-th concept.
    pub(super) fn score(&self, j: usize) -> Option<f64> {
        self.scores.get(j).copied().flatten()
    }
}

/// What a concept comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Total {
    /// Σ weight × score.
    pub(super) weighted: f64,
    /// Σ score.
    pub(super) plain: f64,
    /// Criteria on which it beats the datum.
    pub(super) plus: usize,
    /// Criteria on which the datum beats it.
    pub(super) minus: usize,
}

/// What a varied weight does to the choice.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Turn {
    /// The criterion varied.
    pub(super) criterion: usize,
    /// Who wins at half the weight and at one and a half times; `None` of a tie.
    pub(super) winners: [Option<usize>; 2],
}

/// The matrix of one project.
#[derive(Clone, Debug)]
pub(super) struct Matrix {
    pub(super) project: Option<String>,
    pub(super) criteria: Vec<Criterion>,
    pub(super) concepts: Vec<String>,
}

impl Matrix {
    /// What the j-th concept comes to; `None` where a criterion does not score it.
    pub(super) fn total(&self, j: usize) -> Option<Total> {
        let mut total = Total { weighted: 0.0, plain: 0.0, plus: 0, minus: 0 };
        for criterion in &self.criteria {
            let score = criterion.score(j)?;
            total.weighted += criterion.weight * score;
            total.plain += score;
            total.plus += usize::from(score > 0.0);
            total.minus += usize::from(score < 0.0);
        }
        Some(total)
    }

    /// Concepts that are scored throughout, from the highest weighted total down.
    pub(super) fn ranking(&self) -> Vec<(usize, Total)> {
        let scored = (0..self.concepts.len()).filter_map(|j| Some((j, self.total(j)?)));
        let mut out: Vec<_> = scored.collect();
        out.sort_by(|a, b| b.1.weighted.total_cmp(&a.1.weighted));
        out
    }

    /// The concept with the highest weighted total; `None` of a tie.
    pub(super) fn winner(&self) -> Option<usize> {
        match self.ranking().as_slice() {
            [(first, a), (_, b), ..] if a.weighted - b.weighted > SAME => Some(*first),
            [(only, _)] => Some(*only),
            _ => None,
        }
    }

    /// Whether a concept scores 0 on every criterion: the datum, or a copy of it.
    pub(super) fn is_datum(&self, j: usize) -> bool {
        self.criteria.iter().all(|c| c.score(j).is_some_and(|s| s.abs() < SAME))
    }

    /// Who wins when each weight in turn is halved, and raised by half.
    pub(super) fn turns(&self) -> Vec<Turn> {
        let varied = |criterion: usize, factor: f64| {
            let mut other = self.clone();
            if let Some(varied) = other.criteria.get_mut(criterion) {
                varied.weight *= factor;
            }
            other.winner()
        };
        let turn = |criterion| Turn {
            criterion,
            winners: [varied(criterion, 1.0 - VARIED), varied(criterion, 1.0 + VARIED)],
        };
        (0..self.criteria.len()).map(turn).collect()
    }

    /// Of all variations, how many leave the winner where it is; `None` of a tie.
    pub(super) fn kept(&self) -> Option<(usize, usize)> {
        let winner = Some(self.winner()?);
        let turns = self.turns();
        let all = turns.iter().flat_map(|turn| turn.winners);
        Some((all.clone().filter(|w| *w == winner).count(), all.count()))
    }
}

/// Everything the section is written from.
#[derive(Debug)]
pub(super) struct Computed {
    pub(super) matrices: Vec<Matrix>,
    /// Whether the table gives weights; each counts 1 otherwise.
    pub(super) weighted: bool,
    pub(super) period: Period,
}

impl Computed {
    /// `None` where no project scores two concepts.
    pub(super) fn new(data: &Dataset) -> Option<Self> {
        let table = data.table(TableKind::Pugh)?;
        let groups = table.rows_by(&[Col::ProjectId]);
        let matrix = |(key, rows): (Vec<Option<&str>>, Vec<usize>)| {
            matrix(table, key.first().copied().flatten(), &rows)
        };
        let matrices: Vec<Matrix> = groups.into_iter().filter_map(matrix).collect();
        let period = Period { from: data.period.from, to: data.until() };
        let weighted = table.has(Col::Weight);
        (!matrices.is_empty()).then_some(Self { matrices, weighted, period })
    }
}

fn matrix(table: &Table, project: Option<&str>, rows: &[usize]) -> Option<Matrix> {
    let figure = |col, row| table.number(col, row).filter(|x| x.abs() <= 1e6);
    let mut weights = BTreeMap::<&str, f64>::new();
    let mut scores = BTreeMap::<(&str, &str), f64>::new();
    let mut concepts = Vec::new();
    for &row in rows {
        let names = table.text(Col::Criterion, row).zip(table.text(Col::Concept, row));
        let Some(((criterion, concept), score)) = names.zip(figure(Col::Score, row)) else {
            continue;
        };
        let weight = figure(Col::Weight, row).filter(|w| *w >= 0.0).unwrap_or(1.0);
        let held = weights.entry(criterion).or_insert(weight);
        *held = held.max(weight);
        // Of two scores of one pair the lower holds: a doubt counts against a concept.
        let held = scores.entry((criterion, concept)).or_insert(score);
        *held = held.min(score);
        concepts.push(concept);
    }
    concepts.sort_unstable();
    concepts.dedup();
    let criterion = |(&name, &weight): (&&str, &f64)| Criterion {
        name: name.to_owned(),
        weight,
        scores: concepts.iter().map(|c| scores.get(&(name, c)).copied()).collect(),
    };
    let mut criteria: Vec<Criterion> = weights.iter().map(criterion).collect();
    criteria.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let concepts: Vec<String> = concepts.into_iter().map(str::to_owned).collect();
    let project = project.map(str::to_owned);
    (concepts.len() > 1).then_some(Matrix { project, criteria, concepts })
}
