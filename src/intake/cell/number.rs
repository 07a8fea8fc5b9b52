//! Numbers written as text.

use unicode_normalization::UnicodeNormalization;

/// A number read from text, and what it says of the decimal mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::intake) struct Parsed {
    /// The number; percentages as shares of one.
    pub(in crate::intake) value: f64,
    /// Which mark the text proves to be the decimal one, if any.
    pub(in crate::intake) mark: Option<Mark>,
}

/// A decimal mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) enum Mark {
    /// 1,234.5
    Point,
    /// 1.234,5
    Comma,
}

/// Reads a number: thousands separators, currency signs, percent, full-width digits, and minus as
/// a sign in front, behind, or as brackets. `mark` is the decimal mark where the text proves none.
pub(in crate::intake) fn parse(text: &str, mark: Mark) -> Option<Parsed> {
    let plain: String =
        if text.is_ascii() { text.to_owned() } else { text.nfkc().map(plain_sign).collect() };
    let (body, negative, scale) = strip(plain.trim())?;
    let proven = proof(body);
    let digits = ungrouped(body, proven.unwrap_or(mark))?;
    let value = digits.parse::<f64>().ok()? * scale;
    Some(Parsed { value: if negative { -value } else { value }, mark: proven })
}

fn plain_sign(c: char) -> char {
    match c {
        '−' | '–' | '—' | '﹣' => '-',
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        other => other,
    }
}

/// Takes off sign, brackets, currency and percent.
fn strip(text: &str) -> Option<(&str, bool, f64)> {
    let mut rest = text.trim();
    let mut negative = false;
    let mut scale = 1.0;
    loop {
        let before = rest;
        rest = without_currency(rest).trim();
        if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
            (negative, rest) = (true, inner.trim());
        } else if let Some(inner) = rest.strip_prefix('-') {
            (negative, rest) = (!negative, inner.trim());
        } else if let Some(inner) = rest.strip_prefix('+') {
            rest = inner.trim();
        } else if let Some(inner) = rest.strip_suffix('-') {
            (negative, rest) = (!negative, inner.trim());
        } else if let Some(inner) = rest.strip_suffix('%') {
            (scale, rest) = (scale / 100.0, inner.trim());
        }
        if rest == before {
            break;
        }
    }
    rest.starts_with(|c: char| c.is_ascii_digit() || c == '.').then_some((rest, negative, scale))
}

fn without_currency(text: &str) -> &str {
    const SIGNS: [&str; 21] = [
        "NT$", "US$", "HK$", "A$", "C$", "S$", "NTD", "TWD", "USD", "CNY", "RMB", "EUR", "GBP",
        "JPY", "HKD", "$", "¥", "€", "£", "元", "圓",
    ];
    let front = SIGNS.iter().find_map(|sign| text.strip_prefix(sign));
    let text = front.unwrap_or(text);
    SIGNS.iter().find_map(|sign| text.strip_suffix(sign)).unwrap_or(text)
}

/// Which mark must be the decimal one: the later of two different ones, or the only one where it
/// cannot separate thousands.
fn proof(body: &str) -> Option<Mark> {
    let (point, comma) = (body.rfind('.'), body.rfind(','));
    match (point, comma) {
        (Some(p), Some(c)) => Some(if p > c { Mark::Point } else { Mark::Comma }),
        (Some(_), None) if body.matches('.').count() > 1 => Some(Mark::Comma),
        (None, Some(_)) if body.matches(',').count() > 1 => Some(Mark::Point),
        (Some(p), None) => lone(body, p).then_some(Mark::Point),
        (None, Some(c)) => lone(body, c).then_some(Mark::Comma),
        (None, None) => None,
    }
}

/// Whether a single mark cannot separate thousands.
fn lone(body: &str, at: usize) -> bool {
    let after = body[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
    after != 3 || at == 0 || at > 3 || body.starts_with('0')
}

/// The digits with a decimal point and no separators; `None` where groups are not thousands.
fn ungrouped(body: &str, mark: Mark) -> Option<String> {
    let (decimal, group) = match mark {
        Mark::Point => ('.', ','),
        Mark::Comma => (',', '.'),
    };
    let (whole, fraction) = body.split_once(decimal).unwrap_or((body, ""));
    let separator = |c: char| c == group || c == ' ' || c == '\'';
    let groups: Vec<&str> = whole.split(separator).collect();
    let thousands = groups.iter().skip(1).all(|g| g.len() == 3);
    if groups.len() > 1
        && (!thousands || groups.first().is_none_or(|g| g.is_empty() || g.len() > 3))
    {
        return None;
    }
    let digits = groups.concat();
    let number = if fraction.is_empty() { digits } else { format!("{digits}.{fraction}") };
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-');
    number.chars().all(plain).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::{Mark, parse};

    fn value(text: &str) -> Option<f64> {
        parse(text, Mark::Point).map(|p| p.value)
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let all = [
            ("1,234.5", 1234.5),
            ("NT$1,234", 1234.0),
            ("$1,000.00", 1000.0),
            ("１２３", 123.0),
            ("12%", 0.12),
            ("(5.00)", -5.0),
            ("100-", -100.0),
            ("-$3", -3.0),
            ("¥ 12", 12.0),
            ("1 234 567", 1_234_567.0),
            ("1.5e3", 1500.0),
            (".5", 0.5),
            ("45,06", 45.06),
            ("1.234,5", 1234.5),
            ("1,234", 1234.0),
            ("0,123", 0.123),
            ("1,234,567", 1_234_567.0),
            ("300元", 300.0),
            ("−7", -7.0),
            ("0.125", 0.125),
        ];
        for (text, expected) in all {
            assert_eq!(value(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_stays_none() {
        for text in ["", "abc", "12abc", "NaN", "inf", "1,23,4", "-", "12-34", "1/2", "٣"] {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn the_decimal_mark_is_proven_or_assumed() {
        let mark = |text| parse(text, Mark::Point).and_then(|p| p.mark);
        assert_eq!(mark("45,06"), Some(Mark::Comma));
        assert_eq!(mark("1,234"), None);
        assert_eq!(mark("12.5"), Some(Mark::Point));
        assert_eq!(parse("20,992", Mark::Comma).map(|p| p.value), Some(20.992));
    }
}
