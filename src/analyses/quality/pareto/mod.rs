//! Which types of defect make most of them, and whose share grew.

mod compute;
mod findings;
mod money;
mod moves;
mod params;
mod section;
#[cfg(test)]
mod tests;

use compute::Computed;
use params::Params;

use crate::analyses::{Analysis, Ask, Need, WordFiles};
use crate::dataset::Dataset;
use crate::records::{Col, TableKind};
use crate::report::{Message, Missing, Outcome, Skipped};

/// The analysis.
pub struct Pareto;

impl Analysis for Pareto {
    fn id(&self) -> &'static str {
        "pareto"
    }

    /// Either table will do: what is missing is said by [`Pareto::compute`].
    fn needs(&self) -> &'static [Need] {
        &[]
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

    fn compute(&self, data: &Dataset, ask: &Ask) -> Result<Outcome, Skipped> {
        let params: Params = ask.params().unwrap_or_default();
        if compute::source(data).is_none() {
            let missing = Missing { table: TableKind::DefectLog, col: Some(Col::DefectType) };
            return Err(skipped(vec![missing], None));
        }
        let computed = Computed::new(data, &params, ask.confidence)
            .ok_or_else(|| skipped(Vec::new(), Some(Message::new("pareto.skipped.no_defects"))))?;
        Ok(Outcome {
            metrics: section::metrics(&computed),
            findings: findings::findings(&computed, ask.act_alpha),
            status: Vec::new(),
            blocks: section::blocks(&computed),
            data: vec![section::counts(&computed)],
        })
    }
}

fn skipped(missing: Vec<Missing>, reason: Option<Message>) -> Skipped {
    Skipped { analysis: "pareto".to_owned(), missing, reason }
}
