//! What may be asked of the win rate.

use serde::Deserialize;

use crate::analyses::analysis::Ask;

/// Its parameters.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// A cohort counts as mature once this share of closed deals took no longer than its age.
    pub(super) mature_share: f64,
}

impl Default for Params {
    fn default() -> Self {
        Self { mature_share: 0.9 }
    }
}

/// The parameters, checked.
pub(super) fn read(ask: &Ask) -> Result<Params, String> {
    let params: Params = ask.params()?;
    let fits = params.mature_share > 0.0 && params.mature_share < 1.0;
    fits.then_some(params).ok_or_else(|| "mature_share must lie between 0 and 1".to_owned())
}
