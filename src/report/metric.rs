//! A number never travels without its interval, its n and its method.

use schemars::JsonSchema;
use serde::Serialize;

use super::Value;
use crate::units::Period;

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither way is better in itself.
    Neutral,
}

/// An interval of stated confidence; an absent end is unbounded or cannot be estimated.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Interval {
    /// Lower end.
    pub low: Option<Value>,
    /// Upper end.
    pub high: Option<Value>,
    /// Confidence level, as 0.95.
    pub level: f64,
}

impl Interval {
    /// An interval of shares.
    #[must_use]
    pub fn shares(low: f64, high: f64, level: f64) -> Self {
        Self { low: Value::share(low), high: Value::share(high), level }
    }

    /// An interval of days, of which an end may be unknown.
    #[must_use]
    pub fn days(low: Option<f64>, high: Option<f64>, level: f64) -> Self {
        Self { low: low.and_then(Value::days), high: high.and_then(Value::days), level }
    }
}

/// One figure. Its name, definition and reading stand in the word files at `metric.<id>`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Metric {
    /// Stable id, as `dpmo`; `gemba explain dpmo` has its page.
    pub id: String,
    /// The figure; `None` when it cannot be estimated.
    pub value: Option<Value>,
    /// Its interval.
    pub interval: Option<Interval>,
    /// How many units, cases or customers it rests on.
    pub n: u64,
    /// The days it speaks of.
    pub period: Period,
    /// What it should be.
    pub target: Option<Value>,
    /// Which way is better.
    pub direction: Direction,
    /// How it was computed: a word key, as `defects.method.clopper_pearson`.
    pub method: String,
}

impl Metric {
    /// A figure without interval or target, neither way better, computed as the words at
    /// `<analysis>.method.<id>` say.
    #[must_use]
    pub fn new(analysis: &str, id: &str, value: Option<Value>, n: u64, period: Period) -> Self {
        Self {
            id: id.to_owned(),
            value,
            interval: None,
            n,
            period,
            target: None,
            direction: Direction::Neutral,
            method: format!("{analysis}.method.{id}"),
        }
    }
}
