//! Hidden and filtered rows, told from the markup of a sheet: the parser does not hand them over.
//!
//! `xlsx` sheets are scanned while the archive is checked, so that nothing unpacks twice.

use std::collections::BTreeMap;

use memchr::memmem;

use super::markup::{Parts, attribute, sheet_parts};
use super::sniff::Format;

/// Rows of a sheet that its user does not see: ranges in order, first and last, from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct HiddenRows(Vec<(u32, u32)>);

impl HiddenRows {
    /// Whether a row is hidden.
    pub(super) fn has(&self, row: u32) -> bool {
        let at = self.0.partition_point(|(first, _)| *first <= row);
        at.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|(_, last)| row <= *last)
    }

    /// Whether there is none.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn add(&mut self, row: u32) {
        match self.0.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            Some((_, last)) if *last >= row => {}
            _ => self.0.push((row, row)),
        }
    }
}

/// Finds the hidden rows of an `xlsx` sheet in its markup, handed over piece by piece.
#[derive(Debug, Default)]
pub(super) struct RowScan {
    /// `<row`, or with the prefix of the sheet's names `<x:row`; known from the first element.
    needle: Vec<u8>,
    /// The end of the last piece, where a tag may have begun.
    rest: Vec<u8>,
    row: u32,
    hidden: HiddenRows,
}

/// A tag of a row is shorter; what is longer is damaged.
const LONGEST: usize = 4096;

impl RowScan {
    /// Looks through the next piece.
    pub(super) fn feed(&mut self, piece: &[u8]) {
        let mut text = std::mem::take(&mut self.rest);
        text.extend_from_slice(piece);
        if self.needle.is_empty() {
            let Some(needle) = row_tag(&text) else {
                self.rest = text;
                self.rest.truncate(LONGEST);
                return;
            };
            self.needle = needle;
        }
        let needle = self.needle.clone();
        let finder = memmem::Finder::new(&needle);
        let mut from = self.skippable(&text);
        while let Some(at) = text.get(from..).and_then(|text| finder.find(text)) {
            let start = from + at;
            let tag = text.get(start..).unwrap_or_default();
            let Some(end) = memchr::memchr(b'>', tag) else {
                self.rest = tag.get(..tag.len().min(LONGEST)).unwrap_or_default().to_vec();
                return;
            };
            self.tag(tag.get(self.needle.len()..end).unwrap_or_default());
            from = start + end;
        }
        let keep = text.len().saturating_sub(self.needle.len()).max(from);
        self.rest = text.get(keep..).unwrap_or_default().to_vec();
    }

    /// Where to begin: where nothing hides, at the last row, if that one has its number.
    fn skippable(&self, text: &[u8]) -> usize {
        if memmem::find(text, b"hidden").is_some() {
            return 0;
        }
        let last = memmem::rfind(text, &self.needle).unwrap_or(0);
        let tag = text.get(last + self.needle.len()..).unwrap_or_default();
        let end = memchr::memchr(b'>', tag).unwrap_or(0);
        let number = tag.get(..end).and_then(|tag| attribute(tag, b"r"));
        if number.is_some() { last } else { 0 }
    }

    fn tag(&mut self, attributes: &[u8]) {
        if !attributes.first().is_none_or(|b| b.is_ascii_whitespace() || *b == b'/') {
            return;
        }
        let number = attribute(attributes, b"r").and_then(|digits| digits.parse().ok());
        self.row = number.unwrap_or(self.row.saturating_add(1));
        if matches!(attribute(attributes, b"hidden"), Some("1" | "true")) {
            self.hidden.add(self.row);
        }
    }
}

/// How a row begins, by the prefix of the sheet's first element.
fn row_tag(text: &[u8]) -> Option<Vec<u8>> {
    let at = memmem::find(text, b"worksheet")?;
    let before = text.get(..at)?;
    let open = memchr::memrchr(b'<', before)?;
    Some([before.get(open..)?, b"row"].concat())
}

/// What the parts of an archive say of hidden rows.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// By the part of the sheet.
    parts: BTreeMap<String, HiddenRows>,
    /// In the order of the sheets, where all stand in one part.
    sheets: Vec<HiddenRows>,
}

impl Seen {
    /// Takes the scan of one part of an `xlsx` workbook.
    pub(super) fn sheet(&mut self, name: &str, scan: RowScan) {
        if !scan.hidden.is_empty() {
            self.parts.insert(name.to_owned(), scan.hidden);
        }
    }

    /// Looks through the content of an `ods` workbook.
    pub(super) fn content(&mut self, text: &[u8]) {
        self.sheets = of_ods(text);
    }

    /// The hidden rows of every sheet, in the order of the sheets; empty where none has any.
    pub(super) fn by_sheet(mut self, bytes: &[u8], format: Format) -> Vec<HiddenRows> {
        if format != Format::Xlsx || self.parts.is_empty() {
            return self.sheets;
        }
        let parts =
            Parts::open(bytes).map(|mut parts| sheet_parts(&mut parts)).into_iter().flatten();
        parts.map(|part| self.parts.remove(&part).unwrap_or_default()).collect()
    }
}

/// The hidden rows of every sheet of an `ods` content part, in the order of the sheets.
fn of_ods(content: &[u8]) -> Vec<HiddenRows> {
    let mut sheets: Vec<HiddenRows> = Vec::new();
    let mut row = 0_u32;
    for tag in content.split(|b| *b == b'<') {
        let tag = tag.get(..memchr::memchr(b'>', tag).unwrap_or(tag.len())).unwrap_or_default();
        if tag.starts_with(b"table:table ") {
            sheets.push(HiddenRows::default());
            row = 0;
        } else if let Some(attributes) = tag.strip_prefix(b"table:table-row") {
            let times = attribute(attributes, b"number-rows-repeated");
            let times: u32 = times.and_then(|digits| digits.parse().ok()).unwrap_or(1);
            let hidden =
                matches!(attribute(attributes, b"visibility"), Some("collapse" | "filter"));
            if let Some(sheet) = sheets.last_mut().filter(|_| hidden) {
                let last = row.saturating_add(times);
                sheet.0.push((row + 1, last));
            }
            row = row.saturating_add(times).min(u32::MAX - 1);
        }
    }
    sheets
}

#[cfg(test)]
mod tests {
    use super::{HiddenRows, RowScan, of_ods};

    fn scan(text: &str, piece: usize) -> HiddenRows {
        let mut scan = RowScan::default();
        text.as_bytes().chunks(piece).for_each(|piece| scan.feed(piece));
        scan.hidden
    }

    #[test]
    fn hidden_rows_are_found_wherever_the_pieces_end() {
        let text = "<?xml version=\"1.0\"?><x:worksheet><x:cols><x:col hidden=\"1\"/></x:cols>\
                    <x:sheetData><x:row r=\"1\"><x:c/></x:row><x:row hidden=\"1\" r=\"3\"/>\
                    <x:row spans='1:2' hidden='true'><x:c/></x:row><x:row r=\"9\" hidden=\"0\"/>\
                    <x:row r=\"12\" hidden=\"1\"></x:row></x:sheetData></x:worksheet>";
        for piece in [1, 2, 7, 64, text.len()] {
            assert_eq!(scan(text, piece).0, [(3, 4), (12, 12)], "pieces of {piece}");
        }
        let plain = text.replace("x:", "");
        let rows = scan(&plain, 5);
        assert!(rows.has(3) && rows.has(4) && rows.has(12));
        assert!(!rows.has(1) && !rows.has(5) && !rows.has(13));
    }

    #[test]
    fn rows_of_an_ods_count_with_their_repeats() {
        let text = "<table:table table:name=\"a\"><table:table-column table:visibility=\"collapse\"/>\
                    <table:table-row table:number-rows-repeated=\"4\"/>\
                    <table:table-row table:visibility=\"filter\" table:number-rows-repeated=\"2\"/>\
                    </table:table><table:table table:name=\"b\"><table:table-row/></table:table>";
        let sheets = of_ods(text.as_bytes());
        assert_eq!(
            sheets.iter().map(|rows| rows.0.clone()).collect::<Vec<_>>(),
            [vec![(5, 6)], vec![]]
        );
    }
}
