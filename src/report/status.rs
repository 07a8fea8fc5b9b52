//! The status board: one row a metric, readable in seconds.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Interval, Metric, Value};

/// Whether a difference between two periods is more than noise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeVerdict {
    /// Better beyond chance.
    Better,
    /// Worse beyond chance.
    Worse,
    /// The interval of the difference covers zero.
    NoEvidence,
    /// No comparable period.
    NotComparable,
}

/// A difference from an earlier period.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Change {
    /// Current less earlier.
    pub value: Option<Value>,
    /// Interval of the difference.
    pub interval: Option<Interval>,
    /// What it amounts to.
    pub verdict: ChangeVerdict,
}

/// What the metric's chart says of its variation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Variation {
    /// Only common-cause variation.
    Common,
    /// Special-cause variation for the better.
    Improving,
    /// Special-cause variation for the worse.
    Concerning,
    /// Too few points to tell.
    Unknown,
}

/// Whether the process, as it runs, will keep hitting its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Assurance {
    /// The target lies outside the limits, on the good side: it will be hit.
    Hit,
    /// The target lies outside the limits, on the bad side: it will be missed.
    Miss,
    /// The target lies inside the limits: hit or miss at random.
    Random,
    /// No target, or too few points to tell.
    Unknown,
}

/// One row of the board.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StatusRow {
    /// What the metric is of, where a board has several such rows: a characteristic, a step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<Value>,
    /// The metric.
    pub metric: Metric,
    /// Its difference from the period before.
    pub change: Option<Change>,
    /// Its recent course, oldest first; `None` where a point is missing.
    pub spark: Vec<Option<f64>>,
    /// What its chart says.
    pub variation: Variation,
    /// Will it keep hitting the target?
    pub assurance: Assurance,
}

impl StatusRow {
    /// A metric with no course to judge by.
    #[must_use]
    pub fn of(metric: &Metric) -> Self {
        Self {
            scope: None,
            metric: metric.clone(),
            change: None,
            spark: Vec::new(),
            variation: Variation::Unknown,
            assurance: Assurance::Unknown,
        }
    }
}
