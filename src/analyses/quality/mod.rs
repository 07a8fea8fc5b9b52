//! The quality wing.

pub mod control;
pub mod copq;
pub mod defects;
pub mod mix;
pub mod pareto;
pub mod strata;
#[cfg(test)]
mod testing;

use super::Analysis;

/// The analyses of this wing.
pub const ANALYSES: &[&dyn Analysis] = &[
    &defects::Defects,
    &control::Control,
    &strata::Strata,
    &mix::Mix,
    &pareto::Pareto,
    &copq::Copq,
];
