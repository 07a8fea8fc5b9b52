//! The seven wastes in hours and money: measured by a waste log, inferred from the step log.

mod compute;
mod findings;
mod inferred;
mod params;
mod section;
#[cfg(test)]
mod tests;

use crate::analyses::analysis::{Analysis, Ask, Need, WordFiles};
use crate::dataset::Dataset;
use crate::records::TableKind;
use crate::report::{Message, Missing, Outcome, Skipped};

/// The seven wastes.
pub(super) struct Wastes;

impl Analysis for Wastes {
    fn id(&self) -> &'static str {
        "wastes"
    }

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
        params::read(ask).map(|_| ())
    }

    /// A waste log or a step log will do; each waste says which it rests on, or what it misses.
    fn compute(&self, data: &Dataset, ask: &Ask) -> Result<Outcome, Skipped> {
        let skipped = |tables: &[TableKind], reason| Skipped {
            analysis: self.id().to_owned(),
            missing: tables.iter().map(|&table| Missing { table, col: None }).collect(),
            reason,
        };
        let params = params::read(ask).map_err(|why| {
            skipped(&[], Some(Message::new("wastes.bad_params").arg("reason", why)))
        })?;
        let computed = compute::Computed::new(data, &params);
        if computed.lines.is_empty() {
            return Err(skipped(&[TableKind::WasteLog, TableKind::ProcessSteps], None));
        }
        Ok(section::outcome(&computed, data, ask))
    }
}
