//! What a value is held against.

use crate::stats::{Unestimable, squarable};

/// Limits of specification, and the target, in the unit of the values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Specification {
    lower: Option<f64>,
    target: Option<f64>,
    upper: Option<f64>,
}

impl Specification {
    /// A specification of one limit or both.
    ///
    /// # Errors
    /// Neither limit, a limit that is not finite, or a lower one not below the upper.
    pub fn new(
        lower: Option<f64>,
        target: Option<f64>,
        upper: Option<f64>,
    ) -> Result<Self, Unestimable> {
        let known = [lower, target, upper].into_iter().flatten();
        squarable(&known.collect::<Vec<f64>>())?;
        match (lower, upper) {
            (None, None) => Err(Unestimable::Outside("capability needs a limit of specification")),
            (Some(low), Some(high)) if low >= high => {
                Err(Unestimable::Outside("the lower limit must lie below the upper one"))
            }
            _ => Ok(Self { lower, target, upper }),
        }
    }

    /// Lower limit.
    #[must_use]
    pub const fn lower(&self) -> Option<f64> {
        self.lower
    }

    /// Target.
    #[must_use]
    pub const fn target(&self) -> Option<f64> {
        self.target
    }

    /// Upper limit.
    #[must_use]
    pub const fn upper(&self) -> Option<f64> {
        self.upper
    }

    /// Both limits, where there are two.
    #[must_use]
    pub fn both(&self) -> Option<(f64, f64)> {
        self.lower.zip(self.upper)
    }

    /// The specification seen through an increasing transformation. A limit at which it is not
    /// defined is absent: no value can lie beyond that.
    pub(crate) fn through(&self, transform: impl Fn(f64) -> Option<f64>) -> Self {
        Self {
            lower: self.lower.and_then(&transform),
            target: self.target.and_then(&transform),
            upper: self.upper.and_then(&transform),
        }
    }
}
