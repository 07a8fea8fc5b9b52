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
