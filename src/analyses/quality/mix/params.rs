//! What a report's definition may ask of this analysis.

use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Newest months teams are compared over; 12 when absent.
    months: Option<u16>,
}

impl Params {
    /// Newest months teams are compared over.
    pub(super) fn months(&self) -> i32 {
        i32::from(self.months.unwrap_or(12).max(1))
    }
}
