//! The texts that the cells of a workbook share.

use std::io::Read;

use memchr::memmem::Finder;

use super::super::markup::{attribute, tag_end};
use super::super::texts::Texts;
use super::Declined;
use super::names::{root, unprefixed};
use super::text::{content, unescaped};
use super::window::Window;
use crate::settings::Limits;

/// Reads the part of the shared texts. Each is kept trimmed, as cells are.
///
/// # Errors
/// Markup that is not known here, or a limit passed.
pub(super) fn read(part: impl Read, limits: &Limits) -> Result<Texts, Declined> {
    let mut window = Window::new(part, limits.unpacked);
    let mut texts = Texts::default();
    let root = window.until(|bytes| root(bytes, b"sst"))?;
    window.skip(root.content);
    if root.closed {
        return Ok(texts);
    }
    let names = Names::new(&root.prefix);
    let (mut text, mut plain) = (String::new(), Vec::new());
    while let Some((length, item)) = window.until(|bytes| item(bytes, &names))? {
        let bytes = window.bytes().get(..item).unwrap_or_default();
        let bytes = unprefixed(bytes, &root.prefix, &mut plain);
        let text = if let Some(text) = single(bytes) {
            text
        } else {
            text.clear();
            runs(bytes, &mut text)?;
            &text
        };
        let trimmed = text.trim();
        let long = trimmed.len() as u64 > limits.text;
        if long || texts.len() as u64 >= limits.strings || texts.push(trimmed).is_none() {
            return Err(Declined("too many or too long texts"));
        }
        window.skip(length);
    }
    Ok(texts)
}

/// How the tags of the part are written.
struct Names {
    open: Vec<u8>,
    close: Finder<'static>,
    end: Vec<u8>,
}

impl Names {
    fn new(prefix: &[u8]) -> Self {
        Self {
            open: [b"<", prefix, b"si"].concat(),
            close: Finder::new(&[b"</", prefix, b"si>"].concat()).into_owned(),
            end: [b"</", prefix, b"sst"].concat(),
        }
    }
}

/// The text that stands next, if it is whole: all its bytes, and those of its content. None of
/// them at the end of the part.
type Item = Option<(usize, usize)>;

fn item(bytes: &[u8], names: &Names) -> Result<Option<Item>, Declined> {
    let rest = bytes.trim_ascii_start();
    let blank = bytes.len() - rest.len();
    match rest.strip_prefix(names.open.as_slice()) {
        Some([b'>', inside @ ..]) => {
            // Most texts hold no tag but their own two: the end is near.
            let near = || {
                let text = inside.strip_prefix(b"<t>")?;
                let length = memchr::memchr(b'<', text)?;
                let rest = text.get(length..)?.strip_prefix(b"</t>")?;
                rest.starts_with(names.close.needle()).then(|| inside.len() - rest.len())
            };
            let end = near().or_else(|| names.close.find(inside));
            let before = blank + names.open.len() + 1;
            let length = names.close.needle().len();
            Ok(end.map(|end| Some((before + end + length, before + end))))
        }
        Some([b'/', b'>', ..]) => Ok(Some(Some((blank + names.open.len() + 2, 0)))),
        _ if rest.starts_with(&names.end) => Ok(Some(None)),
        // Markup of any other kind is at hand once this many bytes are.
        _ if rest.len() < BEGINNING => Ok(None),
        _ => Err(Declined("markup among the shared texts")),
    }
}

/// The text of an item that is one plain run, as most are.
fn single(item: &[u8]) -> Option<&str> {
    lone(item.trim_ascii_start().strip_prefix(b"<si><t>")?.strip_suffix(b"</t>")?)
}

/// A text between its tags, where it stands for itself.
pub(super) fn lone(text: &[u8]) -> Option<&str> {
    let special = |byte: &u8| matches!(byte, b'<' | b'&' | b'\r' | b'_');
    let plain = !text.iter().fold(false, |seen, byte| seen | special(byte));
    std::str::from_utf8(text).ok().filter(|_| plain)
}

/// The longest beginning of a tag that has to be told from others.
const BEGINNING: usize = 64;

/// Gathers the text of an item or of a cell: its `<t>`, or those of its runs. How it is
/// pronounced is no part of it.
///
/// # Errors
/// Markup that is not known here.
pub(super) fn runs(bytes: &[u8], out: &mut String) -> Result<(), Declined> {
    let mut rest = bytes;
    let mut spoken = false;
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = rest.get(at + 1..).unwrap_or_default();
        let end = tag_end(rest).ok_or(Declined("a tag without end"))?;
        let tag = rest.get(..end).unwrap_or_default();
        rest = rest.get(end + 1..).unwrap_or_default();
        match tag {
            b"rPh" => spoken = true,
            [b'r', b'P', b'h', b' ', ..] => spoken = !tag.ends_with(b"/"),
            b"/rPh" => spoken = false,
            b"t/" => {}
            b"t" | [b't', b' ', ..] if !spoken && !tag.ends_with(b"/") => {
                let length = memchr::memchr(b'<', rest).ok_or(Declined("a text without end"))?;
                let (text, after) = rest.split_at_checked(length).unwrap_or_default();
                if !after.starts_with(b"</t>") {
                    return Err(Declined("markup within a text"));
                }
                let preserved = attribute(tag, b"space") == Some("preserve");
                push(&content(text)?, preserved, out);
                rest = after;
            }
            [b'!' | b'?', ..] => return Err(Declined("markup within a text")),
            _ => {}
        }
    }
    Ok(())
}

/// Adds a run; spaces around it count where they are to be preserved.
fn push(text: &str, preserved: bool, out: &mut String) {
    let text = if preserved { text } else { text.trim_matches([' ', '\t', '\r', '\n']) };
    out.push_str(&unescaped(text));
}

#[cfg(test)]
mod tests {
    use super::{Limits, read};

    fn all(part: &str) -> Option<Vec<String>> {
        let texts = read(part.as_bytes(), &Limits::default()).ok()?;
        let text =
            |at| texts.place(at).map(|(start, length)| texts.slice(start, length).to_owned());
        Some((0..).map_while(text).collect())
    }

    #[test]
    fn plain_and_rich_texts_are_gathered() {
        let part = "<?xml version=\"1.0\"?><sst xmlns=\"x\" uniqueCount=\"9\"><si><t>a &amp; b</t></si>\
                    <si><t xml:space=\"preserve\"> c </t></si>\n<si><r><rPr><b/></rPr><t>d </t></r><r>\
                    <t xml:space=\"preserve\"> e</t></r><rPh sb=\"0\"><t>spoken</t></rPh></si><si/>\
                    <si><t/></si><si><t>_x4E2D_</t></si><si><t x=\"/>\" y='\">'>f</t></si></sst>";
        let texts = all(part).unwrap_or_default();
        assert_eq!(texts, ["a & b", "c", "d e", "", "", "中", "f"]);
    }

    #[test]
    fn what_is_not_known_is_declined() {
        for item in ["<si><t><![CDATA[x]]></t></si>", "<!-- x --><si/>", "<x:si/>", "<si><t>x</si>"]
        {
            assert_eq!(all(&format!("<sst>{item}</sst>")), None, "{item}");
        }
        assert_eq!(all("<sst><si><t>x</t></si>"), None);
        assert_eq!(all("<sst count=\"0\"/>"), Some(Vec::new()));
        let prefixed = all("<x:sst><x:si><x:t>a</x:t></x:si></x:sst>");
        assert_eq!(prefixed, Some(vec!["a".to_owned()]));
    }
}
