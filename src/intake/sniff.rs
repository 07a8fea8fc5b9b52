//! What a file is, told by its content; the extension only serves to warn.

use super::archive;
use super::text::wide;
use super::trouble::Trouble;

/// A format gemba reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Excel 2007 and later.
    Xlsx,
    /// Excel binary workbook.
    Xlsb,
    /// Excel 97–2003.
    Xls,
    /// `OpenDocument` spreadsheet.
    Ods,
    /// Delimited text.
    Csv,
    /// Parquet.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Format {
    /// Who reads it, as the account of inputs says.
    pub(super) const fn reader(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx (calamine)",
            Self::Xlsb => "xlsb (calamine)",
            Self::Xls => "xls (calamine)",
            Self::Ods => "ods (calamine)",
            Self::Csv => "csv",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
        }
    }

    /// Its name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Csv => "csv",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
        }
    }
}

/// The format of a file's bytes.
///
/// # Errors
/// What the bytes are instead, or why they cannot be read.
pub(super) fn sniff(bytes: &[u8]) -> Result<Format, Trouble> {
    if bytes.is_empty() {
        return Err(Trouble::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive::format(bytes);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return ole(bytes);
    }
    #[cfg(feature = "parquet")]
    if bytes.starts_with(b"PAR1") {
        return Ok(Format::Parquet);
    }
    foreign(bytes).map_or(Ok(Format::Csv), |found| Err(Trouble::Unknown(found)))
}

/// An OLE container: an old workbook, or a protected new one.
fn ole(bytes: &[u8]) -> Result<Format, Trouble> {
    let protected = utf16("EncryptedPackage");
    if bytes.windows(protected.len()).any(|window| window == protected) {
        return Err(Trouble::Broken("password protected".to_owned()));
    }
    Ok(Format::Xls)
}

/// Text as the directory of an OLE container writes it.
fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The name of a format gemba does not read; `None` for text.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 8] = [
        (b"%PDF", "pdf"),
        (b"\x89PNG", "png"),
        (b"\xFF\xD8\xFF", "jpeg"),
        (b"GIF8", "gif"),
        (b"\x1F\x8B", "gzip"),
        (b"7z\xBC\xAF", "7z"),
        (b"Rar!", "rar"),
        (b"PAR1", "parquet"),
    ];
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(name);
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || wide(bytes).is_some()
    {
        return None;
    }
    let head = bytes.get(..4096).unwrap_or(bytes);
    if head.contains(&0) || head.starts_with(&[0x09]) && head.get(1).is_some_and(|b| *b < 9) {
        return Some("binary");
    }
    markup(head)
}

fn markup(head: &[u8]) -> Option<&'static str> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let start = head.iter().position(|b| !b.is_ascii_whitespace())?;
    let lower = head[start..].to_ascii_lowercase();
    let has = |needle: &[u8]| lower.windows(needle.len()).any(|window| window == needle);
    match lower.first()? {
        b'<' if has(b"<html") || has(b"<table") || has(b"<!doctype html") => Some("html"),
        b'<' if has(b"schemas-microsoft-com:office:spreadsheet") => Some("xml spreadsheet 2003"),
        b'<' => Some("xml"),
        b'{' => Some("json"),
        _ => None,
    }
}

/// The extension of a file name, where it promises another format than the one found.
pub(super) fn contradiction(name: &str, found: Format) -> Option<&str> {
    let (_, extension) = name.rsplit_once('.')?;
    let promised = match extension.to_ascii_lowercase().as_str() {
        "xlsx" | "xlsm" | "xltx" | "xltm" => Format::Xlsx,
        "xlsb" => Format::Xlsb,
        "xls" | "xlt" => Format::Xls,
        "ods" | "ots" => Format::Ods,
        #[cfg(feature = "parquet")]
        "parquet" => Format::Parquet,
        "csv" | "tsv" | "txt" | "tab" => Format::Csv,
        _ => return None,
    };
    (promised != found).then_some(extension)
}

#[cfg(test)]
mod tests {
    use super::{Format, Trouble, contradiction, sniff};

    #[test]
    fn content_decides() {
        assert_eq!(sniff(b""), Err(Trouble::Empty));
        assert_eq!(sniff(b"a,b\n1,2\n"), Ok(Format::Csv));
        assert_eq!(sniff(b"  <!DOCTYPE html><table>"), Err(Trouble::Unknown("html")));
        assert_eq!(sniff(b"%PDF-1.7"), Err(Trouble::Unknown("pdf")));
        assert_eq!(sniff(b"abc\0def"), Err(Trouble::Unknown("binary")));
        assert!(matches!(sniff(b"PK\x03\x04rest"), Err(Trouble::Broken(_))));
    }

    #[test]
    fn extensions_only_warn() {
        assert_eq!(contradiction("a.xlsx", Format::Csv), Some("xlsx"));
        assert_eq!(contradiction("a.XLSM", Format::Xlsx), None);
        assert_eq!(contradiction("noextension", Format::Csv), None);
    }
}
