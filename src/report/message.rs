//! A sentence to be worded later: a key into the word files and what it names.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::Value;

/// A key into the word files, with the values its sentence names as `{name}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Message {
    /// Key, as `defects.finding.rise`.
    pub key: String,
    /// Values by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, Value>,
}

impl Message {
    /// A message without arguments.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), args: BTreeMap::new() }
    }

    /// With one argument.
    #[must_use]
    pub fn arg(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}
