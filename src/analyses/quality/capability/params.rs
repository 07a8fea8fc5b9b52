//! What a report's definition may ask of this analysis.

use serde::Deserialize;

use crate::stats::control_chart::individuals;
use crate::stats::control_chart::rules::{Rule, STANDARD};
use crate::stats::control_chart::subgroups;

/// Parameters.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Which chart; by the data when absent.
    pub(super) chart: Option<Chart>,
    /// How sigma within is estimated for the chart's limits.
    estimator: Option<Estimator>,
    /// Rules in force, by name; beyond, nine on a side, six in a trend, two of three when absent.
    rules: Option<Vec<String>>,
    /// Points of the frozen baseline; 25 of dated measurements, all of undated ones when absent.
    baseline_points: Option<usize>,
    /// What Ppk should be; 1.33 when absent.
    target_ppk: Option<f64>,
    /// Characteristics drawn in full at most; 12 when absent.
    characteristic_limit: Option<usize>,
}

/// A chart of measured values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Chart {
    /// Individual values and their moving ranges.
    Individuals,
    /// Means and ranges of subgroups.
    XbarR,
    /// Means and standard deviations of subgroups.
    XbarS,
}

/// How sigma is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Estimator {
    MeanMovingRange,
    MedianMovingRange,
    Range,
    Sd,
    Pooled,
}

impl Params {
    /// The estimator of a chart of individuals: the mean moving range unless the median is asked.
    pub(super) fn individuals(&self) -> individuals::SigmaMethod {
        match self.estimator {
            Some(Estimator::MedianMovingRange) => individuals::SigmaMethod::MedianMovingRange,
            _ => individuals::SigmaMethod::MeanMovingRange,
        }
    }

    /// The estimator of a chart of subgroups: R̄ / d₂ or S̄ / c₄ by the chart unless asked.
    pub(super) fn subgroups(&self, chart: Chart) -> subgroups::SigmaMethod {
        match (self.estimator, chart) {
            (Some(Estimator::Pooled), _) => subgroups::SigmaMethod::PooledUnbiased,
            (Some(Estimator::Sd), _) => subgroups::SigmaMethod::Sd,
            (Some(Estimator::Range), _) | (_, Chart::XbarR) => subgroups::SigmaMethod::Range,
            _ => subgroups::SigmaMethod::Sd,
        }
    }

    /// The rules in force, in Nelson's order, each once.
    pub(super) fn rules(&self) -> Vec<Rule> {
        let Some(names) = &self.rules else { return STANDARD.to_vec() };
        let asked: Vec<Rule> = names.iter().filter_map(|name| Rule::parse(name)).collect();
        Rule::ALL.into_iter().filter(|rule| asked.contains(rule)).collect()
    }

    /// Points of the frozen baseline; `None` for all.
    pub(super) fn baseline(&self, dated: bool) -> Option<usize> {
        self.baseline_points.or(dated.then_some(25))
    }

    /// What Ppk should be.
    pub(super) fn target(&self) -> f64 {
        self.target_ppk.unwrap_or(1.33)
    }

    /// Characteristics drawn in full at most.
    pub(super) fn limit(&self) -> usize {
        self.characteristic_limit.unwrap_or(12)
    }

    /// Whether the values make sense.
    ///
    /// # Errors
    /// What is wrong with the first that does not.
    pub(super) fn check(&self) -> Result<(), String> {
        if let Some(n) = self.baseline_points.filter(|&n| n < 2) {
            return Err(format!("baseline_points = {n}: expected 2 or more"));
        }
        if let Some(target) = self.target_ppk.filter(|t| !(*t > 0.0 && t.is_finite())) {
            return Err(format!("target_ppk = {target}: expected more than 0"));
        }
        let unknown = self.rules.iter().flatten().find(|name| Rule::parse(name).is_none());
        unknown.map_or(Ok(()), |name| Err(format!("rules: there is no rule {name}")))
    }
}
