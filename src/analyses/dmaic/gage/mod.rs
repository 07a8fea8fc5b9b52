//! Measurement systems: how much of what is seen the measuring itself adds.

mod charts;
mod compute;
mod findings;
mod section;
mod tables;
#[cfg(test)]
mod tests;

use compute::Computed;
use serde::Deserialize;

use crate::analyses::{Analysis, Ask, Need, WordFiles};
use crate::dataset::Dataset;
use crate::records::{Col, TableKind};
use crate::report::{Outcome, Skipped, StatusRow};

/// The analysis.
pub struct Gage;

/// There is nothing to set.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {}

impl Analysis for Gage {
    fn id(&self) -> &'static str {
        "gage"
    }

    fn needs(&self) -> &'static [Need] {
        &[Need { table: TableKind::GageStudies, cols: &[Col::Part, Col::Operator] }]
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
        let computed = Computed::new(data, ask.confidence)
            .ok_or_else(|| Skipped::because("gage", "no_studies"))?;
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
