//! Numbers, money and dates as a reader of the language writes them.
//!
//! All three languages group thousands by commas and write a decimal point; what differs (order
//! of a date, names of units) stands in the word files.

use super::voice::Voice;
use crate::report::Value;
use crate::units::{Day, Money, Month, Period};

/// What is printed where a figure cannot be known.
pub(super) const UNKNOWN: &str = "–";

/// Decimals shared by values that stand together: a column, or a figure and its interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digits {
    /// Decimals of per cents.
    pub(super) share: u8,
    /// Decimals of money.
    pub(super) money: u8,
}

impl Digits {
    /// Enough decimals to tell the values apart from zero, and no more than they deserve.
    pub(super) fn of<'v>(values: impl IntoIterator<Item = &'v Value>) -> Self {
        let mut share = 0.0_f64;
        let mut money = Money::ZERO;
        let mut whole = true;
        for value in values {
            match value {
                Value::Share(s) => share = share.max(s.abs()),
                Value::Money(m) => {
                    money = money.max(if m.is_negative() { -*m } else { *m });
                    whole &= m.raw() % i128::from(Money::SCALE) == 0;
                }
                _ => {}
            }
        }
        let coarse = whole || money.to_units() >= 1000.0;
        Self { share: tiny_share(share), money: if coarse { 0 } else { 2 } }
    }

    /// With the decimals a share earns from its interval: one at ±1 point, two at ±0.1.
    pub(super) fn within(self, low: Option<&Value>, high: Option<&Value>) -> Self {
        let (Some(Value::Share(low)), Some(Value::Share(high))) = (low, high) else {
            return self;
        };
        let half = (high - low).abs() * 50.0;
        let steps = [(3.2, 0), (0.32, 1), (0.032, 2), (0.0032, 3)];
        let found = steps.iter().find(|(width, _)| half >= *width);
        let share =
            if half > 0.0 { found.map_or(4, |(_, decimals)| *decimals) } else { self.share };
        Self { share, ..self }
    }
}

fn tiny_share(largest: f64) -> u8 {
    match largest {
        s if s >= 0.005 || s <= 0.0 => 1,
        s if s >= 0.0005 => 2,
        s if s >= 0.000_05 => 3,
        _ => 4,
    }
}

/// A number that is above zero but would print as zero is said to be below the last place.
fn small(value: f64, decimals: u8) -> String {
    let place = 10f64.powi(-i32::from(decimals));
    if value > 0.0 && value < place / 2.0 && decimals > 0 {
        return format!("<{}", number(place, decimals));
    }
    number(value, decimals)
}

/// A number with so many decimals and commas between thousands; never `-0`.
pub(super) fn number(value: f64, decimals: u8) -> String {
    if !value.is_finite() {
        return UNKNOWN.to_owned();
    }
    grouped(&format!("{value:.*}", usize::from(decimals)))
}

/// A whole number with commas between thousands.
pub(super) fn integer(n: i64) -> String {
    grouped(&n.to_string())
}

/// A share of one as per cent.
pub(super) fn percent(share: f64, decimals: u8) -> String {
    if !share.is_finite() {
        return UNKNOWN.to_owned();
    }
    number(share * 100.0, decimals) + "%"
}

fn grouped(plain: &str) -> String {
    let digits = plain.trim_start_matches('-');
    let negative = digits.len() < plain.len() && digits.contains(|c| ('1'..='9').contains(&c));
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut out = String::from(if negative { "−" } else { "" });
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
}

impl Voice<'_> {
    /// A value alone.
    pub(super) fn value(&self, value: &Value) -> String {
        self.show(value, Digits::of([value]))
    }

    /// A value, or the sign for one that cannot be known.
    pub(super) fn option(&self, value: Option<&Value>) -> String {
        value.map_or_else(|| UNKNOWN.to_owned(), |value| self.value(value))
    }

    /// A value with the decimals of its company.
    pub(super) fn show(&self, value: &Value, digits: Digits) -> String {
        match value {
            Value::Count(n) => integer(*n),
            Value::Number { value, decimals } => small(*value, *decimals),
            Value::Share(share) => percent(*share, digits.share),
            Value::Money(money) => self.money(*money, digits.money),
            Value::Days(days) => self.days(*days),
            Value::Duration(ms) => self.duration(*ms),
            Value::Date(day) => self.day(*day),
            Value::Month(month) => self.month(*month),
            Value::Text(text) => text.clone(),
            Value::Words(message) => self.say(message),
        }
    }

    /// A difference with its sign; of shares in percentage points.
    pub(super) fn signed(&self, value: &Value) -> String {
        let text = match value {
            Value::Share(share) => self.fill("format.points", &[("n", number(share * 100.0, 1))]),
            other => self.value(other),
        };
        let rises = value.as_f64().is_some_and(|x| x > 0.0);
        if rises { format!("+{text}") } else { text }
    }

    fn money(&self, money: Money, decimals: u8) -> String {
        let text = number(money.to_units(), decimals);
        let Some(code) = self.currency else { return text };
        let symbol = self.catalog.get(&format!("currency.{code}"));
        let symbol = symbol.map_or_else(|| format!("{code} "), str::to_owned);
        match text.strip_prefix('−') {
            Some(amount) => format!("−{symbol}{amount}"),
            None => symbol + &text,
        }
    }

    fn days(&self, days: f64) -> String {
        let decimals = u8::from(days.fract() != 0.0);
        self.fill("format.days", &[("n", number(days, decimals))])
    }

    #[expect(clippy::cast_precision_loss, reason = "a length of time shown with one decimal")]
    fn duration(&self, ms: i64) -> String {
        let seconds = ms as f64 / 1000.0;
        let (unit, size, decimals) = match seconds.abs() {
            s if s < 60.0 => ("format.seconds", 1.0, 0),
            s if s < 3600.0 => ("format.minutes", 60.0, 0),
            s if s < 172_800.0 => ("format.hours", 3600.0, 1),
            _ => ("format.days", 86_400.0, 1),
        };
        self.fill(unit, &[("n", number(seconds / size, decimals))])
    }

    /// A calendar day.
    pub(super) fn day(&self, day: Day) -> String {
        if day == Day::UNDATED {
            return self.word("format.undated");
        }
        let (year, month, date) = day.civil();
        let month = self.catalog.word(&format!("month.{month}"));
        let args = [("year", year.to_string()), ("month", month), ("day", date.to_string())];
        self.fill("format.date", &args)
    }

    /// A calendar month.
    pub(super) fn month(&self, month: Month) -> String {
        let (year, month) = month.civil();
        let month = self.catalog.word(&format!("month.{month}"));
        self.fill("format.month", &[("year", year.to_string()), ("month", month)])
    }

    /// A period: by months where it is made of whole ones, else by days.
    pub(super) fn period(&self, period: Period) -> String {
        let (first, last) = (period.from.month(), period.to.month());
        let whole = period.from == first.first_day() && period.to == last.last_day();
        let (from, to) = if whole {
            (self.month(first), self.month(last))
        } else {
            (self.day(period.from), self.day(period.to))
        };
        if from == to { from } else { self.fill("format.span", &[("from", from), ("to", to)]) }
    }
}
