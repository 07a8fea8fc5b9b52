//! What the figures say, as facts; the words come last.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Message, Value};
use crate::units::Money;

/// What a finding asks of its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Act: evidence beyond chance, worth a decision now.
    Act,
    /// Watch: a caveat of the data, or a sign too weak to act on.
    Watch,
    /// Good: evidence of something better, or of nothing wrong.
    Good,
}

/// One statement with its advice.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Finding {
    /// Stable id, as `defects.rise`; `gemba explain defects.rise` has its page.
    pub id: String,
    /// What it asks.
    pub grade: Grade,
    /// The metric it speaks of.
    pub metric: Option<String>,
    /// The statement.
    pub message: Message,
    /// What to do.
    pub advice: Message,
    /// What it is worth, where records say so.
    pub money: Option<Money>,
    /// Probability of such evidence by chance alone, after the adjustment for looking often.
    pub p_value: Option<f64>,
}

impl Finding {
    /// A finding of an analysis, worded at `<analysis>.finding.<name>.message` and `.advice`.
    #[must_use]
    pub fn new(analysis: &str, name: &str, grade: Grade) -> Self {
        let words = |part: &str| Message::new(format!("{analysis}.finding.{name}.{part}"));
        Self {
            id: format!("{analysis}.{name}"),
            grade,
            metric: None,
            message: words("message"),
            advice: words("advice"),
            money: None,
            p_value: None,
        }
    }

    /// About a metric.
    #[must_use]
    pub fn about(mut self, metric: &str) -> Self {
        self.metric = Some(metric.to_owned());
        self
    }

    /// With a value both the statement and the advice may name.
    #[must_use]
    pub fn arg(mut self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        self.message = self.message.arg(name, value.clone());
        self.advice = self.advice.arg(name, value);
        self
    }
}
