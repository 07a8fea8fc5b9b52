//! Rows of an experiment gathered into runs: one row says of one run what one factor was.

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::Table;
use crate::records::Col;

/// One setting of all factors, and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Run {
    /// Its name.
    pub(in super::super) name: String,
    /// One level a factor.
    pub(in super::super) levels: Vec<String>,
    /// Results, one a replicate, ascending.
    pub(in super::super) responses: Vec<f64>,
}

/// What the rows of one run and replicate say.
#[derive(Default)]
struct Said<'a> {
    levels: BTreeMap<&'a str, &'a str>,
    responses: Vec<f64>,
    contrary: bool,
}

/// Factors, runs, and how many runs and replicates had to be left out.
pub(super) fn runs(table: &Table, rows: &[usize]) -> (Vec<String>, Vec<Run>, usize) {
    let mut said = BTreeMap::<(&str, Option<&str>), Said<'_>>::new();
    for &row in rows {
        let Some(run) = table.text(Col::Run, row) else { continue };
        let own = said.entry((run, table.text(Col::Trial, row))).or_default();
        own.responses.extend(table.number(Col::Value, row));
        let set = table.text(Col::Factor, row).zip(table.text(Col::Level, row));
        let Some((factor, level)) = set else { continue };
        own.contrary |= own.levels.insert(factor, level).is_some_and(|other| other != level);
    }
    let factors: BTreeSet<&str> = said.values().flat_map(|s| s.levels.keys().copied()).collect();
    let mut runs = BTreeMap::<(&str, Vec<&str>), Vec<f64>>::new();
    let mut left_out = 0;
    for ((run, _), own) in &said {
        let levels: Option<Vec<&str>> =
            factors.iter().map(|factor| own.levels.get(factor).copied()).collect();
        match levels.zip(own.response()).filter(|_| !own.contrary) {
            Some((levels, response)) => runs.entry((run, levels)).or_default().push(response),
            None => left_out += 1,
        }
    }
    let run = |((name, levels), mut responses): ((&str, Vec<&str>), Vec<f64>)| {
        responses.sort_by(f64::total_cmp);
        let levels = levels.into_iter().map(str::to_owned).collect();
        Run { name: name.to_owned(), levels, responses }
    };
    let factors = factors.into_iter().map(str::to_owned).collect();
    (factors, runs.into_iter().map(run).collect(), left_out)
}

impl Said<'_> {
    /// The one result its rows repeat; `None` where they differ or give none.
    fn response(&self) -> Option<f64> {
        let first = *self.responses.first()?;
        let same = self.responses.iter().all(|value| value.total_cmp(&first).is_eq());
        Some(first).filter(|value| same && value.abs() < 1e100)
    }
}
