//! One value with its unit. Renderers print it, write it raw, or carry it whole; none parses.

use schemars::JsonSchema;
use serde::Serialize;

use super::Message;
use crate::units::{Day, Money, Month};

/// One value. Floats are finite: what cannot be known is an absent value, not a NaN.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "unit", content = "value", rename_all = "snake_case")]
pub enum Value {
    /// Whole number.
    Count(i64),
    /// Plain number, shown with so many decimals.
    Number {
        /// The number.
        value: f64,
        /// Decimals shown.
        decimals: u8,
    },
    /// Share of one, shown as per cent.
    Share(f64),
    /// Money.
    Money(Money),
    /// Length of time in days.
    Days(f64),
    /// Length of time in milliseconds.
    Duration(i64),
    /// Calendar day.
    Date(Day),
    /// Calendar month.
    Month(Month),
    /// Text from the data: a name, an id. Never translated.
    Text(String),
    /// Words of ours, to be translated.
    Words(Box<Message>),
}

impl Value {
    /// A plain number with decimals; `None` when not finite.
    #[must_use]
    pub fn number(value: f64, decimals: u8) -> Option<Self> {
        value.is_finite().then_some(Self::Number { value, decimals })
    }

    /// A share; `None` when not finite.
    #[must_use]
    pub fn share(value: f64) -> Option<Self> {
        value.is_finite().then_some(Self::Share(value))
    }

    /// The share `part` / `whole`; `None` where the whole is nothing.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    pub fn ratio(part: u64, whole: u64) -> Option<Self> {
        Self::share(part as f64 / whole as f64)
    }

    /// Days; `None` when not finite.
    #[must_use]
    pub fn days(value: f64) -> Option<Self> {
        value.is_finite().then_some(Self::Days(value))
    }

    /// A length of time in milliseconds; `None` when not finite.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "no length of time nears 2^63 ms")]
    pub fn duration(ms: f64) -> Option<Self> {
        ms.is_finite().then(|| Self::Duration(ms.round() as i64))
    }

    /// A count of rows or things.
    #[must_use]
    pub fn count(n: u64) -> Self {
        Self::Count(i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// The value as a double where it is a quantity; money in units, months and days by number.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "drawing and spreadsheets hold doubles")]
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Count(n) | Self::Duration(n) => Some(*n as f64),
            Self::Number { value, .. } | Self::Share(value) | Self::Days(value) => Some(*value),
            Self::Money(money) => Some(money.to_units()),
            Self::Date(day) => Some(f64::from(day.number())),
            Self::Month(month) => Some(f64::from(month.number())),
            Self::Text(_) | Self::Words(_) => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Self::Count(n)
    }
}
impl From<u64> for Value {
    fn from(n: u64) -> Self {
        Self::count(n)
    }
}
impl From<usize> for Value {
    fn from(n: usize) -> Self {
        Self::Count(i64::try_from(n).unwrap_or(i64::MAX))
    }
}
impl From<Money> for Value {
    fn from(money: Money) -> Self {
        Self::Money(money)
    }
}
impl From<Day> for Value {
    fn from(day: Day) -> Self {
        Self::Date(day)
    }
}
impl From<Month> for Value {
    fn from(month: Month) -> Self {
        Self::Month(month)
    }
}
impl From<Message> for Value {
    fn from(message: Message) -> Self {
        Self::Words(Box::new(message))
    }
}
