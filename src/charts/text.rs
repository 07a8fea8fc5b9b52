//! Words in a drawing: how wide they are, where they break, and how they are escaped. Fonts are
//! the reader's, so widths are estimates that err on the wide side.

use unicode_width::UnicodeWidthChar;

use super::theme::FONT;

const ELLIPSIS: char = '…';

/// Estimated width in px at the body size.
pub(super) fn width(text: &str) -> f64 {
    text.chars().map(advance).sum::<f64>() * FONT
}

/// Advance of one character in em, after the common sans-serif faces.
fn advance(c: char) -> f64 {
    match (c.width().unwrap_or(0), c) {
        (0, _) => 0.0,
        (2.., _) | (_, '…' | 'm' | 'w' | 'M' | 'W' | '@' | '%' | '−') => 1.0,
        (_, 'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | '\u{a0}') => {
            0.33
        }
        (_, 'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '-' | '/' | '\u{202f}') => 0.42,
        (_, 'A'..='Z') => 0.72,
        _ => 0.62,
    }
}

/// The text, shortened with an ellipsis where it is wider than `room` px.
pub(super) fn fit(text: &str, room: f64) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = FONT;
    for c in text.chars() {
        used += advance(c) * FONT;
        if used > room {
            break;
        }
        kept.push(c);
    }
    let mut kept = kept.trim_end().to_owned();
    kept.push(ELLIPSIS);
    kept
}

/// The text in at most `lines` lines of `room` px: broken at spaces and beside Han characters,
/// the last line shortened where the rest does not fit.
pub(super) fn wrap(text: &str, room: f64, lines: usize) -> Vec<String> {
    let mut done: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let cut = if done.len() + 1 < lines { line_end(rest, room) } else { rest.len() };
        let (line, tail) = rest.split_at_checked(cut).unwrap_or((rest, ""));
        done.push(fit(line.trim(), room));
        rest = tail.trim();
    }
    done
}

/// Byte at which the first line ends.
fn line_end(text: &str, room: f64) -> usize {
    let mut used = 0.0;
    let mut cut = 0;
    let mut wide_before = false;
    for (at, c) in text.char_indices() {
        let wide = c.width() == Some(2);
        if at > 0 && (c == ' ' || (wide || wide_before) && !closes(c)) {
            cut = at;
        }
        used += advance(c) * FONT;
        if used > room {
            return if cut > 0 { cut } else { text.len() };
        }
        wide_before = wide;
    }
    text.len()
}

/// Punctuation that must not begin a line.
fn closes(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '）' | '」' | '』' | '》' | '？' | '！' | '%')
}

/// Appends the text as XML character data, fit for attributes too. Characters XML 1.0 does not
/// allow become spaces.
pub(super) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => out.push(' '),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_han_character_is_one_em() {
        assert!((width("品質") - 2.0 * FONT).abs() < 1e-9);
        assert!(width("quality") < 7.0 * FONT * 0.7);
    }

    #[test]
    fn long_names_wrap_then_end_in_an_ellipsis() {
        assert_eq!(wrap("Incoming inspection", 70.0, 2), ["Incoming", "inspection"]);
        assert_eq!(wrap("進料檢驗與包裝作業", 62.0, 2), ["進料檢驗與", "包裝作業"]);
        assert_eq!(wrap("Incoming inspection of everything", 70.0, 2).len(), 2);
        assert!(wrap("Incoming inspection of all", 70.0, 2).concat().ends_with('…'));
        assert!(wrap("", 70.0, 2).is_empty());
    }

    #[test]
    fn markup_and_forbidden_characters_are_escaped() {
        let mut out = String::new();
        escape("a<b>&\"c\"\u{1}\u{ffff}", &mut out);
        assert_eq!(out, "a&lt;b&gt;&amp;&quot;c&quot;  ");
    }
}
