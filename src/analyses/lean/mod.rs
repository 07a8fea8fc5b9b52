//! The lean wing: how work flows, where it waits, and what is done that nobody needs.

mod andon;
mod flow;
mod levelling;
#[cfg(test)]
mod testing;
mod value_stream;
mod variants;
mod wastes;

use super::Analysis;

/// The analyses of this wing.
pub const ANALYSES: &[&dyn Analysis] = &[
    &flow::Flow,
    &value_stream::ValueStream,
    &variants::Variants,
    &wastes::Wastes,
    &andon::Andon,
    &levelling::Levelling,
];
