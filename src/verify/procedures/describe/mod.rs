//! One sample described, intervals, and sigma levels.

mod interval;
mod sample;
mod sigma;

use super::{Answer, Procedure};
use crate::verify::bar::Bar;

pub(super) const PROCEDURES: &[Procedure] = &[
    Procedure::new("descriptive.univariate_summary", sample::univariate),
    Procedure::new("descriptive.quantiles", sample::quantiles),
    Procedure::new("interval.binomial", interval::binomial),
    Procedure::new("interval.poisson", interval::poisson),
    Procedure::new("outlier.grubbs", sample::outlier),
    Procedure::new("sigma.conversion_table", sigma::conversion_table),
    Procedure::new("sigma.dpmo_yield", sigma::dpmo_yield),
    Procedure::new("sigma.dpmo_yield_sixsigma", sigma::dpmo_yield_sixsigma),
    Procedure::new("sigma.from_dpmo", sigma::from_dpmo),
    Procedure {
        name: "normality",
        run: sample::normality,
        // The cases ask in words for W to 1e-5 and its p-value to 1e-4.
        allow: &[("shapiro_wilk", Bar::relative(1e-5))],
    },
];
