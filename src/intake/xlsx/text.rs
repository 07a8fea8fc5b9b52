//! Texts of a workbook without their escapes.

use std::borrow::Cow;

use super::Declined;

/// The text between two tags: line ends and entities as XML has them.
///
/// # Errors
/// It is no UTF-8, or holds an entity of its own.
pub(super) fn content(bytes: &[u8]) -> Result<Cow<'_, str>, Declined> {
    let text = std::str::from_utf8(bytes).map_err(|_| Declined("a text that is no UTF-8"))?;
    if memchr::memchr2(b'&', b'\r', bytes).is_none() {
        return Ok(Cow::Borrowed(text));
    }
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut parts = lines.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').ok_or(Declined("an entity without end"))?;
        out.push(entity(name).ok_or(Declined("an entity of its own"))?);
        out.push_str(rest);
    }
    Ok(Cow::Owned(out))
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let (digits, radix) =
                number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
            let plain = digits.bytes().all(|b| b.is_ascii_hexdigit());
            let code = u32::from_str_radix(digits, radix).ok().filter(|code| plain && *code > 0)?;
            char::from_u32(code)?
        }
    })
}

/// A text without the escapes by which Excel writes what XML cannot: `_x000D_` is one UTF-16
/// unit, and half a character alone is no character (ECMA-376 part 1, 22.9.2.19).
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'_', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let Some(unit) = unit(from) else {
            out.push_str("_x");
            rest = from.get(2..).unwrap_or_default();
            continue;
        };
        let after = from.get(ESCAPE..).unwrap_or_default();
        let low = unit_pair(unit, after);
        let units = [unit, low.unwrap_or_default()];
        let used = if low.is_some() { &units[..] } else { &units[..1] };
        let decoded = char::decode_utf16(used.iter().copied());
        out.extend(decoded.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
        rest = if low.is_some() { after.get(ESCAPE..).unwrap_or_default() } else { after };
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Bytes of `_x000D_`.
const ESCAPE: usize = 7;

/// The unit an escape at the beginning stands for.
fn unit(text: &str) -> Option<u16> {
    let digits = text.get(..ESCAPE)?.strip_prefix("_x")?.strip_suffix('_')?;
    let plain = digits.bytes().all(|b| b.is_ascii_hexdigit());
    if plain { u16::from_str_radix(digits, 16).ok() } else { None }
}

/// The second half of a character whose first half is known.
fn unit_pair(high: u16, after: &str) -> Option<u16> {
    let low = unit(after)?;
    ((0xD800..0xDC00).contains(&high) && (0xDC00..0xE000).contains(&low)).then_some(low)
}

#[cfg(test)]
mod tests {
    use super::{Declined, content, unescaped};

    #[test]
    fn entities_and_line_ends_are_resolved() {
        let text = content(b"a &lt;b&gt; &amp;amp; &#65;&#x42;\r\nc\rd");
        assert_eq!(text.as_deref(), Ok("a <b> &amp; AB\nc\nd"));
        assert_eq!(content(b"&own;"), Err(Declined("an entity of its own")));
        assert_eq!(content(b"a & b"), Err(Declined("an entity without end")));
        assert!(content(b"&#xD800;").is_err() && content(b"&#0;").is_err());
        assert!(content(b"\xff").is_err());
    }

    #[test]
    fn escapes_of_excel_are_resolved_once() {
        assert_eq!(unescaped("a_x000D_b"), "a\rb");
        assert_eq!(unescaped("_x005F_x000D_"), "_x000D_");
        assert_eq!(unescaped("_xD83D__xDCF7_!"), "\u{1F4F7}!");
        assert_eq!(unescaped("_xD83D_ _xDCF7_"), "\u{FFFD} \u{FFFD}");
        assert_eq!(unescaped("a_x_b_x12_é_xé"), "a_x_b_x12_é_xé");
    }
}
