//! The unit a heading names: `Wait (min)`, `金額(萬元)`, `Amount, USD`, `時間/分`.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

/// What a unit says of the plain numbers below it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::intake) struct HeadingUnit {
    /// Seconds one of it lasts, for a unit of time.
    pub(in crate::intake) seconds: Option<f64>,
    /// What one of it counts, as ten thousand; 1 where it names none.
    pub(in crate::intake) scale: Option<f64>,
    /// ISO 4217 code.
    pub(in crate::intake) currency: Option<&'static str>,
    /// The unit as it stands in the heading.
    pub(in crate::intake) text: String,
}

/// A word of `units.tsv` and what it adds to a unit.
struct Word {
    word: &'static str,
    what: &'static str,
}

fn words() -> &'static [Word] {
    static WORDS: OnceLock<Vec<Word>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let lines = include_str!("units.tsv").lines().filter_map(|line| line.split_once('\t'));
        let words =
            lines.flat_map(|(what, list)| list.split(" | ").map(move |w| Word { word: w, what }));
        let mut words: Vec<Word> = words.collect();
        // The longest first: 萬元 before 萬.
        words.sort_by_key(|word| std::cmp::Reverse(word.word.len()));
        words
    })
}

/// The unit a heading names.
pub(in crate::intake) fn unit_of(heading: &str) -> Option<HeadingUnit> {
    split(heading).map(|(_, unit)| unit)
}

/// The currency a heading names, as its ISO 4217 code.
#[must_use]
pub fn currency_of(heading: &str) -> Option<&'static str> {
    unit_of(heading)?.currency
}

/// The name before a unit at the end of a heading, and the unit; `None` where it ends in none.
pub(super) fn split(heading: &str) -> Option<(&str, HeadingUnit)> {
    let text = heading.trim();
    let bracket = text.rfind(['(', '[', '（', '【', '［']);
    if let Some(at) = bracket {
        let inside = text.get(at..)?;
        let closed = inside.trim_end_matches([')', ']', '）', '】', '］']);
        let name = text.get(..at)?;
        if closed.len() < inside.len() {
            return parse(closed.trim_start_matches(['(', '[', '（', '【', '［']))
                .map(|unit| (name, unit));
        }
    }
    let at = text.rfind(['/', '／', ',', '，', '_', ' ', '\n'])?;
    let (name, rest) = text.split_at(at);
    let unit = parse(rest.trim_start_matches(['/', '／', ',', '，', '_', ' ', '\n']))?;
    (!name.trim().is_empty()).then_some((name.trim_end_matches([',', '，', '/', ' ']), unit))
}

/// A text of nothing but units, as `千元 NT$`.
fn parse(text: &str) -> Option<HeadingUnit> {
    let plain: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let mut out = HeadingUnit { text: text.trim().to_owned(), ..HeadingUnit::default() };
    let mut rest = plain.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let word = words().iter().find(|word| starts(rest, word.word))?;
        add(&mut out, word.what);
        rest =
            rest.get(word.word.len()..)?.trim_start_matches([' ', '/', '.', ',', ':', '-', '：']);
    }
    Some(out)
}

/// Whether a text begins with a word and not with a longer one in Latin letters.
fn starts(text: &str, word: &str) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let next = text.strip_prefix(word).map(|rest| rest.chars().next());
    next.is_some_and(|next| !(latin(next) && latin(word.chars().next_back())))
}

fn add(unit: &mut HeadingUnit, what: &'static str) {
    match what {
        "second" => unit.seconds = Some(1.0),
        "minute" => unit.seconds = Some(60.0),
        "hour" => unit.seconds = Some(3_600.0),
        "day" => unit.seconds = Some(86_400.0),
        "thousand" => unit.scale = Some(1e3),
        "ten_thousand" => unit.scale = Some(1e4),
        "million" => unit.scale = Some(1e6),
        "hundred_million" => unit.scale = Some(1e8),
        other => unit.currency = other.strip_prefix("currency ").or(unit.currency),
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[track_caller]
    fn reads(heading: &str, name: &str, numbers: (Option<f64>, Option<f64>, Option<&str>)) {
        let found = split(heading).map(|(name, unit)| {
            (name.trim().to_owned(), (unit.seconds, unit.scale, unit.currency))
        });
        assert_eq!(found, Some((name.to_owned(), numbers)), "{heading}");
    }

    #[test]
    fn units_are_read_in_brackets_and_at_the_end() {
        reads("Wait (s)", "Wait", (Some(1.0), None, None));
        reads("時間/分", "時間", (Some(60.0), None, None));
        reads("Talk time [hrs]", "Talk time", (Some(3_600.0), None, None));
        reads("處理時間（天）", "處理時間", (Some(86_400.0), None, None));
        reads("金額(萬元)", "金額", (None, Some(1e4), None));
        reads("金額（新台幣千元）", "金額", (None, Some(1e3), Some("TWD")));
        reads("Amount [USD k]", "Amount", (None, Some(1e3), Some("USD")));
        reads("Amount, USD", "Amount", (None, None, Some("USD")));
        reads("金額(元)", "金額", (None, None, None));
        reads("Sales US$", "Sales", (None, None, Some("USD")));
    }

    #[test]
    fn what_only_looks_like_a_unit_is_none() {
        for heading in
            ["Answered (Y/N)", "Sales (sum)", "Amount", "Order Date", "(k)ey", "Total (net)"]
        {
            assert_eq!(split(heading), None, "{heading}");
        }
    }
}
