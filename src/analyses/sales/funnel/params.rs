//! What may be asked of the funnel.

use serde::Deserialize;

use crate::analyses::analysis::Ask;

/// Its parameters.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// The stages in their order; read from the stage history when empty.
    pub(super) stages: Vec<String>,
    /// Deals that entered a stage in this many last months are compared with those before.
    pub(super) recent_months: i32,
    /// A deal counts as stalled beyond this share of those that moved on.
    pub(super) stalled_share: f64,
}

impl Default for Params {
    fn default() -> Self {
        Self { stages: Vec::new(), recent_months: 6, stalled_share: 0.9 }
    }
}

/// The parameters, checked.
pub(super) fn read(ask: &Ask) -> Result<Params, String> {
    let params: Params = ask.params()?;
    if !(1..=120).contains(&params.recent_months) {
        return Err("recent_months must lie between 1 and 120".to_owned());
    }
    let fits = params.stalled_share > 0.0 && params.stalled_share < 1.0;
    fits.then_some(params).ok_or_else(|| "stalled_share must lie between 0 and 1".to_owned())
}
