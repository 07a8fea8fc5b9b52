//! Random draws with the same bytes on every machine.
//!
//! Only additions, multiplications, divisions and comparisons are used: the platform's `ln` and
//! `exp` may differ in the last bit.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// What a draw is for. Streams never share numbers, so one table cannot shift another.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stream {
    Plan = 1,
    Names,
    Customer,
    Orders,
    Service,
    Case,
    Measurement,
    Rotation,
    Deal,
    Lead,
    Visit,
    Call,
    Ticket,
    Survey,
    Send,
    Found,
    Check,
    Study,
    Design,
    Waste,
    Andon,
    Demand,
    QualityCost,
}

/// The draws of one record. Every record has a generator of its own, so what is planted in one
/// record leaves all others as they were.
#[derive(Debug)]
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    /// The draws of record `index` of a stream.
    pub(super) fn of(seed: u64, stream: Stream, index: usize) -> Self {
        let words = [seed, stream as u64, index as u64, 0];
        let mut key = [0_u8; 32];
        for (bytes, word) in key.chunks_exact_mut(8).zip(words) {
            bytes.copy_from_slice(&word.to_le_bytes());
        }
        Self(ChaCha8Rng::from_seed(key))
    }

    /// Uniform on [0, 1).
    pub(super) fn unit(&mut self) -> f64 {
        f64::from(self.0.next_u32()) / 4_294_967_296.0
    }

    /// True with the given probability.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Uniform on 0 … n − 1 (0 where n is 0).
    pub(super) fn below(&mut self, n: usize) -> usize {
        let scaled = u64::from(self.0.next_u32()).saturating_mul(n as u64) >> 32;
        usize::try_from(scaled).unwrap_or(0)
    }

    /// Uniform on `low` … `high`, both included.
    pub(super) fn between(&mut self, low: i32, high: i32) -> i32 {
        let span = usize::try_from(high - low + 1).unwrap_or(1);
        low + i32::try_from(self.below(span)).unwrap_or(0)
    }

    /// Uniform on [low, high).
    pub(super) fn within(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// An index with probability proportional to its weight.
    pub(super) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.unit() * weights.iter().sum::<f64>();
        for (i, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return i;
            }
        }
        weights.len().saturating_sub(1)
    }

    /// Standard normal, as the sum of twelve uniforms less six (Irwin–Hall): exact mean and
    /// variance, bounded at ±6.
    pub(super) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// Lognormal with the given median and standard deviation of the logarithm.
    pub(super) fn lognormal(&mut self, median: f64, sigma: f64) -> f64 {
        median * exp(sigma * self.normal())
    }

    /// Successes in `n` trials, by inversion of one uniform: a higher `p` on the same draw never
    /// gives fewer successes.
    pub(super) fn binomial(&mut self, n: u32, p: f64) -> u32 {
        let mut left = self.unit();
        let mut mass = power(1.0 - p, n);
        let mut k = 0;
        while left >= mass && k < n {
            left -= mass;
            mass *= f64::from(n - k) / f64::from(k + 1) * p / (1.0 - p);
            k += 1;
        }
        k
    }

    /// Poisson count of the given mean (at most 150), by inversion.
    pub(super) fn poisson(&mut self, mean: f64) -> u32 {
        let mut left = self.unit();
        let mut mass = exp(-mean);
        let mut k = 0;
        while left >= mass && k < 10_000 {
            left -= mass;
            k += 1;
            mass *= mean / f64::from(k);
        }
        k
    }

    /// 0 … n − 1 in random order (Fisher–Yates).
    pub(super) fn shuffled(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            order.swap(i, self.below(i + 1));
        }
        order
    }
}

/// Rounds down; negative becomes 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, which is what is wanted"
)]
pub(super) const fn whole(x: f64) -> u32 {
    x as u32
}

/// Rounds to two decimals, as money and measurements are written.
pub(super) fn cents(x: f64) -> f64 {
    (x * 100.0).round() / 100.0
}

fn power(base: f64, exponent: u32) -> f64 {
    let (mut out, mut square, mut left) = (1.0, base, exponent);
    while left > 0 {
        if left & 1 == 1 {
            out *= square;
        }
        square *= square;
        left >>= 1;
    }
    out
}

/// eˣ as (e^(x/1024))^1024, the inner exponential by its Taylor series to the sixth power;
/// relative error below 1e-11 for |x| ≤ 20 and below 1e-6 for |x| ≤ 150.
fn exp(x: f64) -> f64 {
    let y = x / 1024.0;
    let taylor = (1..=6).rev().fold(1.0, |sum, k| 1.0 + y / f64::from(k) * sum);
    power(taylor, 1024)
}

#[cfg(test)]
mod tests {
    use super::{Draw, Stream, exp};

    fn mean(count: usize, mut draw: impl FnMut(&mut Draw) -> f64) -> f64 {
        let draws = (0..count).map(|i| draw(&mut Draw::of(7, Stream::Plan, i)));
        draws.sum::<f64>() / f64::from(u32::try_from(count).unwrap_or(1))
    }

    #[test]
    fn draws_have_the_moments_of_their_distributions() {
        assert!((mean(20_000, |d| f64::from(d.binomial(160, 0.01))) - 1.6).abs() < 0.04);
        assert!((mean(20_000, |d| f64::from(d.poisson(17.5))) - 17.5).abs() < 0.12);
        assert!(mean(20_000, Draw::normal).abs() < 0.03);
        assert!((mean(20_000, |d| d.normal() * d.normal().signum()) - 0.0).abs() < 0.03);
    }

    #[test]
    fn the_exponential_agrees_with_the_platform() {
        for x in [-20.0, -3.3, 0.0, 0.5, 4.0, 20.0_f64] {
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-9, "{x}");
        }
    }

    #[test]
    fn shuffling_keeps_every_index() {
        let mut order = Draw::of(1, Stream::Names, 0).shuffled(50);
        order.sort_unstable();
        assert_eq!(order, (0..50).collect::<Vec<_>>());
    }
}
