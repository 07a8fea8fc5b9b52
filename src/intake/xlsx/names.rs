//! The names of a part's elements, which may all have a prefix, as `x:row`.

use super::super::markup::attribute;
use super::Declined;

/// The first element of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Root {
    /// `x:` where names have a prefix.
    pub(super) prefix: Vec<u8>,
    /// Where its content begins.
    pub(super) content: usize,
    /// Whether it has none.
    pub(super) closed: bool,
}

/// The first element of a part by what is at hand; `None` where that is not enough.
///
/// # Errors
/// It has another name, stands below more than the usual declaration, or the part is not UTF-8.
pub(super) fn root(bytes: &[u8], name: &[u8]) -> Result<Option<Root>, Declined> {
    let mut rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if rest.starts_with(b"<?") {
        let Some(end) = memchr::memmem::find(rest, b"?>") else { return Ok(None) };
        let (declaration, after) = rest.split_at_checked(end + 2).unwrap_or_default();
        let said = declaration.strip_prefix(b"<?xml").unwrap_or_default();
        let encoding = attribute(said, b"encoding").unwrap_or("UTF-8");
        if !encoding.eq_ignore_ascii_case("UTF-8") {
            return Err(Declined("another encoding than UTF-8"));
        }
        rest = after.trim_ascii_start();
    }
    let Some(end) = memchr::memchr(b'>', rest) else { return Ok(None) };
    let tag = rest.get(..end).unwrap_or_default();
    let own = tag.split(|byte| byte.is_ascii_whitespace() || *byte == b'/').next();
    let prefix = own.and_then(|own| own.strip_prefix(b"<")?.strip_suffix(name));
    match prefix {
        Some(prefix @ ([] | [.., b':'])) => Ok(Some(Root {
            prefix: prefix.to_vec(),
            content: bytes.len() - rest.len() + end + 1,
            closed: tag.ends_with(b"/"),
        })),
        _ => Err(Declined("another first element")),
    }
}

/// Whether a byte right after a name ends it; else the name goes on.
pub(super) const fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/')
}

/// Markup without the prefix of its names. Between tags there is no `<`.
pub(super) fn unprefixed<'b>(markup: &'b [u8], prefix: &[u8], out: &'b mut Vec<u8>) -> &'b [u8] {
    if prefix.is_empty() {
        return markup;
    }
    out.clear();
    let mut pieces = markup.split(|byte| *byte == b'<');
    out.extend_from_slice(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (begin, name) = match piece {
            [b'/', name @ ..] => (&b"</"[..], name),
            name => (&b"<"[..], name),
        };
        out.extend_from_slice(begin);
        out.extend_from_slice(name.strip_prefix(prefix).unwrap_or(name));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Root, root, unprefixed};

    #[test]
    fn the_first_element_tells_the_prefix() {
        let known = |text: &str| root(text.as_bytes(), b"sst").ok().flatten();
        let plain = Root { prefix: Vec::new(), content: 5, closed: false };
        assert_eq!(known("<sst><si/>"), Some(plain));
        let prefixed = known("\u{FEFF}<?xml version='1.0' encoding='utf-8'?>\n<x:sst a='b'/>");
        let prefixed = prefixed.map(|root| (root.prefix, root.closed));
        assert_eq!(prefixed, Some((b"x:".to_vec(), true)));
        for other in ["<?xml encoding='UTF-16'?><sst>", "<isst>", "<!-- --><sst>", "<x>"] {
            assert!(root(other.as_bytes(), b"sst").is_err(), "{other}");
        }
        assert_eq!(root(b"<sst xmlns=", b"sst"), Ok(None));
    }

    #[test]
    fn only_names_lose_the_prefix() {
        let mut out = Vec::new();
        let text = unprefixed(b"<x:c r=\"A1\"><x:v>x:1</x:v></x:c><y:z/>", b"x:", &mut out);
        assert_eq!(text, b"<c r=\"A1\"><v>x:1</v></c><y:z/>");
        assert_eq!(unprefixed(b"<x:c/>", b"", &mut Vec::new()), b"<x:c/>");
    }
}
