//! The cells of one row, parsed where they stand in what was unpacked.

use super::super::convert::{moment, push_checked};
use super::super::row::{Raw, RowBuf, is_error_text};
use super::Declined;
use super::number;
use super::strings::runs;
use super::styles::Style;
use super::text::{content, unescaped};
use crate::settings::Limits;

/// What a cell says its value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Nothing, or that it is a number.
    Number,
    /// The number of a shared text.
    Shared,
    /// Text of its own, or what a formula made.
    Text,
    /// Text of its own in an element of its own.
    Inline,
    Bool,
    Error,
    /// A date in words.
    Iso,
}

/// The tag of a cell.
#[derive(Debug)]
struct Tag {
    column: u32,
    style: usize,
    kind: Kind,
    /// Whether nothing is in it.
    closed: bool,
}

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
}

/// The rest of a row.
type Rest<'b> = &'b [u8];

const NO_CELL: Declined = Declined("markup among the cells");

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
            let (tag, inside) = tag(inside, next, &digits)?;
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
                    push_checked(row, tag.column, &self.text, &self.limits)
                        .map_err(|_| Declined("too long a text"))?;
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
                push_checked(row, column, &text, &self.limits)
                    .map_err(|_| Declined("too long a text"))?;
            }
            Kind::Inline => {}
        }
        Ok(())
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

/// The digits of a row's number, as one word where they are few: they stand in every address.
struct Digits<'b> {
    all: &'b [u8],
    word: u64,
    mask: u64,
}

impl<'b> Digits<'b> {
    fn of(all: &'b [u8]) -> Self {
        let (mut word, mut mask) = ([0; 8], [0; 8]);
        for ((byte, mask), digit) in word.iter_mut().zip(&mut mask).zip(all) {
            (*byte, *mask) = (*digit, u8::MAX);
        }
        Self { all, word: u64::from_le_bytes(word), mask: u64::from_le_bytes(mask) }
    }

    /// What follows the digits.
    fn strip<'r>(&self, bytes: Rest<'r>) -> Option<Rest<'r>> {
        match bytes.first_chunk::<8>() {
            Some(chunk) if self.all.len() <= chunk.len() => {
                let same = u64::from_le_bytes(*chunk) & self.mask == self.word;
                bytes.get(self.all.len()..).filter(|_| same)
            }
            _ => bytes.strip_prefix(self.all),
        }
    }
}

/// Reads the attributes of a cell; `next` is its column where it has no address.
fn tag<'b>(from: Rest<'b>, next: u32, digits: &Digits<'_>) -> Result<(Tag, Rest<'b>), Declined> {
    let mut tag = Tag { column: next, style: 0, kind: Kind::Number, closed: false };
    let mut rest = from;
    loop {
        rest = match rest {
            [b' ', b'r', b'=', b'"', address @ ..] => {
                let (column, after) = column(address)?;
                tag.column = column;
                let after = digits.strip(after).and_then(|after| after.strip_prefix(b"\""));
                after.ok_or(Declined("a cell of another row"))?
            }
            [b' ', b's', b'=', b'"', style @ ..] => {
                let (style, after) = quoted(style)?;
                tag.style = number::index(style).ok_or(NO_CELL)? as usize;
                after
            }
            [b' ', b't', b'=', b'"', kind @ ..] => {
                let (word, after) = quoted(kind)?;
                tag.kind = kind_of(word).ok_or(Declined("a type of its own"))?;
                after
            }
            [b'>', inside @ ..] => return Ok((tag, inside)),
            [b'/', b'>', after @ ..] => return Ok((Tag { closed: true, ..tag }, after)),
            [b' ', b' ', ..] => rest.get(1..).unwrap_or_default(),
            [b' ', other @ ..] => {
                let equals = memchr::memchr2(b'=', b'>', other).ok_or(NO_CELL)?;
                let (name, rest) = other.split_at_checked(equals).unwrap_or_default();
                let foreign = name.len() > 1 && !name.iter().any(u8::is_ascii_whitespace);
                match rest {
                    [b'=', b'"', value @ ..] if foreign => quoted(value)?.1,
                    [b'>', ..] if matches!(name, [] | [b'/']) => other,
                    _ => return Err(NO_CELL),
                }
            }
            _ => return Err(NO_CELL),
        };
    }
}

fn kind_of(word: &[u8]) -> Option<Kind> {
    Some(match word {
        b"s" => Kind::Shared,
        b"n" => Kind::Number,
        b"str" => Kind::Text,
        b"inlineStr" => Kind::Inline,
        b"b" => Kind::Bool,
        b"e" => Kind::Error,
        b"d" => Kind::Iso,
        _ => return None,
    })
}

/// A value up to its quote, and what follows.
fn quoted(bytes: Rest<'_>) -> Result<(Rest<'_>, Rest<'_>), Declined> {
    let end = bytes.iter().position(|byte| *byte == b'"').ok_or(NO_CELL)?;
    let (value, rest) = bytes.split_at_checked(end).ok_or(NO_CELL)?;
    Ok((value, rest.get(1..).unwrap_or_default()))
}

/// The column of an address, and the digits that follow.
fn column(address: Rest<'_>) -> Result<(u32, Rest<'_>), Declined> {
    let mut column = 0;
    let mut rest = address;
    while let [letter @ b'A'..=b'Z', after @ ..] = rest {
        if column > 26 * 26 * 26 {
            return Err(Declined("a column no sheet has"));
        }
        column = column * 26 + u32::from(letter - b'A') + 1;
        rest = after;
    }
    let column = column.checked_sub(1).ok_or(Declined("an address without a column"))?;
    Ok((column, rest))
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

/// Where the closing tag begins. A value is short and holds no other tag, so that it is looked
/// through byte by byte; runs of text hold others.
fn end_of<const N: usize>(inside: Rest<'_>, close: &[u8; N]) -> Option<usize> {
    let first = inside.iter().position(|byte| *byte == b'<')?;
    if inside.get(first..)?.starts_with(close) {
        return Some(first);
    }
    if close.as_slice() != b"</is>" {
        return None;
    }
    memchr::memmem::find(inside, close)
}
