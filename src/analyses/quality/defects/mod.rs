//! Defects per unit and per million opportunities, sigma levels, yields, and where they changed.

mod board;
mod card;
mod compute;
mod figures;
mod findings;
mod formulas;
mod measurement;
mod metrics;
mod params;
mod scan;
mod section;
mod tables;
#[cfg(test)]
mod tests;

use compute::Computed;
use params::Params;

use crate::analyses::{Analysis, Ask, Charts, Need, WordFiles};
use crate::dataset::{Dataset, QualityTargets};
use crate::records::{Col, TableKind};
use crate::report::{Message, Missing, Outcome, Skipped};

/// The analysis.
pub struct Defects;

impl Analysis for Defects {
    fn id(&self) -> &'static str {
        "defects"
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
        ask.params::<Params>()?.check()
    }

    fn compute(&self, data: &Dataset, ask: &Ask) -> Result<Outcome, Skipped> {
        let params: Params = ask.params().unwrap_or_default();
        counted(data).map_err(|missing| skipped(missing, None))?;
        let computed = Computed::new(data, params.basis(data), ask.confidence)
            .ok_or_else(|| skipped(Vec::new(), Some(Message::new("defects.skipped.no_rows"))))?;
        let shifts = scan::scan(&computed, ask.act_alpha);
        let headline = metrics::Headline { data: &computed, shift: ask.sigma_shift };
        let charts = Charts::new(data, &ask.charting);
        let targets = QualityTargets::of(data);
        let board =
            board::Board { headline, params: &params, charts: charts.as_ref(), targets: &targets };
        let tables = tables::Tables { data: &computed, shift: ask.sigma_shift };
        let (metrics, status) = (board.metrics(), board.rows());
        let checks = card::checks(&computed, &board, measurement::measured(data).as_ref());
        Ok(Outcome {
            blocks: section::blocks(&computed, &tables, &metrics, checks),
            findings: findings::findings(&computed, &shifts),
            metrics,
            status,
            data: tables.data(),
        })
    }
}

/// Records must count defects or defective units.
fn counted(data: &Dataset) -> Result<(), Vec<Missing>> {
    let kind = TableKind::ServiceRecords;
    let has = |col| data.table(kind).is_some_and(|table| table.has(col));
    if has(Col::Defects) || has(Col::Defective) {
        return Ok(());
    }
    Err(vec![Missing { table: kind, col: Some(Col::Defects) }])
}

fn skipped(missing: Vec<Missing>, reason: Option<Message>) -> Skipped {
    Skipped { analysis: "defects".to_owned(), missing, reason }
}
