//! One sample described, intervals, and sigma levels.

mod interval;
mod sample;

use super::{Answer, Procedure};
use crate::verify::bar::Bar;

pub(super) const PROCEDURES: &[Procedure] = &[
    Procedure::new("descriptive.univariate_summary", sample::univariate),
    Procedure::new("descriptive.quantiles", sample::quantiles),
    Procedure::new("interval.poisson", interval::poisson),
    Procedure {
        name: "normality",
        run: sample::normality,
        // Royston's coefficients as printed hold W to 1e-5 and its p-value to 1e-4.
        allow: &[("shapiro_wilk", Bar::within(1e-5))],
    },
];
