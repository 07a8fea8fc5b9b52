//! Calendar days and months as integers. Calendar arithmetic is jiff's.

use std::fmt;

use jiff::civil::Date;

/// A calendar day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// A calendar month, counted from January of year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

const EPOCH: Date = Date::constant(1970, 1, 1);

impl Day {
    /// Stands where nothing is dated: 0001-01-01.
    pub const UNDATED: Self = Self(-719_162);

    /// From a count of days since 1970-01-01.
    #[must_use]
    pub const fn from_number(days: i32) -> Self {
        Self(days)
    }

    /// From a civil date; `None` where the calendar has no such day.
    #[must_use]
    pub fn from_civil(year: i16, month: i8, day: i8) -> Option<Self> {
        let date = Date::new(year, month, day).ok()?;
        let span = date.since((jiff::Unit::Day, EPOCH)).ok()?;
        Some(Self(span.get_days()))
    }

    /// Parses `2026-10-31`.
    #[must_use]
    pub fn parse_iso(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        let day = parts.next()?.parse().ok()?;
        Self::from_civil(year, month, day)
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The day `days` later (earlier where negative), saturating.
    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Days from `earlier` to `self`.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// Year, month (1–12) and day of the month. Days outside the calendar give its nearest end.
    #[must_use]
    pub fn civil(self) -> (i16, i8, i8) {
        let date =
            EPOCH.saturating_add(jiff::Span::new().days(self.0.clamp(-4_000_000, 2_900_000)));
        (date.year(), date.month(), date.day())
    }

    /// The month this day lies in.
    #[must_use]
    pub fn month(self) -> Month {
        let (year, month, _) = self.civil();
        Month(i32::from(year) * 12 + i32::from(month) - 1)
    }

    /// ISO weekday, Monday 1 … Sunday 7.
    #[must_use]
    pub const fn weekday(self) -> i32 {
        (self.0 + 3).rem_euclid(7) + 1
    }
}

impl Month {
    /// From year and month (1–12).
    #[must_use]
    pub const fn new(year: i16, month: i8) -> Self {
        Self(year as i32 * 12 + month as i32 - 1)
    }

    /// From a count of months since January of year 0.
    #[must_use]
    pub const fn from_number(months: i32) -> Self {
        Self(months)
    }

    /// Months since January of year 0.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// Parses `2026-10`.
    #[must_use]
    pub fn parse_iso(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let month: i8 = month.parse().ok()?;
        (1..=12).contains(&month).then_some(())?;
        Some(Self::new(year.parse().ok()?, month))
    }

    /// The month `months` later.
    #[must_use]
    pub const fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// Year and month (1–12).
    #[must_use]
    pub fn civil(self) -> (i16, i8) {
        let year = i16::try_from(self.0.div_euclid(12)).unwrap_or(i16::MAX);
        let month = i8::try_from(self.0.rem_euclid(12) + 1).unwrap_or(1);
        (year, month)
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Day {
        let (year, month) = self.civil();
        Day::from_civil(year, month, 1).unwrap_or(Day(0))
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Day {
        self.plus(1).first_day().plus(-1)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = self.civil();
        write!(f, "{year:04}-{month:02}")
    }
}

macro_rules! as_text {
    ($type:ident, $pattern:literal, $about:literal) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"type": "string", "pattern": $pattern, "description": $about})
            }
        }
    };
}
as_text!(Day, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "A calendar day, ISO 8601");
as_text!(Month, "^[0-9]{4}-[0-9]{2}$", "A calendar month, ISO 8601");

#[cfg(test)]
mod tests {
    use super::{Day, Month};

    #[test]
    fn days_and_months_agree_with_the_calendar() {
        assert_eq!(Day::from_civil(1970, 1, 1), Some(Day(0)));
        assert_eq!(Day::from_civil(2018, 2, 29), None);
        let leap = Day::from_civil(2024, 2, 29).map(|d| (d.to_string(), d.month().last_day() == d));
        assert_eq!(leap, Some(("2024-02-29".to_owned(), true)));
        assert_eq!(Month::new(2025, 12).plus(1), Month::new(2026, 1));
        assert_eq!(Day::from_civil(2026, 11, 22).map(Day::weekday), Some(7));
    }
}
