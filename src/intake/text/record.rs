//! One record of a delimited text, as RFC 4180 writes it and spreadsheets bend it.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

/// How a text parts its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// Between two fields.
    pub(super) delimiter: u8,
    /// Between two lines: line feed, or carriage return in texts without one.
    pub(super) newline: u8,
    /// Whether a quote inside quotes is written `\"` instead of `""`.
    pub(super) backslash: bool,
    /// Bytes one quoted field may have; beyond, its quote counts as never closed.
    pub(super) longest: usize,
}

/// Where a record ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It is whole; the offset of what follows.
    Whole(usize),
    /// The quote at this offset is never closed, or text follows where it closes.
    OpenQuote(usize),
}

/// Reads the record at an offset into `fields`. The record of an open quote has the fields before.
pub(super) fn record<'t>(
    text: &'t str,
    at: usize,
    dialect: &Dialect,
    fields: &mut Vec<Cow<'t, str>>,
) -> End {
    fields.clear();
    let bytes = text.as_bytes();
    let mut at = at;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let open = at + rest.iter().take_while(|b| **b == b' ').count();
        let end = if bytes.get(open) == Some(&b'"') {
            let Some((field, end)) = quoted(text, open, dialect) else {
                return End::OpenQuote(open);
            };
            fields.push(field);
            end
        } else {
            let end =
                memchr2(dialect.delimiter, dialect.newline, rest).map_or(bytes.len(), |n| at + n);
            fields.push(Cow::Borrowed(text.get(at..end).unwrap_or_default()));
            end
        };
        match bytes.get(end) {
            Some(b) if *b == dialect.delimiter => at = end + 1,
            _ => return End::Whole((end + 1).min(bytes.len())),
        }
    }
}

/// The field whose quote opens at an offset, and the offset of the delimiter or line break behind
/// it; `None` where no quote closes it.
fn quoted<'t>(text: &'t str, open: usize, dialect: &Dialect) -> Option<(Cow<'t, str>, usize)> {
    let bytes = text.as_bytes();
    let escape = if dialect.backslash { b'\\' } else { b'"' };
    let mut field = Cow::Borrowed("");
    let mut from = open + 1;
    let mut at = from;
    loop {
        at += memchr2(b'"', escape, bytes.get(at..)?)?;
        if at - open > dialect.longest {
            return None;
        }
        let next = bytes.get(at + 1).copied();
        let doubled = bytes[at] == b'"' && next == Some(b'"');
        let escaped = bytes[at] == b'\\' && matches!(next, Some(b'"' | b'\\'));
        if doubled || escaped {
            // Keeps the second of the two.
            field += text.get(from..at)?;
            (from, at) = (at + 1, at + 2);
        } else if bytes[at] == b'"' {
            field += text.get(from..at)?;
            return Some((field, behind(bytes, at + 1, dialect)?));
        } else {
            at += 1;
        }
    }
}

/// The delimiter, line break or end behind a closing quote; only blanks may stand between.
fn behind(bytes: &[u8], at: usize, dialect: &Dialect) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let blank = |b: &&u8| **b != dialect.delimiter && matches!(**b, b' ' | b'\t' | b'\r');
    let blanks = rest.iter().take_while(|b| **b != dialect.newline).take_while(blank).count();
    let end = at + blanks;
    let parted = |b: &u8| *b == dialect.delimiter || *b == dialect.newline;
    bytes.get(end).is_none_or(parted).then_some(end)
}

/// The offset of the line that follows an offset.
pub(super) fn next_line(bytes: &[u8], at: usize, newline: u8) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    memchr(newline, rest).map_or(bytes.len(), |n| at + n + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Dialect, End, record};

    const COMMA: Dialect =
        Dialect { delimiter: b',', newline: b'\n', backslash: false, longest: 100 };

    fn all(text: &str, dialect: &Dialect) -> Vec<Vec<String>> {
        let (mut at, mut fields, mut out) = (0, Vec::new(), Vec::new());
        while at < text.len() {
            match record(text, at, dialect, &mut fields) {
                End::Whole(next) => at = next,
                End::OpenQuote(_) => break,
            }
            out.push(fields.iter().map(|f| f.trim_end_matches('\r').to_owned()).collect());
        }
        out
    }

    #[test]
    fn quotes_hold_delimiters_breaks_and_quotes() {
        let text = "a, \"b,\nc\" ,\"d \"\"e\"\"\"\r\n,\"\",f";
        assert_eq!(all(text, &COMMA), [vec!["a", "b,\nc", "d \"e\""], vec!["", "", "f"]]);
        let slash = Dialect { backslash: true, ..COMMA };
        assert_eq!(all(r#"a,"b \"c\" \\ \n",d"#, &slash), [vec!["a", r#"b "c" \ \n"#, "d"]]);
    }

    #[test]
    fn quotes_that_never_close_are_found_where_they_open() {
        fn open(text: &str) -> End {
            record(text, 0, &COMMA, &mut Vec::new())
        }
        assert_eq!(open("a,\"b\nc,d\n"), End::OpenQuote(2));
        assert_eq!(open("a,\"b,\"c\",d\n"), End::OpenQuote(2));
        assert_eq!(open(&format!("\"{}\"", "x".repeat(200))), End::OpenQuote(0));
        assert_eq!(open("a,5\" pipe\nb"), End::Whole(10));
    }

    proptest! {
        #[test]
        fn what_the_csv_crate_writes_is_read_back(
            rows in prop::collection::vec(prop::collection::vec("[a-z\",\n ]{0,6}", 2..5), 1..6)
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).map_err(|e| TestCaseError::fail(e.to_string()))?;
            }
            let bytes = writer.into_inner().map_err(|e| TestCaseError::fail(e.to_string()))?;
            let text = String::from_utf8(bytes).map_err(|e| TestCaseError::fail(e.to_string()))?;
            prop_assert_eq!(all(&text, &COMMA), rows);
        }

        #[test]
        fn any_text_is_split_to_its_end(text in "[a,\"\\\\\r\n ü]{0,60}", backslash in any::<bool>()) {
            let dialect = Dialect { backslash, ..COMMA };
            let (mut at, mut fields) = (0, Vec::new());
            while at < text.len() {
                let next = match record(&text, at, &dialect, &mut fields) {
                    End::Whole(next) => next,
                    End::OpenQuote(open) => super::next_line(text.as_bytes(), open, b'\n'),
                };
                prop_assert!(next > at);
                at = next;
            }
        }
    }
}
