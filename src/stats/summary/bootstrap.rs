//! Intervals of any statistic by resampling.
//!
//! Source: B. Efron and R. Tibshirani, *An Introduction to the Bootstrap* (1993), chapters 13
//! and 14.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use super::moments::Moments;
use super::quantile::{Definition, quantile};
use super::sum::sum;
use crate::stats::special::normal;
use crate::stats::{Bounds, Unestimable, count};

/// How to resample. The same seed gives the same interval on every machine; print it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resampling {
    /// Seed of the `ChaCha8` stream.
    pub seed: u64,
    /// Resamples to draw; 2,000 and more for an interval at 95 %.
    pub resamples: usize,
}

/// A statistic with its bootstrap intervals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bootstrapped {
    /// The statistic of the sample.
    pub value: f64,
    /// Standard deviation of the statistic over the resamples.
    pub standard_error: f64,
    /// Percentile interval: the tails of the resampled statistics.
    pub percentile: Bounds,
    /// `BCa` interval: the same, corrected for bias and for a spread that changes with the value.
    /// Absent where the statistic's jackknife does not vary or all resamples lie on one side.
    pub bca: Option<Bounds>,
}

/// Bootstrap intervals of `statistic` of `values`, two-sided at `level`.
///
/// `statistic` gets resamples of the length of `values`, in drawn order; where it has no value for
/// a resample, that one is drawn but not counted.
///
/// # Errors
/// Fewer than two values, a statistic without value, resamples too few for the level, a level
/// outside (0, 1), or fewer than nine resamples in ten with a value.
pub fn bootstrap(
    values: &[f64],
    statistic: impl Fn(&[f64]) -> Option<f64>,
    resampling: Resampling,
    level: f64,
) -> Result<Bootstrapped, Unestimable> {
    if values.len() < 2 {
        return Err(Unestimable::TooFew { needed: 2, got: values.len() });
    }
    let tail = (1.0 - level) / 2.0;
    if !(tail > 0.0 && tail < 0.5) || count(resampling.resamples) * tail < 1.0 {
        return Err(Unestimable::Outside("too few resamples for the level"));
    }
    let finite = |sample: &[f64]| statistic(sample).filter(|value| value.is_finite());
    let value = finite(values).ok_or(Unestimable::Outside("the statistic has no value"))?;
    let drawn = resample(values, &finite, resampling);
    if count(drawn.len()) < 0.9 * count(resampling.resamples) {
        return Err(Unestimable::NotSolvable("the statistic has no value on many resamples"));
    }
    let between = |low, high| {
        let end = |p| quantile(&drawn, p, Definition::R6);
        Some(Bounds { low: end(low)?, high: end(high)? })
    };
    let percentile = between(tail, 1.0 - tail).ok_or(Unestimable::Constant)?;
    let shares = corrected(value, &drawn, &jackknife(values, &finite), tail);
    Ok(Bootstrapped {
        value,
        standard_error: Moments::of(&drawn).sd()?,
        percentile,
        bca: shares.and_then(|[low, high]| between(low, high)),
    })
}

/// The statistics of the resamples, ascending.
fn resample(
    values: &[f64],
    statistic: &impl Fn(&[f64]) -> Option<f64>,
    resampling: Resampling,
) -> Vec<f64> {
    let mut stream = ChaCha8Rng::seed_from_u64(resampling.seed);
    let mut sample = vec![0.0; values.len()];
    let mut drawn = Vec::with_capacity(resampling.resamples);
    for _ in 0..resampling.resamples {
        sample.fill_with(|| draw(values, &mut stream));
        drawn.extend(statistic(&sample));
    }
    drawn.sort_by(f64::total_cmp);
    drawn
}

/// One value, each as likely as any other but for one part in 2⁶⁴ / n.
fn draw(values: &[f64], stream: &mut impl RngCore) -> f64 {
    let scaled = u128::from(stream.next_u64()) * values.len() as u128;
    let index = usize::try_from(scaled >> 64).unwrap_or(0);
    values.get(index).copied().unwrap_or(f64::NAN)
}

/// The statistic with each value left out in turn.
fn jackknife(values: &[f64], statistic: &impl Fn(&[f64]) -> Option<f64>) -> Vec<f64> {
    let mut kept: Vec<f64> = values.iter().skip(1).copied().collect();
    let mut all: Vec<f64> = statistic(&kept).into_iter().collect();
    for (left_out, value) in (1..values.len()).zip(values) {
        // What was left out comes back in place of the next.
        if let Some(place) = kept.get_mut(left_out - 1) {
            *place = *value;
        }
        all.extend(statistic(&kept));
    }
    all
}

/// The shares at which `BCa` reads the resampled statistics (Efron and Tibshirani, 14.10).
fn corrected(value: f64, drawn: &[f64], jackknife: &[f64], tail: f64) -> Option<[f64; 2]> {
    let below = drawn.partition_point(|drawn| *drawn < value);
    let upto = drawn.partition_point(|drawn| *drawn <= value);
    let bias = normal::quantile(count(below + upto) / 2.0 / count(drawn.len()))?;
    let acceleration = acceleration(jackknife)?;
    let share = |p: f64| {
        let z = bias + normal::quantile(p)?;
        let stretch = 1.0 - acceleration * z;
        (stretch > 0.0).then(|| normal::cdf(bias + z / stretch))
    };
    Some([share(tail)?, share(1.0 - tail)?])
}

/// â = Σ(m − θ₍ᵢ₎)³ / 6 (Σ(m − θ₍ᵢ₎)²)^(3/2), m the mean of the jackknifed θ₍ᵢ₎.
fn acceleration(jackknife: &[f64]) -> Option<f64> {
    let mean = sum(jackknife.iter().copied()) / count(jackknife.len());
    let power = |k: i32| sum(jackknife.iter().map(|theta| (mean - theta).powi(k)));
    let squares = power(2);
    (squares > 0.0).then(|| power(3) / (6.0 * squares.powf(1.5)))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{Resampling, acceleration, bootstrap, jackknife};
    use crate::stats::count;
    use crate::stats::summary::moments::Moments;

    /// Efron and Tibshirani (1993), table 14.1: spatial test A of 26 children.
    const SPATIAL: [f64; 26] = [
        48.0, 36.0, 20.0, 29.0, 42.0, 42.0, 20.0, 42.0, 22.0, 41.0, 45.0, 14.0, 6.0, 0.0, 33.0,
        28.0, 34.0, 4.0, 32.0, 24.0, 47.0, 41.0, 24.0, 26.0, 30.0, 41.0,
    ];
    const OFTEN: Resampling = Resampling { seed: 20, resamples: 20_000 };

    fn variance(values: &[f64]) -> Option<f64> {
        Moments::of(values).sum_of_squares().ok().map(|squares| squares / count(values.len()))
    }

    /// Efron and Tibshirani, table 14.2: θ̂ = 171.5, â = 0.061; at 90 % percentile 100.8 to 233.9
    /// and `BCa` 115.8 to 259.6, of 2,000 resamples of theirs.
    #[test]
    fn the_spatial_test_has_its_published_intervals() {
        let result = bootstrap(&SPATIAL, variance, OFTEN, 0.90).unwrap();
        assert!((result.value - 171.5).abs() < 0.05, "{}", result.value);
        let a = acceleration(&jackknife(&SPATIAL, &variance)).unwrap();
        assert!((a - 0.061).abs() < 5e-4, "{a}");
        let near = |got: f64, want: f64| (got - want).abs() < 5.0;
        let p = result.percentile;
        assert!(near(p.low, 100.8) && near(p.high, 233.9), "{p:?}");
        let b = result.bca.unwrap();
        assert!(near(b.low, 115.8) && near(b.high, 259.6), "{b:?}");
    }

    #[test]
    fn a_seed_says_all_and_another_seed_something_else() {
        let mean = |values: &[f64]| Moments::of(values).mean().ok();
        let with = |seed| bootstrap(&SPATIAL, mean, Resampling { seed, resamples: 999 }, 0.95);
        assert_eq!(with(1), with(1));
        assert_ne!(with(1), with(2));
        let error = with(1).unwrap().standard_error;
        let known = (variance(&SPATIAL).unwrap() / 26.0).sqrt();
        assert!((error / known - 1.0).abs() < 0.1, "{error} for {known}");
    }

    #[test]
    fn a_constant_sample_has_a_point_and_no_correction() {
        let result = bootstrap(&[7.0; 9], |values| values.first().copied(), OFTEN, 0.95).unwrap();
        assert_eq!((result.percentile.low.to_bits(), result.bca), (7.0_f64.to_bits(), None));
    }

    #[test]
    fn what_cannot_be_resampled_says_so() {
        let first = |values: &[f64]| values.first().copied();
        assert!(bootstrap(&[1.0], first, OFTEN, 0.95).is_err());
        assert!(bootstrap(&SPATIAL, |_| None, OFTEN, 0.95).is_err());
        assert!(bootstrap(&SPATIAL, first, OFTEN, 1.0).is_err());
        let few = Resampling { seed: 1, resamples: 20 };
        assert!(bootstrap(&SPATIAL, first, few, 0.95).is_err());
    }
}
