//! What a report's definition may ask of this analysis.

use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Types shown by name, the rest as "other"; 12 when absent.
    top: Option<usize>,
    /// Whole months the chart covers; 12 when absent.
    months: Option<u16>,
    /// Newest months compared with those before; 3 when absent.
    recent_months: Option<u16>,
}

impl Params {
    /// Types shown by name.
    pub(super) fn top(&self) -> usize {
        self.top.unwrap_or(12).max(1)
    }

    /// Months the chart covers.
    pub(super) fn months(&self) -> i32 {
        i32::from(self.months.unwrap_or(12).max(1))
    }

    /// Newest months compared with those before.
    pub(super) fn recent(&self) -> i32 {
        i32::from(self.recent_months.unwrap_or(3).max(1))
    }
}
