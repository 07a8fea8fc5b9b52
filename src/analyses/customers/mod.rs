//! The customers wing.

pub mod pyramid;
pub mod whale;

use super::Analysis;

/// The analyses of this wing.
pub const ANALYSES: &[&dyn Analysis] = &[&whale::Whale, &pyramid::Pyramid];
