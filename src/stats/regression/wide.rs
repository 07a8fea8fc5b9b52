//! Numbers of twice a double's precision, about 32 digits, as the unevaluated sum of two doubles.
//!
//! Least squares on nearly dependent columns loses as many digits as the columns share; carrying
//! 32 leaves all that the data hold. Source: T. Dekker, Numerische Mathematik 18 (1971); D. Knuth,
//! The Art of Computer Programming 2, § 4.2.2.

use std::iter::Sum;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// The sum of a double and what it lacks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Wide {
    high: f64,
    low: f64,
}

impl Wide {
    pub(super) const ZERO: Self = Self { high: 0.0, low: 0.0 };

    pub(super) const fn new(value: f64) -> Self {
        Self { high: value, low: 0.0 }
    }

    /// The nearest double.
    pub(super) const fn value(self) -> f64 {
        self.high
    }

    /// `base` to the `exponent`.
    pub(super) fn power(base: f64, exponent: u32) -> Self {
        (0..exponent).fold(Self::new(1.0), |product, _| product * Self::new(base))
    }

    /// The square root; 0 of what is not positive.
    pub(super) fn sqrt(self) -> Self {
        if self.high <= 0.0 {
            return Self::ZERO;
        }
        let root = Self::new(self.high.sqrt());
        // One Newton step doubles the digits.
        root + (self - root * root) / (root + root)
    }

    fn of_sum(a: f64, b: f64) -> Self {
        let high = a + b;
        let b_kept = high - a;
        Self { high, low: (a - (high - b_kept)) + (b - b_kept) }
    }

    fn of_product(a: f64, b: f64) -> Self {
        let high = a * b;
        let ((a1, a2), (b1, b2)) = (halves(a), halves(b));
        Self { high, low: a2 * b2 - (((high - a1 * b1) - a2 * b1) - a1 * b2) }
    }

    /// The same sum with `low` less than half a unit of `high`.
    fn settled(high: f64, low: f64) -> Self {
        let sum = high + low;
        Self { high: sum, low: low - (sum - high) }
    }
}

/// The upper and lower 26 bits.
fn halves(a: f64) -> (f64, f64) {
    const SPLITTER: f64 = 134_217_729.0;
    let shifted = SPLITTER * a;
    let upper = shifted - (shifted - a);
    (upper, a - upper)
}

impl Add for Wide {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let (s, t) = (Self::of_sum(self.high, other.high), Self::of_sum(self.low, other.low));
        let first = Self::settled(s.high, s.low + t.high);
        Self::settled(first.high, first.low + t.low)
    }
}

impl Neg for Wide {
    type Output = Self;
    fn neg(self) -> Self {
        Self { high: -self.high, low: -self.low }
    }
}

impl Sub for Wide {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Wide {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let p = Self::of_product(self.high, other.high);
        Self::settled(p.high, p.low + (self.high * other.low + self.low * other.high))
    }
}

impl Div for Wide {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let first = self.high / other.high;
        let rest = self - other * Self::new(first);
        let second = rest.high / other.high;
        let rest = rest - other * Self::new(second);
        Self::settled(first, second) + Self::new(rest.high / other.high)
    }
}

impl Sum for Wide {
    fn sum<I: Iterator<Item = Self>>(terms: I) -> Self {
        terms.fold(Self::ZERO, Add::add)
    }
}

/// Σ a b over the entries both have.
pub(super) fn dot(a: &[Wide], b: &[Wide]) -> Wide {
    a.iter().zip(b).map(|(a, b)| *a * *b).sum()
}

#[cfg(test)]
mod tests {
    use super::Wide;
    use proptest::prelude::*;

    #[test]
    fn a_third_and_a_root_hold_thirty_digits() {
        let one = Wide::new(1.0);
        let third = one / Wide::new(3.0);
        assert!((third + third + third - one).value().abs() < 1e-31);
        let root = Wide::new(2.0).sqrt();
        assert!((root * root - Wide::new(2.0)).value().abs() < 1e-30);
        assert_eq!(Wide::new(-1.0).sqrt(), Wide::ZERO);
        assert!((Wide::power(10.0, 22) - Wide::new(1e22)).value().abs() < 1.0);
    }

    proptest! {
        #[test]
        fn what_is_added_can_be_taken_away(a in -1e20..1e20_f64, b in -1.0..1.0_f64) {
            let sum = Wide::new(a) + Wide::new(b);
            prop_assert!(((sum - Wide::new(a)).value() - b).abs() <= 1e-11 * b.abs());
        }

        #[test]
        fn division_undoes_multiplication(a in -1e9..1e9_f64, b in 1e-9..1e9_f64) {
            let back = Wide::new(a) * Wide::new(b) / Wide::new(b) - Wide::new(a);
            prop_assert!(back.value().abs() <= 1e-30 * a.abs());
        }
    }
}
