//! Whether work comes in evenly, and whether capacity holds its peaks.

mod capacity;
mod compute;
mod findings;
mod params;
mod section;
#[cfg(test)]
mod tests;

use crate::analyses::analysis::{Analysis, Ask, Need, WordFiles};
use crate::dataset::Dataset;
use crate::records::TableKind;
use crate::report::{Message, Missing, Outcome, Skipped};

/// Level production.
pub(super) struct Levelling;

impl Analysis for Levelling {
    fn id(&self) -> &'static str {
        "levelling"
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

    /// A step log, service records or a capacity table will do.
    fn compute(&self, data: &Dataset, ask: &Ask) -> Result<Outcome, Skipped> {
        let skipped = |tables: &[TableKind], reason| Skipped {
            analysis: self.id().to_owned(),
            missing: tables.iter().map(|&table| Missing { table, col: None }).collect(),
            reason,
        };
        let params = params::read(ask).map_err(|why| {
            skipped(&[], Some(Message::new("levelling.bad_params").arg("reason", why)))
        })?;
        let load = compute::Load::new(data, &params);
        let capacity = capacity::Capacity::new(data, ask.confidence);
        if load.is_none() && capacity.is_none() {
            let tables = [TableKind::ProcessSteps, TableKind::ServiceRecords, TableKind::Capacity];
            return Err(skipped(&tables, None));
        }
        Ok(section::outcome(load.as_ref(), capacity.as_ref(), data, ask))
    }
}
