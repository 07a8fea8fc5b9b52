//! `gemba.toml`, as asked.
#![expect(clippy::disallowed_methods, reason = "settings read their own file")]

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{ReadSettings, SettingsError};

/// The settings file. Every key may be left out; the command line wins.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) reports: Option<Vec<String>>,
    pub(super) reports_dir: Option<String>,
    pub(super) languages: Option<Vec<String>>,
    pub(super) formats: Option<Vec<String>>,
    pub(super) period: Option<String>,
    pub(super) as_of: Option<String>,
    pub(super) output: Option<String>,
    pub(super) currency: Option<String>,
    pub(super) confidence: Option<f64>,
    pub(super) sigma_shift: Option<f64>,
    pub(super) max_reject_share: Option<f64>,
    /// `"file.xlsx/Sheet" = "orders"`: the table a sheet is to be read as.
    #[serde(default)]
    pub(super) tables: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) read: ReadSettings,
}

/// Reads the named file, or `gemba.toml` in the current folder where there is one.
pub(super) fn read(path: Option<&Path>) -> Result<File, SettingsError> {
    let default = Path::new("gemba.toml");
    let path = match path {
        Some(path) => path,
        None if default.is_file() => default,
        None => return Ok(File::default()),
    };
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|e| SettingsError::Unreadable { file: name.clone(), reason: e.to_string() })?;
    toml::from_str(&text).map_err(|e| SettingsError::Toml { file: name, reason: e.to_string() })
}
