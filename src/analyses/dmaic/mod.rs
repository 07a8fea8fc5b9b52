//! The improvement wing: projects, and what each of their phases shows.

use super::Analysis;

/// The analyses of this wing.
pub const ANALYSES: &[&dyn Analysis] = &[];
