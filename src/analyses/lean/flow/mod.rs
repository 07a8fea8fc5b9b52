//! How long cases take, how much of it is work, what is under way, and where it waits.

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

/// The flow of cases.
pub(super) struct Flow;

impl Analysis for Flow {
    fn id(&self) -> &'static str {
        "flow"
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
            .map_err(|why| skipped(Message::new("flow.bad_params").arg("reason", why)))?;
        let flow = StepLog::of(data, &params.closing_steps)
            .and_then(|log| compute::Computed::new(&log, data, &params, ask.confidence))
            .ok_or_else(|| skipped(Message::new("flow.none_finished")))?;
        Ok(section::outcome(&flow, data, ask))
    }
}
