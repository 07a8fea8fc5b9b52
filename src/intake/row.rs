//! One row of raw cells, reused for every row of a sheet.

use std::fmt::Write as _;
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::texts::Texts;
use super::trouble::Trouble;
use crate::units::Day;

/// Where a text of a row stands: in the row's own buffer, or among the texts its sheet shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TextAt {
    start: u32,
    length: u32,
    /// Its number among the shared ones.
    shared: Option<u32>,
}

impl TextAt {
    /// Its number among the texts the sheet shares, the same for every cell that has it.
    pub(super) const fn shared(self) -> Option<u32> {
        self.shared
    }
}

/// A cell as the file holds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Raw {
    /// Text, trimmed and not empty.
    Text(TextAt),
    /// Number.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// Date, time or both: the serial number and the instant in milliseconds since 1970.
    Stamp {
        /// Days since the workbook's epoch; below one for a time of day.
        serial: f64,
        /// Milliseconds since 1970-01-01.
        millis: i64,
    },
    /// Length of time in milliseconds.
    Span(i64),
    /// An error value, as `#N/A`.
    Error(TextAt),
    /// A formula whose result was never stored.
    Uncalculated,
}

/// Cells looked at one by one.
const NEAR: usize = 8;

/// Where a quote that is never closed opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OpenQuote {
    /// Column, 0 for the first.
    pub(super) column: u32,
    /// Line, 1 for the first.
    pub(super) line: u32,
}

/// The cells of one row that hold something, in column order.
#[derive(Clone, Debug, Default)]
pub(super) struct RowBuf {
    /// Row number, 1 for the first.
    pub(super) number: u32,
    /// Rows without a value between the row before and this one.
    pub(super) blank_before: u64,
    /// Fields of a row of text, blank ones included; 0 for a row of a workbook.
    pub(super) width: u32,
    /// A quote of a row of text that is never closed.
    pub(super) open_quote: Option<OpenQuote>,
    /// Whether its user does not see it.
    pub(super) hidden: bool,
    cells: Vec<(u32, Raw)>,
    text: String,
    shared: Arc<Texts>,
}

impl RowBuf {
    /// Forgets all cells.
    pub(super) fn clear(&mut self) {
        self.cells.clear();
        self.text.clear();
        self.blank_before = 0;
        self.width = 0;
        self.open_quote = None;
        self.hidden = false;
    }

    /// The texts the sheet shares, before the first of them is added.
    pub(super) fn share(&mut self, texts: &Arc<Texts>) {
        if !Arc::ptr_eq(&self.shared, texts) {
            self.shared = Arc::clone(texts);
        }
    }

    /// Whether no cell holds anything.
    pub(super) const fn is_blank(&self) -> bool {
        self.cells.is_empty()
    }

    /// Forgets the cells of the other columns.
    pub(super) fn keep_columns(&mut self, keep: impl Fn(u32) -> bool) {
        self.cells.retain(|(at, _)| keep(*at));
    }

    /// Adds a cell; a second value for the same column replaces the first.
    pub(super) fn push(&mut self, column: u32, raw: Raw) {
        match self.cells.last() {
            Some((last, _)) if *last >= column => {
                match self.cells.binary_search_by_key(&column, |(c, _)| *c) {
                    Ok(at) => self.cells[at].1 = raw,
                    Err(at) => self.cells.insert(at, (column, raw)),
                }
            }
            _ => self.cells.push((column, raw)),
        }
    }

    /// Adds a text, trimmed; a blank one is no cell. Excel errors written as text are errors.
    pub(super) fn push_text(&mut self, column: u32, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let at = self.keep(text);
        self.push(column, text_or_error(text, at));
    }

    /// Adds one of the shared texts, which are trimmed; `false` where there is none.
    pub(super) fn push_shared(&mut self, column: u32, number: u32) -> bool {
        let Some((start, length)) = self.shared.place(number) else { return false };
        if length > 0 {
            let at = TextAt { start, length, shared: Some(number) };
            let raw = text_or_error(self.shared.slice(start, length), at);
            self.push(column, raw);
        }
        true
    }

    /// Adds an error value.
    pub(super) fn push_error(&mut self, column: u32, text: &str) {
        let at = self.keep(text);
        self.push(column, Raw::Error(at));
    }

    /// A row of more text than can be counted keeps none of what is too much.
    fn keep(&mut self, text: &str) -> TextAt {
        let place = u32::try_from(self.text.len()).ok().zip(u32::try_from(text.len()).ok());
        let (start, length) = place.unwrap_or_default();
        self.text.push_str(text);
        TextAt { start, length, shared: None }
    }

    /// The cell of a column. Few cells of a table are blank, so that a cell stands at the place
    /// of its column or a little before.
    pub(super) fn get(&self, column: u32) -> Option<&Raw> {
        if let Some((at, raw)) = self.cells.get(column as usize)
            && *at == column
        {
            return Some(raw);
        }
        let upto = self.cells.len().min((column as usize).saturating_add(1));
        let mut near = self.cells.get(..upto)?.iter().rev().take(NEAR);
        if let Some((at, raw)) = near.find(|(at, _)| *at <= column) {
            return (*at == column).then_some(raw);
        }
        let at = self.cells.binary_search_by_key(&column, |(at, _)| *at).ok()?;
        self.cells.get(at).map(|(_, raw)| raw)
    }

    /// All cells, in column order.
    pub(super) fn cells(&self) -> &[(u32, Raw)] {
        &self.cells
    }

    /// A hash of what the cells hold, the same for the same content in every run.
    pub(super) fn content_hash(&self) -> u64 {
        let mut hash = FixedState::default().build_hasher();
        for (at, raw) in &self.cells {
            hash.write_u32(*at);
            match raw {
                Raw::Text(at) | Raw::Error(at) => hash.write(self.text(*at).as_bytes()),
                Raw::Number(x) => hash.write_u64(x.to_bits()),
                Raw::Bool(yes) => hash.write_u8(u8::from(*yes)),
                Raw::Stamp { millis, .. } | Raw::Span(millis) => hash.write_i64(*millis),
                Raw::Uncalculated => hash.write_u8(2),
            }
        }
        hash.finish()
    }

    /// A text of this row.
    pub(super) fn text(&self, at: TextAt) -> &str {
        let (start, length) = (at.start as usize, at.length as usize);
        match at.shared {
            Some(_) => self.shared.slice(at.start, at.length),
            None => self.text.get(start..start + length).unwrap_or_default(),
        }
    }

    /// The text of a cell, if it is one.
    pub(super) fn text_at(&self, column: u32) -> Option<&str> {
        match self.get(column)? {
            Raw::Text(at) => Some(self.text(*at)),
            _ => None,
        }
    }

    /// Writes the cell the way a reader of the file would name it.
    pub(super) fn show(&self, raw: &Raw, out: &mut String) {
        let written = match raw {
            Raw::Text(at) | Raw::Error(at) => out.write_str(self.text(*at)),
            Raw::Number(x) => show_number(*x, out),
            Raw::Bool(yes) => out.write_str(if *yes { "TRUE" } else { "FALSE" }),
            Raw::Stamp { millis, .. } => show_instant(*millis, out),
            Raw::Span(millis) => write!(out, "{} s", millis / 1000),
            Raw::Uncalculated => Ok(()),
        };
        debug_assert!(written.is_ok(), "writing to a String does not fail");
    }
}

/// Identifiers are mostly whole numbers, which are written much faster as such.
#[expect(clippy::cast_possible_truncation, reason = "whole and exact where it is used")]
fn show_number(x: f64, out: &mut String) -> std::fmt::Result {
    let whole = x as i64;
    let is_whole = (1.0..1e15).contains(&x) && x.fract() == 0.0;
    if is_whole { write!(out, "{whole}") } else { write!(out, "{x}") }
}

fn show_instant(millis: i64, out: &mut String) -> std::fmt::Result {
    let day = i32::try_from(millis.div_euclid(86_400_000)).unwrap_or(i32::MAX);
    let seconds = millis.rem_euclid(86_400_000) / 1000;
    write!(out, "{}", Day::from_number(day))?;
    if seconds == 0 {
        return Ok(());
    }
    write!(out, " {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn text_or_error(text: &str, at: TextAt) -> Raw {
    if is_error_text(text) { Raw::Error(at) } else { Raw::Text(at) }
}

/// Whether a text is an error value of a spreadsheet.
pub(super) fn is_error_text(text: &str) -> bool {
    const ERRORS: [&str; 8] =
        ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"];
    text.as_bytes().first() == Some(&b'#') && ERRORS.contains(&text)
}

/// Rows of one sheet, from the first to the last that holds a value.
pub(super) trait SheetReader {
    /// Reads the next row that holds a value; `false` after the last.
    fn next_row(&mut self, row: &mut RowBuf) -> Result<bool, Trouble>;

    /// Whether its user does not see a column, where the reader itself knows.
    fn hides(&self, _column: u32) -> bool {
        false
    }

    /// About how many rows the sheet says it has; 0 where it does not say.
    fn expected(&self) -> usize {
        0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Raw, RowBuf, show_number};

    proptest! {
        #[test]
        fn a_number_is_shown_in_its_shortest_digits(
            x in prop_oneof![any::<f64>(), (-9e17..9e17_f64).prop_map(f64::trunc), 0.0..9_f64],
        ) {
            let mut shown = String::new();
            prop_assert!(show_number(x, &mut shown).is_ok());
            prop_assert_eq!(shown, x.to_string());
        }
    }

    #[test]
    fn cells_stay_in_column_order_and_the_last_value_wins() {
        let mut row = RowBuf::default();
        row.push_text(3, " d ");
        row.push(1, Raw::Number(1.0));
        row.push(3, Raw::Bool(true));
        row.push_text(4, "  ");
        row.push_text(5, "#N/A");
        let columns: Vec<u32> = row.cells().iter().map(|(c, _)| *c).collect();
        assert_eq!(columns, [1, 3, 5]);
        assert_eq!(row.get(3), Some(&Raw::Bool(true)));
        assert!(matches!(row.get(5), Some(Raw::Error(_))));
    }
}
