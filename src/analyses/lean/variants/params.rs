//! What may be asked of the variants.

use serde::Deserialize;

use crate::analyses::analysis::Ask;

/// Its parameters.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Steps that close a case; told from the log when empty.
    pub(super) closing_steps: Vec<String>,
    /// Variants and transitions listed.
    pub(super) listed: usize,
    /// Variants and steps with fewer cases are listed, not compared.
    pub(super) min_cases: usize,
    /// Cost of an hour of work: prices rework.
    pub(super) hourly_cost: Option<f64>,
}

impl Default for Params {
    fn default() -> Self {
        Self { closing_steps: Vec::new(), listed: 20, min_cases: 10, hourly_cost: None }
    }
}

/// The parameters, checked.
pub(super) fn read(ask: &Ask) -> Result<Params, String> {
    let params: Params = ask.params()?;
    if params.hourly_cost.is_some_and(|cost| !(cost > 0.0 && cost.is_finite())) {
        return Err("hourly_cost must be above 0".to_owned());
    }
    Ok(params)
}
