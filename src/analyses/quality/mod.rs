//! The quality wing.

pub mod control;
pub mod defects;
pub mod pareto;
#[cfg(test)]
mod testing;

use super::Analysis;

/// The analyses of this wing.
pub const ANALYSES: &[&dyn Analysis] = &[&defects::Defects, &control::Control, &pareto::Pareto];
