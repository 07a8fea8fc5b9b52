//! Rows of a delimited text file.

mod dialect;
mod encoding;
mod lines;
mod record;

use std::borrow::Cow;

pub use encoding::is_encoding;
pub(super) use encoding::{decode, encoding_of, wide};

use dialect::dialect;
use lines::newlines;
use record::{Dialect, End, next_line, record};

use super::convert::push_checked;
use super::row::{OpenQuote, RowBuf, SheetReader};
use super::trouble::Trouble;
use crate::settings::Limits;

/// Rows of a delimited text. A row's number is the line it starts on.
pub(super) struct TextRows<'a> {
    text: &'a str,
    dialect: Dialect,
    limits: Limits,
    /// Offset and line of the next record.
    at: usize,
    line: u32,
    /// Last line of the row before.
    last_line: u32,
    fields: Vec<Cow<'a, str>>,
}

impl<'a> TextRows<'a> {
    /// Rows of a text; its delimiter is found by looking at the first lines.
    pub(super) fn new(text: &'a str, limits: Limits) -> Self {
        let longest = usize::try_from(limits.text).unwrap_or(usize::MAX);
        let dialect = dialect(text, longest);
        Self { text, dialect, limits, at: 0, line: 1, last_line: 0, fields: Vec::new() }
    }

    /// Reads the record at the offset and moves behind it.
    fn step(&mut self, row: &mut RowBuf) -> Result<(), Trouble> {
        let bytes = self.text.as_bytes();
        let end = record(self.text, self.at, &self.dialect, &mut self.fields);
        let next = match end {
            End::Whole(next) => next,
            End::OpenQuote(open) => next_line(bytes, open, self.dialect.newline),
        };
        row.number = self.line;
        row.width = u32::try_from(self.fields.len()).unwrap_or(u32::MAX);
        self.fill(row)?;
        if let End::OpenQuote(open) = end {
            let lines = newlines(self.between(self.at, open), self.dialect.newline);
            row.open_quote = Some(OpenQuote { column: row.width, line: self.line + lines });
            let rest = self.text.get(open..next).unwrap_or_default().trim_end();
            row.push_text(row.width, rest.get(..200).unwrap_or(rest));
        }
        let lines = newlines(self.between(self.at, next), self.dialect.newline);
        (self.at, self.line) = (next, self.line.saturating_add(lines));
        Ok(())
    }

    fn between(&self, from: usize, to: usize) -> &'a [u8] {
        self.text.as_bytes().get(from..to).unwrap_or_default()
    }

    fn fill(&self, row: &mut RowBuf) -> Result<(), Trouble> {
        for (column, field) in (0..).zip(&self.fields) {
            if column >= self.limits.columns && !field.trim().is_empty() {
                return Err(Trouble::OverLimit("columns", u64::from(self.limits.columns)));
            }
            push_checked(row, column, field, &self.limits)?;
        }
        Ok(())
    }
}

impl SheetReader for TextRows<'_> {
    fn next_row(&mut self, row: &mut RowBuf) -> Result<bool, Trouble> {
        while self.at < self.text.len() {
            row.clear();
            self.step(row)?;
            if row.number > self.limits.rows {
                return Err(Trouble::OverLimit("rows", u64::from(self.limits.rows)));
            }
            if row.is_blank() {
                continue;
            }
            row.blank_before = u64::from(row.number.saturating_sub(self.last_line + 1));
            // The last line may end without a break.
            let ended = self.between(self.at.saturating_sub(1), self.at);
            self.last_line =
                if ended == [self.dialect.newline] { self.line - 1 } else { self.line };
            return Ok(true);
        }
        row.clear();
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::{RowBuf, SheetReader, TextRows};
    use crate::settings::Limits;

    fn lines(text: &str) -> Vec<(u32, u64)> {
        let mut reader = TextRows::new(text, Limits::default());
        let mut row = RowBuf::default();
        let mut out = Vec::new();
        while reader.next_row(&mut row) == Ok(true) {
            out.push((row.number, row.blank_before));
        }
        out
    }

    #[test]
    fn rows_carry_the_line_they_start_on() {
        let text = "a,b\r\n\r\n1,\"x\ny\"\r\n,,\r\n2,z\r\n\r\n";
        assert_eq!(lines(text), [(1, 0), (3, 1), (6, 1)]);
        assert_eq!(lines(&text.replace("\r\n", "\n")), [(1, 0), (3, 1), (6, 1)]);
        assert_eq!(lines("a,b\r1,2\r\r3,4"), [(1, 0), (2, 0), (4, 1)]);
        assert_eq!(lines("\n\na,b\n"), [(3, 2)]);
    }

    #[test]
    fn an_open_quote_costs_its_line_and_no_other() {
        let text = "a,b\n1,x\n2,\"y\n3,\"z\"\n4,w";
        let mut reader = TextRows::new(text, Limits::default());
        let mut row = RowBuf::default();
        let mut seen = Vec::new();
        while reader.next_row(&mut row) == Ok(true) {
            seen.push((row.number, row.open_quote.map(|q| (q.column, q.line))));
        }
        assert_eq!(seen, [(1, None), (2, None), (3, Some((1, 3))), (4, None), (5, None)]);
    }
}
