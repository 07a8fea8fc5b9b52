//! One row of raw cells → one row of typed cells, and what was wrong.

use super::cell::{Evidence, Reading, Typed, typed};
use super::row::RowBuf;
use super::slots::Slot;
use crate::dataset::Cell;
use crate::records::{CellKind, IssueCode};
use crate::units::Money;

/// Types rows; its buffers are reused.
#[derive(Debug, Default)]
pub(super) struct RowTyper {
    texts: String,
    values: Vec<Typed>,
    faults: Vec<(usize, IssueCode)>,
}

impl RowTyper {
    /// Types a row. Returns the code that refuses it, if a needed cell is bad or blank.
    pub(super) fn read(&mut self, row: &RowBuf, slots: &mut [Slot]) -> Option<IssueCode> {
        self.texts.clear();
        self.values.clear();
        self.faults.clear();
        let mut refused = None;
        for (index, slot) in slots.iter_mut().enumerate() {
            let mut seen = Evidence::default();
            let value = match slot.product {
                Some(parts) => product(row, parts, slot.reading),
                None => typed(row, row.get(slot.at), slot.reading, &mut seen, &mut self.texts),
            };
            slot.tally.add(seen);
            self.faults.extend(seen.doubt.map(|code| (index, code)));
            let value = match value {
                Ok(Typed::Missing) if slot.required => Err(IssueCode::BlankRequired),
                other => other,
            };
            if let Err(code) = value {
                self.faults.push((index, code));
                if slot.required {
                    refused = refused.or(Some(code));
                }
            }
            self.values.push(value.unwrap_or(Typed::Missing));
        }
        refused.or_else(|| self.nothing_left(slots))
    }

    /// The fault of a row that needs one of several columns and has none, because of the fault.
    fn nothing_left(&self, slots: &[Slot]) -> Option<IssueCode> {
        let choices = || slots.iter().zip(&self.values).filter(|(slot, _)| slot.one_of);
        if choices().any(|(_, value)| *value != Typed::Missing) {
            return None;
        }
        let of_choice = |index: usize| slots.get(index).is_some_and(|slot| slot.one_of);
        self.faults.iter().find(|(index, _)| of_choice(*index)).map(|(_, code)| *code)
    }

    /// What was wrong in the row read last: the slot and the code.
    pub(super) fn faults(&self) -> &[(usize, IssueCode)] {
        &self.faults
    }

    /// The values of the row read last, one a slot.
    pub(super) fn values(&self) -> &[Typed] {
        &self.values
    }

    /// The cells of the row read last, which is handed in once more for its texts.
    pub(super) fn cells<'r>(&'r self, row: &'r RowBuf) -> impl Iterator<Item = Cell<'r>> {
        self.values.iter().map(move |value| match value {
            Typed::Missing => Cell::Missing,
            Typed::Label(at) => match at.shared() {
                Some(number) => Cell::Shared(number, row.text(*at)),
                None => Cell::Text(row.text(*at)),
            },
            Typed::Text(range) => self.texts.get(range.clone()).map_or(Cell::Missing, Cell::Text),
            Typed::Day(day) => Cell::Day(*day),
            Typed::Millis(millis) => Cell::Millis(*millis),
            Typed::Money(money) => Cell::Money(*money),
            Typed::Count(n) => Cell::Count(*n),
            Typed::Number(x) => Cell::Number(*x),
            Typed::Flag(yes) => Cell::Flag(*yes),
        })
    }
}

/// The money two number cells make when multiplied.
fn product(row: &RowBuf, parts: (u32, u32), how: Reading) -> Result<Typed, IssueCode> {
    let how = Reading { kind: CellKind::Number, ..how };
    let number = |at| {
        let mut texts = String::new();
        typed(row, row.get(at), how, &mut Evidence::default(), &mut texts)
    };
    match (number(parts.0)?, number(parts.1)?) {
        (Typed::Number(a), Typed::Number(b)) => {
            Money::from_units(a * b).map(Typed::Money).ok_or(IssueCode::NumberRange)
        }
        _ => Ok(Typed::Missing),
    }
}
