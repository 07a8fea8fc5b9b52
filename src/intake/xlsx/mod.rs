//! The own reader of `xlsx` workbooks. It streams: of a sheet no more than a window is unpacked,
//! and whole rows are parsed where they stand.
//!
//! It knows the markup that spreadsheet programs write. Whatever else it meets, a limit passed or
//! damage among it, it declines; then the general reader, in a process of its own, reads the file
//! or says what is wrong with it.

mod ahead;
#[cfg(any(test, fuzzing))]
pub(super) mod both;
mod cell;
mod names;
mod number;
mod sheet;
mod strings;
mod styles;
mod tag;
mod text;
mod window;

use std::io::{Read, Seek, SeekFrom};
use std::sync::Arc;

use ahead::Ahead;
pub(super) use ahead::Reopen;
use cell::Cells;
use sheet::SheetRows;
use styles::Style;
use text::content;

use super::book::SheetName;
use super::markup::{Link, Parts, attribute, links, tag_end, tags};
use super::ranges::{NamedRange, tables};
use super::row::SheetReader;
use super::texts::Texts;
use super::trouble::Trouble;
use crate::settings::Limits;

/// Why a workbook is left to the general reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Declined(pub(super) &'static str);

impl From<Declined> for Trouble {
    fn from(declined: Declined) -> Self {
        Self::Broken(declined.0.to_owned())
    }
}

/// What a workbook is read from: a file, or bytes in memory.
pub(super) trait Bytes: Read + Seek {}

impl<T: Read + Seek> Bytes for T {}

/// A workbook whose sheets can be streamed.
pub(super) struct Workbook<'b> {
    parts: Parts<Box<dyn Bytes + 'b>>,
    known: Arc<Known>,
    /// Whether a large sheet is unpacked by a thread of its own.
    ahead: bool,
}

/// What is known of a workbook but for the rows of its sheets.
pub(super) struct Known {
    sheets: Vec<(SheetName, String)>,
    ranges: Vec<NamedRange>,
    texts: Arc<Texts>,
    styles: Vec<Style>,
    is_1904: bool,
    limits: Limits,
    reopen: Option<Reopen>,
}

impl Known {
    /// The same workbook for another thread.
    ///
    /// # Errors
    /// Its file cannot be opened once more.
    pub(super) fn open(self: &Arc<Self>) -> Result<Workbook<'static>, Declined> {
        let bytes = self.reopen.as_ref().and_then(|reopen| reopen().ok());
        let parts = bytes.and_then(Parts::of).ok_or(Declined("no archive"))?;
        Ok(Workbook { parts, known: Arc::clone(self), ahead: false })
    }
}

impl<'b> Workbook<'b> {
    /// Opens a workbook, and reads all of it but its sheets. Other threads may read a part of it
    /// where they are told how to open the file for themselves.
    ///
    /// # Errors
    /// It is none, or one to be left to the general reader.
    pub(super) fn open(
        mut bytes: Box<dyn Bytes + 'b>,
        limits: Limits,
        reopen: Option<Reopen>,
    ) -> Result<Self, Declined> {
        let promised = promised(&mut bytes).ok_or(Declined("no archive"))?;
        let mut parts = Parts::of(bytes).ok_or(Declined("no archive"))?;
        in_bounds(&mut parts, promised, &limits)?;
        let path = main_part(&mut parts)?;
        let main = whole(&mut parts, &path)?.ok_or(Declined("no workbook"))?;
        let links = links(&mut parts, &path);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = |kind: &str| beside(&parts, folder, &links, kind);
        let (texts, styles) = (beside("sharedStrings")?, beside("styles")?);
        let texts = match texts {
            Some(part) => Arc::new(shared_texts(&mut parts, &part, &limits)?),
            None => Arc::default(),
        };
        let styles = match styles {
            Some(part) => styles::of_part(&whole(&mut parts, &part)?.unwrap_or_default())?,
            None => Vec::new(),
        };
        let sheets = sheets(&main, &links)?;
        if sheets.is_empty() || sheets.len() as u64 > limits.sheets {
            return Err(Declined("no sheet or too many"));
        }
        let places: Vec<_> =
            sheets.iter().map(|(sheet, part)| (sheet.name.as_str(), part.as_str())).collect();
        let mut ranges = tables(&mut parts, &places);
        ranges.extend(defined(&main)?);
        let is_1904 = tags(&main, b"workbookPr")
            .find_map(|tag| attribute(tag, b"date1904"))
            .is_some_and(|said| matches!(said, "1" | "true"));
        let known = Known { sheets, ranges, texts, styles, is_1904, limits, reopen };
        Ok(Self { parts, known: Arc::new(known), ahead: true })
    }

    /// What other threads open it by.
    pub(super) const fn known(&self) -> &Arc<Known> {
        &self.known
    }

    /// The bytes its worksheets unpack to, as the archive says.
    pub(super) fn sizes(&mut self) -> Vec<u64> {
        let parts = self.known.sheets.iter().filter(|(_, part)| !part.is_empty());
        parts.map(|(_, part)| self.parts.size(part).unwrap_or(0)).collect()
    }

    /// Its worksheets in order.
    pub(super) fn sheets(&self) -> Vec<SheetName> {
        let tables = self.known.sheets.iter().filter(|(_, part)| !part.is_empty());
        tables.map(|(sheet, _)| sheet.clone()).collect()
    }

    /// Its Excel tables and defined names.
    pub(super) fn ranges(&self) -> &[NamedRange] {
        &self.known.ranges
    }

    /// The rows of a sheet, from its first.
    ///
    /// # Errors
    /// Markup that is not known here.
    pub(super) fn rows(&mut self, sheet: &str) -> Result<Box<dyn SheetReader + '_>, Declined> {
        let known = &*self.known;
        let named = known.sheets.iter().find(|(known, _)| known.name == sheet);
        let (_, part) = named.ok_or(Declined("no such sheet"))?;
        let size = self.parts.size(part).unwrap_or(0);
        let reopen = known.reopen.as_ref().filter(|_| self.ahead && size >= ahead::LEAST);
        let ahead = reopen.and_then(|reopen| Ahead::of(reopen, part).ok());
        let part: Box<dyn Read + '_> = match ahead {
            Some(ahead) => Box::new(ahead),
            None => Box::new(self.parts.again(part).ok_or(Declined("no such part"))?),
        };
        let cells = Cells {
            styles: &known.styles,
            is_1904: known.is_1904,
            limits: known.limits,
            seen: 0,
            text: String::new(),
            tags: tag::Tags::default(),
        };
        Ok(Box::new(SheetRows::new((part, size), cells, &known.texts)?))
    }
}

/// The parts an archive says it has, as far as two bytes can count.
fn promised(bytes: &mut (impl Read + Seek + ?Sized)) -> Option<usize> {
    const END: usize = 22;
    let length = bytes.seek(SeekFrom::End(0)).ok()?;
    let tail = length.min(u64::from(u16::MAX) + END as u64);
    bytes.seek(SeekFrom::Start(length - tail)).ok()?;
    let mut last = Vec::new();
    bytes.take(tail).read_to_end(&mut last).ok()?;
    let end = memchr::memmem::rfind(&last, b"PK\x05\x06")?;
    let count = last.get(end + 10..end + 12)?.try_into().ok()?;
    Some(usize::from(u16::from_le_bytes(count)))
}

/// Declines an archive with a part that unpacks beyond the limits by what its directory says:
/// none unpacks further. Of two parts of one name, readers take the one or the other.
fn in_bounds(
    parts: &mut Parts<impl Read + Seek>,
    promised: usize,
    limits: &Limits,
) -> Result<(), Declined> {
    let sizes = parts.sizes().ok_or(Declined("a broken directory"))?;
    let over = |&(packed, size): &(u64, u64)| size > limits.largest(packed);
    let unpacked = sizes.iter().try_fold(0_u64, |sum, (_, size)| sum.checked_add(*size));
    let many = sizes.len() as u64 > limits.parts || unpacked.is_none_or(|s| s > limits.unpacked);
    let twice =
        !parts.are_distinct() || promised != sizes.len() && promised < usize::from(u16::MAX);
    if many || twice || sizes.iter().any(over) {
        return Err(Declined("an archive out of bounds"));
    }
    Ok(())
}

/// A part that is read at once; a document type, or another encoding, is left to others.
fn whole(parts: &mut Parts<impl Read + Seek>, part: &str) -> Result<Option<Vec<u8>>, Declined> {
    let Some(size) = parts.size(part) else { return Ok(None) };
    // One that is damaged, or longer than what is read at once, is not a part that is not there.
    let text = parts.take(part).filter(|text| text.len() as u64 == size);
    let text = text.ok_or(Declined("a part that is not whole"))?;
    let plain = memchr::memmem::find(&text, b"<!").is_none() && std::str::from_utf8(&text).is_ok();
    if plain { Ok(Some(text)) } else { Err(Declined("a part with more than elements")) }
}

/// The shared texts. They are all held, and in this process: so many that they would take an
/// eighth of what a reading process may ask for are left to such a one.
fn shared_texts(
    parts: &mut Parts<impl Read + Seek>,
    part: &str,
    limits: &Limits,
) -> Result<Texts, Declined> {
    if parts.size(part).is_none_or(|size| size > limits.memory / 8) {
        return Err(Declined("too many shared texts to hold"));
    }
    strings::read(parts.reader(part).ok_or(Declined("no such part"))?, limits)
}

/// The part of the workbook itself, as the archive names it.
fn main_part(parts: &mut Parts<impl Read + Seek>) -> Result<String, Declined> {
    let text = whole(parts, "_rels/.rels")?.ok_or(Declined("no relationships"))?;
    let mut main = tags(&text, b"Relationship").filter(|tag| {
        attribute(tag, b"Type").is_some_and(|kind| kind.ends_with("/relationships/officeDocument"))
    });
    let (Some(tag), None) = (main.next(), main.next()) else {
        return Err(Declined("not one workbook"));
    };
    let target = attribute(tag, b"Target").unwrap_or_default();
    Ok(target.trim_start_matches('/').to_ascii_lowercase())
}

/// A part beside the workbook that has its usual name; one elsewhere is left to others.
fn beside(
    parts: &Parts<impl Read + Seek>,
    folder: &str,
    links: &[Link],
    kind: &str,
) -> Result<Option<String>, Declined> {
    let usual = format!("{folder}/{}.xml", kind.to_ascii_lowercase());
    if links.iter().any(|link| link.kind == kind && link.part != usual) {
        return Err(Declined("parts in unusual places"));
    }
    Ok(Some(usual).filter(|part| parts.has(part)))
}

/// The sheets in order, each with its part; without one where it holds no table.
fn sheets(main: &[u8], links: &[Link]) -> Result<Vec<(SheetName, String)>, Declined> {
    let sheet = |tag| {
        let id = attribute(tag, b"id").ok_or(Declined("a sheet without a link"))?;
        let mut linked = links.iter().filter(|link| link.id == id);
        let (Some(link), None) = (linked.next(), linked.next()) else {
            return Err(Declined("a sheet without one link"));
        };
        let hidden = match attribute(tag, b"state") {
            None | Some("visible") => false,
            Some("hidden" | "veryHidden") => true,
            Some(_) => return Err(Declined("a state of its own")),
        };
        let part = match link.kind.as_str() {
            "worksheet" => link.part.clone(),
            "chartsheet" | "dialogsheet" => String::new(),
            _ => return Err(Declined("a sheet of another kind")),
        };
        let name = content(attribute(tag, b"name").unwrap_or_default().as_bytes())?;
        Ok((SheetName { name: name.into_owned(), hidden }, part))
    };
    tags(main, b"sheet").map(sheet).collect()
}

/// The defined names and what they stand for.
fn defined(main: &[u8]) -> Result<Vec<NamedRange>, Declined> {
    let mut out = Vec::new();
    for piece in main.split(|byte| *byte == b'<') {
        let Some(end) = tag_end(piece) else { continue };
        let (tag, text) = piece.split_at_checked(end).unwrap_or_default();
        let word = tag.iter().position(u8::is_ascii_whitespace).unwrap_or(tag.len());
        let (element, attributes) = tag.split_at_checked(word).unwrap_or_default();
        if element.rsplit(|byte| *byte == b':').next() != Some(b"definedName") {
            continue;
        }
        let Some(name) = attribute(attributes, b"name") else { continue };
        let formula = content(text.get(1..).unwrap_or_default())?;
        out.extend(NamedRange::defined(&content(name.as_bytes())?, &formula));
    }
    Ok(out)
}

#[cfg(test)]
mod tests;
