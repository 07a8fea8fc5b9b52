//! Indented `ods` workbooks: calamine reads no blank between the tags of a table, so the blanks
//! are taken out first.

use std::borrow::Cow;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::trouble::Trouble;

const CONTENT: &str = "content.xml";
const MANIFEST: &str = "META-INF/manifest.xml";
const MIME_TYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// The workbook without blanks between the tags of its tables; as it is where it has none. Its
/// archive has been checked against the limits.
///
/// # Errors
/// The archive is broken.
pub(super) fn removed(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Trouble> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let content = part(&mut archive, CONTENT)?;
    let plain = without_blanks(&content);
    if plain.len() == content.len() {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &[u8]| {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file(name, stored).map_err(broken)?;
        zip.write_all(text).map_err(broken)
    };
    add("mimetype", MIME_TYPE)?;
    if let Ok(manifest) = part(&mut archive, MANIFEST) {
        add(MANIFEST, &manifest)?;
    }
    add(CONTENT, &plain)?;
    Ok(Cow::Owned(zip.finish().map_err(broken)?.into_inner()))
}

fn broken(error: impl std::fmt::Display) -> Trouble {
    Trouble::Broken(error.to_string())
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Vec<u8>, Trouble> {
    let mut text = Vec::new();
    archive.by_name(name).map_err(broken)?.read_to_end(&mut text).map_err(broken)?;
    Ok(text)
}

/// A text without the runs of blanks that stand between two tags outside paragraphs.
fn without_blanks(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut paragraphs = 0_u32;
    for run in text.split_inclusive(|&b| b == b'>') {
        let tag = run.iter().position(|&b| b == b'<').unwrap_or(run.len());
        let (between, tag) = run.split_at(tag);
        if paragraphs > 0 || !between.iter().all(u8::is_ascii_whitespace) {
            out.extend_from_slice(between);
        }
        out.extend_from_slice(tag);
        if tag.starts_with(b"<text:p") || tag.starts_with(b"<text:h") {
            paragraphs += u32::from(!tag.ends_with(b"/>"));
        } else if tag.starts_with(b"</text:p") || tag.starts_with(b"</text:h") {
            paragraphs = paragraphs.saturating_sub(1);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::without_blanks;

    #[test]
    fn blanks_between_tags_go_and_blanks_of_a_text_stay() {
        let indented =
            b"<t:row>\n  <t:cell>\n <text:p a='x'> a <text:s/> b</text:p>\r\n</t:cell> </t:row>\n";
        let plain = without_blanks(indented);
        let expected = "<t:row><t:cell><text:p a='x'> a <text:s/> b</text:p></t:cell></t:row>";
        assert_eq!(String::from_utf8_lossy(&plain), expected);
        assert_eq!(without_blanks(&plain), plain);
        assert_eq!(without_blanks(b"<a>text</a> tail"), b"<a>text</a> tail");
        assert_eq!(without_blanks(b"<text:p/> <b/>"), b"<text:p/><b/>");
    }
}
