//! Units, opportunities, defects and defective units by period, step, team, category and shift.

use std::collections::BTreeSet;
use std::ops::Range;

use hashbrown::HashMap;

use super::defect_grid::Grid;
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

/// Where the sums of each place stand.
#[derive(Debug)]
enum Slots {
    /// By number, one more than its index; for a grid of few places.
    Few(Vec<u32>),
    Many(HashMap<u64, usize>),
}

/// The summary: sums by place.
#[derive(Debug)]
pub(super) struct ByDefects {
    slots: Slots,
    cells: Vec<(u64, DefectCounts)>,
    /// Rows summed.
    pub(super) rows: u64,
    /// Rows with a blank count of defects and of defective units: nothing is known of them.
    pub(super) silent: u64,
}

impl Default for ByDefects {
    fn default() -> Self {
        Self { slots: Slots::Many(HashMap::new()), cells: Vec::new(), rows: 0, silent: 0 }
    }
}

impl ByDefects {
    /// A grid of more places is no list of them.
    const FEW: u64 = 1 << 20;

    fn prepare(&mut self, grid: &Grid<'_>) {
        let few = Some(grid.places()).filter(|&all| all <= Self::FEW);
        if let Some(few) = few.and_then(|few| usize::try_from(few).ok()) {
            self.slots = Slots::Few(vec![0; few]);
        }
    }

    fn add(&mut self, place: u64, counts: &DefectCounts) {
        let new = self.cells.len();
        let at = match &mut self.slots {
            Slots::Few(slots) => {
                let Some(slot) = slots.get_mut(usize::try_from(place).unwrap_or(usize::MAX)) else {
                    return;
                };
                if *slot == 0 {
                    *slot = u32::try_from(new + 1).unwrap_or(u32::MAX);
                }
                *slot as usize - 1
            }
            Slots::Many(slots) => *slots.entry(place).or_insert(new),
        };
        match self.cells.get_mut(at) {
            Some((_, sum)) => sum.add(counts),
            None => self.cells.push((place, *counts)),
        }
    }

    /// The sums by place, in the order of places.
    pub(super) fn into_cells(mut self) -> Vec<(u64, DefectCounts)> {
        if let Slots::Few(slots) = &self.slots {
            let used = slots.iter().filter_map(|slot| (*slot as usize).checked_sub(1));
            return used.filter_map(|at| self.cells.get(at).copied()).collect();
        }
        self.cells.sort_unstable_by_key(|(place, _)| *place);
        self.cells
    }
}

impl Merge for ByDefects {
    fn merge(&mut self, mut other: Self) {
        if self.cells.is_empty() {
            std::mem::swap(&mut self.slots, &mut other.slots);
            std::mem::swap(&mut self.cells, &mut other.cells);
        }
        for (place, counts) in &other.cells {
            self.add(*place, counts);
        }
        self.rows += other.rows;
        self.silent += other.silent;
    }
}

/// Sums the service records up to the day `until` by the places of a grid.
pub(super) fn by_defects(
    data: &Dataset,
    grain: Grain,
    until: Day,
    basis: OpportunityBasis,
    grid: &Grid<'_>,
) -> ByDefects {
    let Some(table) = data.table(TableKind::ServiceRecords) else {
        return ByDefects::default();
    };
    let reading = Reading {
        date: table.column(Col::Date),
        labels: BREAKDOWNS.map(|col| table.codes(col)),
        counts: [Col::Defects, Col::Defective, Col::Units, Col::Opportunities]
            .map(|col| table.column(col)),
        cost: table.column(Col::Cost),
        grain,
        until,
        basis,
    };
    fold_rows(table.len(), data.threads, |summary: &mut ByDefects, rows| {
        summary.prepare(grid);
        reading.add(summary, grid, rows);
    })
}

/// What counts are broken down by.
pub(super) const BREAKDOWNS: [Col; 4] = [Col::Step, Col::Team, Col::Category, Col::Shift];

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
    fn add(&self, sum: &mut ByDefects, grid: &Grid<'_>, rows: Range<usize>) {
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
            let codes = self.labels.map(|codes| codes.get(row).copied().unwrap_or(MISSING_CODE));
            sum.add(grid.place(period, codes), &counts);
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

    use super::super::defect_grid::tests::grid;
    use super::{ByDefects, DefectCounts, Grain, Grid, OpportunityBasis};
    use crate::dataset::{Cell, Merge, TableBuilder};
    use crate::records::{Col, Origin, TableKind};
    use crate::units::Day;

    fn summary(rows: &[(i32, u32, u64, u64)], grid: &Grid<'_>) -> ByDefects {
        let mut out = ByDefects::default();
        out.prepare(grid);
        for &(period, step, units, defects) in rows {
            let counts = DefectCounts { units, defects, ..DefectCounts::default() };
            out.add(grid.place(period + 7, [step, 1, 0, 0]), &counts);
            out.rows += 1;
        }
        out
    }

    fn sums(summary: ByDefects) -> (u64, Vec<(u64, DefectCounts)>) {
        (summary.rows, summary.into_cells())
    }

    proptest! {
        #[test]
        fn the_summary_of_a_union_is_the_sum_of_the_summaries(
            rows in proptest::collection::vec((0..4_i32, 0..4_u32, 0..100_u64, 0..9_u64), 0..60),
            cut in 0..60_usize,
            shifts in prop_oneof![Just(1_u64), Just(1 << 40)],
        ) {
            let grid = grid(shifts);
            let cut = cut.min(rows.len());
            let mut merged = ByDefects::default();
            merged.merge(summary(&rows[..cut], &grid));
            merged.merge(summary(&rows[cut..], &grid));
            prop_assert_eq!(sums(merged), sums(summary(&rows, &grid)));
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
