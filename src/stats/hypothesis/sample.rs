//! Size, mean and squares about the mean of one sample, summed so that a large common part of
//! the values costs no digits.

use crate::stats::count;
use crate::stats::summary::sum::sum;

/// What the tests of means need of a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sample {
    /// Values.
    pub n: f64,
    /// Mean, counted from the origin given.
    pub mean: f64,
    /// Sum of squares about the mean.
    pub squares: f64,
}

impl Sample {
    /// Of `values` counted from `origin`, one of them or near: their common part costs no digits.
    pub(super) fn about(values: &[f64], origin: f64) -> Self {
        let n = count(values.len());
        let offsets: Vec<f64> = values.iter().map(|x| offset(*x, origin)).collect();
        let mean = sum(offsets.iter().copied()) / n;
        let deviations = || offsets.iter().map(|x| x - mean);
        // The mean is rounded; what the deviations still sum to corrects for it.
        let rest = sum(deviations());
        let squares = sum(deviations().map(|d| d * d)) - rest * rest / n;
        Self { n, mean: mean + rest / n, squares: squares.max(0.0) }
    }

    /// Of `values` as they stand.
    pub(super) fn of(values: &[f64]) -> Self {
        let origin = values.first().copied().unwrap_or(0.0);
        let moments = Self::about(values, origin);
        Self { mean: origin + moments.mean, ..moments }
    }

    /// Degrees of freedom, n − 1.
    pub(super) fn df(&self) -> f64 {
        self.n - 1.0
    }

    /// Variance with the divisor n − 1.
    pub(super) fn variance(&self) -> f64 {
        self.squares / self.df()
    }
}

/// `x` − `origin` as the decimals they were written as.
///
/// A record says 1000000000000.4; the nearest double lies 0.00001 beside it. Where the two nearly
/// cancel, that is all the difference is made of. The shortest decimal that reads as the double
/// is what was written, and decimals subtract exactly.
fn offset(x: f64, origin: f64) -> f64 {
    /// Below this share of the origin, subtracting doubles costs more than five digits.
    const NEAR: f64 = 1e-5;
    let plain = x - origin;
    if plain == 0.0 || plain.abs() > NEAR * origin.abs() {
        return plain;
    }
    decimal_difference(x, origin).unwrap_or(plain)
}

fn decimal_difference(x: f64, origin: f64) -> Option<f64> {
    let ((a, power_a), (b, power_b)) = (decimal(x)?, decimal(origin)?);
    let power = power_a.min(power_b);
    let whole = |digits: i128, from: i32| {
        digits.checked_mul(10_i128.checked_pow(u32::try_from(from - power).ok()?)?)
    };
    let difference = whole(a, power_a)? - whole(b, power_b)?;
    format!("{difference}e{power}").parse().ok()
}

/// The shortest decimal that reads as `x`: digits and power of ten.
fn decimal(x: f64) -> Option<(i128, i32)> {
    let text = format!("{x:e}");
    let (mantissa, power) = text.split_once('e')?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}").parse().ok()?;
    Some((digits, power.parse::<i32>().ok()? - i32::try_from(fraction.len()).ok()?))
}

/// The middle value, or the mean of the two in the middle; 0 of no values.
pub(super) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (below, from) = sorted.split_at(sorted.len() / 2);
    match (below.last(), from.first(), sorted.len() % 2) {
        (Some(low), Some(high), 0) => f64::midpoint(*low, *high),
        (_, middle, _) => middle.copied().unwrap_or(0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::{Sample, median, offset};

    #[test]
    fn differences_are_those_of_the_decimals_written() {
        let close = |got: f64, want: f64| assert!((got - want).abs() <= 1e-16, "{got} for {want}");
        close(offset(1_000_000_000_000.4, 1_000_000_000_000.3), 0.1);
        close(offset(-1_000_000.5, -1_000_000.2), -0.3);
        close(offset(1e-3 + 1e-10, 1e-3), 1e-10);
        assert_eq!(offset(3.5, 1.25).to_bits(), 2.25_f64.to_bits());
        assert_eq!(offset(7e300, 7e300).to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn an_offset_costs_no_digits() {
        let values = [1e12 + 0.1, 1e12 + 0.3, 1e12 + 0.2];
        let sample = Sample::about(&values, 1e12 + 0.1);
        assert!((sample.mean - 0.1).abs() < 1e-16, "{}", sample.mean);
        assert!((sample.variance() - 0.01).abs() < 1e-17, "{}", sample.variance());
    }

    #[test]
    fn the_median_stands_in_the_middle() {
        assert!((median(&[3.0, 1.0, 2.0]) - 2.0).abs() < 1e-15);
        assert!((median(&[4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < 1e-15);
    }
}
