//! Control charts of samples in their order, without dates: p, np, u, c, g and t.

mod compute;
mod findings;
mod fit;
mod params;
mod read;
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
pub struct Samples;

impl Analysis for Samples {
    fn id(&self) -> &'static str {
        "samples"
    }

    fn needs(&self) -> &'static [Need] {
        &[Need { table: TableKind::Samples, cols: &[] }]
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
        let skipped = |missing, reason: Option<&str>| Skipped {
            analysis: self.id().to_owned(),
            missing,
            reason: reason.map(Message::new),
        };
        if read::lacks_size(data) {
            let size = Missing { table: TableKind::Samples, col: Some(Col::Size) };
            return Err(skipped(vec![size], None));
        }
        let computed = Computed::new(data, &params, ask);
        let computed =
            computed.ok_or_else(|| skipped(Vec::new(), Some("samples.skipped.too_few")))?;
        let metrics = section::metrics(&computed);
        Ok(Outcome {
            findings: findings::findings(&computed),
            status: section::status(&computed),
            blocks: section::blocks(&computed, &metrics),
            data: vec![tables::limits(&computed)],
            metrics,
        })
    }
}
