//! Report definitions: which analyses, in which order, with which parameters.
#![expect(clippy::disallowed_methods, reason = "settings read their own files")]

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value as Json;

use super::{SettingsError, mistake};

/// How a report is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Headline and every section.
    #[default]
    Full,
    /// One page: the headline; sections stay in the workbook.
    Summary,
}

/// One analysis of a report.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnalysisPlan {
    /// Which analysis.
    pub id: String,
    /// Its parameters.
    #[serde(default = "no_params")]
    pub params: Json,
}

/// One report.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportPlan {
    /// Its id and the beginning of its file names.
    pub id: String,
    /// How it is laid out.
    #[serde(default)]
    pub layout: Layout,
    /// How its control charts are made: length of a point, what is counted, rules, baseline.
    #[serde(default = "no_params")]
    pub chart: Json,
    /// Recorded events from which control limits are new, each with its reason.
    #[serde(default, rename = "phase")]
    pub phases: Vec<Json>,
    /// Its analyses, in order.
    #[serde(rename = "analysis")]
    pub analyses: Vec<AnalysisPlan>,
    /// Title and subtitle by language tag, for reports of one's own.
    #[serde(default)]
    pub words: BTreeMap<String, BTreeMap<String, String>>,
}

impl ReportPlan {
    /// Charts and phases as one object.
    #[must_use]
    pub fn charting(&self) -> Json {
        let mut charting = self.chart.clone();
        if let Json::Object(fields) = &mut charting {
            fields.insert("phase".to_owned(), Json::Array(self.phases.clone()));
        }
        charting
    }
}

fn no_params() -> Json {
    Json::Object(serde_json::Map::new())
}

const SHIPPED: [(&str, &str); 6] = [
    ("monthly-sigma.toml", include_str!("../../reports/monthly-sigma.toml")),
    ("dmaic.toml", include_str!("../../reports/dmaic.toml")),
    ("dmadv.toml", include_str!("../../reports/dmadv.toml")),
    ("lean.toml", include_str!("../../reports/lean.toml")),
    ("sales.toml", include_str!("../../reports/sales.toml")),
    ("executive.toml", include_str!("../../reports/executive.toml")),
];

/// The shipped definitions, and those of a folder, which replace shipped ones of the same id.
pub(super) fn plans(folder: Option<&Path>) -> Result<Vec<ReportPlan>, SettingsError> {
    let mut plans = Vec::new();
    for (name, text) in SHIPPED {
        plans.push(mistake::parse(name, text)?);
    }
    for (name, text) in folder.map_or_else(|| Ok(Vec::new()), own)? {
        let plan: ReportPlan = mistake::parse(&name, &text)?;
        plans.retain(|p: &ReportPlan| p.id != plan.id);
        plans.push(plan);
    }
    Ok(plans)
}

fn own(folder: &Path) -> Result<Vec<(String, String)>, SettingsError> {
    let unreadable = |e: std::io::Error| SettingsError::Unreadable {
        file: folder.display().to_string(),
        reason: e.to_string(),
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|e| e == "toml") {
            let text = std::fs::read_to_string(&path).map_err(unreadable)?;
            files.push((path.display().to_string(), text));
        }
    }
    files.sort();
    Ok(files)
}
