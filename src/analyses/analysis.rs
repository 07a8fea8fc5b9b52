//! What every analysis is: a pure function from a dataset to an outcome.

use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::Charting;
use crate::dataset::Dataset;
use crate::records::{Col, TableKind};
use crate::report::{Missing, Outcome, Skipped};

/// A table and the columns of it an analysis cannot do without.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    /// The table.
    pub table: TableKind,
    /// Its columns.
    pub cols: &'static [Col],
}

/// The words of an analysis, one TOML text a language.
#[derive(Clone, Copy, Debug)]
pub struct WordFiles {
    /// English.
    pub en: &'static str,
    /// Traditional Chinese.
    pub zh_hant: &'static str,
    /// Simplified Chinese.
    pub zh_hans: &'static str,
}

/// What is asked of an analysis besides the data.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Its parameters from the report's definition; an object, possibly empty.
    pub params: Json,
    /// How the control charts of the report are made and judged.
    pub charting: Charting,
    /// Confidence level of intervals, as 0.95.
    pub confidence: f64,
    /// The shift between long-term and short-term sigma, a convention (1.5).
    pub sigma_shift: f64,
    /// A finding says "act" only where its adjusted p-value is below this (0.005 a family).
    pub act_alpha: f64,
}

impl Default for Ask {
    fn default() -> Self {
        Self {
            params: Json::Object(serde_json::Map::new()),
            charting: Charting::default(),
            confidence: 0.95,
            sigma_shift: 1.5,
            act_alpha: 0.005,
        }
    }
}

impl Ask {
    /// The parameters, typed; absent ones take their defaults.
    ///
    /// # Errors
    /// The message of the first parameter that does not fit.
    pub fn params<P: DeserializeOwned>(&self) -> Result<P, String> {
        serde_json::from_value(self.params.clone()).map_err(|e| e.to_string())
    }
}

/// One analysis. The set is open: a new one is a folder and a line in its wing's list.
pub trait Analysis: Sync {
    /// Its id, as `defects`; prefix of its words, findings and tables.
    fn id(&self) -> &'static str;

    /// What it cannot do without.
    fn needs(&self) -> &'static [Need];

    /// Its words in every language.
    fn words(&self) -> WordFiles;

    /// Whether the parameters fit.
    ///
    /// # Errors
    /// The message of the first parameter that does not fit.
    fn check(&self, ask: &Ask) -> Result<(), String>;

    /// Computes metrics, findings and blocks. Called only where [`Analysis::needs`] are met.
    ///
    /// # Errors
    /// [`Skipped`] with the reason, where the data do not carry the analysis.
    fn compute(&self, data: &Dataset, ask: &Ask) -> Result<Outcome, Skipped>;
}

/// What an analysis misses in a dataset.
#[must_use]
pub fn missing(analysis: &dyn Analysis, data: &Dataset) -> Vec<Missing> {
    let mut out = Vec::new();
    for need in analysis.needs() {
        let Some(table) = data.table(need.table) else {
            out.push(Missing { table: need.table, col: None });
            continue;
        };
        let absent = need.cols.iter().filter(|&&col| !table.has(col));
        out.extend(absent.map(|&col| Missing { table: need.table, col: Some(col) }));
    }
    out
}

/// Runs an analysis, or says what it misses.
///
/// # Errors
/// [`Skipped`] with the missing tables and columns, or the analysis' own reason.
pub fn run(analysis: &dyn Analysis, data: &Dataset, ask: &Ask) -> Result<Outcome, Skipped> {
    let missing = missing(analysis, data);
    if missing.is_empty() {
        return analysis.compute(data, ask);
    }
    Err(Skipped { analysis: analysis.id().to_owned(), missing, reason: None })
}
