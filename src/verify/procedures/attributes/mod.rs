//! Attribute charts, rules, run charts, funnel limits, Pareto, FMEA and flow.

use super::Procedure;

pub(super) const PROCEDURES: &[Procedure] = &[];
