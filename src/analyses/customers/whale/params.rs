//! What a report's definition may ask of this analysis.

use serde::Deserialize;

use crate::dataset::{Dataset, trailing_months};
use crate::units::Period;

/// Months a customer's profit is summed over at least: orders of a single month say little.
const LEAST_MONTHS: u16 = 12;

/// Parameters.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Calendar months summed; when absent the report's period, but at least twelve.
    pub(super) months: Option<u16>,
    /// Customers a segment needs before it is called a group.
    pub(super) group_customers: u64,
    /// Loss of a segment worth acting on, as a share of the profit of all profitable customers.
    pub(super) group_loss: f64,
}

impl Default for Params {
    fn default() -> Self {
        Self { months: None, group_customers: 5, group_loss: 0.01 }
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
        if !(0.0..=1.0).contains(&self.group_loss) {
            return Err(format!("group_loss = {}: expected 0 to 1", self.group_loss));
        }
        Ok(())
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
