//! The quality wing.

pub mod control;
pub mod defects;
#[cfg(test)]
mod testing;

use super::Analysis;

/// The analyses of this wing.
pub const ANALYSES: &[&dyn Analysis] = &[&control::Control, &defects::Defects];
