//! The house of quality of each project: needs, characteristics and how they hang together.

use std::collections::BTreeMap;

use crate::dataset::{Dataset, Table};
use crate::records::{Col, TableKind};
use crate::units::Period;

/// A need and how much it matters.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Need {
    pub(super) name: String,
    pub(super) importance: f64,
    /// Its relation to each characteristic; `None` where no row names the pair.
    pub(super) relations: Vec<Option<f64>>,
}

impl Need {
    /// Its strongest relation; 0 where no characteristic answers it.
    pub(super) fn strongest(&self) -> f64 {
        self.relations.iter().flatten().copied().fold(0.0, f64::max)
    }

    /// Its relation to the j-th characteristic.
    pub(super) fn relation(&self, j: usize) -> Option<f64> {
        self.relations.get(j).copied().flatten()
    }
}

/// The house of one project.
#[derive(Clone, Debug)]
pub(super) struct House {
    pub(super) project: Option<String>,
    /// From the most important down.
    pub(super) needs: Vec<Need>,
    pub(super) characteristics: Vec<String>,
    /// Rows that say of a pair, or of a need's importance, what another row says otherwise; the
    /// larger figure holds.
    pub(super) contrary: usize,
}

impl House {
    /// Σ importance × relation of each characteristic.
    pub(super) fn weights(&self) -> Vec<f64> {
        let of = |j: usize| {
            let terms = self.needs.iter().map(|n| n.importance * n.relation(j).unwrap_or(0.0));
            terms.sum::<f64>()
        };
        (0..self.characteristics.len()).map(of).collect()
    }

    /// Characteristics from the weightiest down, each with its weight and share.
    pub(super) fn ranking(&self) -> Vec<(usize, f64, Option<f64>)> {
        let weights = self.weights();
        let total: f64 = weights.iter().sum();
        let share = |w: f64| (total > 0.0).then(|| w / total);
        let mut out: Vec<_> = weights.iter().enumerate().map(|(j, &w)| (j, w, share(w))).collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1));
        out
    }

    /// Needs no characteristic answers.
    pub(super) fn unanswered(&self) -> Vec<&Need> {
        self.needs.iter().filter(|need| need.strongest() <= 0.0).collect()
    }

    /// Characteristics no need asks for.
    pub(super) fn unneeded(&self) -> Vec<&str> {
        let asked = |j: usize| self.needs.iter().any(|n| n.relation(j).is_some_and(|r| r > 0.0));
        let names = self.characteristics.iter().enumerate();
        names.filter(|(j, _)| !asked(*j)).map(|(_, name)| name.as_str()).collect()
    }
}

/// Everything the section is written from.
#[derive(Debug)]
pub(super) struct Computed {
    pub(super) houses: Vec<House>,
    /// Rows without an importance and a relation of 0 or more.
    pub(super) refused: usize,
    pub(super) period: Period,
}

impl Computed {
    /// `None` where no row holds an importance and a relation.
    pub(super) fn new(data: &Dataset) -> Option<Self> {
        let table = data.table(TableKind::Qfd)?;
        let mut refused = 0;
        let groups = table.rows_by(&[Col::ProjectId]);
        let houses = groups.into_iter().filter_map(|(key, rows)| {
            let project = key.first().copied().flatten().map(str::to_owned);
            house(table, project, &rows, &mut refused)
        });
        let houses: Vec<House> = houses.collect();
        let period = Period { from: data.period.from, to: data.until() };
        (!houses.is_empty()).then_some(Self { houses, refused, period })
    }
}

fn house(
    table: &Table,
    project: Option<String>,
    rows: &[usize],
    refused: &mut usize,
) -> Option<House> {
    let mut importance = BTreeMap::<&str, f64>::new();
    let mut pairs = BTreeMap::<(&str, &str), f64>::new();
    let mut contrary = 0;
    for &row in rows {
        let Some((need, characteristic, weight, relation)) = cell(table, row) else {
            *refused += 1;
            continue;
        };
        let other = keep(importance.entry(need).or_insert(weight), weight);
        let pair = keep(pairs.entry((need, characteristic)).or_insert(relation), relation);
        contrary += usize::from(other || pair);
    }
    let mut names: Vec<&str> = pairs.keys().map(|(_, name)| *name).collect();
    names.sort_unstable();
    names.dedup();
    let need = |(&need, &importance): (&&str, &f64)| Need {
        name: need.to_owned(),
        importance,
        relations: names.iter().map(|name| pairs.get(&(need, name)).copied()).collect(),
    };
    let mut needs: Vec<Need> = importance.iter().map(need).collect();
    needs.sort_by(|a, b| b.importance.total_cmp(&a.importance));
    let characteristics = names.iter().map(|&name| name.to_owned()).collect();
    (!needs.is_empty()).then_some(House { project, needs, characteristics, contrary })
}

/// Keeps the larger figure; whether they differed.
fn keep(held: &mut f64, new: f64) -> bool {
    let differ = held.total_cmp(&new).is_ne();
    *held = held.max(new);
    differ
}

/// Need, characteristic, importance and relation of a row.
fn cell(table: &Table, row: usize) -> Option<(&str, &str, f64, f64)> {
    let figure = |col| table.number(col, row).filter(|x| (0.0..=1e6).contains(x));
    Some((
        table.text(Col::Need, row)?,
        table.text(Col::Characteristic, row)?,
        figure(Col::Importance)?,
        figure(Col::Relation)?,
    ))
}
