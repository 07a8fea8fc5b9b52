//! What may be asked of the wastes.

use serde::Deserialize;

use crate::analyses::analysis::Ask;

/// Its parameters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Steps that close a case; told from the log when empty.
    pub(super) closing_steps: Vec<String>,
    /// Cost of an hour of work: prices inferred work.
    pub(super) hourly_cost: Option<f64>,
}

/// The parameters, checked.
pub(super) fn read(ask: &Ask) -> Result<Params, String> {
    let params: Params = ask.params()?;
    if params.hourly_cost.is_some_and(|cost| !(cost > 0.0 && cost.is_finite())) {
        return Err("hourly_cost must be above 0".to_owned());
    }
    Ok(params)
}
