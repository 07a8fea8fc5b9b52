//! Zip workbooks before they are parsed: which kind they are, and whether they stay in bounds.

use std::io::{self, Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;

use super::hidden::{RowScan, Seen, Unseen};
use super::ods;
use super::sniff::Format;
use super::trouble::Trouble;
use crate::settings::Limits;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn open(bytes: &[u8]) -> Result<Archive<'_>, Trouble> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|e| Trouble::Broken(e.to_string()))
}

/// The format of a zip archive.
///
/// # Errors
/// The archive is broken, or no workbook.
pub(super) fn format(bytes: &[u8]) -> Result<Format, Trouble> {
    let archive = open(bytes)?;
    let names = archive.file_names().filter_map(Result::ok);
    let names: Vec<String> =
        names.map(|name| name.to_ascii_lowercase().replace('\\', "/")).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let ends = |wanted: &str| names.iter().any(|name| name.ends_with(wanted));
    if ends("/workbook.bin") {
        return Ok(Format::Xlsb);
    }
    if ends("/workbook.xml") || names.iter().any(|name| name.contains("xl/")) {
        return Ok(Format::Xlsx);
    }
    if has("content.xml") {
        return Ok(Format::Ods);
    }
    Err(Trouble::Unknown("zip"))
}

/// Refuses an archive whose parts unpack beyond the limits, say what no workbook says, or would
/// make the parser reserve memory without bound or read on for ever.
///
/// A part's declared size binds: whoever unpacks it gets an error, not a byte more.
///
/// # Errors
/// The limit passed, or what is broken.
pub(super) fn check(bytes: &[u8], format: Format, limits: &Limits) -> Result<Vec<Unseen>, Trouble> {
    let mut seen = Seen::default();
    let mut archive = open(bytes)?;
    if archive.len() as u64 > limits.parts {
        return Err(Trouble::OverLimit("parts", limits.parts));
    }
    one_of_each(bytes, &archive)?;
    let mut left = limits.unpacked;
    for index in 0..archive.len() {
        let Ok(mut part) = archive.by_index(index) else { continue };
        let name = part.name().map_or_else(|_| String::new(), |name| name.to_ascii_lowercase());
        let size = part.size();
        if size > limits.largest(part.compressed_size()) {
            return Err(Trouble::OverLimit("ratio", limits.ratio));
        }
        left = left.checked_sub(size).ok_or(Trouble::OverLimit("unpacked", limits.unpacked))?;
        inspect(format, &name, &mut part, limits, &mut seen)?;
    }
    Ok(seen.by_sheet(bytes, format))
}

/// Two parts of one name: readers disagree on which of them counts. The archive keeps the last of
/// equal names, so that the directory then promises more than it holds.
fn one_of_each(bytes: &[u8], archive: &Archive<'_>) -> Result<(), Trouble> {
    let end = memmem::rfind(bytes, b"PK\x05\x06").and_then(|at| bytes.get(at + 10..at + 12));
    let promised = end.map_or(0, |two| usize::from(two[0]) | usize::from(two[1]) << 8);
    if promised != usize::from(u16::MAX) && promised > archive.len() {
        return Err(Trouble::Broken("two parts have one name".to_owned()));
    }
    let names = archive.file_names().filter_map(Result::ok);
    let mut names: Vec<String> = names.map(|name| name.to_ascii_lowercase()).collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Trouble::Broken(format!("two parts have one name, {}", pair[0]))),
        None => Ok(()),
    }
}

/// Looks at what a part of its kind may hide.
fn inspect(
    format: Format,
    name: &str,
    part: &mut impl Read,
    limits: &Limits,
    seen: &mut Seen,
) -> Result<(), Trouble> {
    if format == Format::Ods && name == "content.xml" {
        let mut text = Vec::new();
        part.read_to_end(&mut text).map_err(broken)?;
        no_doctype(name, &text)?;
        ods::check(&text, limits)?;
        seen.content(&text);
        return Ok(());
    }
    if !is_parsed(format, name) {
        return Ok(());
    }
    let mut head = Vec::with_capacity(HEAD);
    part.take(HEAD as u64).read_to_end(&mut head).map_err(broken)?;
    no_doctype(name, &head)?;
    if name.ends_with("sharedstrings.xml") {
        return count_strings(&head, part, limits);
    }
    if format == Format::Xlsx && name.contains("worksheets/") {
        let mut rows = RowScan::default();
        unpack(&head, part, |bytes| rows.feed(bytes)).map_err(broken)?;
        seen.sheet(name, rows);
    }
    Ok(())
}

/// Refuses more shared strings than the limit, or a count of them that cannot be.
fn count_strings(head: &[u8], part: &mut impl Read, limits: &Limits) -> Result<(), Trouble> {
    let mut strings = 0;
    let count = |bytes: &[u8]| strings += memmem::find_iter(bytes, b"<si").count() as u64;
    let size = unpack(head, part, count).map_err(broken)?;
    honest_count(head, size)?;
    if strings > limits.strings {
        return Err(Trouble::OverLimit("strings", limits.strings));
    }
    Ok(())
}

fn broken(error: impl std::fmt::Display) -> Trouble {
    Trouble::Broken(error.to_string())
}

/// Bytes of a part looked at before the rest only counts. A document type stands before the
/// first element.
const HEAD: usize = 4096;

/// Whether markup is parsed. Of an `ods` that is its content alone: its macros and lists of
/// images carry a document type by right.
fn is_parsed(format: Format, name: &str) -> bool {
    let markup = [".xml", ".rels", ".vml"].iter().any(|extension| name.ends_with(extension));
    markup && format != Format::Ods
}

/// A workbook needs no document type; entities and files of others come in by it.
fn no_doctype(name: &str, text: &[u8]) -> Result<(), Trouble> {
    let head = &text[..text.len().min(HEAD)];
    match memmem::find(head, b"<!DOCTYPE") {
        Some(_) => Err(Trouble::Broken(format!("{name} declares a document type"))),
        None => Ok(()),
    }
}

/// Shows a part piece by piece; its size in bytes.
fn unpack(head: &[u8], part: &mut impl Read, mut each: impl FnMut(&[u8])) -> io::Result<u64> {
    each(head);
    let mut size = head.len() as u64;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = part.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else {
            return Ok(size);
        };
        size += read as u64;
        each(bytes);
    }
}

/// A shared string takes five bytes at least; a count beyond that is a lie the parser believes.
fn honest_count(head: &[u8], size: u64) -> Result<(), Trouble> {
    let head = String::from_utf8_lossy(head).into_owned();
    let Some((_, rest)) = head.split_once("uniqueCount=") else { return Ok(()) };
    let digits: String = rest.chars().skip(1).take_while(char::is_ascii_digit).collect();
    let count = digits.parse::<u64>().unwrap_or(0);
    if count > size / 5 + 1 {
        return Err(Trouble::Broken(format!("{count} shared strings declared")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Format, check, format};
    use crate::intake::trouble::Trouble;
    use crate::settings::Limits;
    use std::io::{Cursor, Write as _};
    use zip::write::SimpleFileOptions;

    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            let begun = zip.start_file(*name, SimpleFileOptions::default());
            assert!(begun.is_ok() && zip.write_all(text).is_ok());
        }
        zip.finish().map(Cursor::into_inner).unwrap_or_default()
    }

    fn checked(parts: &[(&str, &[u8])], limits: Limits) -> Result<(), Trouble> {
        check(&archive(parts), Format::Xlsx, &limits).map(drop)
    }

    fn is_broken(checked: &Result<(), Trouble>, word: &str) -> bool {
        matches!(checked, Err(Trouble::Broken(why)) if why.contains(word))
    }

    #[test]
    fn a_plain_archive_passes() {
        let parts: &[(&str, &[u8])] = &[("xl/workbook.xml", b"<workbook/>")];
        assert_eq!(format(&archive(parts)), Ok(Format::Xlsx));
        assert_eq!(checked(parts, Limits::default()), Ok(()));
    }

    #[test]
    fn a_part_that_unpacks_without_end_is_refused_by_its_ratio() {
        let blanks = vec![b' '; 65 << 20];
        let bomb = checked(&[("xl/worksheets/sheet1.xml", &blanks)], Limits::default());
        assert_eq!(bomb, Err(Trouble::OverLimit("ratio", 100)));
        let small = Limits { unpacked: 1 << 20, ..Limits::default() };
        let large = checked(&[("xl/worksheets/sheet1.xml", &blanks[..2 << 20])], small);
        assert_eq!(large, Err(Trouble::OverLimit("unpacked", 1 << 20)));
    }

    #[test]
    fn a_part_gives_no_byte_more_than_it_declares() -> std::io::Result<()> {
        let mut bytes = archive(&[("xl/workbook.xml", &[b' '; 1000])]);
        let declared = 1000_u32.to_le_bytes();
        while let Some(at) = memchr::memmem::find(&bytes, &declared) {
            bytes[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
        }
        let mut zip = super::open(&bytes).map_err(|_| std::io::ErrorKind::InvalidData)?;
        let mut part = zip.by_index(0)?;
        assert_eq!(part.size(), 10);
        assert!(std::io::copy(&mut part, &mut std::io::sink()).is_err());
        Ok(())
    }

    #[test]
    fn what_no_workbook_says_is_refused() {
        let entity = checked(&[("xl/workbook.xml", b"<!DOCTYPE x []><x/>")], Limits::default());
        assert!(is_broken(&entity, "document type"), "{entity:?}");
        let twins = checked(&[("xl/a.xml", b"<a/>"), ("xl/A.xml", b"<a/>")], Limits::default());
        assert!(is_broken(&twins, "one name"), "{twins:?}");
        let lie = b"<sst uniqueCount=\"4294967295\"><si><t/></si></sst>";
        let lie = checked(&[("xl/sharedStrings.xml", lie)], Limits::default());
        assert!(is_broken(&lie, "declared"), "{lie:?}");
        let few = Limits { strings: 1, ..Limits::default() };
        let many = checked(&[("xl/sharedStrings.xml", b"<sst><si/><si/></sst>")], few);
        assert_eq!(many, Err(Trouble::OverLimit("strings", 1)));
    }
}
