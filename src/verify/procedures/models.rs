//! Regression, survival, measurement systems and designed experiments.

use super::Procedure;

pub(super) const PROCEDURES: &[Procedure] = &[];
