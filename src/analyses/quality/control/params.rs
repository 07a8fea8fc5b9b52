//! What a report's definition may ask of this analysis; rules, baseline and phases are the
//! report's own ([`crate::analyses::Charting`]).

use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Small charts beside the whole: one a step when absent.
    facets: Facets,
    /// Small charts of one count at most; 12 when absent.
    facet_limit: Option<usize>,
}

/// Which small charts stand beside the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Facets {
    /// One a step.
    #[default]
    Step,
    /// None.
    None,
}

impl Params {
    /// Small charts of one count at most.
    pub(super) fn facets(&self) -> usize {
        if self.facets == Facets::None { 0 } else { self.facet_limit.unwrap_or(12) }
    }
}
