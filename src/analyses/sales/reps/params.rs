//! What may be asked of the comparison of representatives.

use serde::Deserialize;

use crate::analyses::analysis::Ask;

/// Its parameters.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Representatives with fewer closed deals are listed, not compared.
    pub(super) min_closed: u64,
    /// Below this p-value the team counts as uneven, and a representative as different.
    pub(super) alpha: f64,
}

impl Default for Params {
    fn default() -> Self {
        Self { min_closed: 10, alpha: 0.05 }
    }
}

/// The parameters, checked.
pub(super) fn read(ask: &Ask) -> Result<Params, String> {
    let params: Params = ask.params()?;
    if params.min_closed == 0 {
        return Err("min_closed must be at least 1".to_owned());
    }
    let fits = params.alpha > 0.0 && params.alpha < 1.0;
    fits.then_some(params).ok_or_else(|| "alpha must lie between 0 and 1".to_owned())
}
