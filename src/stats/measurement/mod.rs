//! Measurement systems: gages and the agreement of raters.

pub mod agreement;
pub mod gage;
