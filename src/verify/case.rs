//! A reference case: its fields as the files give them, and where cases come from.
#![expect(clippy::disallowed_methods, reason = "reference cases are read here, and only here")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One reference case.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Case {
    /// Its name.
    pub id: String,
    /// What is computed, dotted: `control_chart.i_mr`.
    pub procedure: String,
    /// One line for people.
    #[serde(default)]
    pub title: String,
    /// The raw data.
    #[serde(default, skip_serializing)]
    pub inputs: Value,
    /// Conventions in force.
    #[serde(default, skip_serializing)]
    pub options: Value,
    /// Full-precision figures; `null` where the figure must be called undefined.
    #[serde(skip_serializing)]
    pub expected: Value,
    /// Figures as printed in the source, rounded.
    #[serde(default, skip_serializing)]
    pub published: Option<Published>,
    /// How closely the figures must agree.
    #[serde(default, skip_serializing)]
    pub tolerance: Value,
}

/// Figures as printed, keyed by their path into the expected ones.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Published {
    /// Path → printed value.
    #[serde(default)]
    pub values: BTreeMap<String, Value>,
    /// How far rounding may move them: `abs`.
    #[serde(default, skip_serializing)]
    pub tolerance: Value,
}

/// Why a case was not computed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No procedure does this.
    #[error("{0}")]
    NotCovered(String),
    /// The inputs are not what the procedure reads.
    #[error("the inputs cannot be read: {0}")]
    Inputs(String),
}

/// A file of cases that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// The folder or file cannot be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is no reference case.
    #[error("{path}: {source}")]
    NoCase {
        /// Which one.
        path: PathBuf,
        /// Where and what is wrong.
        source: serde_json::Error,
    },
}

impl Case {
    /// The inputs as the procedure's own shape.
    pub(crate) fn inputs<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        typed(&self.inputs)
    }

    /// The options as the procedure's own shape; an absent block reads as an empty one.
    pub(crate) fn options<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        typed(&self.options)
    }
}

/// Beyond this the squares of values are not held; in data it is a slip of the pen.
const LARGEST: f64 = 1e150;
/// Beyond this whole numbers are not held exactly.
const LARGEST_COUNT: u64 = 1 << 53;

/// Whether every number in `value` can be computed with: neither too large to square nor so small
/// that dividing by it overflows.
fn computable(value: &Value) -> bool {
    match value {
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (None, None) => {
                number.as_f64().is_some_and(|v| v.abs() <= LARGEST && !v.is_subnormal())
            }
            (whole, _) => whole.is_some_and(|v| v.unsigned_abs() <= LARGEST_COUNT),
        },
        Value::Array(values) => values.iter().all(computable),
        Value::Object(fields) => fields.values().all(computable),
        _ => true,
    }
}

fn typed<T: DeserializeOwned>(value: &Value) -> Result<T, Refusal> {
    if !computable(value) {
        return Err(Refusal::Inputs("a number is too large or too close to 0".to_owned()));
    }
    let empty = Value::Object(serde_json::Map::new());
    let value = if value.is_null() { &empty } else { value };
    T::deserialize(value).map_err(|error| Refusal::Inputs(error.to_string()))
}

/// Every case below `folder`, by name. Index files (no `expected`) are passed over.
///
/// # Errors
/// A folder or file that cannot be read, or a JSON file that is no case.
pub fn load(folder: &Path) -> Result<Vec<Case>, CaseError> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    let mut cases = Vec::with_capacity(files.len());
    for path in files {
        let text = fs::read_to_string(&path)
            .map_err(|source| CaseError::Unreadable { path: path.clone(), source })?;
        if path.file_stem().is_some_and(|stem| stem == "index") {
            continue;
        }
        let case = serde_json::from_str(&text)
            .map_err(|source| CaseError::NoCase { path: path.clone(), source })?;
        cases.push(case);
    }
    Ok(cases)
}

fn collect(folder: &Path, out: &mut Vec<PathBuf>) -> Result<(), CaseError> {
    let fault = |source| CaseError::Unreadable { path: folder.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        if path.is_dir() {
            collect(&path, out)?;
        } else if path.extension().is_some_and(|extension| extension == "json") {
            out.push(path);
        }
    }
    Ok(())
}

/// The cases this program carries: public-domain and constructed ones.
///
/// # Errors
/// A file that is no case.
pub fn shipped() -> Result<Vec<Case>, CaseError> {
    super::procedures::SHIPPED
        .iter()
        .map(|(name, text)| {
            serde_json::from_str(text)
                .map_err(|source| CaseError::NoCase { path: PathBuf::from(name), source })
        })
        .collect()
}
