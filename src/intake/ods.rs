//! The content of an `ods` workbook before it is parsed: calamine reads a table that never ends
//! for ever, and writes out repeated rows and columns one by one.

use super::trouble::Trouble;
use crate::settings::Limits;

/// Refuses a content part with an open table, or with tables beyond the limit once written out.
///
/// # Errors
/// What is broken, or the limit passed.
pub(super) fn check(content: &[u8], limits: &Limits) -> Result<(), Trouble> {
    let mut scan = Scan::default();
    let mut rest = content;
    while let Some(start) = rest.iter().position(|&b| b == b'<') {
        let tag = &rest[start + 1..];
        let end = tag_end(tag);
        scan.tag(&tag[..end]);
        if scan.cells() > limits.grid_cells {
            return Err(Trouble::OverLimit("cells", limits.grid_cells));
        }
        rest = &tag[end..];
    }
    if scan.open == 0 { Ok(()) } else { Err(Trouble::Broken("a table never ends".to_owned())) }
}

/// Where a tag ends; a `>` inside quotes does not end it.
fn tag_end(tag: &[u8]) -> usize {
    let mut quote = None;
    for (at, &b) in tag.iter().enumerate() {
        match (quote, b) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(q), b) if q == b => quote = None,
            _ => {}
        }
    }
    tag.len()
}

/// The extent of the table being read.
#[derive(Debug, Default)]
struct Scan {
    open: u32,
    rows: u64,
    row_repeat: u64,
    filled_rows: u64,
    columns: u64,
    filled_columns: u64,
    row_filled: bool,
    /// Cells written out row by row before repeats of rows.
    written: u64,
}

impl Scan {
    /// Cells of the rectangle the table needs, or of its rows as calamine first writes them.
    fn cells(&self) -> u64 {
        self.filled_rows.saturating_mul(self.filled_columns).max(self.written)
    }

    fn tag(&mut self, tag: &[u8]) {
        let name_end =
            tag.iter().position(|b| b.is_ascii_whitespace() || *b == b'/' && tag[0] != b'/');
        let closed = tag.ends_with(b"/");
        match &tag[..name_end.unwrap_or(tag.len())] {
            b"table:table" if !closed => {
                *self = Self { open: self.open + 1, ..Self::default() };
            }
            b"/table:table" => self.open = self.open.saturating_sub(1),
            b"table:table-row" => {
                self.row_repeat = repeated(tag, b"table:number-rows-repeated=");
                (self.columns, self.row_filled) = (0, false);
                if closed {
                    self.end_row();
                }
            }
            b"/table:table-row" => self.end_row(),
            b"table:table-cell" | b"table:covered-table-cell" => {
                self.cell(repeated(tag, b"table:number-columns-repeated="), tag, closed);
            }
            _ => {}
        }
    }

    fn cell(&mut self, repeat: u64, tag: &[u8], closed: bool) {
        self.columns = self.columns.saturating_add(repeat).min(16_384);
        let has = |part: &[u8]| tag.windows(part.len()).any(|window| window == part);
        if !closed || has(b"office:") || has(b"table:formula") {
            self.row_filled = true;
            self.filled_columns = self.filled_columns.max(self.columns);
        }
    }

    fn end_row(&mut self) {
        self.rows = self.rows.saturating_add(self.row_repeat);
        if self.row_filled {
            self.filled_rows = self.rows;
            self.written = self.written.saturating_add(self.columns);
        }
    }
}

/// The number of an attribute, 1 where it is absent or no number.
fn repeated(tag: &[u8], attribute: &[u8]) -> u64 {
    let found = tag.windows(attribute.len()).position(|window| window == attribute);
    let digits = found.map(|at| {
        let value = tag[at + attribute.len()..].iter().skip(1);
        value
            .take_while(|b| b.is_ascii_digit())
            .fold(0_u64, |n, b| n.saturating_mul(10).saturating_add(u64::from(b - b'0')))
    });
    digits.filter(|&n| n > 0).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::{Trouble, check};
    use crate::settings::Limits;

    fn table(rows: &str) -> Result<(), Trouble> {
        check(
            format!("<a><table:table table:name=\">\">{rows}</table:table></a>").as_bytes(),
            &Limits::default(),
        )
    }

    #[test]
    fn blank_repeats_cost_nothing_and_filled_ones_are_counted() {
        let cell = "<table:table-cell office:value=\"1\"/>";
        let blank = "<table:table-row table:number-rows-repeated=\"1048576\">\
                     <table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
        let filled = format!("<table:table-row>{cell}</table:table-row>");
        assert_eq!(table(&[&filled, blank].concat()), Ok(()));
        let wide = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell \
                    table:number-columns-repeated=\"1000\" office:value=\"1\"/></table:table-row>";
        assert!(matches!(table(wide), Err(Trouble::OverLimit("cells", _))));
        let far = [&filled, blank, &filled].concat();
        assert_eq!(table(&far), Ok(()));
    }

    #[test]
    fn a_table_that_never_ends_is_refused() {
        assert!(matches!(
            check(b"<table:table table:name='x'>", &Limits::default()),
            Err(Trouble::Broken(_))
        ));
        assert_eq!(check(b"<table:table/>", &Limits::default()), Ok(()));
    }
}
