//! Which ways cases take, where they come back, and how often they change hands.

mod compute;
mod findings;
mod params;
mod section;
#[cfg(test)]
mod tests;

use crate::analyses::analysis::{Analysis, Ask, Need, WordFiles};
use crate::dataset::{Dataset, StepLog};
use crate::records::{Col, TableKind};
use crate::report::{Message, Outcome, Skipped};

/// The variants of the process.
pub(super) struct Variants;

impl Analysis for Variants {
    fn id(&self) -> &'static str {
        "variants"
    }

    fn needs(&self) -> &'static [Need] {
        &[Need { table: TableKind::ProcessSteps, cols: &[Col::CaseId, Col::Step, Col::Start] }]
    }

    fn words(&self) -> WordFiles {
        WordFiles {
            en: include_str!("words/en.toml"),
            zh_hant: include_str!("words/zh-Hant.toml"),
            zh_hans: include_str!("words/zh-Hans.toml"),
        }
    }

    fn check(&self, ask: &Ask) -> Result<(), String> {
        params::read(ask).map(|_| ())
    }

    fn compute(&self, data: &Dataset, ask: &Ask) -> Result<Outcome, Skipped> {
        let skipped = |reason: Message| Skipped {
            analysis: self.id().to_owned(),
            missing: Vec::new(),
            reason: Some(reason),
        };
        let params = params::read(ask)
            .map_err(|why| skipped(Message::new("variants.bad_params").arg("reason", why)))?;
        let variants = StepLog::of(data, &params.closing_steps)
            .and_then(|log| compute::Computed::new(&log, data, &params))
            .ok_or_else(|| skipped(Message::new("variants.none_finished")))?;
        Ok(section::outcome(&variants, data, &params, ask))
    }
}
