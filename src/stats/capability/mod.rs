//! Process capability: what a stable process can hold against its specification.

mod attributes;
mod indices;
pub mod interval;
pub mod nonnormal;
mod process;
mod specification;
mod target;
pub mod tolerance;

pub use attributes::{Binomial, Poisson, binomial, poisson};
pub use indices::{Beyond, Indices};
pub use process::{BetweenWithin, Capability, Normal, Overall, Sample, Terms, Within, assess};
pub use specification::Specification;
pub use target::{Grade, TargetIndices, accuracy, grade, target_indices};

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests;
