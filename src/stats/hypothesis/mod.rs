//! Hypothesis tests, effect sizes and multiplicity.

pub mod exact;
pub mod holm;
pub mod power;
