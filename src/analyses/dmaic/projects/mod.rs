//! Projects that were to improve something: the portfolio, and what became of each.

mod compute;
mod findings;
mod gates;
mod judged;
mod measured;
mod metrics;
mod params;
mod portfolio;
mod section;
#[cfg(test)]
mod tests;

use compute::Computed;
use params::Params;

use crate::analyses::{Analysis, Ask, Need, WordFiles};
use crate::dataset::Dataset;
use crate::records::{Col, TableKind};
use crate::report::{Message, Outcome, Skipped};

/// The analysis.
pub struct Projects;

impl Analysis for Projects {
    fn id(&self) -> &'static str {
        "projects"
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
        let computed = Computed::new(data, &params, ask).ok_or_else(|| Skipped {
            analysis: self.id().to_owned(),
            missing: Vec::new(),
            reason: Some(Message::new("projects.skipped.none")),
        })?;
        let metrics = metrics::metrics(&computed);
        Ok(Outcome {
            findings: findings::findings(&computed),
            status: Vec::new(),
            blocks: section::blocks(&computed, &metrics),
            metrics,
            data: Vec::new(),
        })
    }
}
