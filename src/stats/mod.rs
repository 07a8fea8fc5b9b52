//! Pure mathematics on slices: no domain word, no input or output.

pub mod capability;
pub mod comparison;
pub mod control_chart;
pub mod design;
pub mod flow;
pub mod hypothesis;
pub mod interval;
pub mod measurement;
pub mod regression;
pub mod sigma;
pub mod special;
pub mod summary;
pub mod survival;
mod unestimable;

pub use hypothesis::holm::holm;
pub use interval::Bounds;
pub use unestimable::Unestimable;

/// A count as a number; counts stay far below 2⁵³.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub(crate) const fn count(n: usize) -> f64 {
    n as f64
}
