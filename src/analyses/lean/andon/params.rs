//! What may be asked of the stops.

use serde::Deserialize;

use crate::analyses::analysis::Ask;

/// Its parameters.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Months of the frozen baseline of the chart of stops.
    pub(super) baseline_months: usize,
}

impl Default for Params {
    fn default() -> Self {
        Self { baseline_months: 20 }
    }
}

/// The parameters, checked.
pub(super) fn read(ask: &Ask) -> Result<Params, String> {
    let params: Params = ask.params()?;
    let fits = params.baseline_months >= 2;
    fits.then_some(params).ok_or_else(|| "baseline_months must be at least 2".to_owned())
}
