//! The control plan: which checks were due, which were done, and which nobody made.

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
use crate::report::{Missing, Outcome, Skipped, StatusRow};

/// The analysis.
pub struct ControlPlan;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// How the projects shown work, as `dmadv`; all of them when absent.
    projects: Option<String>,
}

impl Analysis for ControlPlan {
    fn id(&self) -> &'static str {
        "control_plan"
    }

    fn needs(&self) -> &'static [Need] {
        &[Need { table: TableKind::ControlPlan, cols: &[Col::Characteristic, Col::Due] }]
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
        let table = data.table(TableKind::ControlPlan);
        if table.is_some_and(|table| table.column(Col::DoneAt).is_none()) {
            let missing = vec![Missing { table: TableKind::ControlPlan, col: Some(Col::DoneAt) }];
            return Err(Skipped { analysis: self.id().to_owned(), missing, reason: None });
        }
        let params: Params = ask.params().unwrap_or_default();
        let computed = Computed::new(data, ask.confidence, params.projects.as_deref())
            .ok_or_else(|| Skipped::because("control_plan", "no_checks"))?;
        let metrics = section::metrics(&computed);
        Ok(Outcome {
            findings: findings::findings(&computed),
            status: metrics.iter().take(1).map(StatusRow::of).collect(),
            blocks: section::blocks(&computed, &metrics),
            metrics,
            data: vec![section::due(&computed)],
        })
    }
}
