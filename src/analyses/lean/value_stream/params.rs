//! What may be asked of the value stream.

use serde::Deserialize;

use crate::analyses::analysis::Ask;

/// Its parameters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Steps that close a case; told from the log when empty.
    pub(super) closing_steps: Vec<String>,
    /// Hours a day one person is there: utilisation.
    pub(super) available_hours: Option<f64>,
}

/// The parameters, checked.
pub(super) fn read(ask: &Ask) -> Result<Params, String> {
    let params: Params = ask.params()?;
    if params.available_hours.is_some_and(|hours| !(hours > 0.0 && hours <= 24.0)) {
        return Err("available_hours must lie between 0 and 24".to_owned());
    }
    Ok(params)
}
