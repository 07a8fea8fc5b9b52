//! The quality wing.

pub mod defects;
#[cfg(test)]
mod testing;

use super::Analysis;

/// The analyses of this wing.
pub const ANALYSES: &[&dyn Analysis] = &[&defects::Defects];
