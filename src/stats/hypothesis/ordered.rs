//! The kth smallest of very many pairwise figures, without listing them.

use crate::stats::{Bounds, count};

/// All pairwise figures f(i, j) of two sorted lists, known by how many lie at or below a value.
pub(super) struct Pairs<F: Fn(f64) -> usize> {
    size: usize,
    at_or_below: F,
}

/// The m n differences xᵢ − yⱼ.
pub(super) fn differences(first: &[f64], second: &[f64]) -> Pairs<impl Fn(f64) -> usize> {
    let (x, y) = (sorted(first), sorted(second));
    let size = x.len() * y.len();
    let at_or_below = move |value: f64| {
        // As x grows, fewer y are small enough to bring the difference above the value.
        let mut from = 0;
        let mut counted = 0;
        for x in &x {
            while y.get(from).is_some_and(|y| x - y > value) {
                from += 1;
            }
            counted += y.len() - from;
        }
        counted
    };
    Pairs { size, at_or_below }
}

/// The n (n + 1) / 2 means of two values, a value with itself included (Walsh averages).
pub(super) fn walsh_averages(values: &[f64]) -> Pairs<impl Fn(f64) -> usize> {
    let x = sorted(values);
    let size = x.len() * (x.len() + 1) / 2;
    let at_or_below = move |value: f64| {
        let mut upto = x.len();
        let mut counted = 0;
        for (i, low) in x.iter().enumerate() {
            while upto > i && x.get(upto - 1).is_some_and(|high| f64::midpoint(*low, *high) > value)
            {
                upto -= 1;
            }
            if upto <= i {
                break;
            }
            counted += upto - i;
        }
        counted
    };
    Pairs { size, at_or_below }
}

impl<F: Fn(f64) -> usize> Pairs<F> {
    /// The `k`th smallest figure, from 1: the least double with k figures at or below it, found
    /// by halving the range of doubles.
    fn smallest(&self, k: usize) -> f64 {
        let (mut low, mut high) = (key(f64::NEG_INFINITY), key(f64::INFINITY));
        while low < high {
            let middle = low + (high - low) / 2;
            if (self.at_or_below)(unkey(middle)) >= k {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        unkey(low)
    }

    /// The median figure.
    pub(super) fn median(&self) -> f64 {
        let upper = self.smallest(self.size / 2 + 1);
        if self.size % 2 == 1 {
            return upper;
        }
        f64::midpoint(self.smallest(self.size / 2), upper)
    }

    /// The `k`th smallest and `k`th largest figure; `None` where k < 1 or beyond the middle.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "k is a whole number between 1 and the count of figures"
    )]
    pub(super) fn between(&self, k: f64) -> Option<Bounds> {
        if !(k >= 1.0 && 2.0 * k <= count(self.size) + 1.0) {
            return None;
        }
        let k = k as usize;
        Some(Bounds { low: self.smallest(k), high: self.smallest(self.size + 1 - k) })
    }
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// Doubles as whole numbers in the same order.
fn key(x: f64) -> u64 {
    let bits = x.to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

fn unkey(key: u64) -> f64 {
    f64::from_bits(if key >> 63 == 1 { key & !(1 << 63) } else { !key })
}

#[cfg(test)]
mod tests {
    use super::{differences, walsh_averages};
    use proptest::prelude::*;

    fn middle(mut all: Vec<f64>) -> f64 {
        all.sort_by(f64::total_cmp);
        let n = all.len();
        if n % 2 == 1 { all[n / 2] } else { f64::midpoint(all[n / 2 - 1], all[n / 2]) }
    }

    proptest! {
        #[test]
        fn selecting_agrees_with_listing(
            x in prop::collection::vec(-9.0..9.0_f64, 1..12),
            y in prop::collection::vec(-9.0..9.0_f64, 1..12),
        ) {
            let all = x.iter().flat_map(|x| y.iter().map(move |y| x - y)).collect();
            let got = differences(&x, &y).median();
            prop_assert_eq!(got.to_bits(), (middle(all) + 0.0).to_bits());
            let pairs = (0..x.len()).flat_map(|i| (i..x.len()).map(move |j| (i, j)));
            let all = pairs.map(|(i, j)| f64::midpoint(x[i], x[j])).collect();
            prop_assert_eq!(walsh_averages(&x).median().to_bits(), (middle(all) + 0.0).to_bits());
        }
    }

    #[test]
    fn ends_are_counted_from_both_sides() {
        let pairs = differences(&[1.0, 2.0, 4.0], &[0.0]);
        assert_eq!(pairs.between(1.0).map(|b| (b.low, b.high)), Some((1.0, 4.0)));
        assert_eq!(pairs.between(2.0).map(|b| (b.low, b.high)), Some((2.0, 2.0)));
        assert!(pairs.between(0.0).is_none() && pairs.between(3.0).is_none());
    }
}
