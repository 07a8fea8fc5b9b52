//! The service wing.

#[cfg(test)]
mod testing;
mod tickets;

use super::Analysis;

/// The analyses of this wing.
pub const ANALYSES: &[&dyn Analysis] = &[&tickets::Desk];
