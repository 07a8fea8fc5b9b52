//! Stops of the line, answers to them, and where defects are caught.

mod compute;
mod defects;
mod findings;
mod params;
mod section;
#[cfg(test)]
mod tests;

use crate::analyses::analysis::{Analysis, Ask, Need, WordFiles};
use crate::dataset::Dataset;
use crate::records::TableKind;
use crate::report::{Message, Missing, Outcome, Skipped};

/// Careful quality.
pub(super) struct Andon;

impl Analysis for Andon {
    fn id(&self) -> &'static str {
        "andon"
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

    /// Stops, or a defect log that says where defects were found, will do.
    fn compute(&self, data: &Dataset, ask: &Ask) -> Result<Outcome, Skipped> {
        let skipped = |tables: &[TableKind], reason| Skipped {
            analysis: self.id().to_owned(),
            missing: tables.iter().map(|&table| Missing { table, col: None }).collect(),
            reason,
        };
        let params = params::read(ask).map_err(|why| {
            skipped(&[], Some(Message::new("andon.bad_params").arg("reason", why)))
        })?;
        let stops = compute::Stops::new(data, &params);
        let caught = defects::Caught::new(data);
        if stops.is_none() && caught.is_none() {
            return Err(skipped(&[TableKind::Andon, TableKind::DefectLog], None));
        }
        Ok(section::outcome(stops.as_ref(), caught.as_ref(), data, ask))
    }
}
