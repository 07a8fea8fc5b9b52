//! Designed experiments: which factors move a response, and which levels make it robust.

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
pub struct Experiments;

/// There is nothing to set.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {}

impl Analysis for Experiments {
    fn id(&self) -> &'static str {
        "experiments"
    }

    fn needs(&self) -> &'static [Need] {
        &[Need {
            table: TableKind::Experiments,
            cols: &[Col::Run, Col::Factor, Col::Level, Col::Value],
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

    fn compute(&self, data: &Dataset, _: &Ask) -> Result<Outcome, Skipped> {
        let computed =
            Computed::new(data).ok_or_else(|| Skipped::because("experiments", "no_runs"))?;
        let metrics = section::metrics(&computed);
        Ok(Outcome {
            findings: findings::findings(&computed),
            status: metrics.iter().take(1).map(StatusRow::of).collect(),
            blocks: section::blocks(&computed, &metrics),
            data: section::data(&computed),
            metrics,
        })
    }
}
