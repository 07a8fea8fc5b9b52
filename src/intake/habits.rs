//! How a sheet writes its dates and numbers, told from the cells themselves.

use super::cell::{Evidence, Hint, Mark, Order};

/// What is known of the way a sheet is written before its rows are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Habits {
    /// Sheet columns whose dates put the day first.
    pub(super) day_first: Vec<u32>,
    /// Whether numbers have a decimal comma.
    pub(super) decimal_comma: bool,
}

/// Counts of what the cells of one column say of the way it is written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    month_first: u64,
    day_first: u64,
    open: u64,
    minguo: u64,
    /// Numbers that prove a decimal comma.
    pub(super) comma: u64,
    /// Numbers that prove a decimal point.
    pub(super) point: u64,
}

impl Tally {
    /// Adds what one cell says.
    pub(super) const fn add(&mut self, seen: Evidence) {
        match seen.date {
            Some(Hint::Only(Order::MonthFirst)) => self.month_first += 1,
            Some(Hint::Only(Order::DayFirst)) => self.day_first += 1,
            Some(Hint::Open) => self.open += 1,
            Some(Hint::Minguo) => self.minguo += 1,
            Some(Hint::Plain) | None => {}
        }
        match seen.mark {
            Some(Mark::Comma) => self.comma += 1,
            Some(Mark::Point) => self.point += 1,
            None => {}
        }
    }

    /// Whether the day stands first in more dates than the month.
    pub(super) const fn says_day_first(&self) -> bool {
        self.day_first > self.month_first
    }

    /// The order decided by evidence, as it is written.
    pub(super) const fn order(&self) -> Option<&'static str> {
        match (self.day_first > 0, self.month_first > 0) {
            (true, false) => Some("dmy"),
            (false, true) => Some("mdy"),
            (false, false) if self.minguo > 0 => Some("roc"),
            _ => None,
        }
    }

    /// Whether dates could be read either way and nothing, or contradicting rows, decide.
    pub(super) const fn undecided(&self) -> bool {
        let contradict = self.day_first > 0 && self.month_first > 0;
        contradict || (self.open > 0 && self.day_first == 0 && self.month_first == 0)
    }
}
