//! Whether representatives differ by more than chance, and which ones.

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

/// Representatives compared.
pub(super) struct Reps;

impl Analysis for Reps {
    fn id(&self) -> &'static str {
        "reps"
    }

    fn needs(&self) -> &'static [Need] {
        &[Need { table: TableKind::Opportunities, cols: &[Col::Stage, Col::Owner] }]
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
            .map_err(|why| skipped(Message::new("reps.bad_params").arg("reason", why)))?;
        let team =
            compute::team(data, &params).ok_or_else(|| skipped(Message::new("reps.none_owned")))?;
        Ok(section::outcome(&team, data, ask))
    }
}
