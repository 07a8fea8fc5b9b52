//! How long a chart runs until its first signal: in control, and after the mean has shifted.

mod average;
mod linear;
mod run_rules;

pub use average::{cusum, cusum_two_sided, ewma, shewhart};
pub use run_rules::with_rules;
