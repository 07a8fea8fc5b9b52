//! The lean wing: how work flows, where it waits, and what is done that nobody needs.

mod flow;
#[cfg(test)]
mod testing;
mod variants;

use super::Analysis;

/// The analyses of this wing.
pub const ANALYSES: &[&dyn Analysis] = &[&flow::Flow, &variants::Variants];
