//! Periods and labels as a grid whose places have numbers.

use super::by_defects::Grain;
use crate::dataset::Dataset;
use crate::records::{Col, TableKind};
use crate::units::Day;

/// Where rows are counted: a grid of periods and labels, its places numbered in their order.
pub(super) struct Grid<'a> {
    /// The first period.
    first: i32,
    /// Periods there are.
    periods: u64,
    /// The index of each code, and how many indices there are; other codes have the last.
    labels: [(&'a [usize], u64); 4],
}

impl<'a> Grid<'a> {
    /// The grid of the rows up to the day `until`; `None` where there are none, or more places
    /// than can be numbered.
    pub(super) fn of(
        data: &Dataset,
        grain: Grain,
        until: Day,
        labels: [(&'a [usize], usize); 4],
    ) -> Option<Self> {
        let table = data.table(TableKind::ServiceRecords)?;
        let column = table.column(Col::Date)?;
        let days = (0..table.len()).filter_map(|row| column.day(row)).filter(|&day| day <= until);
        let span = |span: Option<(Day, Day)>, day: Day| {
            Some(span.map_or((day, day), |(first, last)| (first.min(day), last.max(day))))
        };
        let (first, last) = days.fold(None, span)?;
        let first = grain.number(first);
        let periods = u64::try_from(grain.number(last).checked_sub(first)?).ok()? + 1;
        let labels = labels.map(|(ranks, names)| (ranks, names.max(1) as u64));
        let all = labels.iter().try_fold(periods, |all, (_, names)| all.checked_mul(*names));
        all.map(|_| Self { first, periods, labels })
    }

    pub(super) fn places(&self) -> u64 {
        self.labels.iter().fold(self.periods, |all, (_, names)| all.saturating_mul(*names))
    }

    /// The number of a place.
    pub(super) fn place(&self, period: i32, codes: [u32; 4]) -> u64 {
        let period = u64::try_from(i64::from(period) - i64::from(self.first)).unwrap_or(0);
        self.labels.iter().zip(codes).fold(period, |place, ((ranks, names), code)| {
            let index = ranks.get(code as usize).map_or(names - 1, |&rank| rank as u64);
            place.wrapping_mul(*names).wrapping_add(index)
        })
    }

    /// The period and the indices of a place.
    pub(super) fn indices(&self, place: u64) -> (i32, [usize; 4]) {
        let (mut rest, mut indices) = (place, [0; 4]);
        for (index, (_, names)) in indices.iter_mut().zip(&self.labels).rev() {
            *index = usize::try_from(rest % names).unwrap_or(0);
            rest /= names;
        }
        (self.first.saturating_add(i32::try_from(rest).unwrap_or(0)), indices)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::Grid;

    const RANKS: [usize; 3] = [1, 2, 0];

    /// A grid of four periods and three named labels; with a fourth list as long as asked for.
    pub(in super::super) fn grid(shifts: u64) -> Grid<'static> {
        let labels = [(&RANKS[..], 4), (&RANKS[..], 4), (&[][..], 1), (&[][..], shifts)];
        Grid { first: 7, periods: 4, labels }
    }

    #[test]
    fn a_place_tells_its_period_and_labels() {
        for shifts in [1, 5] {
            let grid = grid(shifts);
            // Codes without a rank have the last index.
            let place = grid.place(9, [1, 9, 0, 0]);
            let last = usize::try_from(shifts - 1).unwrap_or(0);
            assert_eq!(grid.indices(place), (9, [2, 3, 0, last]));
        }
    }
}
