//! What a report's definition may ask of this analysis.

use serde::Deserialize;

use crate::dataset::{Dataset, trailing_months};
use crate::units::Period;

/// Months of sales a rank rests on at least: one month of orders ranks by chance.
const LEAST_MONTHS: u16 = 12;

/// Parameters. The tiers are Curry's: the first 1 %, to 5 %, to 20 %, and the rest.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Calendar months summed; when absent the report's period, but at least twelve.
    pub(super) months: Option<u16>,
    /// Share of customers in the top tier.
    pub(super) top: f64,
    /// Share of customers down to the end of the large tier.
    pub(super) large: f64,
    /// Share of customers down to the end of the medium tier.
    pub(super) medium: f64,
}

impl Default for Params {
    fn default() -> Self {
        Self { months: None, top: 0.01, large: 0.05, medium: 0.2 }
    }
}

impl Params {
    /// Whether the values make sense.
    ///
    /// # Errors
    /// What is wrong with the first that does not.
    pub(super) fn check(&self) -> Result<(), String> {
        if self.months == Some(0) {
            return Err("months = 0: expected 1 or more".to_owned());
        }
        let Self { top, large, medium, .. } = self;
        if 0.0 < *top && top < large && large < medium && *medium < 1.0 {
            return Ok(());
        }
        Err(format!("{top}, {large}, {medium}: expected 0 < top < large < medium < 1"))
    }

    /// The days summed.
    pub(super) fn window(&self, data: &Dataset) -> Period {
        let until = data.period.to.min(data.as_of);
        let least = trailing_months(until, self.months.unwrap_or(LEAST_MONTHS));
        let from =
            if self.months.is_some() { least.from } else { least.from.min(data.period.from) };
        Period { from, to: until }
    }
}
