//! Zip workbooks before they are parsed: which kind they are, and whether they stay in bounds.

use std::io::{Cursor, Read};

use zip::ZipArchive;

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
    let names: Vec<String> =
        archive.file_names().filter_map(Result::ok).map(|name| name.to_ascii_lowercase()).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if has("xl/workbook.bin") {
        return Ok(Format::Xlsb);
    }
    if names.iter().any(|name| name.trim_start_matches('/').starts_with("xl/")) {
        return Ok(Format::Xlsx);
    }
    if has("content.xml") {
        return Ok(Format::Ods);
    }
    Err(Trouble::Unknown("zip"))
}

/// Refuses an archive whose parts unpack beyond the limits, or whose parts would make the
/// parser reserve memory without bound or read on for ever.
///
/// # Errors
/// The limit passed, or what is broken.
pub(super) fn check(bytes: &[u8], format: Format, limits: &Limits) -> Result<(), Trouble> {
    let mut archive = open(bytes)?;
    let mut left = limits.unpacked;
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index(index) else { continue };
        let name = part.name().map_or_else(|_| String::new(), |name| name.to_ascii_lowercase());
        let needed = wanted(format, &name);
        let mut part = part.take(left + 1);
        let size = if needed { inspect(&name, &mut part, limits)? } else { drain(&mut part)? };
        left = left.checked_sub(size).ok_or(Trouble::OverLimit("unpacked", limits.unpacked))?;
    }
    Ok(())
}

/// Whether a part's content is looked at, besides its size.
fn wanted(format: Format, name: &str) -> bool {
    match format {
        Format::Xlsx => name.ends_with("sharedstrings.xml"),
        Format::Ods => name == "content.xml",
        _ => false,
    }
}

fn drain(part: &mut impl Read) -> Result<u64, Trouble> {
    std::io::copy(part, &mut std::io::sink()).map_err(|e| Trouble::Broken(e.to_string()))
}

fn inspect(name: &str, part: &mut impl Read, limits: &Limits) -> Result<u64, Trouble> {
    let mut text = Vec::new();
    part.read_to_end(&mut text).map_err(|e| Trouble::Broken(e.to_string()))?;
    if name == "content.xml" {
        ods::check(&text, limits)?;
    } else {
        honest_count(&text)?;
    }
    Ok(text.len() as u64)
}

/// A shared string takes five bytes at least; a count beyond that is a lie the parser believes.
fn honest_count(text: &[u8]) -> Result<(), Trouble> {
    let head = String::from_utf8_lossy(text.get(..2048).unwrap_or(text)).into_owned();
    let Some((_, rest)) = head.split_once("uniqueCount=") else { return Ok(()) };
    let digits: String = rest.chars().skip(1).take_while(char::is_ascii_digit).collect();
    let count = digits.parse::<u64>().unwrap_or(0);
    if count > text.len() as u64 / 5 + 1 {
        return Err(Trouble::Broken(format!("{count} shared strings declared")));
    }
    Ok(())
}
