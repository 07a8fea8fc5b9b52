//! The cost of poor quality: failures inside and at the customer, appraisal and prevention.

mod compute;
mod findings;
mod ledger;
mod params;
mod section;
mod tables;
#[cfg(test)]
mod tests;

use compute::Computed;
use params::Params;

use crate::analyses::{Analysis, Ask, Need, WordFiles};
use crate::dataset::Dataset;
use crate::records::{Col, TableKind};
use crate::report::{Message, Missing, Outcome, Skipped};

/// The analysis.
pub struct Copq;

impl Analysis for Copq {
    fn id(&self) -> &'static str {
        "copq"
    }

    /// Any of three tables will do: what is missing is said by [`Copq::compute`].
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
        if !ledger::is_known(data) {
            let tables = [
                (TableKind::QualityCosts, None),
                (TableKind::DefectLog, Some(Col::Cost)),
                (TableKind::ServiceRecords, Some(Col::Cost)),
            ];
            let missing = tables.map(|(table, col)| Missing { table, col });
            return Err(skipped(missing.to_vec(), None));
        }
        let computed = Computed::new(data, &params, ask.confidence)
            .ok_or_else(|| skipped(Vec::new(), Some(Message::new("copq.skipped.no_costs"))))?;
        Ok(Outcome {
            metrics: section::metrics(&computed),
            findings: findings::findings(&computed),
            status: Vec::new(),
            blocks: section::blocks(&computed),
            data: Vec::new(),
        })
    }
}

fn skipped(missing: Vec<Missing>, reason: Option<Message>) -> Skipped {
    Skipped { analysis: "copq".to_owned(), missing, reason }
}
