//! Dates written as text, and the order of day and month in them.

use unicode_normalization::UnicodeNormalization;

use crate::units::Day;

/// The order of day and month where a text leaves it open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::intake) enum Order {
    /// 10/31/2026
    #[default]
    MonthFirst,
    /// 31/10/2026
    DayFirst,
}

/// What a date says of the way its column is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) enum Hint {
    /// Nothing to decide: the year stands first, or the month is a word.
    Plain,
    /// Day and month could be exchanged.
    Open,
    /// Only this order makes it a date.
    Only(Order),
    /// A year of the Republic of China calendar (1912 is year 1).
    Minguo,
}

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) enum NoDate {
    /// It is not written like one.
    Form,
    /// The calendar has no such day.
    Calendar,
}

/// A date read from text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) struct Parsed {
    /// Milliseconds since 1970-01-01 in the file's own zone.
    pub(in crate::intake) millis: i64,
    /// What it says of the column.
    pub(in crate::intake) hint: Hint,
}

const DAY_MS: i64 = 86_400_000;

/// Reads a date, with or without time of day and weekday.
pub(in crate::intake) fn parse(text: &str, order: Order, month_ok: bool) -> Result<Parsed, NoDate> {
    let plain: String = if text.is_ascii() { text.to_owned() } else { text.nfkc().collect() };
    let text = plain.trim();
    let minguo = text.strip_prefix("民國").or_else(|| text.strip_prefix("民国"));
    let (parts, rest) = split(minguo.unwrap_or(text).trim());
    let time = time_of_day(rest).ok_or(NoDate::Form)?;
    let (day, hint) = match parts.as_slice() {
        [Part::Word(month), d, y] | [d, Part::Word(month), y] => named(*month, *d, *y)?,
        [Part::Number(y, digits), m, d] if year_first(*digits, minguo.is_some()) => {
            ymd(*y, *digits, m.number()?, d.number()?, minguo.is_some())?
        }
        [Part::Number(y, digits), m] if month_ok && year_first(*digits, minguo.is_some()) => {
            ymd(*y, *digits, m.number()?, 1, minguo.is_some())?
        }
        [Part::Word(month), y] if month_ok => named(*month, Part::Number(1, 1), *y)?,
        [Part::Number(compact, 8)] => {
            (civil(compact / 10_000, compact / 100 % 100, compact % 100)?, Hint::Plain)
        }
        [Part::Number(compact, 6)] if month_ok => {
            (civil(compact / 100, compact % 100, 1)?, Hint::Plain)
        }
        [Part::Number(a, _), Part::Number(b, _), Part::Number(y, digits)] => {
            open(*a, *b, year(*y, *digits).ok_or(NoDate::Form)?, order)?
        }
        _ => return Err(NoDate::Form),
    };
    Ok(Parsed { millis: i64::from(day.number()) * DAY_MS + time, hint })
}

/// A piece of the date: a number and its digits, or the name of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Number(i32, usize),
    Word(i32),
}

impl Part {
    const fn number(self) -> Result<i32, NoDate> {
        match self {
            Self::Number(n, _) => Ok(n),
            Self::Word(_) => Err(NoDate::Form),
        }
    }
}

/// Up to three pieces of a date at the start of a text, and what follows.
fn split(text: &str) -> (Vec<Part>, &str) {
    let mut parts = Vec::new();
    let mut rest = text;
    while parts.len() < 3 {
        let Some((part, after)) = piece(rest) else { break };
        parts.push(part);
        let next = after.trim_start_matches(['-', '/', '.', '年', '月', ',', ' ']);
        let gap = &after[..after.len() - next.len()];
        rest = after.strip_prefix(['日', '号', '號']).unwrap_or(after);
        let blank_only = !gap.is_empty() && gap.trim().is_empty();
        let named = parts.iter().any(|p| matches!(p, Part::Word(_)));
        let word_next =
            next.starts_with(|c: char| c.is_ascii_alphabetic()) && month(next).is_some();
        if gap.is_empty() || (blank_only && !named && !word_next) {
            break;
        }
        if parts.len() < 3 {
            rest = next;
        }
    }
    (parts, rest)
}

fn piece(text: &str) -> Option<(Part, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return Some((Part::Number(text[..digits].parse().ok()?, digits), &text[digits..]));
    }
    let (number, length) = month(text)?;
    Some((Part::Word(number), &text[length..]))
}

/// The English month a text starts with, and the letters it takes.
fn month(text: &str) -> Option<(i32, usize)> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = text[..letters].to_ascii_lowercase();
    let fits = |name: &&str| word.len() >= 3 && (name.starts_with(&word) || word == "sept");
    let at = (1..).zip(NAMES).find(|(n, name)| fits(name) && (word != "sept" || *n == 9));
    at.map(|(number, _)| (number, letters))
}

const fn year_first(digits: usize, minguo: bool) -> bool {
    digits == 4 || digits == 3 || minguo
}

fn ymd(y: i32, digits: usize, m: i32, d: i32, minguo: bool) -> Result<(Day, Hint), NoDate> {
    if minguo || digits == 3 {
        return Ok((civil(y + 1911, m, d)?, Hint::Minguo));
    }
    Ok((civil(y, m, d)?, Hint::Plain))
}

fn named(month: i32, day: Part, y: Part) -> Result<(Day, Hint), NoDate> {
    let Part::Number(y, digits) = y else { return Err(NoDate::Form) };
    let y = year(y, digits).ok_or(NoDate::Form)?;
    Ok((civil(y, month, day.number()?)?, Hint::Plain))
}

/// A year of four digits, or of two as POSIX reads them: 69–99 are 19xx, 00–68 are 20xx.
const fn year(y: i32, digits: usize) -> Option<i32> {
    match digits {
        4 => Some(y),
        2 if y >= 69 => Some(1900 + y),
        2 => Some(2000 + y),
        _ => None,
    }
}

fn open(a: i32, b: i32, y: i32, order: Order) -> Result<(Day, Hint), NoDate> {
    let hint = match (a > 12, b > 12) {
        (false, true) => Hint::Only(Order::MonthFirst),
        (true, false) => Hint::Only(Order::DayFirst),
        (false, false) if a == b => Hint::Plain,
        (false, false) => Hint::Open,
        (true, true) => return Err(NoDate::Calendar),
    };
    let order = if let Hint::Only(only) = hint { only } else { order };
    let day = if order == Order::MonthFirst { civil(y, a, b)? } else { civil(y, b, a)? };
    Ok((day, hint))
}

fn civil(y: i32, m: i32, d: i32) -> Result<Day, NoDate> {
    if !(1900..=2200).contains(&y) {
        return Err(NoDate::Form);
    }
    let narrow = (i16::try_from(y).ok(), i8::try_from(m).ok(), i8::try_from(d).ok());
    let (Some(y), Some(m), Some(d)) = narrow else { return Err(NoDate::Calendar) };
    Day::from_civil(y, m, d).ok_or(NoDate::Calendar)
}

/// Milliseconds into the day of what follows a date: a time, a weekday, or nothing.
fn time_of_day(text: &str) -> Option<i64> {
    let text = text.trim().trim_start_matches(['T', 't', ',']).trim();
    let (late, text) = noon(text);
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return weekday(text).then_some(0);
    }
    let end =
        text.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(text.len());
    let (clock, after) = text.split_at(end);
    let (late, after) = match late {
        Some(late) => (Some(late), after),
        None => noon(after.trim()),
    };
    let millis = clock_millis(clock, late)?;
    zone_or_weekday(after.trim()).then_some(millis)
}

/// Morning or afternoon, if the text starts with it.
fn noon(text: &str) -> (Option<bool>, &str) {
    const WORDS: [(&str, bool); 8] = [
        ("上午", false),
        ("下午", true),
        ("AM", false),
        ("PM", true),
        ("am", false),
        ("pm", true),
        ("a.m.", false),
        ("p.m.", true),
    ];
    let found = WORDS.iter().find_map(|(w, late)| Some((*late, text.strip_prefix(w)?)));
    found.map_or((None, text), |(late, rest)| (Some(late), rest.trim()))
}

/// Milliseconds of `9:05`, `09:05:07` or `09:05:07.250`.
pub(super) fn clock_millis(clock: &str, late: Option<bool>) -> Option<i64> {
    let mut parts = clock.split(':');
    let hours: i64 = parts.next()?.parse().ok()?;
    let minutes: i64 = parts.next()?.parse().ok()?;
    let seconds: f64 = parts.next().map_or(Ok(0.0), str::parse).ok()?;
    let hours = match late {
        None => hours,
        Some(late) => hours % 12 + if late { 12 } else { 0 },
    };
    let fits = hours < 24 && minutes < 60 && (0.0..60.0).contains(&seconds);
    (fits && parts.next().is_none()).then(|| (hours * 60 + minutes) * 60_000 + seconds_ms(seconds))
}

#[expect(clippy::cast_possible_truncation, reason = "below 60 seconds")]
pub(super) fn seconds_ms(seconds: f64) -> i64 {
    (seconds * 1000.0).round() as i64
}

/// Times stay in the file's own zone, so an offset is read over.
fn zone_or_weekday(text: &str) -> bool {
    let zone = text.strip_prefix(['Z', 'z']).or_else(|| {
        let rest = text.strip_prefix(['+', '-'])?;
        Some(rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':'))
    });
    weekday(zone.unwrap_or(text).trim())
}

/// Whether a text is a weekday or nothing.
fn weekday(text: &str) -> bool {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let text = text.trim_matches(['(', ')', ' ', ',']);
    if text.is_empty() {
        return true;
    }
    let chinese = ["星期", "週", "周", "礼拜", "禮拜"].iter().find_map(|w| text.strip_prefix(w));
    if let Some(rest) = chinese {
        return ["一", "二", "三", "四", "五", "六", "日", "天"].contains(&rest);
    }
    let lower = text.to_ascii_lowercase();
    text.len() <= 9 && DAYS.iter().any(|day| lower.starts_with(day))
        || ["一", "二", "三", "四", "五", "六", "日"].contains(&text)
}

#[cfg(test)]
mod tests {
    use super::{Hint, NoDate, Order, parse};
    use crate::units::Day;

    fn day(text: &str) -> Option<String> {
        let parsed = parse(text, Order::MonthFirst, false).ok()?;
        let number = i32::try_from(parsed.millis.div_euclid(86_400_000)).ok()?;
        Some(Day::from_number(number).to_string())
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        let all = [
            ("2026-10-05", "2026-10-05"),
            ("2026/1/5", "2026-01-05"),
            ("2026年10月5日", "2026-10-05"),
            ("2018-01-01 星期五", "2018-01-01"),
            ("10/31/2026", "2026-10-31"),
            ("8/15/14", "2014-08-15"),
            ("31/10/2026", "2026-10-31"),
            ("115/10/05", "2026-10-05"),
            ("民國115年10月5日", "2026-10-05"),
            ("民國99年1月5日", "2010-01-05"),
            ("5-Oct-2026", "2026-10-05"),
            ("Oct 5, 2026", "2026-10-05"),
            ("5 October 2026", "2026-10-05"),
            ("20261005", "2026-10-05"),
            ("2026.10.05", "2026-10-05"),
            ("２０２６/１０/０５", "2026-10-05"),
            ("2014-01-01 07:21:51", "2014-01-01"),
            ("2026-10-05T12:00:00Z", "2026-10-05"),
            ("29-02-2016 01:16", "2016-02-29"),
            ("2026/10/5 下午 3:20", "2026-10-05"),
            ("3/14/2025 1:20 PM", "2025-03-14"),
            ("2026-10-05 (Mon)", "2026-10-05"),
            ("2026-10-05T12:00:00+08:00", "2026-10-05"),
        ];
        for (text, expected) in all {
            assert_eq!(day(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn impossible_days_are_told_from_other_text() {
        let why = |text| parse(text, Order::MonthFirst, false).err();
        assert_eq!(why("2018-02-29 星期四"), Some(NoDate::Calendar));
        assert_eq!(why("2026/13/05"), Some(NoDate::Calendar));
        assert_eq!(why("31/31/2026"), Some(NoDate::Calendar));
        for text in ["", "soon", "12", "2026", "2026-10", "1/2", "2026-10-05 blue", "12:30", "0"] {
            assert_eq!(why(text), Some(NoDate::Form), "{text}");
        }
    }

    #[test]
    fn times_and_hints_are_kept() {
        let of =
            |text| parse(text, Order::DayFirst, false).map(|p| (p.millis % 86_400_000, p.hint));
        assert_eq!(of("2026-10-05 13:05:07"), Ok((47_107_000, Hint::Plain)));
        assert_eq!(of("3/4/2026 1:20 PM"), Ok((48_000_000, Hint::Open)));
        assert_eq!(of("3/14/2026"), Ok((0, Hint::Only(Order::MonthFirst))));
        assert_eq!(of("115/3/4"), Ok((0, Hint::Minguo)));
        assert_eq!(of("12:00:00 AM"), Err(NoDate::Form));
    }

    #[test]
    fn months_stand_for_their_first_day() {
        let of = |text| parse(text, Order::MonthFirst, true).map(|p| p.millis / 86_400_000);
        let expected = Ok(20_727);
        for text in ["2026-10", "2026/10", "2026年10月", "202610", "Oct-2026", "Oct 2026", "115/10"]
        {
            assert_eq!(of(text), expected, "{text}");
        }
    }
}
