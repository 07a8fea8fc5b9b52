//! From service records to counts by month, step, team and category.

use std::sync::Arc;

use super::figures::{Exact, Figures};
use crate::dataset::{Dataset, DefectCounts, DefectCube, Grain, OpportunityBasis, Place};
use crate::stats::interval::Estimate;
use crate::units::{Month, Period};

/// Everything the section is written from.
#[derive(Debug)]
pub(super) struct Computed {
    /// Counts up to the last day the report looks at.
    pub(super) cube: Arc<DefectCube>,
    /// What the column `opportunities` was taken to count.
    pub(super) basis: OpportunityBasis,
    /// First month with records.
    pub(super) first: i32,
    /// The month the headline speaks of: the last complete one, else the last.
    pub(super) focus: i32,
    /// Whether that month is complete.
    pub(super) complete: bool,
    /// A month after it that is not over.
    pub(super) partial: Option<i32>,
    /// First and last month of the breakdowns by step, team and category.
    pub(super) shown: (i32, i32),
    /// Which interval holds for defects per opportunity.
    pub(super) exact: Exact,
    /// Confidence level.
    pub(super) level: f64,
}

impl Computed {
    /// `None` where no record falls before the last day the report looks at.
    pub(super) fn new(data: &Dataset, basis: OpportunityBasis, level: f64) -> Option<Self> {
        let until = data.until();
        let cube = DefectCube::new(data, Grain::Month, until, basis);
        let (first, last) = cube.span()?;
        let over = |month: i32| Month::from_number(month).last_day() <= until;
        let months = cube.lines.iter().rev().map(|(place, _)| place.period);
        let (focus, complete) = match months.clone().find(|&month| over(month)) {
            Some(month) => (month, true),
            None => (last, false),
        };
        let from = data.period.from.month().number().max(first);
        let shown = if from <= focus { (from, focus) } else { (focus, focus) };
        let excess = |(_, c): &(Place, DefectCounts)| c.defects > c.opportunities;
        let exact = if cube.lines.iter().any(excess) { Exact::Rate } else { Exact::Proportion };
        let partial = (last > focus).then_some(last);
        Some(Self { cube, basis, first, focus, complete, partial, shown, exact, level })
    }

    /// The figures of the records at the wanted places.
    pub(super) fn figures(&self, wanted: impl Fn(&Place) -> bool) -> Figures {
        Figures { counts: self.cube.total(wanted), exact: self.exact, level: self.level }
    }

    /// The figures of the wanted ones of months counted before.
    pub(super) fn over(
        &self,
        months: &[(i32, DefectCounts)],
        wanted: impl Fn(i32) -> bool,
    ) -> Figures {
        let mut counts = DefectCounts::default();
        let wanted = months.iter().filter(|(month, _)| wanted(*month));
        wanted.for_each(|(_, month)| counts.add(month));
        Figures { counts, exact: self.exact, level: self.level }
    }

    /// The figures of a month.
    pub(super) fn month(&self, month: i32) -> Figures {
        self.in_month(month, |_| true)
    }

    /// The figures of a month's records at the wanted places.
    pub(super) fn in_month(&self, month: i32, wanted: impl Fn(&Place) -> bool) -> Figures {
        let mut counts = DefectCounts::default();
        let lines = self.cube.of_period(month).iter().filter(|(place, _)| wanted(place));
        lines.for_each(|(_, line)| counts.add(line));
        Figures { counts, exact: self.exact, level: self.level }
    }

    /// Months from the first to the last with records, the unfinished among them.
    pub(super) fn months(&self) -> std::ops::RangeInclusive<i32> {
        self.first..=self.partial.unwrap_or(self.focus)
    }

    /// Whether a place lies in the months of the breakdowns.
    pub(super) const fn is_shown(&self, place: &Place) -> bool {
        self.shown.0 <= place.period && place.period <= self.shown.1
    }

    /// The yields of the steps with units in a month, in the order of steps.
    pub(super) fn step_yields(&self, month: i32) -> Vec<Estimate> {
        let step = |s| self.in_month(month, |place| place.step == s).fty();
        (0..self.cube.steps.len()).filter_map(step).collect()
    }

    /// The days of the headline's month.
    pub(super) fn focus_period(&self) -> Period {
        Period::month(Month::from_number(self.focus))
    }

    /// Whether yields stand on counted defective units everywhere in the focus month.
    pub(super) fn judged(&self) -> bool {
        let focus = self.month(self.focus).counts;
        focus.judged == focus.units && focus.defective <= focus.judged
    }
}
