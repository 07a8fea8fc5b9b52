//! Hidden rows and columns, told from the markup of a sheet: the parser does not hand them over.
//!
//! `xlsx` sheets are scanned while the archive is checked, so that nothing unpacks twice.

use std::collections::BTreeMap;

use memchr::memmem;

use super::markup::{Parts, attribute, sheet_parts, tags};
use super::sniff::Format;

/// What of a sheet its user does not see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Unseen {
    /// Rows in order: the first and the last of each range, from 1.
    rows: Vec<(u32, u32)>,
    columns: HiddenColumns,
}

impl Unseen {
    /// Whether a row is hidden.
    pub(super) fn has(&self, row: u32) -> bool {
        let at = self.rows.partition_point(|(first, _)| *first <= row);
        at.checked_sub(1).and_then(|at| self.rows.get(at)).is_some_and(|(_, last)| row <= *last)
    }

    /// Its hidden columns.
    pub(super) const fn columns(&self) -> &HiddenColumns {
        &self.columns
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.columns.0.is_empty()
    }

    fn add(&mut self, row: u32) {
        match self.rows.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            Some((_, last)) if *last >= row => {}
            _ => self.rows.push((row, row)),
        }
    }
}

/// Hidden columns of a sheet: the first and the last of each range, from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct HiddenColumns(Vec<(u32, u32)>);

impl HiddenColumns {
    /// Those of an `xlsx` sheet, by its markup before the first row.
    pub(super) fn of_xlsx(head: &[u8]) -> Self {
        let range = |tag| {
            let number = |name| attribute(tag, name)?.parse::<u32>().ok()?.checked_sub(1);
            let hidden = matches!(attribute(tag, b"hidden"), Some("1" | "true"));
            Some((number(b"min")?, number(b"max")?)).filter(|_| hidden)
        };
        Self(tags(head, b"col").filter_map(range).collect())
    }

    /// Whether a column is hidden.
    pub(super) fn has(&self, column: u32) -> bool {
        self.0.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }
}

/// Finds what is hidden of an `xlsx` sheet in its markup, handed over piece by piece.
#[derive(Debug)]
pub(super) struct RowScan {
    /// `<row`, or with the prefix of the sheet's names `<x:row`; known from the first element.
    needle: Vec<u8>,
    /// The end of the last piece, where a tag may have begun.
    rest: Vec<u8>,
    row: u32,
    /// What stands before the first row, until that is reached.
    head: Option<Vec<u8>>,
    unseen: Unseen,
}

/// A tag of a row is shorter; what is longer is damaged.
const LONGEST: usize = 4096;
/// So is what stands before the first row.
const LONGEST_HEAD: usize = 1 << 20;

impl Default for RowScan {
    fn default() -> Self {
        let (needle, rest) = (Vec::new(), Vec::new());
        Self { needle, rest, row: 0, head: Some(Vec::new()), unseen: Unseen::default() }
    }
}

impl RowScan {
    /// Looks through the next piece.
    pub(super) fn feed(&mut self, piece: &[u8]) {
        self.feed_head(piece);
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

    fn feed_head(&mut self, piece: &[u8]) {
        let Some(head) = &mut self.head else { return };
        head.extend_from_slice(piece);
        if let Some(end) = memmem::find(head, b"sheetData") {
            head.truncate(end);
            self.unseen.columns = HiddenColumns::of_xlsx(head);
            self.head = None;
        } else if head.len() > LONGEST_HEAD {
            self.head = None;
        }
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
            self.unseen.add(self.row);
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

/// What the parts of an archive say is hidden.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// By the part of the sheet.
    parts: BTreeMap<String, Unseen>,
    /// In the order of the sheets, where all stand in one part.
    sheets: Vec<Unseen>,
}

impl Seen {
    /// Takes the scan of one part of an `xlsx` workbook.
    pub(super) fn sheet(&mut self, name: &str, scan: RowScan) {
        if !scan.unseen.is_empty() {
            self.parts.insert(name.to_owned(), scan.unseen);
        }
    }

    /// Looks through the content of an `ods` workbook.
    pub(super) fn content(&mut self, text: &[u8]) {
        self.sheets = of_ods(text);
    }

    /// What is hidden of every sheet, in the order of the sheets; empty where nothing is.
    pub(super) fn by_sheet(mut self, bytes: &[u8], format: Format) -> Vec<Unseen> {
        if format != Format::Xlsx || self.parts.is_empty() {
            return self.sheets;
        }
        let parts =
            Parts::open(bytes).map(|mut parts| sheet_parts(&mut parts)).into_iter().flatten();
        parts.map(|part| self.parts.remove(&part).unwrap_or_default()).collect()
    }
}

/// What is hidden of every sheet of an `ods` content part, in the order of the sheets.
fn of_ods(content: &[u8]) -> Vec<Unseen> {
    let mut sheets: Vec<Unseen> = Vec::new();
    let (mut row, mut column) = (0_u32, 0_u32);
    for tag in content.split(|b| *b == b'<') {
        let tag = tag.get(..memchr::memchr(b'>', tag).unwrap_or(tag.len())).unwrap_or_default();
        if tag.starts_with(b"table:table ") {
            sheets.push(Unseen::default());
            (row, column) = (0, 0);
        } else if let Some(attributes) = tag.strip_prefix(b"table:table-row") {
            let (times, hidden) = repeated(attributes, b"number-rows-repeated");
            let last = row.saturating_add(times).min(u32::MAX - 1);
            if let Some(sheet) = sheets.last_mut().filter(|_| hidden) {
                sheet.rows.push((row + 1, last));
            }
            row = last;
        } else if let Some(attributes) = column_tag(tag) {
            let (times, hidden) = repeated(attributes, b"number-columns-repeated");
            let next = column.saturating_add(times);
            if let Some(sheet) = sheets.last_mut().filter(|_| hidden && times > 0) {
                sheet.columns.0.push((column, next - 1));
            }
            column = next;
        }
    }
    sheets
}

/// The attributes of a column; a group of columns has none of them.
fn column_tag(tag: &[u8]) -> Option<&[u8]> {
    let rest = tag.strip_prefix(b"table:table-column")?;
    matches!(rest, [] | [b' ' | b'/', ..]).then_some(rest)
}

/// How often a row or column stands there, and whether it is hidden.
fn repeated(attributes: &[u8], by: &[u8]) -> (u32, bool) {
    let times = attribute(attributes, by).and_then(|digits| digits.parse().ok()).unwrap_or(1);
    let hidden = matches!(attribute(attributes, b"visibility"), Some("collapse" | "filter"));
    (times, hidden)
}

#[cfg(test)]
mod tests {
    use super::{RowScan, Unseen, of_ods};

    fn scan(text: &str, piece: usize) -> Unseen {
        let mut scan = RowScan::default();
        text.as_bytes().chunks(piece).for_each(|piece| scan.feed(piece));
        scan.unseen
    }

    #[test]
    fn hidden_rows_are_found_wherever_the_pieces_end() {
        let text = "<?xml version=\"1.0\"?><x:worksheet><x:cols><x:col min=\"2\" max=\"3\" hidden=\"1\"/>\
                    <x:col min=\"5\" max=\"9\" hidden=\"0\"/></x:cols>\
                    <x:sheetData><x:row r=\"1\"><x:c/></x:row><x:row hidden=\"1\" r=\"3\"/>\
                    <x:row spans='1:2' hidden='true'><x:c/></x:row><x:row r=\"9\" hidden=\"0\"/>\
                    <x:row r=\"12\" hidden=\"1\"></x:row></x:sheetData></x:worksheet>";
        for piece in [1, 2, 7, 64, text.len()] {
            let unseen = scan(text, piece);
            assert_eq!(unseen.rows, [(3, 4), (12, 12)], "pieces of {piece}");
            assert_eq!(unseen.columns.0, [(1, 2)], "pieces of {piece}");
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
            sheets.iter().map(|sheet| sheet.rows.clone()).collect::<Vec<_>>(),
            [vec![(5, 6)], vec![]]
        );
        assert!(sheets[0].columns().has(0) && !sheets[0].columns().has(1));
        assert!(!sheets[1].columns().has(0));
    }
}
