//! Studies of measurement systems, each analysed as its layout allows.

mod attribute;
mod variable;

pub(super) use attribute::{Attribute, share};
pub(super) use variable::{SPAN, Spread, Study as Variable};

use crate::dataset::{Dataset, Table};
use crate::records::{Col, TableKind};
use crate::units::Period;

/// What a study says of the measuring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// It adds little.
    Good,
    /// It may do, depending on what it is used for.
    Marginal,
    /// It hides what it should show.
    Bad,
}

/// Why a study says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    /// Not every operator measured as many parts, each as often.
    Unbalanced,
    /// Too few parts, operators or trials.
    Few,
    /// Nothing varies.
    Constant,
    /// A limit or a reference the verdict needs is missing.
    Limits,
}

/// How a study was analysed.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "a report has a handful of studies")]
pub(super) enum Found {
    /// Of values.
    Variable(Box<Variable>),
    /// Of judgements.
    Attribute(Attribute),
}

/// One study.
#[derive(Debug)]
pub(super) struct Study {
    pub(super) project: Option<String>,
    pub(super) name: Option<String>,
    pub(super) characteristic: Option<String>,
    /// Readings or judgements.
    pub(super) n: usize,
    pub(super) found: Found,
}

impl Study {
    /// What it says, or why it cannot.
    pub(super) fn verdict(&self) -> Result<Verdict, Lack> {
        match &self.found {
            Found::Variable(study) => study.verdict(),
            Found::Attribute(study) => study.verdict(),
        }
    }
}

/// Everything the section is written from.
#[derive(Debug)]
pub(super) struct Computed {
    pub(super) studies: Vec<Study>,
    pub(super) level: f64,
    pub(super) period: Period,
}

impl Computed {
    /// `None` where no row gives a part, an operator and a value or rating.
    pub(super) fn new(data: &Dataset, level: f64) -> Option<Self> {
        let table = data.table(TableKind::GageStudies)?;
        let groups = table.rows_by(&[Col::ProjectId, Col::Study, Col::Characteristic]);
        let studies = groups.into_iter().filter_map(|(key, rows)| {
            let name = |i: usize| key.get(i).copied().flatten().map(str::to_owned);
            let (n, found) = found(table, &rows, level)?;
            Some(Study { project: name(0), name: name(1), characteristic: name(2), n, found })
        });
        let studies: Vec<Study> = studies.collect();
        let period = Period { from: data.period.from, to: data.until() };
        (!studies.is_empty()).then_some(Self { studies, level, period })
    }
}

/// Values where most rows give one, else judgements.
fn found(table: &Table, rows: &[usize], level: f64) -> Option<(usize, Found)> {
    let rated = rows.iter().filter(|&&row| table.text(Col::Rating, row).is_some()).count();
    let valued = rows.iter().filter(|&&row| table.number(Col::Value, row).is_some()).count();
    if valued >= rated.max(1) {
        let study = Variable::new(table, rows, level)?;
        return Some((valued, Found::Variable(Box::new(study))));
    }
    Some((rated, Found::Attribute(Attribute::new(table, rows, level)?)))
}
