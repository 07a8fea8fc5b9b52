//! Sentences with gaps.
//!
//! `{name}` is replaced by the argument; `{name:row|rows}` by the first word where the argument
//! reads `1`, by the second otherwise. A gap without its argument stays as it stands, so braces
//! of a formula survive and a forgotten argument can be seen.

/// Fills the gaps of a sentence.
pub(super) fn fill(sentence: &str, arg: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(sentence.len() + 32);
    let mut rest = sentence;
    while let Some((before, gap, after)) = next_gap(rest) {
        out.push_str(before);
        match filled(gap, &arg) {
            Some(text) => out.push_str(&text),
            None => out.extend(["{", gap, "}"]),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The names of the gaps of a sentence, in order of appearance.
#[cfg(test)]
pub(super) fn gaps(sentence: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = sentence;
    while let Some((_, gap, after)) = next_gap(rest) {
        out.push(gap.split(':').next().unwrap_or(gap));
        rest = after;
    }
    out
}

fn next_gap(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (gap, after) = rest.split_once('}')?;
    Some((before, gap, after))
}

fn filled(gap: &str, arg: &impl Fn(&str) -> Option<String>) -> Option<String> {
    let Some((name, forms)) = gap.split_once(':') else {
        return arg(gap);
    };
    let (one, many) = forms.split_once('|')?;
    Some(if arg(name)? == "1" { one } else { many }.to_owned())
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn gaps_are_filled_plurals_chosen_and_unknown_names_kept() {
        let args = |name: &str| match name {
            "n" => Some("1".to_owned()),
            "m" => Some("12".to_owned()),
            _ => None,
        };
        assert_eq!(fill("{n} {n:row|rows}, {m} {m:row|rows}", args), "1 row, 12 rows");
        assert_eq!(fill("{x} and {", args), "{x} and {");
    }
}
