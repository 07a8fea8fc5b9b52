//! Lengths of time written as text.

use super::clock::seconds_ms;

/// The unit of a plain number in a column of durations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::intake) enum Unit {
    /// Seconds; numbers below one are shares of a day, as spreadsheets keep times.
    #[default]
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days.
    Days,
}

impl Unit {
    /// The unit that lasts so many seconds.
    pub(in crate::intake) fn of_seconds(seconds: f64) -> Self {
        match seconds {
            x if x >= 86_400.0 => Self::Days,
            x if x >= 3_600.0 => Self::Hours,
            x if x >= 60.0 => Self::Minutes,
            _ => Self::Seconds,
        }
    }

    /// The unit a heading names.
    pub(in crate::intake) fn of_heading(heading: &str) -> Self {
        let lower = heading.to_lowercase();
        let words = latin_words(heading);
        let names = |latin: &[&str], signs: &[&str]| {
            words.iter().any(|word| latin.contains(&word.as_str()))
                || signs.iter().any(|sign| lower.contains(sign))
        };
        if names(&["second", "seconds", "sec", "secs"], &["秒", "(s)"]) {
            Self::Seconds
        } else if names(&["minute", "minutes", "min", "mins"], &["分"]) {
            Self::Minutes
        } else if names(&["hour", "hours", "hr", "hrs"], &["(h)", "小時", "小时", "時數"]) {
            Self::Hours
        } else {
            Self::Seconds
        }
    }

    /// Milliseconds of a plain number.
    #[expect(clippy::cast_possible_truncation, reason = "bounded on the line above")]
    pub(super) fn millis(self, x: f64) -> Option<i64> {
        let per = match self {
            Self::Seconds if x > 0.0 && x < 1.0 => 86_400_000.0,
            Self::Seconds => 1000.0,
            Self::Minutes => 60_000.0,
            Self::Hours => 3_600_000.0,
            Self::Days => 86_400_000.0,
        };
        (x.is_finite() && (x * per).abs() < 1e15).then(|| (x * per).round() as i64)
    }
}

/// The words in Latin letters of a heading, in lower case; `TalkMinutes` has two.
fn latin_words(heading: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in heading.chars() {
        let rises = before.is_ascii_lowercase() && c.is_ascii_uppercase();
        if rises || !c.is_ascii_alphabetic() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_ascii_alphabetic()) {
            word.push(c.to_ascii_lowercase());
        }
        before = c;
    }
    words
}

/// Milliseconds of `1:02:03`, `02:23` (minutes and seconds) or `PT1H2M3S`.
pub(super) fn parse(text: &str) -> Option<i64> {
    if let Some(iso) = text.strip_prefix('P') {
        return iso_millis(iso);
    }
    let parts: Vec<&str> = text.split(':').collect();
    let whole = |part: &str| part.parse::<u32>().ok().map(i64::from);
    let seconds = |part: &str| {
        let seconds: f64 = part.parse().ok()?;
        (0.0..60.0).contains(&seconds).then(|| seconds_ms(seconds))
    };
    match parts.as_slice() {
        [m, s] => Some(whole(m)? * 60_000 + seconds(s)?),
        [h, m, s] if whole(m)? < 60 => {
            Some(whole(h)? * 3_600_000 + whole(m)? * 60_000 + seconds(s)?)
        }
        _ => None,
    }
}

/// Milliseconds of an ISO 8601 duration after its `P`, days to seconds.
fn iso_millis(text: &str) -> Option<i64> {
    let mut total = 0.0;
    let mut number = String::new();
    let mut time = false;
    for c in text.chars() {
        let per = match c {
            'T' if number.is_empty() => {
                time = true;
                continue;
            }
            '0'..='9' | '.' => {
                number.push(c);
                continue;
            }
            'D' if !time => 86_400.0,
            'H' if time => 3_600.0,
            'M' if time => 60.0,
            'S' if time => 1.0,
            _ => return None,
        };
        total += number.parse::<f64>().ok()? * per;
        number.clear();
    }
    (number.is_empty() && total < 1e12).then(|| seconds_ms(total))
}

#[cfg(test)]
mod tests {
    use super::{Unit, parse};

    #[test]
    fn lengths_of_time_are_read() {
        assert_eq!(parse("0:02:23"), Some(143_000));
        assert_eq!(parse("26:30:00"), Some(95_400_000));
        assert_eq!(parse("02:23"), Some(143_000));
        assert_eq!(parse("PT26H30M00S"), Some(95_400_000));
        assert_eq!(parse("P1DT0.5S"), Some(86_400_500));
        assert_eq!(parse("1:99:00"), None);
        assert_eq!(parse("long"), None);
    }

    #[test]
    fn plain_numbers_take_the_unit_of_the_heading() {
        assert_eq!(Unit::of_heading("Talk time (min)").millis(1.5), Some(90_000));
        assert_eq!(Unit::of_heading("AvgTalkDuration").millis(143.0), Some(143_000));
        assert_eq!(Unit::of_heading("通話時間").millis(0.001), Some(86_400));
        assert_eq!(Unit::Seconds.millis(f64::NAN), None);
    }

    #[test]
    fn only_whole_words_are_units() {
        for heading in ["Administration time", "Determined", "Minimum wait", "Secretary", "Shourt"]
        {
            assert_eq!(Unit::of_heading(heading), Unit::Seconds, "{heading}");
        }
        for heading in ["Mins. on hold", "TalkMinutes", "MIN talk", "5min steps", "通話分鐘數"]
        {
            assert_eq!(Unit::of_heading(heading), Unit::Minutes, "{heading}");
        }
        for heading in ["Hours open", "open_hrs_total", "處理小時數"] {
            assert_eq!(Unit::of_heading(heading), Unit::Hours, "{heading}");
        }
        assert_eq!(Unit::of_heading("Secretary minutes worked"), Unit::Minutes);
    }
}
