//! What design projects set out to do: their charters, and what is missing in them.

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
pub struct Goals;

/// There is nothing to set.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {}

impl Analysis for Goals {
    fn id(&self) -> &'static str {
        "goals"
    }

    fn needs(&self) -> &'static [Need] {
        &[Need { table: TableKind::Charters, cols: &[Col::ProjectId] }]
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

    fn compute(&self, data: &Dataset, _: &Ask) -> Result<Outcome, Skipped> {
        let computed =
            Computed::new(data).ok_or_else(|| Skipped::because("goals", "no_charters"))?;
        let metrics = section::metrics(&computed);
        Ok(Outcome {
            findings: findings::findings(&computed),
            status: metrics.iter().take(1).map(StatusRow::of).collect(),
            blocks: section::blocks(&computed, &metrics),
            data: Vec::new(),
            metrics,
        })
    }
}
