//! Units, opportunities, defects and defective units by period, step, team, category and shift.

use std::collections::BTreeSet;
use std::ops::Range;

use hashbrown::HashMap;

use crate::dataset::{Column, Dataset, MISSING_CODE, Merge, Table, fold_rows};
use crate::records::{Col, TableKind};
use crate::units::{Day, Month};

/// How long a period of a summary is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Calendar months, numbered as [`Month::number`].
    Month,
    /// Weeks from Monday to Sunday, numbered by [`Grain::number`].
    Week,
}

impl Grain {
    /// The number of the period a day lies in.
    #[must_use]
    pub fn number(self, day: Day) -> i32 {
        match self {
            Self::Month => day.month().number(),
            // 1970-01-05 was a Monday.
            Self::Week => day.number().saturating_sub(4).div_euclid(7),
        }
    }

    /// The first day of a period.
    #[must_use]
    pub fn first_day(self, number: i32) -> Day {
        match self {
            Self::Month => Month::from_number(number).first_day(),
            Self::Week => Day::from_number(number.saturating_mul(7).saturating_add(4)),
        }
    }

    /// The last day of a period.
    #[must_use]
    pub fn last_day(self, number: i32) -> Day {
        self.first_day(number.saturating_add(1)).plus(-1)
    }
}

/// What the column `opportunities` counts. Departments write either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpportunityBasis {
    /// Opportunities of one unit: the row has units times as many.
    PerUnit,
    /// Opportunities of the whole row.
    PerRow,
}

impl OpportunityBasis {
    /// Rows that decide at most.
    const ROWS: usize = 10_000;

    /// Whichever reading keeps opportunities per unit the steadier within a step: fewer distinct
    /// values of the column itself speak for [`Self::PerUnit`] (also on a tie), fewer distinct
    /// quotients of the column and the units for [`Self::PerRow`].
    #[must_use]
    pub fn of(table: &Table) -> Self {
        let (mut plain, mut quotients) = (BTreeSet::new(), BTreeSet::new());
        for row in 0..table.len().min(Self::ROWS) {
            let count = |col| table.count(col, row).filter(|&n| n > 0);
            let Some((units, all)) = count(Col::Units).zip(count(Col::Opportunities)) else {
                continue;
            };
            let step = table.text(Col::Step, row);
            let common = gcd(units, all);
            plain.insert((step, all));
            quotients.insert((step, all / common, units / common));
        }
        if quotients.len() < plain.len() { Self::PerRow } else { Self::PerUnit }
    }

    const fn total(self, units: u64, opportunities: Option<u64>) -> u64 {
        match (opportunities, self) {
            (None, _) => units,
            (Some(n), Self::PerUnit) => units.saturating_mul(n),
            (Some(n), Self::PerRow) => n,
        }
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// What a count is broken down by. Labels are codes of the table's dictionaries;
/// [`MISSING_CODE`] where the row or the whole column has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DefectKey {
    /// Period, numbered by its [`Grain`].
    pub period: i32,
    /// Step of the process.
    pub step: u32,
    /// Team.
    pub team: u32,
    /// Category.
    pub category: u32,
    /// Shift.
    pub shift: u32,
}

/// Sums of whole numbers. Sums beyond `u64` stay at its largest value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DefectCounts {
    /// Units.
    pub units: u64,
    /// Opportunities; as many as units where the records name none.
    pub opportunities: u64,
    /// Defects; a row without a count of defects gives its defective units.
    pub defects: u64,
    /// Units of rows that say how many were defective.
    pub judged: u64,
    /// Defective units among them.
    pub defective: u64,
    /// Cost of rows with defects, in ten-thousandths of a unit.
    pub cost: i128,
    /// Defects of the rows with a cost.
    pub costed: u64,
}

impl DefectCounts {
    /// Adds other sums to these.
    pub fn add(&mut self, other: &Self) {
        self.units = self.units.saturating_add(other.units);
        self.opportunities = self.opportunities.saturating_add(other.opportunities);
        self.defects = self.defects.saturating_add(other.defects);
        self.judged = self.judged.saturating_add(other.judged);
        self.defective = self.defective.saturating_add(other.defective);
        self.cost = self.cost.saturating_add(other.cost);
        self.costed = self.costed.saturating_add(other.costed);
    }
}

/// The summary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByDefects {
    /// Sums by key.
    pub cells: HashMap<DefectKey, DefectCounts>,
    /// Rows summed.
    pub rows: u64,
    /// Rows with a blank count of defects and of defective units: nothing is known of them.
    pub silent: u64,
}

impl Merge for ByDefects {
    fn merge(&mut self, other: Self) {
        for (key, counts) in other.cells {
            self.cells.entry(key).or_default().add(&counts);
        }
        self.rows += other.rows;
        self.silent += other.silent;
    }
}

/// Sums the service records up to the day `until`; empty where the dataset has none.
#[must_use]
pub fn by_defects(data: &Dataset, grain: Grain, until: Day, basis: OpportunityBasis) -> ByDefects {
    let Some(table) = data.table(TableKind::ServiceRecords) else {
        return ByDefects::default();
    };
    let reading = Reading {
        date: table.column(Col::Date),
        labels: [Col::Step, Col::Team, Col::Category, Col::Shift].map(|col| table.codes(col)),
        counts: [Col::Defects, Col::Defective, Col::Units, Col::Opportunities]
            .map(|col| table.column(col)),
        cost: table.column(Col::Cost),
        grain,
        until,
        basis,
    };
    fold_rows(table.len(), data.threads, |summary, rows| {
        reading.add(summary, rows);
    })
}

/// How rows are read: their columns, looked for once.
struct Reading<'a> {
    date: Option<&'a Column>,
    labels: [&'a [u32]; 4],
    /// Defects, defective units, units, opportunities.
    counts: [Option<&'a Column>; 4],
    cost: Option<&'a Column>,
    grain: Grain,
    until: Day,
    basis: OpportunityBasis,
}

impl Reading<'_> {
    fn add(&self, sum: &mut ByDefects, rows: Range<usize>) {
        // Records mostly follow each other in time: the calendar is asked once a day.
        let mut known = None;
        for row in rows {
            let day = self.date.and_then(|date| date.day(row)).filter(|&day| day <= self.until);
            let Some(day) = day else { continue };
            let Some(counts) = self.counts(row) else {
                sum.silent += 1;
                continue;
            };
            let period = match known {
                Some((known, period)) if known == day => period,
                _ => self.grain.number(day),
            };
            known = Some((day, period));
            let [step, team, category, shift] =
                self.labels.map(|codes| codes.get(row).copied().unwrap_or(MISSING_CODE));
            let key = DefectKey { period, step, team, category, shift };
            sum.cells.entry(key).or_default().add(&counts);
            sum.rows += 1;
        }
    }

    /// The sums of one row; `None` where it counts neither defects nor defective units.
    fn counts(&self, row: usize) -> Option<DefectCounts> {
        let count =
            |column: Option<&Column>| column?.count(row).map(|n| u64::try_from(n).unwrap_or(0));
        let [defects, defective, units, opportunities] = self.counts.map(count);
        let defects = defects.or(defective)?;
        let units = units.unwrap_or(1);
        let cost = self.cost.and_then(|cost| cost.money(row)).filter(|_| defects > 0);
        Some(DefectCounts {
            units,
            opportunities: self.basis.total(units, opportunities),
            defects,
            judged: defective.map_or(0, |_| units),
            defective: defective.unwrap_or(0),
            cost: cost.map_or(0, crate::units::Money::raw),
            costed: cost.map_or(0, |_| defects),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{ByDefects, DefectCounts, DefectKey, Grain, OpportunityBasis};
    use crate::dataset::{Cell, Merge, TableBuilder};
    use crate::records::{Col, Origin, TableKind};
    use crate::units::Day;

    fn summary(rows: &[(i32, u32, u64, u64)]) -> ByDefects {
        let mut out = ByDefects::default();
        for &(period, step, units, defects) in rows {
            let key = DefectKey { period, step, team: 0, category: 0, shift: 0 };
            let counts = DefectCounts { units, defects, ..DefectCounts::default() };
            out.cells.entry(key).or_default().add(&counts);
            out.rows += 1;
        }
        out
    }

    proptest! {
        #[test]
        fn the_summary_of_a_union_is_the_sum_of_the_summaries(
            rows in proptest::collection::vec((0..4_i32, 0..3_u32, 0..100_u64, 0..9_u64), 0..60),
            cut in 0..60_usize,
        ) {
            let cut = cut.min(rows.len());
            let mut merged = summary(&rows[..cut]);
            merged.merge(summary(&rows[cut..]));
            prop_assert_eq!(merged, summary(&rows));
        }
    }

    fn basis(rows: &[(i64, i64)]) -> OpportunityBasis {
        let cols = [Col::Units, Col::Opportunities];
        let mut table = TableBuilder::new(TableKind::ServiceRecords, &cols);
        for &(units, opportunities) in rows {
            let cells = [Cell::Count(units), Cell::Count(opportunities)];
            table.push(Origin { source: 0, row: 1 }, &cells);
        }
        OpportunityBasis::of(&table.finish())
    }

    #[test]
    fn opportunities_are_told_apart_by_what_stays_steady() {
        assert_eq!(basis(&[(20, 80), (31, 124), (45, 180)]), OpportunityBasis::PerRow);
        assert_eq!(basis(&[(20, 4), (31, 4), (45, 4)]), OpportunityBasis::PerUnit);
        assert_eq!(basis(&[(1, 5), (1, 8), (1, 5)]), OpportunityBasis::PerUnit);
        assert_eq!(basis(&[(50, 200)]), OpportunityBasis::PerUnit);
    }

    #[test]
    fn weeks_run_from_monday_to_sunday() {
        let sunday = Day::from_civil(2026, 11, 22).map_or(0, |d| Grain::Week.number(d));
        let monday = Day::from_civil(2026, 11, 23).map_or(0, |d| Grain::Week.number(d));
        assert_eq!(monday, sunday + 1);
        assert_eq!(Some(Grain::Week.first_day(monday)), Day::from_civil(2026, 11, 23));
        assert_eq!(Some(Grain::Week.last_day(sunday)), Day::from_civil(2026, 11, 22));
        assert_eq!(Some(Grain::Month.last_day(2026 * 12 + 1)), Day::from_civil(2026, 2, 28));
    }

    #[test]
    fn sums_of_huge_numbers_stay_at_the_largest() {
        let mut sum = DefectCounts { units: u64::MAX, ..DefectCounts::default() };
        sum.add(&DefectCounts { units: 5, cost: i128::MAX, ..DefectCounts::default() });
        sum.add(&sum.clone());
        assert_eq!((sum.units, sum.cost), (u64::MAX, i128::MAX));
    }
}
