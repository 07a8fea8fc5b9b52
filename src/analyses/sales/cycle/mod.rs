//! How long deals take from beginning to close, open ones counted too.

mod compute;
mod findings;
mod params;
mod section;
#[cfg(test)]
mod tests;

use crate::analyses::analysis::{Analysis, Ask, Need, WordFiles};
use crate::dataset::Dataset;
use crate::records::{Col, TableKind};
use crate::report::{Message, Outcome, Skipped};

/// The sales cycle.
pub(super) struct Cycle;

impl Analysis for Cycle {
    fn id(&self) -> &'static str {
        "cycle"
    }

    fn needs(&self) -> &'static [Need] {
        &[Need { table: TableKind::Opportunities, cols: &[Col::Stage, Col::Created, Col::Closed] }]
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
            .map_err(|why| skipped(Message::new("cycle.bad_params").arg("reason", why)))?;
        let cycle = compute::cycle(data, &params)
            .ok_or_else(|| skipped(Message::new("cycle.none_closed")))?;
        Ok(section::outcome(&cycle, data, ask))
    }
}
