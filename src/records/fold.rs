//! The form in which words are compared.

use unicode_normalization::UnicodeNormalization;

/// Folds a word for comparison: compatibility forms (full width) made plain, lower case, units in
/// brackets, blanks and punctuation taken away. A word of nothing but signs stays as it is.
#[must_use]
pub fn fold(text: &str) -> String {
    let text = text.trim();
    let plain = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.nfkc().flat_map(char::to_lowercase).collect()
    };
    let bare = letters(&without_brackets(&plain));
    if !bare.is_empty() {
        return bare;
    }
    let all = letters(&plain);
    if all.is_empty() { plain } else { all }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' | '{' | '【' | '〔' | '「' => depth += 1,
            ')' | ']' | '}' | '】' | '〕' | '」' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
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
        assert_eq!(fold(" - "), "-");
        assert_eq!(fold("✓"), "✓");
    }
}
