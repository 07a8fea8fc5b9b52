//! Rows of a delimited text file.

use csv::{ReaderBuilder, StringRecord};

use super::convert::push_checked;
use super::row::{RowBuf, SheetReader};
use super::trouble::Trouble;
use crate::settings::Limits;

/// Rows of a delimited text.
pub(super) struct TextRows<'a> {
    text: &'a str,
    reader: csv::Reader<&'a [u8]>,
    record: StringRecord,
    limits: Limits,
    newline: u8,
    /// Byte offset and line number the line count has reached.
    counted: (usize, u32),
    /// Last line of the record before.
    last_line: u32,
}

impl<'a> TextRows<'a> {
    /// Rows of a text; its delimiter is found by looking at the first lines.
    pub(super) fn new(text: &'a str, limits: Limits) -> Self {
        let newline = if text.contains('\n') { b'\n' } else { b'\r' };
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(text))
            .from_reader(text.as_bytes());
        let record = StringRecord::new();
        Self { text, reader, record, limits, newline, counted: (0, 1), last_line: 0 }
    }

    /// The line on which the record just read starts. The csv reader gives the offset where it
    /// began to look, which may lie before blank lines.
    fn line(&mut self) -> u32 {
        let bytes = self.text.as_bytes();
        let from = self.record.position().map_or(0, csv::Position::byte);
        let from = usize::try_from(from).unwrap_or(usize::MAX).min(bytes.len());
        let blank = bytes[from..].iter().take_while(|b| matches!(b, b'\n' | b'\r')).count();
        let start = from + blank;
        let (at, line) = self.counted;
        let line = line + newlines(&bytes[at.min(start)..start], self.newline);
        self.counted = (start, line);
        line
    }

    fn fill(&self, row: &mut RowBuf) -> Result<(), Trouble> {
        for (column, field) in (0..).zip(&self.record) {
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
        row.clear();
        loop {
            let read = self.reader.read_record(&mut self.record);
            if !read.map_err(|e| Trouble::Broken(e.to_string()))? {
                return Ok(false);
            }
            let line = self.line();
            if line > self.limits.rows {
                return Err(Trouble::OverLimit("rows", u64::from(self.limits.rows)));
            }
            self.fill(row)?;
            if row.is_blank() {
                continue;
            }
            row.number = line;
            row.blank_before = u64::from(line.saturating_sub(self.last_line + 1));
            let inside = |field: &str| newlines(field.as_bytes(), self.newline);
            self.last_line = line + self.record.iter().map(inside).sum::<u32>();
            return Ok(true);
        }
    }
}

#[expect(clippy::naive_bytecount, reason = "not worth a crate")]
fn newlines(bytes: &[u8], newline: u8) -> u32 {
    u32::try_from(bytes.iter().filter(|&&b| b == newline).count()).unwrap_or(u32::MAX)
}

/// The delimiter that splits most of the first lines into as many fields as the first of them.
fn delimiter(text: &str) -> u8 {
    const CANDIDATES: [char; 4] = [',', '\t', ';', '|'];
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).take(20).collect();
    let score = |candidate: char| {
        let counts: Vec<usize> = lines.iter().map(|line| splits(line, candidate)).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        let agreeing = counts.iter().filter(|&&n| n > 0 && n == most).count();
        (agreeing * most.min(1), most)
    };
    let best = CANDIDATES.iter().rev().max_by_key(|&&candidate| score(candidate));
    best.and_then(|&c| u8::try_from(c).ok()).unwrap_or(b',')
}

/// How often a delimiter stands outside quotes.
fn splits(line: &str, delimiter: char) -> usize {
    let mut quoted = false;
    let outside = line.chars().filter(|&c| {
        quoted ^= c == '"';
        c == delimiter && !quoted
    });
    outside.count()
}

/// The text of a file without its byte order mark.
///
/// # Errors
/// The line on which the file stops being UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, Trouble> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|e| {
        let before = bytes.get(..e.valid_up_to()).unwrap_or(&[]);
        Trouble::Encoding(u64::from(newlines(before, b'\n')) + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::{RowBuf, SheetReader, TextRows, Trouble, decode, delimiter};
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
    fn delimiters_are_found_outside_quotes() {
        assert_eq!(delimiter("a;b\n\"x,y,z,w\";2\n"), b';');
        assert_eq!(delimiter("a\tb,c\n1\t2\n"), b'\t');
        assert_eq!(delimiter("a|b\n1|2"), b'|');
        assert_eq!(delimiter("a,b"), b',');
        assert_eq!(delimiter("alone"), b',');
    }

    #[test]
    fn other_encodings_are_named_by_line() {
        assert_eq!(decode(b"a,b\n\xE9,1\n"), Err(Trouble::Encoding(2)));
        assert_eq!(decode(b"\xEF\xBB\xBFa,b\n"), Ok("a,b\n"));
    }
}
