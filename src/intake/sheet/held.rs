//! Rows that only what follows can tell: a text alone is the title of a table below, a note below
//! the last row, or a record with nothing else in it; numbers alone may be the totals.

use super::super::cell::Typed;
use super::super::row::RowBuf;
use super::super::slots::Slot;
use super::region::Region;
use crate::records::{CellKind, IssueCode};

/// Rows held back at the same time; more in a row are no titles and no totals.
pub(super) const MOST: usize = 4;

impl Region<'_> {
    /// Whether a row just typed is held back until the next one is known.
    pub(super) fn is_open(&self, row: &RowBuf, refused: Option<IssueCode>) -> bool {
        self.held.len() < MOST && (self.is_remark(row, refused) || self.only_numbers())
    }

    /// Whether a refused row is one text and nothing else.
    fn is_remark(&self, row: &RowBuf, refused: Option<IssueCode>) -> bool {
        refused.is_some() && self.found.columns.len() > 2 && lone_text(row).is_some()
    }

    /// Whether the row just typed has numbers and nothing else, in a table that is not all
    /// numbers.
    fn only_numbers(&self) -> bool {
        let mut numbers = 0;
        for value in self.typer.values() {
            match value {
                Typed::Money(_) | Typed::Count(_) | Typed::Number(_) => numbers += 1,
                Typed::Missing => {}
                _ => return false,
            }
        }
        numbers > 0 && self.slots.iter().any(|slot| !is_measure(slot))
    }

    /// Whether the row just typed holds the sums of the columns above it.
    pub(super) fn is_sums(&self) -> bool {
        if !self.only_numbers() || self.records < 2 {
            return false;
        }
        let mut pairs = self.slots.iter().zip(self.typer.values()).filter_map(|(slot, value)| {
            let own = value.as_f64().filter(|own| *own != 0.0)?;
            let (_, sum) = self.sums.iter().find(|(col, _)| *col == slot.col)?;
            Some((own, sum))
        });
        pairs.any(|(own, sum)| (own - sum).abs() <= 0.01_f64.max(sum.abs() * 1e-9))
    }
}

fn is_measure(slot: &Slot) -> bool {
    matches!(slot.reading.kind, CellKind::Money | CellKind::Count | CellKind::Number)
}

/// The text of a row that holds nothing else.
pub(super) fn lone_text(row: &RowBuf) -> Option<&str> {
    match row.cells() {
        [(at, _)] => row.text_at(*at),
        _ => None,
    }
}

/// Whether a text reads as a sentence, not as an id or a name cut off.
pub(super) fn is_sentence(text: &str) -> bool {
    let marked = text.starts_with('*') || text.contains([':', '：', '。', '，']);
    marked || text.split_whitespace().count() > 2
}
