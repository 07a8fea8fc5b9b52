//! The tag of a cell: the column, the style and the kind it says.

use super::Declined;
use super::number;

/// The rest of a row.
pub(super) type Rest<'b> = &'b [u8];

pub(super) const NO_CELL: Declined = Declined("markup among the cells");

/// What a cell says its value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) column: u32,
    pub(super) style: usize,
    pub(super) kind: Kind,
    /// Whether nothing is in it.
    pub(super) closed: bool,
}

/// Columns whose tags are remembered.
const COLUMNS: usize = 256;

/// The tags met last in each column. All cells of a column mostly have the same tag but for the
/// number of the row, so that it is compared and not read again.
#[derive(Debug, Default)]
pub(super) struct Tags(Vec<Option<Met>>);

/// A tag as it was written: what comes before the number of the row, and what comes after.
#[derive(Clone, Copy, Debug)]
struct Met {
    before: Word,
    after: [Word; 2],
    tag: Tag,
}

/// Up to eight bytes, and the bits of them that count.
#[derive(Clone, Copy, Debug)]
struct Word {
    bits: u64,
    mask: u64,
    length: usize,
}

impl Word {
    /// `None` of more bytes.
    fn of(bytes: &[u8]) -> Option<Self> {
        let (mut word, mut mask) = ([0; 8], [0; 8]);
        word.get_mut(..bytes.len())?.copy_from_slice(bytes);
        mask.get_mut(..bytes.len())?.fill(u8::MAX);
        let (bits, mask) = (u64::from_le_bytes(word), u64::from_le_bytes(mask));
        Some(Self { bits, mask, length: bytes.len() })
    }

    /// What follows these bytes, where eight are at hand.
    fn strip<'r>(&self, from: Rest<'r>) -> Option<Rest<'r>> {
        let eight = u64::from_le_bytes(*from.first_chunk()?);
        from.get(self.length..).filter(|_| eight & self.mask == self.bits)
    }
}

impl Met {
    /// The tag whose address begins `from`, as it was written until `rest`; `None` of a tag that
    /// is too long, or that begins with another attribute.
    fn of(tag: Tag, from: Rest<'_>, rest: Rest<'_>, digits: &Digits<'_>) -> Option<Self> {
        let written = from.get(..from.len().checked_sub(rest.len())?)?;
        let letters = written.strip_prefix(b" r=\"")?;
        let letters = letters.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
        let (before, after) = written.split_at_checked(4 + letters)?;
        let after = after.strip_prefix(digits.all)?;
        let (first, second) = after.split_at(after.len().min(8));
        let after = [Word::of(first)?, Word::of(second)?];
        Some(Self { before: Word::of(before)?, after, tag })
    }

    fn strip<'r>(&self, from: Rest<'r>, digits: &Digits<'_>) -> Option<Rest<'r>> {
        let after = digits.strip(self.before.strip(from)?)?;
        let [first, second] = &self.after;
        second.strip(first.strip(after)?)
    }
}

impl Tags {
    /// Reads the attributes of a cell; `next` is its column where it has no address.
    ///
    /// # Errors
    /// Markup that is not known here, or a cell of another row.
    pub(super) fn read<'b>(
        &mut self,
        from: Rest<'b>,
        next: u32,
        digits: &Digits<'_>,
    ) -> Result<(Tag, Rest<'b>), Declined> {
        if let Some(Some(met)) = self.0.get(next as usize)
            && let Some(rest) = met.strip(from, digits)
        {
            return Ok((met.tag, rest));
        }
        let (tag, rest) = tag(from, next, digits)?;
        let column = tag.column as usize;
        if column < COLUMNS {
            if self.0.len() <= column {
                self.0.resize(column + 1, None);
            }
            if let Some(met) = self.0.get_mut(column) {
                *met = Met::of(tag, from, rest, digits);
            }
        }
        Ok((tag, rest))
    }
}

/// The digits of a row's number: they stand in every address.
pub(super) struct Digits<'b> {
    all: &'b [u8],
    /// The same as one word where they are few.
    word: Option<Word>,
}

impl<'b> Digits<'b> {
    pub(super) fn of(all: &'b [u8]) -> Self {
        Self { all, word: Word::of(all) }
    }

    /// What follows the digits.
    fn strip<'r>(&self, bytes: Rest<'r>) -> Option<Rest<'r>> {
        match &self.word {
            Some(word) if bytes.len() >= 8 => word.strip(bytes),
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Digits, Tags, tag};

    /// One of the tags cells have, of a column by its letters, in a row.
    fn written(shape: usize, letters: &str, row: u32) -> String {
        match shape {
            0 => format!(" r=\"{letters}{row}\"><v>1</v></c>"),
            1 => format!(" r=\"{letters}{row}\" s=\"1\" t=\"n\"><v>1</v></c>"),
            2 => format!(" r=\"{letters}{row}\" t=\"inlineStr\"><is>"),
            3 => format!(" r=\"{letters}{row}\" s=\"12\"/><c r="),
            4 => format!(" s=\"3\" r=\"{letters}{row}\"><v>"),
            5 => " t=\"s\"><v>0</v></c>".to_owned(),
            6 => format!(" r=\"{letters}{row}\" s=\"1\" t=\"inlineStr\"><is>"),
            7 => format!(" r=\"{letters}{row}\">"),
            _ => format!(" r=\"{letters}{row}0\"><v>1</v></c>"),
        }
    }

    proptest! {
        #[test]
        fn a_tag_met_before_says_what_it_says_when_read(
            cells in proptest::collection::vec((0..9_usize, 0..4_usize, 1..4_u32, 0..30_u32), 1..60),
        ) {
            let mut tags = Tags::default();
            for (shape, column, next, row) in cells {
                let row = 10_u32.pow(row / 3) + row % 3;
                let text = written(shape, ["A", "B", "AB", "XFD"][column], row);
                let digits = row.to_string();
                let digits = Digits::of(digits.as_bytes());
                let plain = tag(text.as_bytes(), next, &digits);
                prop_assert_eq!(tags.read(text.as_bytes(), next, &digits), plain, "{}", text);
            }
        }
    }
}
