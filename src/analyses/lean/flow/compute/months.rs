//! Lead times by the month cases were finished in, and the last month against those before.

use std::collections::BTreeMap;

use super::super::params::Params;
use super::{exact, sorted, survival};
use crate::dataset::{Dataset, StepLog};
use crate::stats::control_chart::individuals::{SigmaMethod, chart};
use crate::stats::hypothesis::Alternative;
use crate::stats::hypothesis::mann_whitney::{Shift, mann_whitney, shift};
use crate::stats::summary::quantile::type7;
use crate::stats::survival::Case;
use crate::stats::survival::logrank::{LogRank, log_rank};
use crate::units::{self, Period};

/// Months the last one is compared with.
const BEFORE: i32 = 12;
/// Fewer earlier months than this say nothing of the usual variation.
const USUAL: usize = 8;

/// The cases finished in one month.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_field_names, reason = "the figure bears the name of its kind")]
pub(in super::super) struct Month {
    /// The month.
    pub(in super::super) month: units::Month,
    /// Their lead times, ascending, in milliseconds.
    pub(in super::super) leads: Vec<f64>,
    /// Whether there are enough for a figure of their own.
    pub(in super::super) enough: bool,
}

impl Month {
    /// The lead time at most the share `p` of its cases stayed below.
    pub(in super::super) fn quantile(&self, p: f64) -> Option<f64> {
        type7(&self.leads, p).filter(|_| self.enough)
    }
}

/// The last complete month against those before.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Recent {
    /// The month.
    pub(in super::super) month: units::Month,
    /// Cases finished in it.
    pub(in super::super) cases: u64,
    /// Their median lead time.
    pub(in super::super) median: f64,
    /// Medians of the last months, oldest first.
    pub(in super::super) medians: Vec<Option<f64>>,
    /// Cases under way in it against those of the month before.
    pub(in super::super) test: Option<LogRank>,
    /// Lead times of it less those of the twelve months before, and the p-value of a difference.
    pub(in super::super) against_year: Option<(Shift, f64)>,
    /// Whether the median lies above (1) or below (−1) the limits of the months before.
    pub(in super::super) signal: Option<i8>,
}

/// Every month in which a case was finished.
pub(super) fn by_month(log: &StepLog<'_>, least: usize) -> Vec<Month> {
    let mut months: BTreeMap<units::Month, Vec<f64>> = BTreeMap::new();
    for case in log.cases().filter(|case| case.finished) {
        months.entry(case.end_day().month()).or_default().push(exact(case.lead()));
    }
    let month = |(month, leads): (units::Month, Vec<f64>)| Month {
        month,
        enough: leads.len() >= least,
        leads: sorted(leads),
    };
    months.into_iter().map(month).collect()
}

/// The last complete month; `None` without enough cases finished in it.
pub(super) fn recent(
    log: &StepLog<'_>,
    data: &Dataset,
    params: &Params,
    months: &[Month],
) -> Option<Recent> {
    let until = data.until();
    let last = until.month().plus(if until.month().last_day() == until { 0 } else { -1 });
    let of = |month: units::Month| months.iter().find(|m| m.month == month);
    let now = of(last)?;
    let median = now.quantile(0.5)?;
    let back = |n: i32| of(last.plus(-n)).and_then(|month| month.quantile(0.5));
    let medians: Vec<Option<f64>> = (0..BEFORE).rev().map(back).collect();
    let year: Vec<f64> = (1..=BEFORE)
        .filter_map(|n| of(last.plus(-n)))
        .flat_map(|m| m.leads.iter().copied())
        .collect();
    Some(Recent {
        month: last,
        cases: now.leads.len() as u64,
        median,
        test: back(1).and_then(|_| test(log, last)),
        against_year: if year.len() >= params.min_month {
            against(&now.leads, &year)
        } else {
            None
        },
        signal: signal(median, &(1..=BEFORE).rev().filter_map(back).collect::<Vec<_>>()),
        medians,
    })
}

/// The cases seen in a month against those seen in the month before.
fn test(log: &StepLog<'_>, month: units::Month) -> Option<LogRank> {
    let seen = |month: units::Month| -> Vec<Case> {
        let span = Period::month(month);
        log.cases().filter_map(|case| survival(&case, log.now, span)).collect()
    };
    log_rank(&seen(month), &seen(month.plus(-1)))
}

fn against(now: &[f64], before: &[f64]) -> Option<(Shift, f64)> {
    let test = mann_whitney(now, before, Alternative::TwoSided).ok()?;
    Some((shift(now, before, 0.95).ok()?, test.p_value()))
}

/// Whether a median lies outside the natural limits (x̄ ± 2.66 M̄R̄) of the months before.
fn signal(median: f64, before: &[f64]) -> Option<i8> {
    if before.len() < USUAL {
        return None;
    }
    let limits = chart(before, SigmaMethod::MeanMovingRange, 3.0).ok()?.individuals;
    Some(match median {
        m if m > limits.ucl => 1,
        m if m < limits.lcl => -1,
        _ => 0,
    })
}
