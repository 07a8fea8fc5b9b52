//! Times of day written as text, and their zones.

use std::borrow::Cow;

/// The zone a time of day names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::intake) enum Zone {
    /// There is no time of day.
    #[default]
    NoTime,
    /// It names none.
    Unsaid,
    /// Minutes ahead of UTC.
    Offset(i16),
}

/// Milliseconds into the day of what follows a date, and its zone: a time, a weekday, or nothing.
pub(super) fn time_of_day(text: &str) -> Option<(i64, Zone)> {
    let text = text.trim().trim_start_matches(['T', 't', ',']).trim();
    let (late, text) = noon(text);
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return weekday(text).then_some((0, Zone::NoTime));
    }
    let sign = |c: char| {
        !c.is_ascii_digit() && ![':', '.', '時', '时', '點', '点', '分', '秒'].contains(&c)
    };
    let (clock, after) = text.split_at(text.find(sign).unwrap_or(text.len()));
    let (late, after) = match late {
        Some(late) => (Some(late), after),
        None => noon(after.trim()),
    };
    let millis = clock_millis(&plain_clock(clock), late)?;
    Some((millis, zone(after.trim())?))
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
    let written: i64 = parts.next()?.parse().ok()?;
    let minutes: i64 = parts.next()?.parse().ok()?;
    let seconds: f64 = parts.next().map_or(Ok(0.0), str::parse).ok()?;
    let hours = match late {
        None => written,
        Some(late) => written % 12 + if late { 12 } else { 0 },
    };
    let fits = written < 24 && minutes < 60 && (0.0..60.0).contains(&seconds);
    (fits && parts.next().is_none()).then(|| (hours * 60 + minutes) * 60_000 + seconds_ms(seconds))
}

#[expect(clippy::cast_possible_truncation, reason = "below 60 seconds")]
pub(super) fn seconds_ms(seconds: f64) -> i64 {
    (seconds * 1000.0).round() as i64
}

/// `15時20分30秒`, `15:20` and the compact `152030` with colons.
fn plain_clock(clock: &str) -> Cow<'_, str> {
    if clock.is_ascii() {
        return match (clock.len(), clock.get(..2), clock.get(2..4), clock.get(4..)) {
            (6, Some(h), Some(m), Some(s)) if !clock.contains([':', '.']) => {
                format!("{h}:{m}:{s}").into()
            }
            _ => clock.into(),
        };
    }
    let colons = clock.replace(['時', '时', '點', '点', '分'], ":");
    let bare = colons.trim_end_matches(['秒', ':']);
    if bare.contains(':') { bare.to_owned().into() } else { format!("{bare}:00").into() }
}

/// The zone named behind a time, where nothing but it and a weekday follow.
fn zone(text: &str) -> Option<Zone> {
    let utc = ["Z", "z", "UTC", "GMT"].iter().find_map(|name| text.strip_prefix(name));
    let text = utc.unwrap_or(text);
    let (offset, rest) =
        match text.strip_prefix('+').map(|r| (1, r)).or(text.strip_prefix('-').map(|r| (-1, r))) {
            Some((sign, digits)) => offset(sign, digits)?,
            None => (utc.map_or(Zone::Unsaid, |_| Zone::Offset(0)), text),
        };
    weekday(rest.trim()).then_some(offset)
}

/// `08:00`, `0800` or `8`.
fn offset(sign: i16, text: &str) -> Option<(Zone, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at(2),
        None => (digits, "0"),
    };
    let (hours, minutes): (i16, i16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let known = hours <= 14 && minutes < 60;
    known.then_some((Zone::Offset(sign * (hours * 60 + minutes)), rest))
}

/// Whether a text is a weekday or nothing.
pub(super) fn weekday(text: &str) -> bool {
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
