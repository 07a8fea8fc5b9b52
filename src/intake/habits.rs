//! How a sheet writes its dates and numbers: declared, or told from the cells themselves.

use super::cell::{Evidence, Hint, Said, Zone};
use crate::records::CellKind;
use crate::settings::{DateOrder, DecimalMark, Writing};

/// What is known of the way a sheet is written before its rows are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Habits {
    /// Sheet columns whose dates put the day first.
    pub(super) day_first: Vec<u32>,
    /// Sheet columns whose open numbers have a decimal comma.
    pub(super) decimal_comma: Vec<u32>,
    /// The order of every date of three numbers, where it is declared.
    pub(super) order: Option<DateOrder>,
    /// The decimal mark of every number, where it is declared.
    pub(super) mark: Option<DecimalMark>,
}

impl Habits {
    /// What is declared of a file.
    pub(super) fn declared(writing: &Writing) -> Self {
        Self { order: writing.date_order, mark: writing.decimal, ..Self::default() }
    }
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
    open_comma: u64,
    open_point: u64,
    zone: Zone,
    zones_differ: bool,
}

impl Tally {
    /// Adds what one cell says.
    pub(super) fn add(&mut self, seen: Evidence) {
        match seen.date {
            Some(Hint::Only(DateOrder::Dmy)) => self.day_first += 1,
            Some(Hint::Only(_)) => self.month_first += 1,
            Some(Hint::Open) => self.open += 1,
            Some(Hint::Minguo) => self.minguo += 1,
            Some(Hint::Plain) | None => {}
        }
        match seen.mark {
            Said::Proven(DecimalMark::Comma) => self.comma += 1,
            Said::Proven(DecimalMark::Point) => self.point += 1,
            Said::Open(DecimalMark::Comma) => self.open_comma += 1,
            Said::Open(DecimalMark::Point) => self.open_point += 1,
            Said::Nothing => {}
        }
        if seen.zone != Zone::NoTime {
            self.zones_differ |= self.zone != Zone::NoTime && self.zone != seen.zone;
            self.zone = seen.zone;
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

    /// Whether its times name different zones, or only some of them name one.
    pub(super) const fn mixes_zones(&self) -> bool {
        self.zones_differ
    }

    /// The decimal mark most of its numbers prove.
    pub(super) const fn mark(&self) -> Option<DecimalMark> {
        if self.comma > self.point {
            Some(DecimalMark::Comma)
        } else if self.point > self.comma {
            Some(DecimalMark::Point)
        } else {
            None
        }
    }

    /// Whether numbers of this kind stand in it that the decimal mark would change. A plain
    /// `1.234` of a measurement is what any program writes.
    pub(super) fn has_open(&self, kind: CellKind) -> bool {
        self.open_comma > 0 || (self.open_point > 0 && kind != CellKind::Number)
    }
}
