//! What may be asked of the sales cycle.

use serde::Deserialize;

use crate::analyses::analysis::Ask;

/// Its parameters.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// A month with fewer closed deals gets no median of its own.
    pub(super) min_month: u64,
}

impl Default for Params {
    fn default() -> Self {
        Self { min_month: 10 }
    }
}

/// The parameters.
pub(super) fn read(ask: &Ask) -> Result<Params, String> {
    ask.params()
}
