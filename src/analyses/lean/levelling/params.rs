//! What may be asked of the levelling.

use serde::Deserialize;

use crate::analyses::analysis::Ask;

/// Its parameters.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// A day of the week counts as a working day where work comes in on at least this share of
    /// such days.
    pub(super) working_share: f64,
    /// Working days needed for a figure.
    pub(super) min_days: usize,
}

impl Default for Params {
    fn default() -> Self {
        Self { working_share: 0.25, min_days: 10 }
    }
}

/// The parameters, checked.
pub(super) fn read(ask: &Ask) -> Result<Params, String> {
    let params: Params = ask.params()?;
    let fits = (0.0..=1.0).contains(&params.working_share);
    fits.then_some(params).ok_or_else(|| "working_share must lie between 0 and 1".to_owned())
}
