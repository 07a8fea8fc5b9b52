//! Every cost of quality as one line: from the ledger of quality costs, and from the defects.

use std::collections::BTreeMap;

use crate::dataset::{CostClass, Dataset, FoundAt, MISSING_CODE, Table};
use crate::records::{Col, TableKind};
use crate::units::Money;

/// What a cost is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Internal,
    External,
    /// A failure; whether the customer found it is not told.
    Unplaced,
    Appraisal,
    Prevention,
}

impl Class {
    pub(super) const ALL: [Self; 5] =
        [Self::Internal, Self::External, Self::Unplaced, Self::Appraisal, Self::Prevention];

    /// The last part of its word's key.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::External => "external",
            Self::Unplaced => "unplaced",
            Self::Appraisal => "appraisal",
            Self::Prevention => "prevention",
        }
    }

    /// Whether it is the cost of a failure.
    pub(super) const fn is_failure(self) -> bool {
        matches!(self, Self::Internal | Self::External | Self::Unplaced)
    }
}

/// Where a cost is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// The ledger of quality costs.
    Ledger,
    /// Defects with a cost.
    Defects,
}

/// One line, in ten-thousandths of the currency unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) month: i32,
    pub(super) class: Class,
    pub(super) source: Source,
    pub(super) step: Option<String>,
    pub(super) team: Option<String>,
}

/// The lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Ledger {
    /// Costs by place.
    pub(super) costs: BTreeMap<Key, i128>,
    /// Rows of the ledger whose class is none of the four.
    pub(super) unread: u64,
    /// Defects by month and where they were found, where that is told.
    pub(super) found: BTreeMap<(i32, FoundAt), u64>,
}

/// Whether anything tells what poor quality costs.
pub(super) fn is_known(data: &Dataset) -> bool {
    data.table(TableKind::QualityCosts).is_some() || defects(data).is_some()
}

/// The table of defects with costs: the log, which may tell where each was found, unless it holds
/// less of their cost than the service records do.
fn defects(data: &Dataset) -> Option<&Table> {
    let costed = |kind| data.table(kind).filter(|table| table.has(Col::Cost));
    let (log, records) = (costed(TableKind::DefectLog), costed(TableKind::ServiceRecords));
    let sum = |table: &Table| -> i128 {
        (0..table.len()).filter_map(|row| table.money(Col::Cost, row)).map(Money::raw).sum()
    };
    match (log, records) {
        (Some(log), Some(records))
            if sum(log).saturating_mul(20) < sum(records).saturating_mul(19) =>
        {
            Some(records)
        }
        (log, records) => log.or(records),
    }
}

/// Reads the costs up to the day the report may look at.
pub(super) fn read(data: &Dataset) -> Ledger {
    let mut ledger = Ledger::default();
    if let Some(table) = data.table(TableKind::QualityCosts) {
        (0..table.len()).for_each(|row| ledger.ledger_row(data, table, row));
    }
    if let Some(table) = defects(data) {
        ledger.defects(data, table);
    }
    ledger
}

impl Ledger {
    fn add(&mut self, key: Key, cost: i128) {
        let sum = self.costs.entry(key).or_default();
        *sum = sum.saturating_add(cost);
    }

    fn ledger_row(&mut self, data: &Dataset, table: &Table, row: usize) {
        let day = table.day(Col::Date, row).filter(|&day| day <= data.until());
        let Some((day, cost)) = day.zip(table.money(Col::Cost, row)) else { return };
        let class = match table.text(Col::CostClass, row).and_then(CostClass::of) {
            Some(CostClass::Internal) => Class::Internal,
            Some(CostClass::External) => Class::External,
            Some(CostClass::Appraisal) => Class::Appraisal,
            Some(CostClass::Prevention) => Class::Prevention,
            None => {
                self.unread += 1;
                return;
            }
        };
        self.add(key(table, row, day.month().number(), class, Source::Ledger), cost.raw());
    }

    /// The defects of a table. Their costs are summed by the codes of their labels first: a million
    /// rows are not a million names.
    fn defects(&mut self, data: &Dataset, table: &Table) {
        let [dates, defects, costs] =
            [Col::Date, Col::Defects, Col::Cost].map(|col| table.column(col));
        let codes = [Col::Step, Col::Team].map(|col| table.codes(col));
        let logged = i64::from(table.kind() == TableKind::DefectLog);
        let mut places = BTreeMap::new();
        let mut sums = BTreeMap::<(i32, Class, [u32; 2]), i128>::new();
        for row in 0..table.len() {
            let day = dates.and_then(|dates| dates.day(row)).filter(|&day| day <= data.until());
            let Some(month) = day.map(|day| day.month().number()) else { continue };
            let found = found_at(table, row, &mut places);
            let defects = defects.and_then(|defects| defects.count(row)).unwrap_or(logged);
            let defects = u64::try_from(defects).unwrap_or(0);
            if let Some(found) = found {
                let sum = self.found.entry((month, found)).or_default();
                *sum = sum.saturating_add(defects);
            }
            let cost = costs.and_then(|costs| costs.money(row)).filter(|_| defects > 0);
            let Some(cost) = cost else { continue };
            let class = match found {
                Some(FoundAt::Customer) => Class::External,
                Some(FoundAt::Source | FoundAt::Later) => Class::Internal,
                None => Class::Unplaced,
            };
            let place = codes.map(|codes| codes.get(row).copied().unwrap_or(MISSING_CODE));
            let sum = sums.entry((month, class, place)).or_default();
            *sum = sum.saturating_add(cost.raw());
        }
        let name = |col, code| table.categories(col)?.name(code).map(str::to_owned);
        for ((month, class, [step, team]), cost) in sums {
            let (step, team) = (name(Col::Step, step), name(Col::Team, team));
            self.add(Key { month, class, source: Source::Defects, step, team }, cost);
        }
    }
}

fn key(table: &Table, row: usize, month: i32, class: Class, source: Source) -> Key {
    let text = |col| table.text(col, row).map(str::to_owned);
    Key { month, class, source, step: text(Col::Step), team: text(Col::Team) }
}

/// Where the defects of a row were found; each pair of names is read once.
fn found_at(
    table: &Table,
    row: usize,
    places: &mut BTreeMap<(u32, u32), FoundAt>,
) -> Option<FoundAt> {
    let place = table.text(Col::FoundAt, row)?;
    let step = table.text(Col::Step, row);
    let code = |col| table.categories(col).and_then(|c| c.codes().get(row).copied());
    let codes = (code(Col::FoundAt)?, code(Col::Step).unwrap_or(u32::MAX));
    Some(*places.entry(codes).or_insert_with(|| FoundAt::of(place, step)))
}
