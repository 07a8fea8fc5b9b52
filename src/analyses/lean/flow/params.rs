//! What may be asked of the flow of cases.

use serde::Deserialize;

use crate::analyses::analysis::Ask;

/// Its parameters.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Steps that close a case; told from the log when empty.
    pub(super) closing_steps: Vec<String>,
    /// Hours within which a case is promised to be finished.
    pub(super) promise_hours: Option<f64>,
    /// Hours a day open for work: takt without a capacity table.
    pub(super) available_hours: Option<f64>,
    /// A month with fewer finished cases gets no figure of its own.
    pub(super) min_month: usize,
    /// Open cases listed, the oldest first.
    pub(super) oldest: usize,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            closing_steps: Vec::new(),
            promise_hours: None,
            available_hours: None,
            min_month: 10,
            oldest: 20,
        }
    }
}

/// The parameters, checked.
pub(super) fn read(ask: &Ask) -> Result<Params, String> {
    let params: Params = ask.params()?;
    for (name, hours) in
        [("promise_hours", params.promise_hours), ("available_hours", params.available_hours)]
    {
        if hours.is_some_and(|hours| !(hours > 0.0 && hours.is_finite())) {
            return Err(format!("{name} must be above 0"));
        }
    }
    Ok(params)
}
