//! What a report's definition may ask of this analysis.

use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Ppk the design must reach.
    pub(super) target_ppk: f64,
    /// Results to simulate for the prediction, and the seed: as in the predicted yield.
    pub(super) draws: u32,
    /// Seed of the simulation.
    pub(super) seed: u64,
}

impl Default for Params {
    fn default() -> Self {
        Self { target_ppk: 1.33, draws: 100_000, seed: 20_260_101 }
    }
}

impl Params {
    /// Whether the values make sense.
    ///
    /// # Errors
    /// What is wrong with the first that does not.
    pub(super) fn check(&self) -> Result<(), String> {
        if !(0.0..=10.0).contains(&self.target_ppk) {
            return Err(format!("target_ppk = {}: expected 0 to 10", self.target_ppk));
        }
        if !(1_000..=5_000_000).contains(&self.draws) {
            return Err(format!("draws = {}: expected 1000 to 5000000", self.draws));
        }
        Ok(())
    }
}
