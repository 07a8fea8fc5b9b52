//! Tickets and complaints as cases: backlog, time to close with open cases counted, promises kept.

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

/// The service desk.
pub(super) struct Desk;

impl Analysis for Desk {
    fn id(&self) -> &'static str {
        "tickets"
    }

    fn needs(&self) -> &'static [Need] {
        &[Need { table: TableKind::Tickets, cols: &[Col::TicketId, Col::Opened] }]
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
            .map_err(|why| skipped(Message::new("tickets.bad_params").arg("reason", why)))?;
        let desk = compute::desk(data, &params, &ask.charting)
            .ok_or_else(|| skipped(Message::new("tickets.none_opened")))?;
        Ok(section::outcome(&desk, &params, data, ask))
    }
}
