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
pub(crate) use unestimable::squarable;

/// A count as a number; counts stay far below 2⁵³.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub(crate) const fn count(n: usize) -> f64 {
    n as f64
}

/// The sum of counts; counts of nothing real may not fit.
pub(crate) fn total<'a>(counts: impl IntoIterator<Item = &'a u64>) -> Result<u64, Unestimable> {
    let sum = counts.into_iter().try_fold(0_u64, |sum, n| sum.checked_add(*n));
    sum.ok_or(Unestimable::Outside("the counts are too large to add"))
}
