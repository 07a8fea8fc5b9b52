//! Numbers written as text.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::Habit;
use crate::settings::DecimalMark;

/// A number read from text, and what it says of the decimal mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::intake) struct Parsed {
    /// The number; percentages as shares of one.
    pub(in crate::intake) value: f64,
    /// What its marks say.
    pub(in crate::intake) mark: Said,
}

/// What the marks of one number say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::intake) enum Said {
    /// It has none.
    #[default]
    Nothing,
    /// This must be the decimal mark.
    Proven(DecimalMark),
    /// `1.234` or `1,234`: this one either parts decimals or thousands.
    Open(DecimalMark),
}

/// Reads a number: thousands separators, currency signs, percent, full-width digits, and minus as
/// a sign in front, behind, or as brackets. Digits of other scripts are no digits here.
pub(in crate::intake) fn parse(text: &str, habit: Habit<DecimalMark>) -> Option<Parsed> {
    let plain: Cow<'_, str> =
        if text.is_ascii() { text.into() } else { text.nfkc().map(plain_sign).collect() };
    let (body, dress) = undressed(plain.trim())?;
    let mark = said(body);
    let decimal = match mark {
        Said::Proven(proven) if !habit.is_declared() => proven,
        _ => habit.way(),
    };
    let value = ungrouped(body, decimal)?.parse::<f64>().ok()?;
    let value = if dress.percent { value / 100.0 } else { value };
    Some(Parsed { value: if dress.minus == Some(true) { -value } else { value }, mark })
}

fn plain_sign(c: char) -> char {
    match c {
        '−' | '–' | '—' | '﹣' => '-',
        '’' | '‘' => '\'',
        other => other,
    }
}

/// What stood around the digits.
#[derive(Clone, Copy, Debug, Default)]
struct Dress {
    /// Its sign, and whether that is a minus.
    minus: Option<bool>,
    percent: bool,
    currency: bool,
}

/// Takes off sign, brackets, currency and percent, each once.
fn undressed(text: &str) -> Option<(&str, Dress)> {
    let mut dress = Dress::default();
    let mut rest = text;
    while let Some(inner) = take_off(rest, &mut dress) {
        rest = inner.trim();
    }
    let starts = rest.trim_start_matches(['.', ',']);
    (rest.len() <= starts.len() + 1 && starts.starts_with(|c: char| c.is_ascii_digit()))
        .then_some((rest, dress))
}

/// One layer less; `None` where there is none or it stood twice.
fn take_off<'t>(text: &'t str, dress: &mut Dress) -> Option<&'t str> {
    let brackets = || text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    let minus = || text.strip_prefix('-').or_else(|| text.strip_suffix('-'));
    if dress.minus.is_none() {
        let negative = brackets().or_else(minus);
        if let Some(inner) = negative.or_else(|| text.strip_prefix('+')) {
            dress.minus = Some(negative.is_some());
            return Some(inner);
        }
    }
    if let Some(inner) = text.strip_suffix('%').filter(|_| !dress.percent) {
        dress.percent = true;
        return Some(inner);
    }
    let inner = without_currency(text).filter(|_| !dress.currency)?;
    dress.currency = true;
    Some(inner)
}

/// The text without its currency in front or behind, where it has one.
fn without_currency(text: &str) -> Option<&str> {
    const SIGNS: [&str; 17] = [
        "NT$",
        "US$",
        "HK$",
        "A$",
        "C$",
        "S$",
        "$",
        "¥",
        "€",
        "£",
        "₩",
        "元",
        "圓",
        "円",
        "新台幣",
        "新臺幣",
        "人民币",
    ];
    const CODES: [&str; 14] = [
        "NTD", "TWD", "USD", "CNY", "RMB", "EUR", "GBP", "JPY", "HKD", "SGD", "AUD", "CAD", "CHF",
        "KRW",
    ];
    let front = |sign: &&str| {
        let head = text.get(..sign.len())?;
        head.eq_ignore_ascii_case(sign).then(|| text.get(sign.len()..))?
    };
    let behind = |sign: &&str| {
        let at = text.len().checked_sub(sign.len())?;
        text.get(at..)?.eq_ignore_ascii_case(sign).then(|| text.get(..at))?
    };
    let all = || SIGNS.iter().chain(&CODES);
    all().find_map(front).or_else(|| all().find_map(behind))
}

/// Which mark must be the decimal one: the later of two different ones, or the only one where it
/// cannot separate thousands.
fn said(body: &str) -> Said {
    let (point, comma) = (body.rfind('.'), body.rfind(','));
    let only = |mark, sign: char, at| match body.matches(sign).count() {
        1 if lone(body, at) => Said::Proven(mark),
        1 => Said::Open(mark),
        _ => Said::Proven(other(mark)),
    };
    match (point, comma) {
        (Some(p), Some(c)) => {
            Said::Proven(if p > c { DecimalMark::Point } else { DecimalMark::Comma })
        }
        (Some(p), None) => only(DecimalMark::Point, '.', p),
        (None, Some(c)) => only(DecimalMark::Comma, ',', c),
        (None, None) => Said::Nothing,
    }
}

/// The mark that is not this one.
pub(in crate::intake) const fn other(mark: DecimalMark) -> DecimalMark {
    match mark {
        DecimalMark::Point => DecimalMark::Comma,
        DecimalMark::Comma => DecimalMark::Point,
    }
}

/// Whether a single mark cannot separate thousands.
fn lone(body: &str, at: usize) -> bool {
    let after = body.bytes().skip(at + 1).take_while(u8::is_ascii_digit).count();
    let ends = at + 1 + after == body.len();
    after != 3 || !ends || at == 0 || at > 3 || body.starts_with('0')
}

/// The digits with a decimal point and no separators; `None` where groups are not thousands.
fn ungrouped(body: &str, mark: DecimalMark) -> Option<String> {
    let (decimal, group) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let (whole, fraction) = body.split_once(decimal).unwrap_or((body, ""));
    let separator = whole.chars().find(|c| [group, ' ', '\''].contains(c));
    let mut groups = separator.map_or(vec![whole], |s| whole.split(s).collect()).into_iter();
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if first.is_empty() || first.len() > 3 || group.len() != 3 {
            return None;
        }
        digits += group;
    }
    let number = if fraction.is_empty() { digits } else { format!("{digits}.{fraction}") };
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-');
    number.chars().all(plain).then_some(number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{DecimalMark, Habit, Said, parse};

    const POINT: Habit<DecimalMark> = Habit::Assumed(DecimalMark::Point);

    fn value(text: &str) -> Option<f64> {
        parse(text, POINT).map(|p| p.value)
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let all = [
            ("1,234.5", 1234.5),
            ("1,234.50", 1234.5),
            ("1.234,50", 1234.5),
            ("NT$1,234", 1234.0),
            ("nt$ 1,234", 1234.0),
            ("$1,000.00", 1000.0),
            ("１２３", 123.0),
            ("１，２３４．５", 1234.5),
            ("12%", 0.12),
            ("１２％", 0.12),
            ("(5.00)", -5.0),
            ("($5.00)", -5.0),
            ("$(5.00)", -5.0),
            ("（5）", -5.0),
            ("100-", -100.0),
            ("-$3", -3.0),
            ("$-3", -3.0),
            ("-12.5 %", -0.125),
            ("+7", 7.0),
            ("¥ 12", 12.0),
            ("￥12", 12.0),
            ("£9", 9.0),
            ("1.234,50 €", 1234.5),
            ("EUR 1.234,50", 1234.5),
            ("5 TWD", 5.0),
            ("CNY5", 5.0),
            ("usd 5", 5.0),
            ("RMB 5", 5.0),
            ("300元", 300.0),
            ("新台幣 300", 300.0),
            ("1 234 567", 1_234_567.0),
            ("1\u{a0}234,5", 1234.5),
            ("1\u{202f}234", 1234.0),
            ("1\u{2009}234", 1234.0),
            ("1'234.5", 1234.5),
            ("1’234", 1234.0),
            ("1.5e3", 1500.0),
            ("1.234E+3", 1234.0),
            (".5", 0.5),
            (",5", 0.5),
            ("45,06", 45.06),
            ("1,234", 1234.0),
            ("0,123", 0.123),
            ("1,234,567", 1_234_567.0),
            ("1.234.567", 1_234_567.0),
            ("−7", -7.0),
            ("0.125", 0.125),
            ("007", 7.0),
        ];
        for (text, expected) in all {
            assert_eq!(value(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_stays_none() {
        let all = [
            "",
            "abc",
            "12abc",
            "NaN",
            "inf",
            "1,23,4",
            "-",
            "12-34",
            "1/2",
            "٣٤",
            "--5",
            "-(5)",
            "5%%",
            "$$5",
            "1,234 567",
            "1'234,567'890",
            "1.2.3",
            "12 34",
            "5 apples",
            "1.2萬",
            "()",
            "..5",
            "½",
            "五",
            "1_000",
            "0x1F",
            "5-10",
            "$",
            "%",
            "1,2,3.4,5",
        ];
        for text in all {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn the_decimal_mark_is_proven_open_or_declared() {
        let said = |text| parse(text, POINT).map(|p| p.mark);
        assert_eq!(said("45,06"), Some(Said::Proven(DecimalMark::Comma)));
        assert_eq!(said("1,234"), Some(Said::Open(DecimalMark::Comma)));
        assert_eq!(said("1.234"), Some(Said::Open(DecimalMark::Point)));
        assert_eq!(said("12.5"), Some(Said::Proven(DecimalMark::Point)));
        assert_eq!(said("1.234.567"), Some(Said::Proven(DecimalMark::Comma)));
        assert_eq!(said("12"), Some(Said::Nothing));
        let of = |text, habit| parse(text, habit).map(|p| p.value);
        assert_eq!(of("20,992", Habit::Assumed(DecimalMark::Comma)), Some(20.992));
        assert_eq!(of("12.5", Habit::Assumed(DecimalMark::Comma)), Some(12.5));
        assert_eq!(of("12.5", Habit::Declared(DecimalMark::Comma)), None);
        assert_eq!(of("1.234", Habit::Declared(DecimalMark::Comma)), Some(1234.0));
        assert_eq!(of("45,06", Habit::Declared(DecimalMark::Point)), None);
    }

    /// A number of cents as a locale writes it.
    fn written(cents: i64, group: &str, decimal: &str) -> String {
        let digits = (cents.abs() / 100).to_string();
        let at = |i: usize| i > 0 && (digits.len() - i).is_multiple_of(3);
        let whole = digits.char_indices().fold(String::new(), |mut out, (i, c)| {
            if at(i) {
                out += group;
            }
            out.push(c);
            out
        });
        format!("{}{whole}{decimal}{:02}", if cents < 0 { "-" } else { "" }, cents.abs() % 100)
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>(), comma in any::<bool>()) {
            let mark = if comma { DecimalMark::Comma } else { DecimalMark::Point };
            parse(&text, Habit::Declared(mark));
            parse(&text, Habit::Assumed(mark));
        }

        #[test]
        fn nearly_numbers_are_survived(text in "[-+(),.' %$€元0-9e]{0,12}") {
            let read = parse(&text, POINT);
            prop_assert!(read.is_none_or(|p| !p.value.is_nan()));
        }

        #[test]
        fn what_a_locale_writes_is_read_back(cents in -1_000_000_000_000_i64..1_000_000_000_000) {
            #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
            let expected = cents as f64 / 100.0;
            for (group, decimal) in [(",", "."), (".", ","), (" ", ","), ("'", "."), ("", ".")] {
                let text = written(cents, group, decimal);
                prop_assert_eq!(value(&text), Some(expected), "{}", text);
            }
        }
    }
}
