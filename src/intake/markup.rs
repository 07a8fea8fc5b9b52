//! The small parts of an `xlsx` workbook that the parser does not hand over, read for a few
//! attributes of theirs.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek};

use zip::ZipArchive;

/// Bytes of a part looked at.
const MOST: u64 = 16 << 20;

/// The parts of a workbook, by name without regard to case.
pub(super) struct Parts<R> {
    archive: ZipArchive<R>,
    names: BTreeMap<String, usize>,
}

impl<'b> Parts<Cursor<&'b [u8]>> {
    /// Opens an archive in memory.
    pub(super) fn open(bytes: &'b [u8]) -> Option<Self> {
        Self::of(Cursor::new(bytes))
    }
}

impl<R: Read + Seek> Parts<R> {
    /// Opens an archive.
    pub(super) fn of(bytes: R) -> Option<Self> {
        let archive = ZipArchive::new(bytes).ok()?;
        let names = archive.file_names().enumerate().filter_map(|(at, name)| {
            Some((name.ok()?.to_ascii_lowercase().replace('\\', "/"), at))
        });
        let names = names.collect();
        Some(Self { archive, names })
    }

    /// What its directory says of every part: size packed and unpacked.
    pub(super) fn sizes(&mut self) -> Option<Vec<(u64, u64)>> {
        let parts = 0..self.archive.len();
        let size = |at| {
            let part = self.archive.by_index_raw(at).ok()?;
            Some((part.compressed_size(), part.size()))
        };
        parts.map(size).collect()
    }

    /// The size of a part once unpacked, as the directory has it.
    pub(super) fn size(&mut self, name: &str) -> Option<u64> {
        let at = *self.names.get(name)?;
        self.archive.by_index_raw(at).ok().map(|part| part.size())
    }

    /// Whether no two parts have one name.
    pub(super) fn are_distinct(&self) -> bool {
        self.names.len() == self.archive.len()
    }

    /// Whether there is a part of a name in lower case that was not yet handed out.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// Whether the name of any part holds a word.
    pub(super) fn any(&self, word: &str) -> bool {
        self.names.keys().any(|name| name.contains(word))
    }

    /// The text of a part by its name in lower case. Each is handed out once, so that links in
    /// a circle end.
    pub(super) fn take(&mut self, name: &str) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        self.reader(name)?.take(MOST).read_to_end(&mut text).ok()?;
        Some(text)
    }

    /// A part piece by piece; like [`Self::take`] once only.
    pub(super) fn reader(&mut self, name: &str) -> Option<impl Read> {
        let at = self.names.remove(name)?;
        self.archive.by_index(at).ok()
    }

    /// A part piece by piece, as often as it is asked for.
    pub(super) fn again(&mut self, name: &str) -> Option<impl Read> {
        let at = *self.names.get(name)?;
        self.archive.by_index(at).ok()
    }
}

/// A link of a part.
pub(super) struct Link {
    /// Its name within the part.
    pub(super) id: String,
    /// The last word of its type, as `table`.
    pub(super) kind: String,
    /// The part it leads to, in lower case.
    pub(super) part: String,
}

/// The links of a part.
pub(super) fn links(parts: &mut Parts<impl Read + Seek>, part: &str) -> Vec<Link> {
    let Some((folder, name)) = part.rsplit_once('/') else { return Vec::new() };
    let text = parts.take(&format!("{folder}/_rels/{name}.rels")).unwrap_or_default();
    let link = |tag| {
        Some(Link {
            id: attribute(tag, b"Id")?.to_owned(),
            kind: attribute(tag, b"Type")?.rsplit('/').next()?.to_owned(),
            part: resolved(folder, attribute(tag, b"Target")?),
        })
    };
    tags(&text, b"Relationship").filter_map(link).collect()
}

/// The parts of the sheets in their order, in lower case; empty where the workbook does not say.
pub(super) fn sheet_parts(parts: &mut Parts<impl Read + Seek>) -> Vec<String> {
    let Some(workbook) = parts.take("xl/workbook.xml") else { return Vec::new() };
    let links = links(parts, "xl/workbook.xml");
    let part = |tag| {
        let id = attribute(tag, b"id")?;
        links.iter().find(|link| link.id == id).map(|link| link.part.clone())
    };
    tags(&workbook, b"sheet").map(|tag| part(tag).unwrap_or_default()).collect()
}

/// The part a link of a folder leads to.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.to_ascii_lowercase();
    match (target.strip_prefix('/'), target.strip_prefix("../")) {
        (Some(rooted), _) => rooted.to_owned(),
        (_, Some(above)) => {
            let parent = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
            format!("{parent}/{above}").trim_start_matches('/').to_owned()
        }
        _ => format!("{folder}/{target}"),
    }
}

/// The value of an attribute by its name without a prefix.
pub(super) fn attribute<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let equals = memchr::memchr(b'=', rest)?;
        let own = rest.get(..equals)?.trim_ascii();
        let value = rest.get(equals + 1..)?.trim_ascii_start();
        let (quote, value) = value.split_first()?;
        let end = memchr::memchr(*quote, value)?;
        if own.rsplit(|b| *b == b':').next() == Some(name) {
            return std::str::from_utf8(value.get(..end)?).ok();
        }
        rest = value.get(end + 1..)?;
    }
}

/// Where a tag ends; none where another begins before. A value in quotes may hold the sign that
/// closes tags, never the one that opens them.
pub(super) fn tag_end(tag: &[u8]) -> Option<usize> {
    let mut within = None;
    let end = tag.iter().position(|&byte| {
        match within {
            Some(quote) if byte == quote => within = None,
            None if matches!(byte, b'"' | b'\'') => within = Some(byte),
            _ => {}
        }
        byte == b'<' || within.is_none() && byte == b'>'
    })?;
    (tag.get(end) == Some(&b'>')).then_some(end)
}

/// The attributes of every element of a name, whatever its prefix.
pub(super) fn tags<'a>(text: &'a [u8], name: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    text.split(|b| *b == b'<').filter_map(move |tag| {
        let tag = tag.get(..tag_end(tag)?)?;
        let name_ends = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
        let split = tag.iter().position(name_ends).unwrap_or(tag.len());
        let (own, attributes) = tag.split_at_checked(split)?;
        (own.rsplit(|b| *b == b':').next() == Some(name)).then_some(attributes)
    })
}

/// A text of an attribute without its escapes, on one line.
pub(super) fn plain(text: &str) -> String {
    let line = ["_x000a_", "_x000A_", "_x000d_", "_x000D_", "&#10;", "&#13;", "&#xA;", "&#xD;"];
    let text = line.iter().fold(text.to_owned(), |text, escape| text.replace(escape, " "));
    let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    escapes.iter().fold(text, |text, (escape, sign)| text.replace(escape, sign))
}
