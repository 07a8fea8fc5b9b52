//! The steps as one stream: work, waiting, yield, and where it is held up.

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

/// The value stream.
pub(super) struct ValueStream;

impl Analysis for ValueStream {
    fn id(&self) -> &'static str {
        "value_stream"
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
            .map_err(|why| skipped(Message::new("value_stream.bad_params").arg("reason", why)))?;
        let stream = StepLog::of(data, &params.closing_steps)
            .and_then(|log| compute::Computed::new(&log, data, &params))
            .ok_or_else(|| skipped(Message::new("value_stream.none_begun")))?;
        Ok(section::outcome(&stream, data))
    }
}
