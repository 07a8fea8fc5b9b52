//! Units, opportunities, defects and defective units by period, step, team and category.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::dataset::{Categories, Dataset, MISSING_CODE, Merge, Table, fold_rows};
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

/// What a count is broken down by. Labels are codes of the table's dictionaries;
/// [`MISSING_CODE`] where the row or the whole column has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DefectKey {
    /// Period, numbered by its [`Grain`].
    pub period: i32,
    /// Step of the process.
    pub step: u32,
    /// Team.
    pub team: u32,
    /// Category.
    pub category: u32,
}

/// Sums of whole numbers. Sums beyond `u64` stay at its largest value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DefectCounts {
    /// Units.
    pub units: u64,
    /// Opportunities: units times opportunities per unit.
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
    pub cells: BTreeMap<DefectKey, DefectCounts>,
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
pub fn by_defects(data: &Dataset, grain: Grain, until: Day) -> ByDefects {
    let Some(table) = data.table(TableKind::ServiceRecords) else {
        return ByDefects::default();
    };
    fold_rows(table.len(), data.threads, |summary, rows| {
        add_rows(summary, table, grain, until, rows);
    })
}

fn add_rows(sum: &mut ByDefects, table: &Table, grain: Grain, until: Day, rows: Range<usize>) {
    let code = |col, row: usize| {
        let codes = table.categories(col).map(Categories::codes);
        codes.and_then(|codes| codes.get(row).copied()).unwrap_or(MISSING_CODE)
    };
    for row in rows {
        let Some(day) = table.day(Col::Date, row).filter(|&day| day <= until) else { continue };
        let Some(counts) = row_counts(table, row) else {
            sum.silent += 1;
            continue;
        };
        let key = DefectKey {
            period: grain.number(day),
            step: code(Col::Step, row),
            team: code(Col::Team, row),
            category: code(Col::Category, row),
        };
        sum.cells.entry(key).or_default().add(&counts);
        sum.rows += 1;
    }
}

/// The sums of one row; `None` where it counts neither defects nor defective units.
fn row_counts(table: &Table, row: usize) -> Option<DefectCounts> {
    let count = |col| table.count(col, row).map(|n| u64::try_from(n).unwrap_or(0));
    let defective = count(Col::Defective);
    let defects = count(Col::Defects).or(defective)?;
    let units = count(Col::Units).unwrap_or(1);
    let cost = table.money(Col::Cost, row).filter(|_| defects > 0);
    Some(DefectCounts {
        units,
        opportunities: units.saturating_mul(count(Col::Opportunities).unwrap_or(1)),
        defects,
        judged: defective.map_or(0, |_| units),
        defective: defective.unwrap_or(0),
        cost: cost.map_or(0, crate::units::Money::raw),
        costed: cost.map_or(0, |_| defects),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{ByDefects, DefectCounts, DefectKey, Grain};
    use crate::dataset::Merge;
    use crate::units::Day;

    fn summary(rows: &[(i32, u32, u64, u64)]) -> ByDefects {
        let mut out = ByDefects::default();
        for &(period, step, units, defects) in rows {
            let key = DefectKey { period, step, team: 0, category: 0 };
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
