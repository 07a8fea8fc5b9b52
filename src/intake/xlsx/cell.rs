//! The cells of one row, parsed where they stand in what was unpacked.

use super::super::convert::{moment, push_checked};
use super::super::row::{Raw, RowBuf, is_error_text};
use super::Declined;
use super::number;
use super::strings::{lone, runs};
use super::styles::Style;
use super::tag::{Digits, Kind, NO_CELL, Rest, Tag, Tags};
use super::text::{content, unescaped};
use crate::settings::Limits;

/// What the cells of a sheet are read by.
#[derive(Debug)]
pub(super) struct Cells<'w> {
    /// The styles of the workbook.
    pub(super) styles: &'w [Style],
    /// Whether its days are counted from 1904.
    pub(super) is_1904: bool,
    /// What it may ask of the machine.
    pub(super) limits: Limits,
    /// Cells seen so far.
    pub(super) seen: u64,
    /// The text of a cell in several pieces.
    pub(super) text: String,
    /// The tags met so far.
    pub(super) tags: Tags,
}

impl Cells<'_> {
    /// Reads the cells between the tags of a row; `digits` are those of its number.
    ///
    /// # Errors
    /// Markup that is not known here, a cell of another row, or a limit passed.
    pub(super) fn read(
        &mut self,
        cells: &[u8],
        digits: &[u8],
        row: &mut RowBuf,
    ) -> Result<(), Declined> {
        let mut rest = cells;
        let mut next = 0;
        let digits = Digits::of(digits);
        while let Some(inside) = cell(rest) {
            let (tag, inside) = self.tags.read(inside, next, &digits)?;
            self.seen += 1;
            if tag.column >= self.limits.columns || self.seen > self.limits.cells {
                return Err(Declined("too many cells"));
            }
            next = tag.column + 1;
            rest = if tag.closed { inside } else { self.cell(&tag, inside, row)? };
        }
        if rest.trim_ascii().is_empty() { Ok(()) } else { Err(NO_CELL) }
    }

    /// Reads what is in a cell, to its end.
    fn cell<'b>(
        &mut self,
        tag: &Tag,
        inside: Rest<'b>,
        row: &mut RowBuf,
    ) -> Result<Rest<'b>, Declined> {
        if let Some((value, after)) = lone_value(inside) {
            self.value(tag, value, row)?;
            return Ok(after);
        }
        if let Some((text, after)) = lone_text(inside) {
            self.text(tag.column, text, row)?;
            return Ok(after);
        }
        let mut rest = inside;
        let (mut formula, mut empty) = (false, true);
        loop {
            rest = match rest {
                [b'<', b'/', b'c', b'>', after @ ..] => {
                    if formula && empty {
                        row.push(tag.column, Raw::Uncalculated);
                    }
                    return Ok(after);
                }
                [b'<', b'v', after @ ..] => {
                    let (value, after) = element(after, b"</v>")?;
                    empty = value.is_empty() && !matches!(tag.kind, Kind::Text | Kind::Iso);
                    if !value.is_empty() {
                        self.value(tag, value, row)?;
                    }
                    after
                }
                [b'<', b'f', after @ ..] => {
                    formula = true;
                    element(after, b"</f>")?.1
                }
                [b'<', b'i', b's', after @ ..] => {
                    let (value, after) = element(after, b"</is>")?;
                    empty = false;
                    self.text.clear();
                    runs(value, &mut self.text)?;
                    self.text(tag.column, &self.text, row)?;
                    after
                }
                [blank, after @ ..] if blank.is_ascii_whitespace() => after,
                _ => return Err(NO_CELL),
            };
        }
    }

    fn value(&self, tag: &Tag, value: &[u8], row: &mut RowBuf) -> Result<(), Declined> {
        let column = tag.column;
        match tag.kind {
            Kind::Number => {
                let x = number::parse(value).ok_or(Declined("a number in words"))?;
                row.push(column, self.number(x, tag.style));
            }
            Kind::Shared => {
                let known = number::index(value).is_some_and(|at| row.push_shared(column, at));
                return if known { Ok(()) } else { Err(Declined("no such shared text")) };
            }
            Kind::Bool => match value {
                b"0" | b"false" => row.push(column, Raw::Bool(false)),
                b"1" | b"true" => row.push(column, Raw::Bool(true)),
                _ => return Err(Declined("neither yes nor no")),
            },
            Kind::Error => match std::str::from_utf8(value) {
                Ok(text) if is_error_text(text) => row.push_error(column, text),
                _ => return Err(Declined("an error of its own")),
            },
            Kind::Text | Kind::Iso => {
                let text = content(value)?;
                let text = if tag.kind == Kind::Text { unescaped(&text) } else { text };
                self.text(column, &text, row)?;
            }
            Kind::Inline => {}
        }
        Ok(())
    }

    fn text(&self, column: u32, text: &str, row: &mut RowBuf) -> Result<(), Declined> {
        push_checked(row, column, text, &self.limits).map_err(|_| Declined("too long a text"))
    }

    fn number(&self, x: f64, style: usize) -> Raw {
        match self.styles.get(style) {
            Some(Style::Moment) => moment(x, false, self.is_1904),
            Some(Style::Span) => moment(x, true, self.is_1904),
            _ => Raw::Number(x),
        }
    }
}

/// What follows the beginning of a cell, after any blanks.
fn cell(bytes: Rest<'_>) -> Option<Rest<'_>> {
    match bytes {
        [b'<', b'c', inside @ ..] => Some(inside),
        [b'<', ..] => None,
        _ => bytes.trim_ascii_start().strip_prefix(b"<c"),
    }
}

/// A value that is all a cell holds, as most cells do, and what follows the cell.
fn lone_value(inside: Rest<'_>) -> Option<(Rest<'_>, Rest<'_>)> {
    let value = inside.strip_prefix(b"<v>")?;
    let (value, rest) = value.split_at_checked(upto_tag(value)?)?;
    let after = rest.strip_prefix(b"</v></c>").filter(|_| !value.is_empty())?;
    Some((value, after))
}

/// A text of its own that is all a cell holds, as it stands, and what follows the cell.
fn lone_text(inside: Rest<'_>) -> Option<(&str, Rest<'_>)> {
    let text = inside.strip_prefix(b"<is><t>")?;
    let (text, rest) = text.split_at_checked(upto_tag(text)?)?;
    Some((lone(text)?, rest.strip_prefix(b"</t></is></c>")?))
}

/// Where the next tag begins: eight bytes are looked at together.
fn upto_tag(bytes: Rest<'_>) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let (eights, rest) = bytes.as_chunks::<8>();
    for (index, eight) in eights.iter().enumerate() {
        let differ = u64::from_le_bytes(*eight) ^ (ONES * u64::from(b'<'));
        // The lowest byte that is zero gives the lowest bit that stays (H. Warren, Hacker's
        // Delight, 2nd ed., 6-1).
        let same = differ.wrapping_sub(ONES) & !differ & (ONES << 7);
        if same != 0 {
            return Some(8 * index + (same.trailing_zeros() / 8) as usize);
        }
    }
    let at = rest.iter().position(|byte| *byte == b'<')?;
    Some(bytes.len() - rest.len() + at)
}

/// The content of an element whose name was just read, and what follows it.
fn element<'b, const N: usize>(
    from: Rest<'b>,
    close: &[u8; N],
) -> Result<(Rest<'b>, Rest<'b>), Declined> {
    let inside = match from {
        [b'>', inside @ ..] => inside,
        [b'/', b'>', after @ ..] => return Ok((&[], after)),
        [b' ', ..] => {
            let end = memchr::memchr(b'>', from).ok_or(NO_CELL)?;
            let after = from.get(end + 1..).unwrap_or_default();
            if from.get(..end).is_some_and(|tag| tag.ends_with(b"/")) {
                return Ok((&[], after));
            }
            after
        }
        _ => return Err(NO_CELL),
    };
    let end = end_of(inside, close).ok_or(NO_CELL)?;
    let (content, rest) = inside.split_at_checked(end).ok_or(NO_CELL)?;
    Ok((content, rest.get(N..).unwrap_or_default()))
}

/// Where the closing tag begins. A value holds no other tag; runs of text do.
fn end_of<const N: usize>(inside: Rest<'_>, close: &[u8; N]) -> Option<usize> {
    let first = upto_tag(inside)?;
    if inside.get(first..)?.starts_with(close) {
        return Some(first);
    }
    if close.as_slice() != b"</is>" {
        return None;
    }
    memchr::memmem::find(inside, close)
}
