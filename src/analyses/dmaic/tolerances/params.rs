//! What a report's definition may ask of this analysis.

use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Results to simulate.
    pub(super) draws: u32,
    /// Seed of the simulation: the same seed gives the same figures.
    pub(super) seed: u64,
    /// Share of results that should keep the limits; that of a centred process with Cp 1 when
    /// absent.
    pub(super) target_yield: f64,
}

impl Default for Params {
    fn default() -> Self {
        Self { draws: 100_000, seed: 20_260_101, target_yield: 0.9973 }
    }
}

impl Params {
    /// Whether the values make sense.
    ///
    /// # Errors
    /// What is wrong with the first that does not.
    pub(super) fn check(&self) -> Result<(), String> {
        if !(1_000..=5_000_000).contains(&self.draws) {
            return Err(format!("draws = {}: expected 1000 to 5000000", self.draws));
        }
        if !(0.0..=1.0).contains(&self.target_yield) {
            return Err(format!("target_yield = {}: expected 0 to 1", self.target_yield));
        }
        Ok(())
    }
}
