//! How a text parts its fields, told from its first lines.

use std::borrow::Cow;

use memchr::memmem;

use super::record::{Dialect, End, next_line, record};
use crate::intake::headers::is_heading;

/// Records looked at.
const RECORDS: usize = 50;
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// The dialect of a text.
pub(super) fn dialect(text: &str, longest: usize) -> Dialect {
    let newline = if text.contains('\n') { b'\n' } else { b'\r' };
    let of = |delimiter| Dialect {
        delimiter,
        newline,
        backslash: backslash(text.as_bytes(), delimiter),
        longest,
    };
    if let Some(delimiter) = declared(text) {
        return of(delimiter);
    }
    let best = DELIMITERS.into_iter().rev().max_by_key(|&d| fit(text, &of(d)));
    of(best.unwrap_or(b','))
}

/// The delimiter of the line `sep=;`, which Excel writes and obeys.
fn declared(text: &str) -> Option<u8> {
    let line = text.lines().next()?.trim_matches(['"', ' ', '\r']);
    let bytes = line.as_bytes();
    let named = bytes.get(..4)?.eq_ignore_ascii_case(b"sep=");
    bytes.get(4).copied().filter(|d| named && DELIMITERS.contains(d) && bytes.len() == 5)
}

/// How well a delimiter fits: known headings in one record, then records that agree in their
/// number of fields, then that number. A decimal comma parts rows, but not their header.
fn fit(text: &str, dialect: &Dialect) -> (usize, usize, usize) {
    let (mut at, mut fields) = (0, Vec::new());
    let mut known = 0;
    let mut widths: Vec<usize> = Vec::new();
    while at < text.len() && widths.len() < RECORDS {
        at = match record(text, at, dialect, &mut fields) {
            End::Whole(next) => next,
            End::OpenQuote(open) => next_line(text.as_bytes(), open, dialect.newline),
        };
        if fields.len() > 1 {
            known = known.max(headings(&fields));
        }
        if fields.iter().any(|field| !field.trim().is_empty()) {
            widths.push(fields.len());
        }
    }
    let agreeing = |width: usize| widths.iter().filter(|&&w| w == width).count();
    let best = widths.iter().filter(|&&w| w > 1).map(|&w| (agreeing(w), w)).max();
    let (records, width) = best.unwrap_or_default();
    (known, records, width)
}

fn headings(fields: &[Cow<'_, str>]) -> usize {
    fields.iter().filter(|field| is_heading(field)).count()
}

/// Whether quotes inside quotes are written `\"`: then something other than the end of a field
/// stands behind one.
fn backslash(bytes: &[u8], delimiter: u8) -> bool {
    let ends = |b: u8| b == delimiter || matches!(b, b'"' | b'\r' | b'\n');
    let inside = |at: usize| {
        let before = at.checked_sub(1).and_then(|i| bytes.get(i));
        bytes.get(at + 2).is_some_and(|b| !ends(*b)) && before != Some(&b'\\')
    };
    memmem::find_iter(bytes, b"\\\"").any(inside)
}

#[cfg(test)]
mod tests {
    use super::dialect;

    #[test]
    fn delimiters_are_found_outside_quotes() {
        let delimiter = |text| char::from(dialect(text, 1000).delimiter);
        assert_eq!(delimiter("a;b\n\"x,y,z,w\";2\n"), ';');
        assert_eq!(delimiter("a\tb,c\n1\t2\n"), '\t');
        assert_eq!(delimiter("a|b\n1|2"), '|');
        assert_eq!(delimiter("a,b"), ',');
        assert_eq!(delimiter("alone"), ',');
    }

    #[test]
    fn decimal_commas_and_titles_part_nothing() {
        let delimiter = |text| char::from(dialect(text, 1000).delimiter);
        assert_eq!(delimiter("day;sum\n1;2,5\n2;3,5\n3;4,5\n"), ';');
        assert_eq!(delimiter("Order ID;Sales\nA,1;2,5\nB,2;3,5\n"), ';');
        assert_eq!(delimiter("x\ty\n45,06\t1,5\n5,4\t2,5\n"), '\t');
        assert_eq!(delimiter("Report, all, of it\nOrder ID;Customer;Sales\nA;C;1,5\n"), ';');
    }

    #[test]
    fn the_line_of_excel_is_obeyed() {
        assert_eq!(dialect("sep=;\na,b;c\n", 1000).delimiter, b';');
        assert_eq!(dialect("\"SEP=|\"\r\na,b;c\n", 1000).delimiter, b'|');
        assert_eq!(dialect("sep=x\na;c\n", 1000).delimiter, b';');
    }

    #[test]
    fn backslashes_before_quotes_are_told_from_folders() {
        assert!(dialect(r#"a,"he \"said\" so""#, 1000).backslash);
        assert!(!dialect("a,\"C:\\\"\n\"C:\\\",\"b \"\"c\"\"\"", 1000).backslash);
    }
}
