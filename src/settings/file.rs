//! `gemba.toml`, as asked.
#![expect(clippy::disallowed_methods, reason = "settings read their own file")]

use std::path::Path;

use schemars::JsonSchema;
use serde::Deserialize;

use super::mistake;
use super::{ReadSettings, SettingsError, SheetRule};

/// Settings of gemba: gemba.toml. Every key may be left out; the command line wins.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// Reports to make, by name; all when left out.
    pub(super) reports: Option<Vec<String>>,
    /// Folder with report definitions of your own (*.toml).
    pub(super) reports_dir: Option<String>,
    /// Languages to write: en, zh-Hant, zh-Hans; all when left out.
    pub(super) languages: Option<Vec<String>>,
    /// What to write: html, xlsx, json; all when left out.
    pub(super) formats: Option<Vec<String>>,
    /// Month, or first and last day or month: 2026-10, 2026-01..2026-10.
    pub(super) period: Option<String>,
    /// Day the report looks from; the last day in the data when left out.
    pub(super) as_of: Option<String>,
    /// Folder to write to.
    pub(super) output: Option<String>,
    /// ISO 4217 code shown beside money.
    pub(super) currency: Option<String>,
    /// Confidence level of intervals, 0.5 to 0.9999; 0.95 when left out.
    pub(super) confidence: Option<f64>,
    /// Shift between long-term and short-term sigma, 0 to 3; 1.5 when left out.
    pub(super) sigma_shift: Option<f64>,
    /// Share of rows that may be rejected before the data are refused; 0.2 when left out.
    pub(super) max_reject_share: Option<f64>,
    /// How sheets map to tables.
    #[serde(default)]
    pub(super) map: Vec<SheetRule>,
    /// How inputs are read.
    #[serde(default)]
    pub(super) read: ReadSettings,
    #[serde(skip)]
    source: Source,
}

/// The file's name and text, to say where a value stands.
#[derive(Clone, Debug, Default)]
struct Source {
    name: String,
    text: String,
}

impl File {
    /// Where the value of a key stands, and the key: what messages call it.
    pub(super) fn names(&self, key: &str) -> String {
        let place = mistake::place_of(&self.source.name, &self.source.text, key);
        format!("{place}: {key}")
    }
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
    let file: File = mistake::parse(&name, &text)?;
    Ok(File { source: Source { name, text }, ..file })
}

/// The JSON Schema of `gemba.toml`, with a line break at its end.
#[must_use]
pub fn schema() -> String {
    let schema = schemars::schema_for!(File);
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text + "\n"
}
