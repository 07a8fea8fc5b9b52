//! Failure modes: what may go wrong, how grave it is, and whether anything is done about it.

mod compute;
mod findings;
mod section;
#[cfg(test)]
mod tests;

use compute::Computed;
use serde::Deserialize;

use crate::analyses::{Analysis, Ask, Need, WordFiles};
use crate::dataset::Dataset;
use crate::records::{Col, TableKind};
use crate::report::{Outcome, Skipped, StatusRow};

/// The analysis.
pub struct Fmea;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// How the projects shown work, as `dmadv`; all of them when absent.
    projects: Option<String>,
}

impl Analysis for Fmea {
    fn id(&self) -> &'static str {
        "fmea"
    }

    fn needs(&self) -> &'static [Need] {
        &[Need {
            table: TableKind::Fmea,
            cols: &[Col::FailureMode, Col::Severity, Col::Occurrence, Col::Detection],
        }]
    }

    fn words(&self) -> WordFiles {
        WordFiles {
            en: include_str!("words/en.toml"),
            zh_hant: include_str!("words/zh-Hant.toml"),
            zh_hans: include_str!("words/zh-Hans.toml"),
        }
    }

    fn check(&self, ask: &Ask) -> Result<(), String> {
        ask.params::<Params>().map(|_| ())
    }

    fn compute(&self, data: &Dataset, ask: &Ask) -> Result<Outcome, Skipped> {
        let params: Params = ask.params().unwrap_or_default();
        let computed = Computed::new(data, params.projects.as_deref())
            .ok_or_else(|| Skipped::because("fmea", "no_modes"))?;
        let metrics = section::metrics(&computed);
        Ok(Outcome {
            findings: findings::findings(&computed),
            status: metrics.iter().skip(1).map(StatusRow::of).collect(),
            blocks: section::blocks(&computed, &metrics),
            metrics,
            data: Vec::new(),
        })
    }
}
