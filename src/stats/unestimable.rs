//! Why a figure cannot be estimated.

/// The reason a figure is absent. A figure is never replaced by 0, NaN or infinity.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Unestimable {
    /// Too few values.
    #[error("needs at least {needed} values, got {got}")]
    TooFew {
        /// Values the figure needs.
        needed: usize,
        /// Values there are.
        got: usize,
    },
    /// Every value is the same: no spread to measure against.
    #[error("every value is the same")]
    Constant,
    /// The process is not stable, so there is no one process to describe.
    #[error("the process is not stable: {signals} signals")]
    Unstable {
        /// Points the rules named.
        signals: usize,
    },
    /// A value lies outside what the figure is defined for.
    #[error("{0}")]
    Outside(&'static str),
    /// An iteration did not settle, or the problem is too ill-conditioned for an honest answer.
    #[error("{0}")]
    NotSolvable(&'static str),
}

impl Unestimable {
    /// The values, or their squares, leave what a double can hold.
    pub(crate) const BEYOND: Self =
        Self::Outside("a value is not a number, or too large or too close to 0 to compute with");
}

/// Largest value whose square, and the sum of many, is held without overflow.
const LARGEST: f64 = 1e150;

/// Whether sums of squares of `values` can be held.
///
/// # Errors
/// A value that is no number, or too large.
pub(crate) fn squarable<'a>(values: impl IntoIterator<Item = &'a f64>) -> Result<(), Unestimable> {
    let fits = values.into_iter().all(|v| v.abs() <= LARGEST);
    if fits { Ok(()) } else { Err(Unestimable::BEYOND) }
}
