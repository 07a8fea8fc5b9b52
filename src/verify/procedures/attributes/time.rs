//! Time stamps of event logs.

/// Minutes since 1 January 1970 of a time stamp in ISO 8601: `2024-03-01T08:00`, with or without
/// seconds, their fraction, and an offset; a day alone is its midnight. `None` for anything else.
pub(super) fn minutes(text: &str) -> Option<f64> {
    let (day, rest) = text.trim().split_at_checked(10)?;
    let day = days(day)? * 1440.0;
    if rest.is_empty() {
        return Some(day);
    }
    let time = rest.strip_prefix(['T', 't', ' '])?;
    let cut = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (time, offset) = time.split_at_checked(cut)?;
    Some(day + clock(time)? - self::offset(offset)?)
}

/// Days of the civil calendar since 1 January 1970, by H. Hinnant's algorithm.
fn days(text: &str) -> Option<f64> {
    let mut parts = text.split('-');
    let mut next = || parts.next().and_then(digits);
    let (year, month, day) = (next()?, next()?, next()?);
    if parts.next().is_some() || !(1..=12).contains(&month) || day < 1 || day > last(year, month) {
        return None;
    }
    // The year begins in March, so that the leap day is its last.
    let year = if month > 2 { year } else { year - 1 };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(f64::from(era * 146_097 + day_of_era - 719_468))
}

fn last(year: i32, month: i32) -> i32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Minutes after midnight of `08:00`, `08:00:30` or `08:00:30.5`.
fn clock(text: &str) -> Option<f64> {
    let mut parts = text.split(':');
    let (hour, minute) = (parts.next().and_then(digits)?, parts.next().and_then(digits)?);
    let seconds: f64 = parts.next().map_or(Some(0.0), |seconds| {
        let plain = seconds.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        seconds.parse().ok().filter(|_| plain)
    })?;
    let fine = hour <= 24 && minute < 60 && seconds < 61.0 && parts.next().is_none();
    fine.then(|| f64::from(hour * 60 + minute) + seconds / 60.0)
}

/// Minutes ahead of UTC of an empty text, `Z`, `+08:00` or `-0330`.
fn offset(text: &str) -> Option<f64> {
    let sign = match text.chars().next() {
        None | Some('Z' | 'z') => return (text.len() < 2).then_some(0.0),
        Some('-') => -1.0,
        Some(_) => 1.0,
    };
    let plain: String = text.chars().skip(1).filter(|c| *c != ':').collect();
    let (hours, rest) = plain.split_at_checked(2)?;
    let minutes = if rest.is_empty() { 0 } else { digits(rest)? };
    Some(sign * f64::from(digits(hours)? * 60 + minutes))
}

fn digits(text: &str) -> Option<i32> {
    let plain = !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn days_are_counted_across_leap_days_and_years() {
        assert_eq!(minutes("1970-01-01T00:00"), Some(0.0));
        assert_eq!(minutes("2024-03-01T08:00"), Some(1_709_280_000.0 / 60.0));
        let between = |a, b| minutes(b).zip(minutes(a)).map(|(b, a)| b - a);
        assert_eq!(between("2024-02-28T23:00", "2024-03-01T01:00"), Some(26.0 * 60.0));
        assert_eq!(between("2023-02-28T23:00", "2023-03-01T01:00"), Some(120.0));
        assert_eq!(between("1999-12-31", "2000-01-01"), Some(1440.0));
        assert_eq!(between("2000-02-28", "2000-03-01"), Some(2880.0));
    }

    #[test]
    fn seconds_and_offsets_are_read() {
        let day = minutes("2024-03-01").unwrap_or_default();
        assert_eq!(minutes("2024-03-01 08:00:30"), Some(day + 480.5));
        assert_eq!(minutes("2024-03-01T08:00:15.0Z"), Some(day + 480.25));
        assert_eq!(minutes("2024-03-01T08:00+08:00"), Some(day));
        assert_eq!(minutes("2024-02-29T20:30:00-0330"), Some(day));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        let bad = [
            "2023-02-29",
            "2024-13-01",
            "2024-3-1",
            "2024-03-01T8",
            "2024-03-01T25:00",
            "yesterday",
            "2024-03-01T08:61",
            "2024-03-01X08:00",
            "2024-03-01T08:00Zulu",
            "２０２４-03-01",
            "",
        ];
        assert!(bad.iter().all(|text| minutes(text).is_none()));
    }
}
