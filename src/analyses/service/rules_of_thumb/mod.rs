//! Rules of thumb of customer care, each beside the company's own figure, never as a fact about it.

mod compute;
mod params;
mod section;
#[cfg(test)]
mod tests;

use crate::analyses::analysis::{Analysis, Ask, Need, WordFiles};
use crate::dataset::Dataset;
use crate::report::{Message, Outcome, Skipped};

/// The rules of thumb.
pub(super) struct RulesOfThumb;

impl Analysis for RulesOfThumb {
    fn id(&self) -> &'static str {
        "rules_of_thumb"
    }

    /// None: each rule says for itself what it misses.
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

    fn compute(&self, data: &Dataset, ask: &Ask) -> Result<Outcome, Skipped> {
        let params = params::read(ask).map_err(|why| Skipped {
            analysis: self.id().to_owned(),
            missing: Vec::new(),
            reason: Some(Message::new("rules_of_thumb.bad_params").arg("reason", why)),
        })?;
        let rules = compute::rules(data, &params, ask.confidence);
        Ok(section::outcome(&rules, &params, ask))
    }
}
