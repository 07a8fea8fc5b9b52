//! What may be asked of the service desk.

use serde::Deserialize;

use crate::analyses::analysis::Ask;
use crate::dataset::Grain;

/// Its parameters.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Length of a point in time; months where there are six of them, else weeks, when absent.
    by: Option<By>,
    /// Groups with fewer cases are listed, not compared.
    pub(super) min_cases: u64,
    /// Below this adjusted p-value a difference is worth a look.
    pub(super) alpha: f64,
    /// Share of cases that shall keep the promised time.
    pub(super) sla_target: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum By {
    Month,
    Week,
}

impl Default for Params {
    fn default() -> Self {
        Self { by: None, min_cases: 20, alpha: 0.05, sla_target: None }
    }
}

impl Params {
    /// Length of a point in time, where it is asked for.
    pub(super) fn grain(&self) -> Option<Grain> {
        self.by.map(|by| match by {
            By::Month => Grain::Month,
            By::Week => Grain::Week,
        })
    }
}

/// The parameters, checked.
pub(super) fn read(ask: &Ask) -> Result<Params, String> {
    let params: Params = ask.params()?;
    if params.min_cases == 0 {
        return Err("min_cases must be at least 1".to_owned());
    }
    let inside = |x: f64| x > 0.0 && x < 1.0;
    if params.sla_target.is_some_and(|target| !inside(target)) {
        return Err("sla_target must lie between 0 and 1".to_owned());
    }
    let fits = inside(params.alpha);
    fits.then_some(params).ok_or_else(|| "alpha must lie between 0 and 1".to_owned())
}
