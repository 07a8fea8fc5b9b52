//! Control charts of defects or defective units, the whole and every step.

mod compute;
mod findings;
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
pub struct Control;

impl Analysis for Control {
    fn id(&self) -> &'static str {
        "control"
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
        let kind = TableKind::ServiceRecords;
        let has = |col| data.table(kind).is_some_and(|table| table.has(col));
        if !has(Col::Defects) && !has(Col::Defective) {
            let missing = vec![Missing { table: kind, col: Some(Col::Defects) }];
            return Err(skipped(missing, None));
        }
        let computed = Computed::new(data, &params, &ask.charting).ok_or_else(|| {
            skipped(Vec::new(), Some(Message::new("control.skipped.no_whole_period")))
        })?;
        Ok(Outcome {
            metrics: section::metrics(&computed),
            findings: findings::findings(&computed),
            status: Vec::new(),
            blocks: section::blocks(&computed),
            data: vec![tables::limits(&computed)],
        })
    }
}

fn skipped(missing: Vec<Missing>, reason: Option<Message>) -> Skipped {
    Skipped { analysis: "control".to_owned(), missing, reason }
}
