//! Whether a difference is one of rate or of mix: the month against its baseline, team by team.

mod compute;
mod findings;
mod params;
mod section;
#[cfg(test)]
mod tests;

use compute::Computed;
use params::Params;

use crate::analyses::{Analysis, Ask, Charts, Need, WordFiles};
use crate::dataset::Dataset;
use crate::records::{Col, TableKind};
use crate::report::{Message, Missing, Outcome, Skipped};

/// The analysis.
pub struct Mix;

impl Analysis for Mix {
    fn id(&self) -> &'static str {
        "mix"
    }

    fn needs(&self) -> &'static [Need] {
        &[Need { table: TableKind::ServiceRecords, cols: &[Col::Date] }]
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
        let charts = Charts::new(data, &ask.charting).ok_or_else(|| uncounted(data))?;
        let computed = Computed::new(data, &charts, &params, ask.confidence)
            .ok_or_else(|| skipped(Vec::new(), Some(Message::new("mix.skipped.nothing"))))?;
        Ok(Outcome {
            metrics: section::metrics(&computed),
            findings: findings::findings(&computed),
            status: Vec::new(),
            blocks: section::blocks(&computed),
            data: Vec::new(),
        })
    }
}

/// No whole period has a count: because none is recorded, or because none is over.
fn uncounted(data: &Dataset) -> Skipped {
    let kind = TableKind::ServiceRecords;
    let has = |col| data.table(kind).is_some_and(|table| table.has(col));
    if has(Col::Defects) || has(Col::Defective) {
        return skipped(Vec::new(), Some(Message::new("mix.skipped.nothing")));
    }
    skipped(vec![Missing { table: kind, col: Some(Col::Defects) }], None)
}

fn skipped(missing: Vec<Missing>, reason: Option<Message>) -> Skipped {
    Skipped { analysis: "mix".to_owned(), missing, reason }
}
