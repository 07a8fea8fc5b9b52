//! The service wing.

mod rules_of_thumb;
#[cfg(test)]
mod testing;
mod tickets;

use super::Analysis;

/// The analyses of this wing.
pub const ANALYSES: &[&dyn Analysis] = &[&tickets::Desk, &rules_of_thumb::RulesOfThumb];
