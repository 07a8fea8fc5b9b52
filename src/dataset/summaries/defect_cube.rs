//! The summary of defects with its labels in place of codes, in one order whatever the rows' was.

use std::sync::Arc;

use super::by_defects::{BREAKDOWNS, DefectCounts, Grain, OpportunityBasis, by_defects};
use super::defect_grid::Grid;
use super::kept::Asked;
use crate::dataset::{Categories, Dataset};
use crate::records::{Col, TableKind};
use crate::units::Day;

/// One line of the cube. Labels are indices into the cube's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Period, numbered by the cube's [`Grain`].
    pub period: i32,
    /// Index into [`DefectCube::steps`].
    pub step: usize,
    /// Index into [`DefectCube::teams`].
    pub team: usize,
    /// Index into [`DefectCube::categories`].
    pub category: usize,
    /// Index into [`DefectCube::shifts`].
    pub shift: usize,
}

impl Place {
    fn of(grid: &Grid<'_>, place: u64) -> Self {
        let (period, [step, team, category, shift]) = grid.indices(place);
        Self { period, step, team, category, shift }
    }
}

/// What a series counts, and on what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Defects, on units.
    Defects,
    /// Defective units, on units judged.
    Defective,
}

/// Counts of defects by period, step, team, category and shift, sorted.
#[derive(Clone, Debug, PartialEq)]
pub struct DefectCube {
    /// How long a period is.
    pub grain: Grain,
    /// Steps by name, the unnamed last; one unnamed where the records name none.
    pub steps: Vec<Option<String>>,
    /// Teams, likewise.
    pub teams: Vec<Option<String>>,
    /// Categories, likewise.
    pub categories: Vec<Option<String>>,
    /// Shifts, likewise.
    pub shifts: Vec<Option<String>>,
    /// Sums, sorted by place, each place once.
    pub lines: Vec<(Place, DefectCounts)>,
    /// Rows summed.
    pub rows: u64,
    /// Rows that count neither defects nor defective units.
    pub silent: u64,
    /// Columns with too many labels to break down by.
    pub dropped: Vec<Col>,
}

impl DefectCube {
    /// More labels than this are no breakdown but a list of names.
    pub const MAX_LABELS: usize = 200;

    /// The cube of the service records up to the day `until`; of one dataset it is made once.
    #[must_use]
    pub fn new(data: &Dataset, grain: Grain, until: Day, basis: OpportunityBasis) -> Arc<Self> {
        Self::by(data, grain, until, basis, &BREAKDOWNS)
    }

    /// The same, broken down by some of its columns only.
    #[must_use]
    pub fn by(
        data: &Dataset,
        grain: Grain,
        until: Day,
        basis: OpportunityBasis,
        cols: &[Col],
    ) -> Arc<Self> {
        let asked = Asked { grain, until, basis, cols: cols.to_vec() };
        data.kept.cube(asked, || Self::made(data, grain, until, basis, cols))
    }

    fn made(
        data: &Dataset,
        grain: Grain,
        until: Day,
        basis: OpportunityBasis,
        cols: &[Col],
    ) -> Self {
        let labels = BREAKDOWNS.map(|col| {
            if cols.contains(&col) { Labels::of(data, col) } else { Labels::none(false) }
        });
        let dropped = BREAKDOWNS.iter().zip(&labels).filter(|(_, l)| l.dropped);
        let dropped = dropped.map(|(&col, _)| col).collect();
        let grid = labels.each_ref().map(|labels| (labels.ranks.as_slice(), labels.names.len()));
        let mut cube = Self::empty(grain, dropped);
        if let Some(grid) = Grid::of(data, grain, until, grid) {
            let summary = by_defects(data, grain, until, basis, &grid);
            (cube.rows, cube.silent) = (summary.rows, summary.silent);
            let cells = summary.into_cells().into_iter();
            cube.lines = cells.map(|(place, counts)| (Place::of(&grid, place), counts)).collect();
        }
        [cube.steps, cube.teams, cube.categories, cube.shifts] = labels.map(|labels| labels.names);
        cube.drop_unused();
        cube
    }

    pub(super) const fn empty(grain: Grain, dropped: Vec<Col>) -> Self {
        Self {
            grain,
            steps: Vec::new(),
            teams: Vec::new(),
            categories: Vec::new(),
            shifts: Vec::new(),
            lines: Vec::new(),
            rows: 0,
            silent: 0,
            dropped,
        }
    }

    /// First and last period with a line.
    #[must_use]
    pub fn span(&self) -> Option<(i32, i32)> {
        Some((self.lines.first()?.0.period, self.lines.last()?.0.period))
    }

    /// The sum of the lines whose place is wanted.
    #[must_use]
    pub fn total(&self, wanted: impl Fn(&Place) -> bool) -> DefectCounts {
        let mut sum = DefectCounts::default();
        self.lines.iter().filter(|(place, _)| wanted(place)).for_each(|(_, c)| sum.add(c));
        sum
    }

    /// The lines of one period; the months of a table need not each look at all lines.
    #[must_use]
    pub fn of_period(&self, period: i32) -> &[(Place, DefectCounts)] {
        let from = self.lines.partition_point(|(place, _)| place.period < period);
        let rest = self.lines.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|(place, _)| place.period == period)).unwrap_or_default()
    }

    /// The same without periods that are not over on a day.
    #[must_use]
    pub fn whole_periods(self: Arc<Self>, until: Day) -> Arc<Self> {
        if self.span().is_none_or(|(_, last)| self.grain.last_day(last) <= until) {
            return self;
        }
        let mut cube = Arc::unwrap_or_clone(self);
        let grain = cube.grain;
        cube.lines.retain(|(place, _)| grain.last_day(place.period) <= until);
        Arc::new(cube)
    }

    /// The sums of every period with a line at the wanted places, in order.
    #[must_use]
    pub fn by_period(&self, wanted: impl Fn(&Place) -> bool) -> Vec<(i32, DefectCounts)> {
        let mut periods: Vec<(i32, DefectCounts)> = Vec::new();
        for (place, counts) in self.lines.iter().filter(|(place, _)| wanted(place)) {
            match periods.last_mut() {
                Some((period, sum)) if *period == place.period => sum.add(counts),
                _ => periods.push((place.period, *counts)),
            }
        }
        periods
    }

    /// Period, count and size of every period with a size at the wanted places, in order.
    #[must_use]
    pub fn series(
        &self,
        counted: Counted,
        wanted: impl Fn(&Place) -> bool,
    ) -> Vec<(i32, u64, u64)> {
        let sums = self.by_period(wanted);
        let pair = |sum: &DefectCounts| match counted {
            Counted::Defects => (sum.defects, sum.units),
            Counted::Defective => (sum.defective.min(sum.judged), sum.judged),
        };
        let points = sums.iter().map(|(period, sum)| (*period, pair(sum)));
        points.filter(|(_, (_, n))| *n > 0).map(|(period, (k, n))| (period, k, n)).collect()
    }

    /// Labels of rows that were not summed (later than the last day) are taken out again.
    fn drop_unused(&mut self) {
        fn keep(
            names: &mut Vec<Option<String>>,
            lines: &mut [(Place, DefectCounts)],
            field: fn(&mut Place) -> &mut usize,
        ) {
            let mut used = vec![false; names.len()];
            for (place, _) in lines.iter_mut() {
                if let Some(used) = used.get_mut(*field(place)) {
                    *used = true;
                }
            }
            let rank = |i: usize| used.iter().take(i).filter(|&&used| used).count();
            let ranks: Vec<usize> = (0..names.len()).map(rank).collect();
            for (place, _) in lines.iter_mut() {
                let index = field(place);
                *index = ranks.get(*index).copied().unwrap_or(0);
            }
            let mut used = used.iter();
            names.retain(|_| used.next().copied().unwrap_or(false));
        }
        keep(&mut self.steps, &mut self.lines, |p| &mut p.step);
        keep(&mut self.teams, &mut self.lines, |p| &mut p.team);
        keep(&mut self.categories, &mut self.lines, |p| &mut p.category);
        keep(&mut self.shifts, &mut self.lines, |p| &mut p.shift);
    }
}

struct Labels {
    names: Vec<Option<String>>,
    /// Rank by name of each code.
    ranks: Vec<usize>,
    dropped: bool,
}

impl Labels {
    fn of(data: &Dataset, col: Col) -> Self {
        let table = data.table(TableKind::ServiceRecords);
        let none = Categories::default();
        let labels = table.and_then(|table| table.categories(col)).unwrap_or(&none);
        let dropped = labels.named() > DefectCube::MAX_LABELS;
        if dropped {
            return Self::none(dropped);
        }
        let order = labels.by_name();
        let mut ranks = vec![0; order.len()];
        for (rank, &code) in order.iter().enumerate() {
            if let Some(slot) = ranks.get_mut(code as usize) {
                *slot = rank;
            }
        }
        let named = order.iter().map(|&code| labels.name(code).map(str::to_owned));
        Self { names: named.chain([None]).collect(), ranks, dropped }
    }

    /// No breakdown.
    fn none(dropped: bool) -> Self {
        Self { names: vec![None], ranks: Vec::new(), dropped }
    }
}
