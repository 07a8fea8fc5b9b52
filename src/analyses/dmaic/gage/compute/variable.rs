//! Studies of values: spread by where it comes from, bias, linearity.

use std::collections::{BTreeMap, BTreeSet};

use super::{Lack, Verdict};
use crate::dataset::Table;
use crate::records::Col;
use crate::stats::Unestimable;
use crate::stats::interval::{self, Estimate};
use crate::stats::measurement::gage::average_range::{AverageRange, average_range};
use crate::stats::measurement::gage::components::{Components, Terms};
use crate::stats::measurement::gage::crossed::{MINITAB_ALPHA, Model, crossed};
use crate::stats::measurement::gage::linearity::{Linearity, linearity};
use crate::stats::measurement::gage::nested::nested;
use crate::stats::measurement::gage::type1::{self, Type1, type1};
use crate::stats::measurement::gage::{FTest, Reading, Source};
use crate::stats::summary::moments::Moments;

/// Standard deviations the spread of a process is taken to span.
pub(in super::super) const SPAN: f64 = 6.0;
/// Per cent of the tolerance a gage may take in a type 1 study.
const ALLOWED: f64 = 20.0;
/// Cg and Cgk from which a gage is called capable.
const CAPABLE: f64 = 1.33;

/// Where the spread of a study comes from.
#[derive(Debug)]
pub(in super::super) struct Spread {
    pub(in super::super) components: Components,
    /// Lines of the analysis of variance: word, sums, test.
    pub(in super::super) sources: Vec<(&'static str, Source, Option<FTest>)>,
    /// How parts and operators hang together: `crossed`, `crossed_pooled` or `nested`.
    pub(in super::super) model: &'static str,
    /// The paper form beside it, of crossed studies.
    pub(in super::super) form: Option<AverageRange>,
    pub(in super::super) tolerance: Option<f64>,
}

impl Spread {
    /// What shares are told against.
    pub(in super::super) const fn terms(&self) -> Terms {
        Terms { tolerance: self.tolerance, multiplier: SPAN }
    }

    /// Gage R&R in per cent of the total standard deviation.
    pub(in super::super) fn percent(&self) -> Option<f64> {
        let share = self.components.share(self.components.gage(), self.terms()).ok()?;
        Some(share.study_variation)
    }
}

/// A study of values.
#[derive(Debug)]
pub(in super::super) struct Study {
    pub(in super::super) parts: Vec<String>,
    pub(in super::super) operators: Vec<String>,
    /// By part, operator and value.
    pub(in super::super) readings: Vec<Reading>,
    pub(in super::super) spread: Result<Spread, Lack>,
    /// One part of known size, measured by one.
    pub(in super::super) type1: Option<Type1>,
    /// The mean of its readings, with its interval.
    pub(in super::super) mean: Option<Estimate>,
    /// Several parts of known size.
    pub(in super::super) linearity: Option<Linearity>,
}

impl Study {
    /// `None` where no row gives a part, an operator and a value.
    pub(super) fn new(table: &Table, rows: &[usize], level: f64) -> Option<Self> {
        let full = |row: &&usize| {
            let named = table.text(Col::Part, **row).and(table.text(Col::Operator, **row));
            named.is_some() && table.number(Col::Value, **row).is_some()
        };
        let rows: Vec<usize> = rows.iter().filter(full).copied().collect();
        let names = |col| {
            let names: BTreeSet<&str> = rows.iter().filter_map(|&r| table.text(col, r)).collect();
            names.into_iter().map(str::to_owned).collect::<Vec<String>>()
        };
        let (parts, operators) = (names(Col::Part), names(Col::Operator));
        let place = |of: &[String], name: &str| of.iter().position(|own| own == name);
        let reading = |&row: &usize| {
            let part = place(&parts, table.text(Col::Part, row)?)?;
            let operator = place(&operators, table.text(Col::Operator, row)?)?;
            Some(Reading { part, operator, value: table.number(Col::Value, row)? })
        };
        let mut readings: Vec<Reading> = rows.iter().filter_map(reading).collect();
        readings.sort_by(|a, b| {
            (a.part, a.operator).cmp(&(b.part, b.operator)).then(a.value.total_cmp(&b.value))
        });
        let limits = |col| rows.iter().filter_map(move |&row| table.number(col, row));
        let (low, high) = (limits(Col::Lsl).reduce(f64::max), limits(Col::Usl).reduce(f64::min));
        let tolerance = low.zip(high).map(|(low, high)| high - low).filter(|width| *width > 0.0);
        let references = references(table, &rows, &parts);
        let alone = parts.len() == 1 && operators.len() == 1;
        let spread = if alone { Err(Lack::Few) } else { spread(&readings, tolerance) };
        let values: Vec<f64> = readings.iter().map(|reading| reading.value).collect();
        let one = references.get(&0).copied().filter(|_| alone);
        let terms =
            |reference| type1::Terms { reference, tolerance, percent: ALLOWED, multiplier: SPAN };
        let against = |r: &Reading| Some((references.get(&r.part).copied()?, r.value));
        let known: Vec<(f64, f64)> = readings.iter().filter_map(against).collect();
        (!readings.is_empty()).then(|| Self {
            type1: one.and_then(|reference| type1(&values, terms(reference)).ok()),
            mean: one.and_then(|_| interval::mean(&Moments::of(&values), level).ok()),
            linearity: (known.len() == readings.len()).then(|| linearity(&known).ok()).flatten(),
            parts,
            operators,
            readings,
            spread,
        })
    }

    /// The gravest thing the study says, or why it says nothing.
    pub(super) fn verdict(&self) -> Result<Verdict, Lack> {
        if let Some(study) = &self.type1 {
            let (cg, cgk) = study.cg.zip(study.cgk).ok_or(Lack::Limits)?;
            return Ok(if cg.min(cgk) >= CAPABLE { Verdict::Good } else { Verdict::Bad });
        }
        let spread = match &self.spread {
            Ok(spread) => spread.percent().ok_or(Lack::Constant),
            Err(lack) => Err(*lack),
        };
        let line = self.linearity.as_ref().map(straight);
        match (spread, line) {
            (Ok(percent), line) => Ok(graded(percent).max(line.unwrap_or(Verdict::Good))),
            (Err(_), Some(line)) => Ok(line),
            (Err(lack), None) => Err(lack),
        }
    }
}

/// AIAG's bounds of gage R&R in per cent of the total spread.
fn graded(percent: f64) -> Verdict {
    match percent {
        p if p < 10.0 => Verdict::Good,
        p if p <= 30.0 => Verdict::Marginal,
        _ => Verdict::Bad,
    }
}

/// A bias that changes over the range, or is there throughout, can be corrected: not bad yet.
fn straight(study: &Linearity) -> Verdict {
    let slope = study.line.inference(0.95).ok().and_then(|found| found.get(1)?.p_value);
    let bent = slope.is_some_and(|p| p < 0.05);
    let biased = study
        .biases
        .iter()
        .filter_map(|b| b.p_value)
        .any(|p| p * f64::from(u32::try_from(study.biases.len()).unwrap_or(1)) < 0.05);
    if bent || biased { Verdict::Marginal } else { Verdict::Good }
}

/// The true size of each part; none of a part whose rows differ.
fn references(table: &Table, rows: &[usize], parts: &[String]) -> BTreeMap<usize, f64> {
    let mut found = BTreeMap::<usize, BTreeSet<&str>>::new();
    for &row in rows {
        let part = table.text(Col::Part, row).and_then(|n| parts.iter().position(|p| p == n));
        if let Some((part, text)) = part.zip(table.text(Col::Reference, row)) {
            found.entry(part).or_default().insert(text);
        }
    }
    let one = |(part, texts): (usize, BTreeSet<&str>)| {
        let text = texts.first().filter(|_| texts.len() == 1)?;
        Some((part, text.trim().parse().ok().filter(|x: &f64| x.is_finite())?))
    };
    found.into_iter().filter_map(one).collect()
}

fn spread(readings: &[Reading], tolerance: Option<f64>) -> Result<Spread, Lack> {
    let mut owners = BTreeMap::<usize, BTreeSet<usize>>::new();
    for reading in readings {
        owners.entry(reading.part).or_default().insert(reading.operator);
    }
    let apart = owners.values().all(|operators| operators.len() == 1);
    if apart && owners.len() > 1 {
        of_nested(readings, tolerance)
    } else {
        of_crossed(readings, tolerance)
    }
}

fn lack(error: &Unestimable) -> Lack {
    match error {
        Unestimable::TooFew { .. } => Lack::Few,
        Unestimable::Constant => Lack::Constant,
        _ => Lack::Unbalanced,
    }
}

fn of_crossed(readings: &[Reading], tolerance: Option<f64>) -> Result<Spread, Lack> {
    let found = crossed(readings).map_err(|e| lack(&e))?;
    let model = found.choice(MINITAB_ALPHA);
    let estimate = found.estimate(model).map_err(|e| lack(&e))?;
    Ok(Spread {
        components: estimate.components,
        sources: vec![
            ("part", found.part, estimate.part),
            ("operator", found.operator, estimate.operator),
            ("interaction", found.interaction, found.interaction_test()),
            ("repeatability", found.repeatability, None),
        ],
        model: if model == Model::WithInteraction { "crossed" } else { "crossed_pooled" },
        form: average_range(readings).ok(),
        tolerance,
    })
}

/// Part numbers begin anew with every operator.
fn of_nested(readings: &[Reading], tolerance: Option<f64>) -> Result<Spread, Lack> {
    let found = nested(readings).map_err(|e| lack(&e))?;
    Ok(Spread {
        components: found.components,
        sources: vec![
            ("operator", found.operator, found.operator_test),
            ("part_in_operator", found.part, found.part_test),
            ("repeatability", found.repeatability, None),
        ],
        model: "nested",
        form: None,
        tolerance,
    })
}
