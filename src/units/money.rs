//! Money as an integer: sums are exact and independent of order.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

/// An amount of money in ten-thousandths of the currency unit.
///
/// Columns hold the low 64 bits per row; totals need the 128 bits kept here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i128);

impl Money {
    /// Parts per currency unit.
    pub const SCALE: i64 = 10_000;
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// From ten-thousandths of the currency unit.
    #[must_use]
    pub const fn from_raw(raw: i128) -> Self {
        Self(raw)
    }

    /// From currency units, rounded to the nearest ten-thousandth (halves away from zero).
    /// `None` when the amount is not finite or beyond ±10¹³, which no ledger holds.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "bounded to ±10¹³ on the line above")]
    pub fn from_units(units: f64) -> Option<Self> {
        (units.is_finite() && units.abs() <= 1e13).then(|| Self((units * 10_000.0).round() as i128))
    }

    /// Ten-thousandths of the currency unit.
    #[must_use]
    pub const fn raw(self) -> i128 {
        self.0
    }

    /// Currency units, as the nearest double.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "display and ratios only; sums stay integers")]
    pub fn to_units(self) -> f64 {
        self.0 as f64 / 10_000.0
    }

    /// The part this is of a whole; `None` unless the whole is above zero.
    #[must_use]
    pub fn share_of(self, whole: Self) -> Option<f64> {
        (whole > Self::ZERO).then(|| self.to_units() / whole.to_units())
    }

    /// Whether the amount is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Money {
    /// All four decimals, no separators: `-12.5000`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = i128::from(Self::SCALE);
        let sign = if self.0 < 0 { "-" } else { "" };
        let abs = self.0.unsigned_abs();
        let scale = scale.unsigned_abs();
        write!(f, "{sign}{}.{:04}", abs / scale, abs % scale)
    }
}

impl serde::Serialize for Money {
    /// An exact decimal string, as `"286397.0217"`.
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl schemars::JsonSchema for Money {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Money".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^-?[0-9]+\\.[0-9]{4}$",
            "description": "Currency units with four decimals"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Money;

    #[test]
    fn keeps_four_decimals_exactly() {
        let sum: Money = std::iter::repeat_n(Money::from_units(0.1), 10).flatten().sum();
        assert_eq!(sum, Money::from_raw(10_000));
        assert_eq!(
            Money::from_units(-383.031).map(|m| m.to_string()).as_deref(),
            Some("-383.0310")
        );
        assert_eq!(Money::from_raw(-5).to_string(), "-0.0005");
    }

    #[test]
    fn refuses_what_no_ledger_holds() {
        assert_eq!(Money::from_units(f64::NAN), None);
        assert_eq!(Money::from_units(1e308), None);
    }
}
