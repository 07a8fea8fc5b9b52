//! Opportunities as deals: who owns them, when they began and closed, and how they ended.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use super::{Categories, Dataset, MISSING_CODE, Table};
use crate::records::{Col, TableKind};
use crate::units::{Day, Money};

/// How a deal stands on the day the report looks from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DealOutcome {
    /// Won.
    Won,
    /// Lost.
    Lost,
    /// Neither yet.
    Open,
}

impl DealOutcome {
    /// The outcome a stage's name stands for, in any of the languages sales systems speak.
    #[must_use]
    pub fn of_stage(stage: &str) -> Self {
        let stage = folded(stage, char::is_alphabetic);
        let named = |line: &str| {
            let (outcome, name) = line.split_once(' ')?;
            (folded(name, char::is_alphabetic) == stage).then_some(match outcome {
                "won" => Self::Won,
                _ => Self::Lost,
            })
        };
        let lines = include_str!("deal_outcomes.txt").lines();
        lines.filter(|line| !line.starts_with('#')).find_map(named).unwrap_or(Self::Open)
    }
}

/// A name for comparison: compatibility forms made one, lower case, only the kept characters.
fn folded(name: &str, keep: impl Fn(char) -> bool) -> String {
    name.nfkc().flat_map(char::to_lowercase).filter(|&c| keep(c)).collect()
}

/// One deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deal {
    /// Its row in the table.
    pub row: usize,
    /// When it began; a prospect may have no day yet.
    pub created: Option<Day>,
    /// When it was won or lost; open deals have no such day, whatever their row says.
    pub closed: Option<Day>,
    /// How it stands.
    pub outcome: DealOutcome,
    /// Code of its owner in [`Deals::owner`]; [`MISSING_CODE`] without one.
    pub owner: u32,
}

impl Deal {
    /// Days from its beginning to its close, or to `end` while open. `None` where a day is
    /// missing, or where it closed before it began.
    #[must_use]
    pub fn age(&self, end: Day) -> Option<i32> {
        let last = match self.outcome {
            DealOutcome::Open => end,
            DealOutcome::Won | DealOutcome::Lost => self.closed?,
        };
        Some(last.since(self.created?)).filter(|days| *days >= 0)
    }
}

/// The deals of a dataset, as known on its day.
#[derive(Clone, Debug)]
pub struct Deals<'a> {
    table: &'a Table,
    outcomes: Vec<DealOutcome>,
    prices: Vec<Option<Money>>,
    as_of: Day,
}

impl<'a> Deals<'a> {
    /// The deals, where there are opportunities.
    #[must_use]
    pub fn of(data: &'a Dataset) -> Option<Self> {
        let table = data.table(TableKind::Opportunities)?;
        let stages = table.categories(Col::Stage)?.names();
        Some(Self {
            table,
            outcomes: stages.map(DealOutcome::of_stage).collect(),
            prices: list_prices(table, data.table(TableKind::Products)),
            as_of: data.as_of,
        })
    }

    /// Rows of the table, some of which may lie after the day the report looks from.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.table.len()
    }

    /// The deal of a row; `None` where it began only after the day the report looks from.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<Deal> {
        let created = self.table.day(Col::Created, row);
        if created.is_some_and(|day| day > self.as_of) {
            return None;
        }
        let stage = self.table.categories(Col::Stage).and_then(|c| c.codes().get(row));
        let stated = stage.and_then(|&code| self.outcomes.get(code as usize));
        let closed = self.table.day(Col::Closed, row);
        let mut outcome = stated.copied().unwrap_or(DealOutcome::Open);
        if closed.is_some_and(|day| day > self.as_of) {
            outcome = DealOutcome::Open;
        }
        let owner = self.table.categories(Col::Owner).and_then(|c| c.codes().get(row));
        Some(Deal {
            row,
            created,
            closed: closed.filter(|_| outcome != DealOutcome::Open),
            outcome,
            owner: owner.copied().unwrap_or(MISSING_CODE),
        })
    }

    /// Every deal, in the order of rows.
    pub fn iter(&self) -> impl Iterator<Item = Deal> + '_ {
        (0..self.rows()).filter_map(|row| self.get(row))
    }

    /// First and last day, as numbers, of every deal whose age is known; no last day while open.
    #[must_use]
    pub fn spans(&self) -> Vec<(i32, Option<i32>)> {
        let aged = self.iter().filter(|deal| deal.age(self.as_of).is_some());
        aged.filter_map(|deal| Some((deal.created?.number(), deal.closed.map(Day::number))))
            .collect()
    }

    /// The name behind an owner's code.
    #[must_use]
    pub fn owner(&self, code: u32) -> Option<&'a str> {
        self.table.categories(Col::Owner)?.name(code)
    }

    /// A label of a deal: its id, account, product or stage.
    #[must_use]
    pub fn text(&self, col: Col, deal: &Deal) -> Option<&'a str> {
        self.table.text(col, deal.row)
    }

    /// The value recorded for a deal.
    #[must_use]
    pub fn value(&self, deal: &Deal) -> Option<Money> {
        self.table.money(Col::Value, deal.row)
    }

    /// The list price: the deal's own, else its product's in the price list.
    #[must_use]
    pub fn list_price(&self, deal: &Deal) -> Option<Money> {
        self.table.money(Col::Price, deal.row).or_else(|| {
            let code = *self.table.categories(Col::Product)?.codes().get(deal.row)?;
            self.prices.get(code as usize).copied().flatten()
        })
    }

    /// What a deal is worth: the value recorded where there is one, else its list price.
    #[must_use]
    pub fn worth(&self, deal: &Deal) -> Option<Money> {
        self.value(deal).filter(|value| *value > Money::ZERO).or_else(|| self.list_price(deal))
    }

    /// Products of deals that the price list does not know, by name.
    #[must_use]
    pub fn unpriced_products(&self) -> Vec<&'a str> {
        let Some(products) = self.table.categories(Col::Product) else { return Vec::new() };
        let unpriced = |code: &u32| self.prices.get(*code as usize).copied().flatten().is_none();
        products.by_name().into_iter().filter(unpriced).filter_map(|c| products.name(c)).collect()
    }
}

/// The list price of each product of the deals, by its code. Names meet when they differ only in
/// case, spaces and punctuation: `GTXPro` is `GTX Pro`.
fn list_prices(deals: &Table, products: Option<&Table>) -> Vec<Option<Money>> {
    let key = |name: &str| folded(name, char::is_alphanumeric);
    let mut list = BTreeMap::new();
    if let Some(table) = products {
        for row in 0..table.len() {
            let Some(price) = table.money(Col::Price, row) else { continue };
            for name in [Col::Product, Col::ProductId].map(|col| table.text(col, row)) {
                list.entry(key(name.unwrap_or_default())).or_insert(price);
            }
        }
    }
    list.remove("");
    let names = deals.categories(Col::Product).into_iter().flat_map(Categories::names);
    names.map(|name| list.get(&key(name)).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::DealOutcome::{self, Lost, Open, Won};

    #[test]
    fn the_end_of_a_deal_is_known_by_its_names_and_by_whole_names_only() {
        let stages = ["Closed Won", "closedwon", "6 - Won (100%)", "已成交", "赢单", "ＷＯＮ"];
        assert_eq!(stages.map(DealOutcome::of_stage), [Won; 6]);
        let stages = ["Lost", "Closed Lost", "輸單", "丢单", "未成交", "失單"];
        assert_eq!(stages.map(DealOutcome::of_stage), [Lost; 6]);
        let stages = ["Engaging", "預計成交", "Negotiation", "", "Won over by demo", "報價"];
        assert_eq!(stages.map(DealOutcome::of_stage), [Open; 6]);
    }
}
