//! The rows of one sheet, one after the other.

use std::io::Read;
use std::sync::Arc;

use memchr::memmem::Finder;

use super::super::hidden::HiddenColumns;
use super::super::markup::{attribute, tags};
use super::super::row::{RowBuf, SheetReader};
use super::super::texts::Texts;
use super::super::trouble::Trouble;
use super::Declined;
use super::cell::Cells;
use super::names::{ends_name, root, unprefixed};
use super::number;
use super::window::Window;

/// Streams the rows of a sheet.
pub(super) struct SheetRows<'w, R> {
    window: Window<R>,
    names: Names,
    cells: Cells<'w>,
    texts: Arc<Texts>,
    /// The number of the row read last.
    row: u32,
    /// The number of the last row that held a value.
    last: u32,
    /// The number of a row in digits, where it does not say them.
    digits: String,
    /// A row without the prefix of its names.
    plain: Vec<u8>,
    ended: bool,
    /// The rows it says it has, as far as its size lets them be.
    expected: usize,
    hidden: HiddenColumns,
}

/// How the tags of a sheet are written.
struct Names {
    /// `x:` where its names have a prefix.
    prefix: Vec<u8>,
    row: Vec<u8>,
    end_of_row: Finder<'static>,
    end: Vec<u8>,
    hidden: Finder<'static>,
}

impl Names {
    fn new(prefix: &[u8]) -> Self {
        let name = |begin: &[u8], name: &[u8]| [begin, prefix, name].concat();
        Self {
            prefix: prefix.to_vec(),
            row: name(b"<", b"row"),
            end_of_row: Finder::new(&name(b"</", b"row>")).into_owned(),
            end: name(b"</", b"sheetData"),
            hidden: Finder::new(b"hidden"),
        }
    }

    /// Whether the tag of a row says that it is hidden.
    fn is_hidden(&self, tag: &[u8]) -> bool {
        let Some(at) = self.hidden.find(tag) else { return false };
        match tag.get(at + self.hidden.needle().len()..).unwrap_or_default() {
            [b'=', b'"', b'0', b'"', ..] | [b'=', b'"', b'f', b'a', b'l', b's', b'e', b'"', ..] => {
                false
            }
            _ => matches!(attribute(tag, b"hidden"), Some("1" | "true")),
        }
    }
}

/// The rest of a sheet's beginning, and what the tag of its data says.
enum Begin {
    Rows(usize),
    NoRows,
}

/// What stands next: offsets in what is at hand.
enum Next {
    /// A row: its tag from here to there, its cells to there, and its end.
    Row { tag: (usize, usize), cells: usize, end: usize },
    /// A row without cells, and its end.
    Blank { tag: (usize, usize), end: usize },
    /// The last row was the last.
    End,
}

impl<'w, R: Read> SheetRows<'w, R> {
    /// The rows of a sheet's part.
    ///
    /// # Errors
    /// Markup that is not known here.
    pub(super) fn new(
        (part, size): (R, u64),
        cells: Cells<'w>,
        texts: &Arc<Texts>,
    ) -> Result<Self, Declined> {
        let mut window = Window::new(part, cells.limits.unpacked);
        let root = window.until(|bytes| root(bytes, b"worksheet"))?;
        window.skip(root.content);
        let names = Names::new(&root.prefix);
        let data = [b"<", &*root.prefix, b"sheetData"].concat();
        let begin = window.until(|bytes| begin(bytes, &data))?;
        let (mut expected, mut hidden) = (0, HiddenColumns::default());
        if let Begin::Rows(at) = begin {
            let head = window.bytes().get(..at).unwrap_or_default();
            expected = said(head).min(size / SHORTEST);
            hidden = HiddenColumns::of_xlsx(head);
            window.skip(at);
        }
        Ok(Self {
            window,
            names,
            cells,
            texts: Arc::clone(texts),
            row: 0,
            last: 0,
            digits: String::new(),
            plain: Vec::new(),
            ended: matches!(begin, Begin::NoRows),
            expected: usize::try_from(expected).unwrap_or(0),
            hidden,
        })
    }

    fn next(&mut self, row: &mut RowBuf) -> Result<bool, Declined> {
        while !self.ended {
            let names = &self.names;
            match self.window.until(|bytes| next(bytes, names))? {
                Next::End => self.ended = true,
                Next::Blank { tag, end } => {
                    let tag = self.window.bytes().get(tag.0..tag.1).unwrap_or_default();
                    self.row = numbered(tag, self.row, self.cells.limits.rows)?.0;
                    self.window.skip(end);
                }
                Next::Row { tag, cells, end } => {
                    self.read((tag.0, tag.1, cells), row)?;
                    self.window.skip(end);
                    if !row.is_blank() {
                        row.number = self.row;
                        row.blank_before = u64::from(self.row - self.last - 1);
                        self.last = self.row;
                        return Ok(true);
                    }
                }
            }
        }
        Ok(false)
    }

    /// Reads a row at hand: its tag begins and ends here, its cells end there.
    fn read(&mut self, at: (usize, usize, usize), row: &mut RowBuf) -> Result<(), Declined> {
        let bytes = self.window.bytes();
        let tag = bytes.get(at.0..at.1).unwrap_or_default();
        let cells = bytes.get(at.1 + 1..at.2).unwrap_or_default();
        let (number, digits) = numbered(tag, self.row, self.cells.limits.rows)?;
        self.row = number;
        let digits = digits.unwrap_or_else(|| {
            self.digits = number.to_string();
            self.digits.as_bytes()
        });
        row.hidden = self.names.is_hidden(tag);
        let cells = unprefixed(cells, &self.names.prefix, &mut self.plain);
        self.cells.read(cells, digits, row)
    }
}

impl<R: Read> SheetReader for SheetRows<'_, R> {
    fn next_row(&mut self, row: &mut RowBuf) -> Result<bool, Trouble> {
        row.clear();
        row.share(&self.texts);
        self.next(row).map_err(Trouble::from)
    }

    fn hides(&self, column: u32) -> bool {
        self.hidden.has(column)
    }

    fn expected(&self) -> usize {
        self.expected
    }
}

/// Bytes of the shortest row that holds a value.
const SHORTEST: u64 = 30;

/// The last row by the size a sheet says it has: 12 of `A1:C12`.
fn said(head: &[u8]) -> u64 {
    let size = tags(head, b"dimension").find_map(|tag| attribute(tag, b"ref"));
    let last = size.and_then(|size| size.rsplit(':').next());
    let digits = last.map(|cell| cell.trim_start_matches(|c: char| !c.is_ascii_digit()));
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// Where the rows begin.
fn begin(bytes: &[u8], data: &[u8]) -> Result<Option<Begin>, Declined> {
    let Some(at) = memchr::memmem::find(bytes, data) else { return Ok(None) };
    let head = bytes.get(..at).unwrap_or_default();
    if memchr::memmem::find(head, b"<!").is_some() {
        return Err(Declined("a comment or document type"));
    }
    let rest = bytes.get(at + data.len()..).unwrap_or_default();
    if rest.first().is_some_and(|byte| !ends_name(*byte)) {
        return Err(Declined("markup named like that of rows"));
    }
    Ok(memchr::memchr(b'>', rest).map(|end| match rest.get(..end) {
        Some([.., b'/']) => Begin::NoRows,
        _ => Begin::Rows(at + data.len() + end + 1),
    }))
}

/// The longest beginning of a tag that has to be told from others.
const BEGINNING: usize = 64;

fn next(bytes: &[u8], names: &Names) -> Result<Option<Next>, Declined> {
    let rest = bytes.trim_ascii_start();
    let from = bytes.len() - rest.len();
    let Some(inside) = rest.strip_prefix(names.row.as_slice()) else {
        return if rest.starts_with(&names.end) {
            Ok(Some(Next::End))
        } else if rest.len() < BEGINNING {
            Ok(None)
        } else {
            Err(Declined("markup among the rows"))
        };
    };
    let Some(length) = memchr::memchr(b'>', inside) else { return Ok(None) };
    let start = from + names.row.len();
    let tag = inside.get(..length).unwrap_or_default();
    if tag.ends_with(b"/") {
        let tag = (start, start + length - 1);
        return Ok(Some(Next::Blank { tag, end: start + length + 1 }));
    }
    let cells = inside.get(length..).unwrap_or_default();
    Ok(names.end_of_row.find(cells).map(|at| {
        let cells = start + length + at;
        Next::Row {
            tag: (start, start + length),
            cells,
            end: cells + names.end_of_row.needle().len(),
        }
    }))
}

/// The number of a row by its tag, and the digits the tag says it in. Rows stand in their order.
fn numbered(tag: &[u8], before: u32, most: u32) -> Result<(u32, Option<&[u8]>), Declined> {
    let digits = match tag {
        [b' ', b'r', b'=', b'"', rest @ ..] => {
            rest.get(..memchr::memchr(b'"', rest).unwrap_or_default())
        }
        [] | [b' ' | b'\t' | b'\n' | b'\r', ..] => attribute(tag, b"r").map(str::as_bytes),
        _ => return Err(Declined("markup among the rows")),
    };
    let number = match digits {
        Some(digits) => number::index(digits),
        None => before.checked_add(1),
    };
    match number {
        Some(number) if number > before && number <= most => Ok((number, digits)),
        _ => Err(Declined("rows out of order")),
    }
}
