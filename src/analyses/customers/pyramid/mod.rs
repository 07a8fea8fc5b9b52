//! The customer pyramid: tiers by sales, what each brings, and who moved between them.

mod compute;
mod findings;
mod migration;
mod params;
mod section;
mod tables;
#[cfg(test)]
mod tests;
mod tier;

use compute::Pyramid as Computed;
use params::Params;

use crate::analyses::{Analysis, Ask, Need, WordFiles};
use crate::dataset::Dataset;
use crate::records::{Col, TableKind};
use crate::report::{Message, Outcome, Skipped};

/// The analysis.
pub struct Pyramid;

impl Analysis for Pyramid {
    fn id(&self) -> &'static str {
        "pyramid"
    }

    fn needs(&self) -> &'static [Need] {
        &[Need { table: TableKind::Orders, cols: &[Col::Date, Col::CustomerId, Col::Amount] }]
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
        let pyramid = Computed::new(data, &params);
        if pyramid.ranked.is_empty() {
            let reason = Some(Message::new("pyramid.skipped.no_orders"));
            return Err(Skipped { analysis: self.id().to_owned(), missing: Vec::new(), reason });
        }
        let metrics = section::metrics(&pyramid);
        Ok(Outcome {
            findings: findings::findings(&pyramid),
            status: section::status(&metrics),
            blocks: section::blocks(&pyramid, &metrics),
            data: tables::data(&pyramid),
            metrics,
        })
    }
}
