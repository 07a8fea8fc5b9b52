//! Word files: as much of TOML as words need, because three languages of them are read at every
//! start. Headings, and a quoted word a line; words of several lines stand between three quotes.

use std::borrow::Cow;

/// A word and its dotted key.
pub(super) type Entry = (String, Cow<'static, str>);

/// Adds every word of a text.
///
/// # Errors
/// The first line that is none of the above.
pub(super) fn read(text: &'static str, words: &mut Vec<Entry>) -> Result<(), String> {
    let mut heading = "";
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let failed = || format!("no word stands in: {line}");
        let plain = line.trim();
        rest = if plain.is_empty() || plain.starts_with('#') {
            after
        } else if let Some(name) = plain.strip_prefix('[') {
            heading = name.strip_suffix(']').filter(|name| is_key(name)).ok_or_else(failed)?;
            after
        } else {
            let (key, value) = rest.split_once('=').ok_or_else(failed)?;
            let key = key.strip_suffix(' ').filter(|key| is_key(key)).ok_or_else(failed)?;
            let word = value.strip_prefix(' ').and_then(quoted);
            let (word, after) = word.ok_or_else(failed)?;
            let dot = if heading.is_empty() { "" } else { "." };
            words.push(([heading, dot, key].concat(), word));
            after
        };
    }
    Ok(())
}

fn is_key(name: &str) -> bool {
    let bare = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    name.split('.').all(|part| !part.is_empty() && part.bytes().all(bare))
}

/// A quoted word, and what follows its line.
fn quoted(value: &'static str) -> Option<(Cow<'static, str>, &'static str)> {
    let (body, quote) = match value.strip_prefix("\"\"\"") {
        Some(body) => (body.strip_prefix('\n').unwrap_or(body), "\"\"\""),
        None => (value.strip_prefix('"')?, "\""),
    };
    let end = end(body, quote)?;
    let (word, rest) = (body.get(..end)?, body.get(end + quote.len()..)?);
    let (behind, after) = rest.split_once('\n').unwrap_or((rest, ""));
    let fits = behind.trim().is_empty() && (quote.len() > 1 || !word.contains('\n'));
    Some((unescaped(word)?, after)).filter(|_| fits)
}

/// Where the closing quote stands.
fn end(body: &str, quote: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let rest = body.as_bytes().get(from..)?;
        let at = from + rest.iter().position(|b| matches!(b, b'"' | b'\\'))?;
        let here = body.get(at..)?;
        if here.starts_with(quote) {
            return Some(at);
        }
        from = at + if here.starts_with('\\') { 2 } else { 1 };
    }
}

fn unescaped(word: &'static str) -> Option<Cow<'static, str>> {
    let mut parts = word.split('\\');
    let first = parts.next()?;
    if first.len() == word.len() {
        return Some(Cow::Borrowed(word));
    }
    let mut out = first.to_owned();
    while let Some(part) = parts.next() {
        match part.chars().next() {
            // Two in a row: what follows the second is plain.
            None => out.extend(["\\", parts.next()?]),
            Some('"') => out.push_str(part),
            Some('n') => out.extend(["\n", part.get(1..)?]),
            Some('t') => out.extend(["\t", part.get(1..)?]),
            Some(_) => return None,
        }
    }
    Some(Cow::Owned(out))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::{Entry, read};

    fn words(text: &'static str) -> Result<Vec<Entry>, String> {
        let mut words = Vec::new();
        read(text, &mut words).map(|()| words)
    }

    #[test]
    fn words_stand_under_their_headings() {
        let text = "top = \"\"\n# why\n[a.b-1]\nc = \"x \\\"y\\\" \\\\n\\n\"\nd.e = \"\"\"\ntwo \"\nlines\"\"\"\n";
        let words = words(text).unwrap();
        let words: Vec<_> = words.iter().map(|(key, word)| (key.as_str(), &**word)).collect();
        let c = "x \"y\" \\n\n";
        assert_eq!(words, [("top", ""), ("a.b-1.c", c), ("a.b-1.d.e", "two \"\nlines")]);
    }

    #[test]
    fn what_is_no_word_is_refused() {
        for text in
            ["a = 1", "a = ", "a = \"x", "a = \"x\" y", "a = \"\\q\"", "[a", "a", "a = \"x\ny\""]
        {
            assert!(words(text).is_err(), "{text}");
        }
    }
}
