//! Studies of judgements: do appraisers agree with themselves, each other and the standard?

use std::collections::{BTreeMap, BTreeSet};

use super::{Lack, Verdict};
use crate::dataset::Table;
use crate::records::Col;
use crate::stats::measurement::agreement::attribute::{Agreement, Matched, agreement};
use crate::stats::measurement::agreement::cohen::{Kappa, Weights, cohen, cross_table};
use crate::stats::measurement::agreement::fleiss::{Fleiss, fleiss};

/// A study of judgements.
#[derive(Debug)]
pub(in super::super) struct Attribute {
    pub(in super::super) appraisers: Vec<String>,
    pub(in super::super) agreement: Result<Agreement, Lack>,
    /// Agreement of all judgements beyond chance.
    pub(in super::super) fleiss: Option<Fleiss>,
    /// Each appraiser against the standard, trial by trial.
    pub(in super::super) against: Vec<Option<Kappa>>,
    /// The two appraisers against each other, where there are two.
    pub(in super::super) pair: Option<Kappa>,
    pub(in super::super) level: f64,
}

/// Part → operator → judgements in order of their trials.
type Judged<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Vec<(Option<&'a str>, &'a str)>>>;

impl Attribute {
    /// `None` where no row gives a part, an operator and a rating.
    pub(super) fn new(table: &Table, rows: &[usize], level: f64) -> Option<Self> {
        let mut judged = Judged::new();
        let mut standards = BTreeMap::<&str, BTreeSet<&str>>::new();
        for &row in rows {
            let names = table.text(Col::Part, row).zip(table.text(Col::Operator, row));
            let Some(((part, operator), rating)) = names.zip(table.text(Col::Rating, row)) else {
                continue;
            };
            let cell = judged.entry(part).or_default().entry(operator).or_default();
            cell.push((table.text(Col::Trial, row), rating));
            standards.entry(part).or_default().extend(table.text(Col::Reference, row));
        }
        judged
            .values_mut()
            .flat_map(BTreeMap::values_mut)
            .for_each(|trials| trials.sort_unstable());
        let names: BTreeSet<&str> = judged.values().flat_map(|by| by.keys().copied()).collect();
        let standard: Option<Vec<&str>> = judged
            .keys()
            .map(|part| standards.get(part).filter(|own| own.len() == 1)?.first().copied())
            .collect();
        let of = |name: &str| judged.values().map(|by| ratings(by.get(name))).collect::<Vec<_>>();
        let all: Vec<Vec<Vec<&str>>> = names.iter().map(|name| of(name)).collect();
        let categories: BTreeSet<&str> = all.iter().flatten().flatten().copied().collect();
        let mut categories: Vec<&str> = categories.into_iter().collect();
        categories.extend(standard.iter().flatten());
        categories.sort_unstable();
        categories.dedup();
        let against = |own: &Vec<Vec<&str>>| to_standard(own, standard.as_deref()?, &categories);
        (!judged.is_empty()).then(|| Self {
            appraisers: names.iter().map(|&name| name.to_owned()).collect(),
            agreement: agreement(&all, standard.as_deref()).map_err(|_| Lack::Unbalanced),
            fleiss: fleiss(&counts(&all, &categories)).ok(),
            against: all.iter().map(against).collect(),
            pair: between(&all, &categories),
            level,
        })
    }

    /// The share the verdict rests on: right by all where there is a standard, else alike by all.
    pub(in super::super) fn headline(&self) -> Option<(&'static str, Matched)> {
        let found = self.agreement.as_ref().ok()?;
        let standard = found.all_against_standard.map(|matched| ("standard", matched));
        let own = || found.appraisers.first()?.within.map(|matched| ("within", matched));
        standard.or_else(|| found.between.map(|matched| ("between", matched))).or_else(own)
    }

    /// AIAG's bounds: 90 % and 80 % of the items, κ of 0.75 and 0.40.
    pub(super) fn verdict(&self) -> Result<Verdict, Lack> {
        let (_, matched) = self.headline().ok_or(match &self.agreement {
            Err(lack) => *lack,
            Ok(_) => Lack::Few,
        })?;
        let share = share(matched);
        let kappa = self.fleiss.as_ref().map(|fleiss| fleiss.kappa);
        Ok(if share >= 0.9 && kappa.is_none_or(|kappa| kappa >= 0.75) {
            Verdict::Good
        } else if share < 0.8 || kappa.is_some_and(|kappa| kappa < 0.4) {
            Verdict::Bad
        } else {
            Verdict::Marginal
        })
    }
}

/// Matched items over all.
#[expect(clippy::cast_precision_loss, reason = "counts of items stay below 2^53")]
pub(in super::super) fn share(matched: Matched) -> f64 {
    matched.matched as f64 / matched.items as f64
}

fn ratings<'a>(trials: Option<&Vec<(Option<&'a str>, &'a str)>>) -> Vec<&'a str> {
    trials.map_or_else(Vec::new, |trials| trials.iter().map(|(_, rating)| *rating).collect())
}

/// How many judgements put each item in each category.
fn counts(all: &[Vec<Vec<&str>>], categories: &[&str]) -> Vec<Vec<u64>> {
    let items = all.first().map_or(0, Vec::len);
    let count = |item: usize, category: &&str| {
        let own = all.iter().filter_map(|own| own.get(item)).flatten();
        own.filter(|rating| *rating == category).count() as u64
    };
    (0..items).map(|item| categories.iter().map(|c| count(item, c)).collect()).collect()
}

fn to_standard(own: &[Vec<&str>], standard: &[&str], categories: &[&str]) -> Option<Kappa> {
    let pairs = own
        .iter()
        .zip(standard)
        .flat_map(|(trials, truth)| trials.iter().map(move |r| (*r, *truth)));
    let (ratings, truths): (Vec<&str>, Vec<&str>) = pairs.unzip();
    cohen(&cross_table(&ratings, &truths, categories).ok()?, Weights::Unweighted).ok()
}

/// Two appraisers, trial by trial.
fn between(all: &[Vec<Vec<&str>>], categories: &[&str]) -> Option<Kappa> {
    let [first, second] = all else { return None };
    let [first, second] = [first, second].map(|own| own.concat());
    cohen(&cross_table(&first, &second, categories).ok()?, Weights::Unweighted).ok()
}
