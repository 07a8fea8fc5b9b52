//! The quality wing.

pub mod capability;
pub mod control;
pub mod copq;
pub mod defects;
pub mod mix;
pub mod pareto;
pub mod samples;
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
    &capability::Capability,
    &samples::Samples,
    &copq::Copq,
];
