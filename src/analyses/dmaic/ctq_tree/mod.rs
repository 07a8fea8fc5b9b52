//! From the voice of the customer to what is critical to quality.

mod compute;
mod findings;
mod params;
mod section;
#[cfg(test)]
mod tests;

use compute::Computed;
use params::Params;

use crate::analyses::{Analysis, Ask, Need, WordFiles};
use crate::dataset::Dataset;
use crate::records::{Col, TableKind};
use crate::report::{Outcome, Skipped, StatusRow};

/// The analysis.
pub struct CtqTree;

impl Analysis for CtqTree {
    fn id(&self) -> &'static str {
        "ctq_tree"
    }

    fn needs(&self) -> &'static [Need] {
        &[Need { table: TableKind::Tickets, cols: &[Col::Opened, Col::Category] }]
    }

    fn words(&self) -> WordFiles {
        WordFiles {
            en: include_str!("words/en.toml"),
            zh_hant: include_str!("words/zh-Hant.toml"),
            zh_hans: include_str!("words/zh-Hans.toml"),
        }
    }

    fn check(&self, ask: &Ask) -> Result<(), String> {
        ask.params::<Params>()?.check()
    }

    fn compute(&self, data: &Dataset, ask: &Ask) -> Result<Outcome, Skipped> {
        let params: Params = ask.params().unwrap_or_default();
        let computed = Computed::new(data, &params, ask.confidence)
            .ok_or_else(|| Skipped::because("ctq_tree", "no_cases"))?;
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
