//! Defects, opportunities, yields and sigma levels.
//!
//! Sources: M. Harry and R. Schroeder, *Six Sigma* (2000); ISO 13053-1:2011. The shift between
//! long-term and short-term sigma is a convention, never an estimate.

pub mod rates;
pub mod step;

use crate::stats::Bounds;
use crate::stats::special::normal;

/// Long-term Z of a share of defects: Φ⁻¹(1 − DPO); `None` unless 0 < DPO < 1, where it is
/// unbounded.
#[must_use]
pub fn z_long_term(dpo: f64) -> Option<f64> {
    normal::upper_quantile(dpo)
}

/// The interval of Z carried over from the interval of DPO. An end is absent where Z is unbounded:
/// no defects leave only a lower bound, nothing but defects only an upper one.
#[must_use]
pub fn z_bounds(dpo: Bounds) -> (Option<f64>, Option<f64>) {
    (z_long_term(dpo.high), z_long_term(dpo.low))
}

/// Which tails of the normal distribution count as defects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tails {
    /// Beyond the nearer limit alone: the published conversion tables.
    One,
    /// Beyond either limit.
    Both,
}

/// Defects per opportunity of a process whose limits stand `sigma` standard deviations from the
/// target, once its mean has moved by `shift` standard deviations.
#[must_use]
pub fn dpo_at(sigma: f64, shift: f64, tails: Tails) -> f64 {
    let near = normal::cdf(shift - sigma);
    match tails {
        Tails::One => near,
        Tails::Both => near + normal::cdf(-shift - sigma),
    }
}

/// Decimal places a figure deserves: as many as place the first digit of the width of its
/// interval; negative where tens or hundreds are already uncertain. `None` where the interval has
/// no width or no end.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "a logarithm of a double is below 310")]
pub fn decimals(bounds: Bounds) -> Option<i32> {
    let width = bounds.high - bounds.low;
    // A width such as 0.1, a rounding error short of it, must not earn a digit more.
    (width > 0.0 && width.is_finite()).then(|| -((width.log10() + 1e-9).floor() as i32))
}

/// Throughput yield e^(−DPU): the share of units without a defect, were defects spread at random.
#[must_use]
pub fn throughput_yield(dpu: f64) -> f64 {
    (-dpu).exp()
}

/// Rolled throughput yield: ∏ of the yields of the steps. `None` without steps.
#[must_use]
pub fn rolled_yield(yields: &[f64]) -> Option<f64> {
    (!yields.is_empty()).then(|| yields.iter().product())
}

/// Normalised yield: the geometric mean RTY^(1/n) over `steps` steps. `None` without steps.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "steps of a process are few")]
pub fn normalized_yield(rolled: f64, steps: usize) -> Option<f64> {
    (steps > 0 && rolled >= 0.0).then(|| rolled.powf(1.0 / steps as f64))
}

#[cfg(test)]
mod tests {
    use super::{
        Bounds, Tails, decimals, dpo_at, normalized_yield, rolled_yield, throughput_yield,
        z_bounds, z_long_term,
    };
    use crate::stats::interval::clopper_pearson;

    fn close(got: Option<f64>, want: f64) {
        let got = got.unwrap_or(f64::NAN);
        assert!((got / want - 1.0).abs() < 1e-9, "{got} for {want}");
    }

    #[test]
    fn sigma_from_dpmo_matches_forty_digit_arithmetic() {
        close(z_long_term(3.4e-6), 4.499_854_470_025_006_5);
        close(z_long_term(6210e-6), 2.499_980_907_091_552_4);
        close(z_long_term(0.066_807).map(|z| z + 1.5), 3.000_001_553_990_341);
        close(z_long_term(0.999_999), -4.753_424_308_822_899);
        assert_eq!(z_long_term(0.0), None);
    }

    #[test]
    fn no_defects_leave_a_lower_bound_and_nothing_but_defects_an_upper_one() {
        let bounds = |k, n| clopper_pearson(k, n, 0.95).map(z_bounds).unwrap_or_default();
        let (low, high) = bounds(0, 200);
        close(low.map(|z| z + 1.5), 3.590_747_765_793_784);
        assert_eq!(high, None);
        let (low, high) = bounds(15, 15);
        close(high.map(|z| z + 1.5), 0.721_100_166_130_861);
        assert_eq!(low, None);
    }

    #[test]
    fn three_constructed_steps_roll_to_their_yield() {
        let yields = [1185.0 / 1240.0, 1145.0 / 1185.0, 1100.0 / 1180.0];
        let rolled = rolled_yield(&yields);
        close(rolled, 0.860_784_581_738_655);
        close(rolled.and_then(|rty| normalized_yield(rty, 3)), 0.951_257_644_318_436_7);
        close(Some(throughput_yield(62.0 / 1240.0)), 0.951_229_424_500_714);
        assert_eq!(rolled_yield(&[]), None);
    }

    /// The published conversion table: 6 sigma is 3.4 defects per million, 3 without shift 2,700.
    #[test]
    fn the_published_conversions_come_out() {
        let table = [(6.0, 3.4), (5.0, 233.0), (4.0, 6210.0), (3.0, 66_807.0), (2.0, 308_538.0)];
        for (sigma, dpmo) in table {
            assert!((1e6 * dpo_at(sigma, 1.5, Tails::One) - dpmo).abs() < 0.7, "{sigma}");
        }
        close(Some(dpo_at(3.0, 0.0, Tails::Both)), 2.699_796_063_260_189_4e-3);
    }

    #[test]
    fn digits_follow_the_width_of_the_interval() {
        let places = |low, high| decimals(Bounds { low, high });
        assert_eq!(places(3.40, 4.37), Some(1));
        assert_eq!(places(3.818, 3.841), Some(2));
        assert_eq!(places(0.3, 0.4), Some(1));
        assert_eq!(places(7675.3, 12_801.4), Some(-3));
        assert_eq!((places(2.0, 2.0), places(1.0, f64::INFINITY)), (None, None));
    }
}
