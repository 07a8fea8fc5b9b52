//! The sales wing.

#[cfg(test)]
mod company;
mod cycle;
mod funnel;
mod reps;
mod win_rate;

use super::Analysis;

/// The analyses of this wing.
pub const ANALYSES: &[&dyn Analysis] =
    &[&funnel::Funnel, &win_rate::WinRate, &reps::Reps, &cycle::Cycle];
