//! What a report's definition may ask of this analysis.

use serde::Deserialize;

use crate::stats::control_chart::rules::{Rule, STANDARD};

/// Parameters.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Which chart; by the columns when absent.
    pub(super) chart: Option<Kind>,
    /// How the limits of g and t charts are found.
    pub(super) estimator: Option<Estimator>,
    /// Rules in force, by name; beyond, nine on a side, six in a trend, two of three when absent.
    rules: Option<Vec<String>>,
    /// Points of the frozen baseline; all when absent.
    pub(super) baseline_points: Option<usize>,
}

/// A chart of counted samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// Share of defective units.
    P,
    /// Number of defective units.
    Np,
    /// Defects per unit.
    U,
    /// Number of defects.
    C,
    /// Cases between events.
    G,
    /// Time between events.
    T,
}

/// How the limits of a chart of rare events are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Estimator {
    /// g: quantiles of the geometric distribution.
    Probability,
    /// g: mean ± 3 sigma.
    Sigma,
    /// t: Nelson's power transform.
    Nelson,
    /// t: quantiles of the exponential distribution.
    Exponential,
    /// t: quantiles of the fitted Weibull distribution.
    Weibull,
}

impl Params {
    /// The rules in force, in Nelson's order, each once.
    pub(super) fn rules(&self) -> Vec<Rule> {
        let Some(names) = &self.rules else { return STANDARD.to_vec() };
        let asked: Vec<Rule> = names.iter().filter_map(|name| Rule::parse(name)).collect();
        Rule::ALL.into_iter().filter(|rule| asked.contains(rule)).collect()
    }

    /// Whether the values make sense.
    ///
    /// # Errors
    /// What is wrong with the first that does not.
    pub(super) fn check(&self) -> Result<(), String> {
        if let Some(n) = self.baseline_points.filter(|&n| n < 2) {
            return Err(format!("baseline_points = {n}: expected 2 or more"));
        }
        let unknown = self.rules.iter().flatten().find(|name| Rule::parse(name).is_none());
        unknown.map_or(Ok(()), |name| Err(format!("rules: there is no rule {name}")))
    }
}
