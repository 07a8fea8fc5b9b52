//! The form in which words are compared.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Folds a word for comparison: compatibility forms (full width) made plain, lower case, units in
/// brackets, blanks and punctuation taken away. A word of nothing but signs stays as it is.
#[must_use]
pub fn fold(text: &str) -> String {
    let text = text.trim();
    let plain = if text.chars().all(is_plain) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfkc().collect())
    };
    let bare = letters(outside_brackets(&plain), plain.len());
    if !bare.is_empty() {
        return bare;
    }
    let all = letters(plain.chars(), plain.len());
    if all.is_empty() { plain.to_lowercase() } else { all }
}

/// Characters without compatibility forms: most of what three languages write.
const fn is_plain(c: char) -> bool {
    c.is_ascii() || is_han(c)
}

const fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Letters and digits in lower case.
fn letters(text: impl Iterator<Item = char>, bytes: usize) -> String {
    let mut out = String::with_capacity(bytes);
    for c in text {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if is_han(c) {
            out.push(c);
        } else if !c.is_ascii() {
            out.extend(c.to_lowercase().filter(|c| c.is_alphanumeric()));
        }
    }
    out
}

fn outside_brackets(text: &str) -> impl Iterator<Item = char> {
    let mut depth = 0_usize;
    text.chars().filter(move |c| {
        match c {
            '(' | '[' | '{' | '【' | '〔' | '「' => depth += 1,
            ')' | ']' | '}' | '】' | '〕' | '」' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_width_units_and_signs_do_not_count() {
        assert_eq!(fold(" Order_Date "), "orderdate");
        assert_eq!(fold("金額（元）"), "金額");
        assert_eq!(fold("Answered (Y/N)"), "answered");
        assert_eq!(fold("ＩＤ"), "id");
        assert_eq!(fold("(blank)"), "blank");
        assert_eq!(fold("客戶 ID（主）"), "客戶id");
        assert_eq!(fold("ÉTAPE №2 [h]"), "étapeno2");
        assert_eq!(fold(" - "), "-");
        assert_eq!(fold("✓"), "✓");
    }
}
