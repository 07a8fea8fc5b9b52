//! One chapter a project: what each phase rests on, from its charter to whether the gain holds.

mod analyze;
mod chapter;
mod compute;
mod control;
mod define;
mod design;
mod figures;
mod improve;
mod measure;
mod params;
mod risk;
mod system;
#[cfg(test)]
mod tests;

use compute::Chapters;
use params::Params;

use crate::analyses::{Analysis, Ask, Need, WordFiles};
use crate::dataset::Dataset;
use crate::records::{Col, TableKind};
use crate::report::{Message, Outcome, Skipped};

/// The analysis.
pub struct Dmaic;

impl Analysis for Dmaic {
    fn id(&self) -> &'static str {
        "dmaic"
    }

    fn needs(&self) -> &'static [Need] {
        &[Need { table: TableKind::Projects, cols: &[Col::ProjectId] }]
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
        let chapters = Chapters::new(data, &params, ask).ok_or_else(|| Skipped {
            analysis: self.id().to_owned(),
            missing: Vec::new(),
            reason: Some(Message::new("dmaic.skipped.none")),
        })?;
        Ok(Outcome {
            findings: control::findings(&chapters),
            blocks: chapter::blocks(&chapters),
            ..Outcome::default()
        })
    }
}
