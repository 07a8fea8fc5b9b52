//! What a report's definition may ask of this analysis.

use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Newest whole months looked at; 12 when absent.
    months: Option<u16>,
}

impl Params {
    /// Newest whole months looked at.
    pub(super) fn months(&self) -> i32 {
        i32::from(self.months.unwrap_or(12).max(1))
    }
}
