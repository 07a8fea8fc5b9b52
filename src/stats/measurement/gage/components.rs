//! Where the spread of a gage study comes from.

use crate::stats::Unestimable;

/// Variance by where it comes from; estimates below 0 count as 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Components {
    /// The same operator on the same part again.
    pub repeatability: f64,
    /// Between operators.
    pub operator: f64,
    /// Between operators on some parts more than on others; 0 where the model has no such term.
    pub operator_by_part: f64,
    /// Between parts.
    pub part_to_part: f64,
}

/// A share of the spread, in all the ways it is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Variance.
    pub variance: f64,
    /// Per cent of the total variance.
    pub contribution: f64,
    /// Standard deviation.
    pub sd: f64,
    /// Per cent of the total standard deviation.
    pub study_variation: f64,
    /// `multiplier` standard deviations in per cent of the tolerance, where there is one.
    pub tolerance: Option<f64>,
}

/// What the shares are told against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// Width of the specification; `None` without one.
    pub tolerance: Option<f64>,
    /// Standard deviations the spread of a process is taken to span: 6, or 5.15 in older studies.
    pub multiplier: f64,
}

impl Components {
    /// Operator and operator by part.
    #[must_use]
    pub fn reproducibility(&self) -> f64 {
        self.operator + self.operator_by_part
    }

    /// Repeatability and reproducibility.
    #[must_use]
    pub fn gage(&self) -> f64 {
        self.repeatability + self.reproducibility()
    }

    /// Gage and parts.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.gage() + self.part_to_part
    }

    /// A variance of these components in all the ways it is told.
    ///
    /// # Errors
    /// `Constant` where nothing varies, `Outside` where the tolerance is not positive.
    pub fn share(&self, variance: f64, terms: Terms) -> Result<Share, Unestimable> {
        if self.total() <= 0.0 {
            return Err(Unestimable::Constant);
        }
        if terms.tolerance.is_some_and(|width| width.is_nan() || width <= 0.0) {
            return Err(Unestimable::Outside("a tolerance is a positive width"));
        }
        let sd = variance.sqrt();
        Ok(Share {
            variance,
            contribution: 100.0 * variance / self.total(),
            sd,
            study_variation: 100.0 * sd / self.total().sqrt(),
            tolerance: terms.tolerance.map(|width| 100.0 * terms.multiplier * sd / width),
        })
    }

    /// Categories of parts the gage can tell apart, √2 · σ parts / σ gage, not rounded; `None`
    /// where the gage has no spread.
    #[must_use]
    pub fn distinct_categories(&self) -> Option<f64> {
        (self.gage() > 0.0).then(|| (2.0 * self.part_to_part / self.gage()).sqrt())
    }

    /// The same as AIAG prints it: 1.41 for √2, cut to a whole number.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative")]
    pub fn whole_categories(&self) -> Option<u64> {
        (self.gage() > 0.0)
            .then(|| (1.41 * (self.part_to_part / self.gage()).sqrt()).floor() as u64)
    }
}
