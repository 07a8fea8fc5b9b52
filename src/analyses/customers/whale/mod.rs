//! The whale curve: which customers bring the profit, and which take it back.

mod compute;
mod findings;
mod params;
mod section;
mod tables;
#[cfg(test)]
mod tests;

use compute::Whale as Computed;
use params::Params;

use crate::analyses::{Analysis, Ask, Need, WordFiles};
use crate::dataset::{CustomerBook, Dataset};
use crate::records::{Col, TableKind};
use crate::report::{Message, Missing, Outcome, Skipped};

/// The analysis.
pub struct Whale;

impl Analysis for Whale {
    fn id(&self) -> &'static str {
        "whale"
    }

    fn needs(&self) -> &'static [Need] {
        &[Need { table: TableKind::Orders, cols: &[Col::Date, Col::CustomerId, Col::Amount] }]
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
        let book = CustomerBook::new(data, params.window(data));
        if book.customers.iter().all(|customer| customer.sums.lines == 0) {
            return Err(skipped(Vec::new(), Some(Message::new("whale.skipped.no_orders"))));
        }
        if !book.has_profit {
            let profit = Missing { table: TableKind::Orders, col: Some(Col::Profit) };
            return Err(skipped(vec![profit], None));
        }
        let whale = Computed::new(book);
        let metrics = section::metrics(&whale);
        Ok(Outcome {
            findings: findings::findings(&whale, &params),
            status: section::status(&metrics),
            blocks: section::blocks(&whale, &metrics),
            data: vec![tables::data(&whale)],
            metrics,
        })
    }
}

fn skipped(missing: Vec<Missing>, reason: Option<Message>) -> Skipped {
    Skipped { analysis: "whale".to_owned(), missing, reason }
}
