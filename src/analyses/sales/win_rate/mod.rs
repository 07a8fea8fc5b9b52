//! Share of closed deals that were won: by month closed, by cohort, by value.

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

/// The win rate.
pub(super) struct WinRate;

impl Analysis for WinRate {
    fn id(&self) -> &'static str {
        "win_rate"
    }

    fn needs(&self) -> &'static [Need] {
        &[Need { table: TableKind::Opportunities, cols: &[Col::Stage] }]
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
            .map_err(|why| skipped(Message::new("win_rate.bad_params").arg("reason", why)))?;
        let rates = compute::rates(data, &params)
            .ok_or_else(|| skipped(Message::new("win_rate.none_closed")))?;
        Ok(section::outcome(&rates, data, ask))
    }
}
