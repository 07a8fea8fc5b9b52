//! Dates written as text, and the order of day and month in them.

use unicode_normalization::UnicodeNormalization;

use super::Habit;
use super::clock::{Zone, time_of_day, weekday};
use crate::settings::DateOrder;
use crate::units::Day;

/// What a date says of the way its column is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) enum Hint {
    /// Nothing to decide: the year stands first, or the month is a word.
    Plain,
    /// Day and month could be exchanged.
    Open,
    /// Only this order makes it a date.
    Only(DateOrder),
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
    /// The zone its time of day names.
    pub(in crate::intake) zone: Zone,
}

const DAY_MS: i64 = 86_400_000;

/// Reads a date, with or without time of day and weekday.
///
/// The clock is kept as written: an offset beside it is told, and not added.
pub(in crate::intake) fn parse(
    text: &str,
    order: Habit<DateOrder>,
    month_ok: bool,
) -> Result<Parsed, NoDate> {
    let plain: String = if text.is_ascii() { text.to_owned() } else { text.nfkc().collect() };
    let text = without_weekday(plain.trim());
    let minguo = text.strip_prefix("民國").or_else(|| text.strip_prefix("民国"));
    let (parts, rest) = split(minguo.unwrap_or(text).trim());
    let (time, zone) = time_of_day(rest).ok_or(NoDate::Form)?;
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
        [Part::Number(compact, 7)] => {
            ymd(compact / 10_000, 3, compact / 100 % 100, compact % 100, true)?
        }
        [Part::Number(compact, 6)] if month_ok => {
            (civil(compact / 100, compact % 100, 1)?, Hint::Plain)
        }
        [Part::Number(y, digits), Part::Number(m, _), Part::Number(d, _)]
            if order.way() == DateOrder::Ymd =>
        {
            (civil(year(*y, *digits).ok_or(NoDate::Form)?, *m, *d)?, Hint::Plain)
        }
        [Part::Number(a, _), Part::Number(b, _), Part::Number(y, digits)] => {
            open(*a, *b, year(*y, *digits).ok_or(NoDate::Form)?, order)?
        }
        _ => return Err(NoDate::Form),
    };
    Ok(Parsed { millis: i64::from(day.number()) * DAY_MS + time, hint, zone })
}

/// The text behind a weekday in front, as Excel's long dates have one.
fn without_weekday(text: &str) -> &str {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = text.split_at(letters);
    if word.len() >= 3 && weekday(word) { rest.trim_start_matches([',', '.', ' ']) } else { text }
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

fn open(a: i32, b: i32, y: i32, order: Habit<DateOrder>) -> Result<(Day, Hint), NoDate> {
    if let Habit::Declared(order) = order {
        return Ok((ordered(a, b, y, order)?, Hint::Plain));
    }
    let hint = match (a > 12, b > 12) {
        (false, true) => Hint::Only(DateOrder::Mdy),
        (true, false) => Hint::Only(DateOrder::Dmy),
        (false, false) if a == b => Hint::Plain,
        (false, false) => Hint::Open,
        (true, true) => return Err(NoDate::Calendar),
    };
    let order = if let Hint::Only(only) = hint { only } else { order.way() };
    Ok((ordered(a, b, y, order)?, hint))
}

fn ordered(a: i32, b: i32, y: i32, order: DateOrder) -> Result<Day, NoDate> {
    if order == DateOrder::Mdy { civil(y, a, b) } else { civil(y, b, a) }
}

fn civil(y: i32, m: i32, d: i32) -> Result<Day, NoDate> {
    if !(1900..=2200).contains(&y) {
        return Err(NoDate::Form);
    }
    let narrow = (i16::try_from(y).ok(), i8::try_from(m).ok(), i8::try_from(d).ok());
    let (Some(y), Some(m), Some(d)) = narrow else { return Err(NoDate::Calendar) };
    Day::from_civil(y, m, d).ok_or(NoDate::Calendar)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::clock::Zone;
    use super::{DateOrder, Habit, Hint, NoDate, parse};
    use crate::units::Day;

    const MONTH_FIRST: Habit<DateOrder> = Habit::Assumed(DateOrder::Mdy);

    fn day(text: &str) -> Option<String> {
        let parsed = parse(text, MONTH_FIRST, false).ok()?;
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
            ("2026-10-05T23:30:00-0500", "2026-10-05"),
            ("2026-10-05 08:00 UTC", "2026-10-05"),
            ("20261005T083000Z", "2026-10-05"),
            ("民國113年5月2日", "2024-05-02"),
            ("113/05/02", "2024-05-02"),
            ("113.5.2", "2024-05-02"),
            ("113年5月2日", "2024-05-02"),
            ("1130502", "2024-05-02"),
            ("2024年5月2日", "2024-05-02"),
            ("２０２４年５月２日", "2024-05-02"),
            ("2024/5/2 上午 9:05", "2024-05-02"),
            ("2024年5月2日 15時20分", "2024-05-02"),
            ("5/2/69", "1969-05-02"),
            ("5/2/68", "2068-05-02"),
            ("Thursday, May 2, 2024", "2024-05-02"),
            ("2-Sept-24", "2024-09-02"),
        ];
        for (text, expected) in all {
            assert_eq!(day(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn impossible_days_are_told_from_other_text() {
        let why = |text| parse(text, MONTH_FIRST, false).err();
        assert_eq!(why("2018-02-29 星期四"), Some(NoDate::Calendar));
        assert_eq!(why("2026/13/05"), Some(NoDate::Calendar));
        assert_eq!(why("31/31/2026"), Some(NoDate::Calendar));
        for text in ["2024-02-30", "113/02/30", "20240230", "1130230", "2024年4月31日", "0/5/2024"]
        {
            assert_eq!(why(text), Some(NoDate::Calendar), "{text}");
        }
        let form = [
            "",
            "soon",
            "12",
            "2026",
            "2026-10",
            "1/2",
            "2026-10-05 blue",
            "12:30",
            "0",
            "٢٠٢٦-١٠-٠٥",
            "2026-10-05 25:00",
            "99999999999999999999",
            "5月2日",
            "2026-10-05T12:00+99:00",
        ];
        for text in form {
            assert_eq!(why(text), Some(NoDate::Form), "{text}");
        }
    }

    #[test]
    fn times_and_hints_are_kept() {
        let of = |text| {
            parse(text, Habit::Assumed(DateOrder::Dmy), false)
                .map(|p| (p.millis % 86_400_000, p.hint))
        };
        assert_eq!(of("2026-10-05 13:05:07"), Ok((47_107_000, Hint::Plain)));
        assert_eq!(of("3/4/2026 1:20 PM"), Ok((48_000_000, Hint::Open)));
        assert_eq!(of("3/14/2026"), Ok((0, Hint::Only(DateOrder::Mdy))));
        assert_eq!(of("115/3/4"), Ok((0, Hint::Minguo)));
        assert_eq!(of("12:00:00 AM"), Err(NoDate::Form));
    }

    #[test]
    fn a_declared_order_binds() {
        let of = |text, order| {
            let millis = parse(text, Habit::Declared(order), false).map(|p| p.millis)?;
            Ok(Day::from_number(i32::try_from(millis / 86_400_000).unwrap_or(0)).to_string())
        };
        assert_eq!(of("03/04/2026", DateOrder::Dmy).as_deref(), Ok("2026-04-03"));
        assert_eq!(of("03/04/2026", DateOrder::Mdy).as_deref(), Ok("2026-03-04"));
        assert_eq!(of("26/10/05", DateOrder::Ymd).as_deref(), Ok("2026-10-05"));
        assert_eq!(of("2026/10/05", DateOrder::Dmy).as_deref(), Ok("2026-10-05"));
        assert_eq!(of("10/31/2026", DateOrder::Dmy), Err(NoDate::Calendar));
    }

    #[test]
    fn offsets_are_told_and_not_added() {
        let of = |text| parse(text, MONTH_FIRST, false).map(|p| (p.millis % 86_400_000, p.zone));
        let noon = 43_200_000;
        assert_eq!(of("2026-10-05T12:00:00Z"), Ok((noon, Zone::Offset(0))));
        assert_eq!(of("2026-10-05T12:00:00.000+08:00"), Ok((noon, Zone::Offset(480))));
        assert_eq!(of("2026-10-05 12:00 -0330"), Ok((noon, Zone::Offset(-210))));
        assert_eq!(of("2026-10-05 12:00"), Ok((noon, Zone::Unsaid)));
        assert_eq!(of("2026-10-05"), Ok((0, Zone::NoTime)));
    }

    #[test]
    fn months_stand_for_their_first_day() {
        let of = |text| parse(text, MONTH_FIRST, true).map(|p| p.millis / 86_400_000);
        let expected = Ok(20_727);
        for text in ["2026-10", "2026/10", "2026年10月", "202610", "Oct-2026", "Oct 2026", "115/10"]
        {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>(), nearly in "[-0-9/:.年月日T +Z民國下午]{0,24}") {
            for order in [DateOrder::Mdy, DateOrder::Dmy, DateOrder::Ymd] {
                for text in [&text, &nearly] {
                    let _ = parse(text, Habit::Declared(order), true);
                    let _ = parse(text, Habit::Assumed(order), false);
                }
            }
        }

        #[test]
        fn what_is_written_is_read_back(number in 0..80_000_i32) {
            let iso = Day::from_number(number).to_string();
            let (y, m, d) = (&iso[..4], &iso[5..7], &iso[8..]);
            let roc = y.parse::<i32>().map_or(0, |y| y - 1911);
            let mut texts = vec![
                iso.clone(),
                format!("{y}{m}{d}"),
                format!("{y}年{m}月{d}日"),
                format!("{m}/{d}/{y}"),
                format!("{iso}T23:59:59Z"),
                format!("民國{roc}年{m}月{d}日 下午 11:59"),
            ];
            texts.extend((roc >= 100).then(|| format!("{roc}/{m}/{d}")));
            for text in texts {
                prop_assert_eq!(day(&text), Some(iso.clone()), "{}", text);
            }
        }
    }
}
