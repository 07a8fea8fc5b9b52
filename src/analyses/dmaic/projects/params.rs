//! What a report's definition may ask of this analysis.

use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Whole months before an intervention that make its baseline, at most.
    pub(super) baseline_months: i32,
    /// Significance of the verdicts over all projects.
    pub(super) alpha: f64,
    /// The share of defects to be spared that is worth having where nothing was promised.
    pub(super) relevant_gain: f64,
}

impl Default for Params {
    fn default() -> Self {
        Self { baseline_months: 12, alpha: 0.05, relevant_gain: 0.2 }
    }
}

impl Params {
    /// Whether the values make sense.
    ///
    /// # Errors
    /// What is wrong with the first that does not.
    pub(super) fn check(&self) -> Result<(), String> {
        let share = |name: &str, x: f64| {
            let inside = x > 0.0 && x < 1.0;
            if inside { Ok(()) } else { Err(format!("{name} = {x}: expected between 0 and 1")) }
        };
        share("alpha", self.alpha)?;
        share("relevant_gain", self.relevant_gain)?;
        match self.baseline_months {
            3..=60 => Ok(()),
            n => Err(format!("baseline_months = {n}: expected 3 to 60")),
        }
    }
}
