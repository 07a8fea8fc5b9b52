//! Capability of what is measured: per characteristic its control chart, and, against its
//! specification, what the process holds.

mod ability;
mod card;
mod chart;
mod compute;
mod findings;
mod formulas;
mod gage;
mod indices;
mod panels;
mod params;
mod read;
mod section;
mod status;
mod tables;
#[cfg(test)]
mod tests;

use compute::Computed;
use params::Params;

use crate::analyses::{Analysis, Ask, Need, WordFiles};
use crate::dataset::Dataset;
use crate::records::{Col, TableKind};
use crate::report::{Message, Outcome, Skipped};

/// The analysis.
pub struct Capability;

impl Analysis for Capability {
    fn id(&self) -> &'static str {
        "capability"
    }

    fn needs(&self) -> &'static [Need] {
        &[Need { table: TableKind::Measurements, cols: &[Col::Value] }]
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
        let computed = Computed::new(data, &params, ask).ok_or_else(|| Skipped {
            analysis: self.id().to_owned(),
            missing: Vec::new(),
            reason: Some(Message::new("capability.skipped.too_few")),
        })?;
        let metrics = status::metrics(&computed);
        Ok(Outcome {
            findings: findings::findings(&computed),
            status: status::rows(&computed),
            blocks: section::blocks(&computed, &metrics),
            data: section::data(&computed),
            metrics,
        })
    }
}
