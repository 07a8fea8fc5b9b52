//! What a report's definition may ask of this analysis.

use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Months of cases, up to the last day the report looks at.
    pub(super) months: u16,
    /// How many plain cases a grave one counts for.
    pub(super) grave_weight: u16,
    /// Categories shown by name.
    pub(super) top: usize,
}

impl Default for Params {
    fn default() -> Self {
        Self { months: 12, grave_weight: 3, top: 15 }
    }
}

impl Params {
    /// Whether the values make sense.
    ///
    /// # Errors
    /// What is wrong with the first that does not.
    pub(super) fn check(&self) -> Result<(), String> {
        if self.months == 0 || self.grave_weight == 0 || self.top == 0 {
            return Err("months, grave_weight and top are at least 1".to_owned());
        }
        Ok(())
    }
}
