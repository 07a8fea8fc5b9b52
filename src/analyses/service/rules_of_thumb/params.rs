//! What may be asked of the rules of thumb.

use serde::Deserialize;

use crate::analyses::analysis::Ask;

/// Its parameters.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Whether complainers are extrapolated to silent customers.
    pub(super) extrapolate: bool,
    /// Silent customers assumed behind one who complains.
    pub(super) silent: u64,
    /// Calendar months looked at, up to the end of the period.
    pub(super) months: u16,
}

impl Default for Params {
    fn default() -> Self {
        Self { extrapolate: true, silent: 20, months: 12 }
    }
}

/// The parameters, checked.
pub(super) fn read(ask: &Ask) -> Result<Params, String> {
    let params: Params = ask.params()?;
    if params.silent == 0 || params.silent > 1_000 {
        return Err("silent must lie between 1 and 1000".to_owned());
    }
    let fits = (1..=120).contains(&params.months);
    fits.then_some(params).ok_or_else(|| "months must lie between 1 and 120".to_owned())
}
