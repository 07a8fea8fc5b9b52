//! Hypothesis tests, power and agreement of proportions.

use super::Procedure;

pub(super) const PROCEDURES: &[Procedure] = &[];
