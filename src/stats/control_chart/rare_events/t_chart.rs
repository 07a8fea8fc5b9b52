//! The t chart: time between two events, exponential when events come at a steady rate.
//!
//! Sources: L. Nelson, Journal of Quality Technology 26 (1994) for the transform; D. Montgomery,
//! *Introduction to Statistical Quality Control*, section 7.3.5; J. Lawless, *Statistical Models and
//! Methods for Lifetime Data*, section 5.2, for the Weibull fit.

use std::f64::consts::LN_2;

use crate::stats::control_chart::individuals::{self, SigmaMethod, mean_moving_range};
use crate::stats::control_chart::limits::Limits;
use crate::stats::{Unestimable, count};

/// The power that makes exponential times nearly normal: 1 / 3.6.
pub const NELSON: f64 = 1.0 / 3.6;

/// A chart of times brought near normality by a power, limits brought back to times.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transformed {
    /// Limits in time; the lower one not below 0.
    pub limits: Limits,
    /// Mean of the transformed times.
    pub mean: f64,
    /// Their mean moving range.
    pub mean_moving_range: f64,
}

/// Individuals chart of `times` to the `power`, `k` sigma wide, in time again.
///
/// # Errors
/// Fewer than two times, a negative one, or a power that is not positive.
pub fn transformed(times: &[f64], power: f64, k: f64) -> Result<Transformed, Unestimable> {
    not_negative(times)?;
    if !(power > 0.0 && power.is_finite()) {
        return Err(Unestimable::Outside("the transform needs a positive power"));
    }
    let y: Vec<f64> = times.iter().map(|t| t.powf(power)).collect();
    let chart = individuals::chart(&y, SigmaMethod::MeanMovingRange, k)?;
    let Limits { center, lcl, ucl } = chart.individuals.not_negative();
    let back = |y: f64| y.powf(1.0 / power);
    let ranges = mean_moving_range(&y).ok_or(Unestimable::TooFew { needed: 2, got: y.len() })?;
    Ok(Transformed {
        limits: Limits { center: back(center), lcl: back(lcl), ucl: back(ucl) },
        mean: center,
        mean_moving_range: ranges,
    })
}

/// A Weibull distribution of times: P(T > t) = exp(−(t / scale)^shape).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weibull {
    /// Below 1, events come in clusters; 1 is exponential.
    pub shape: f64,
    /// The time 63.2 % do not reach.
    pub scale: f64,
}

impl Weibull {
    /// The exponential distribution of the same mean, shape 1.
    ///
    /// # Errors
    /// No times, a negative one, or none above 0.
    pub fn exponential(times: &[f64]) -> Result<Self, Unestimable> {
        let scale = not_negative(times)?;
        if scale > 0.0 { Ok(Self { shape: 1.0, scale }) } else { Err(Unestimable::Constant) }
    }

    /// The fit of maximum likelihood: the shape by Newton's method on the profile score, which is
    /// monotone, the scale from it.
    ///
    /// # Errors
    /// Fewer than two times, one that is not positive, or all the same (no finite shape fits).
    pub fn fit(times: &[f64]) -> Result<Self, Unestimable> {
        if times.len() < 2 {
            return Err(Unestimable::TooFew { needed: 2, got: times.len() });
        }
        if !times.iter().all(|t| *t > 0.0 && t.is_finite()) {
            return Err(Unestimable::Outside("a Weibull fit needs times above 0"));
        }
        let n = count(times.len());
        let logs: Vec<f64> = times.iter().map(|t| t.ln()).collect();
        let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let depths: Vec<f64> = logs.iter().map(|log| log - top).collect();
        let mean = depths.iter().sum::<f64>() / n;
        if mean.abs() <= f64::EPSILON * (1.0 + top.abs()) {
            return Err(Unestimable::Constant);
        }
        let shape = shape(&depths, mean)?;
        let power = depths.iter().map(|d| (shape * d).exp()).sum::<f64>() / n;
        Ok(Self { shape, scale: (top + power.ln() / shape).exp() })
    }

    /// Probability limits: `tail` beyond each; the centre is the median.
    ///
    /// # Errors
    /// A tail outside (0, ½).
    pub fn limits(&self, tail: f64) -> Result<Limits, Unestimable> {
        if !(tail > 0.0 && tail < 0.5) {
            return Err(Unestimable::Outside("a tail lies between 0 and a half"));
        }
        let at = |hazard: f64| self.scale * hazard.powf(1.0 / self.shape);
        Ok(Limits { center: at(LN_2), lcl: at(-(-tail).ln_1p()), ucl: at(-tail.ln()) })
    }
}

/// Root k of Σ yᵏ ln y / Σ yᵏ − 1/k − mean ln y, with y over the largest so that no power
/// overflows; started from the log-range, steps halved where they would leave k > 0.
fn shape(depths: &[f64], mean: f64) -> Result<f64, Unestimable> {
    let mut k = -1.0 / mean;
    for _ in 0..200 {
        let (mut s0, mut s1, mut s2) = (0.0, 0.0, 0.0);
        for d in depths {
            let w = (k * d).exp();
            s0 += w;
            s1 += w * d;
            s2 += w * d * d;
        }
        let score = s1 / s0 - 1.0 / k - mean;
        let slope = s2 / s0 - (s1 / s0).powi(2) + 1.0 / (k * k);
        let next = (k - score / slope).max(0.5 * k);
        if (next - k).abs() <= 1e-14 * k {
            return Ok(next);
        }
        k = next;
    }
    Err(Unestimable::NotSolvable("the Weibull fit does not settle"))
}

/// The mean of times, none of them negative.
fn not_negative(times: &[f64]) -> Result<f64, Unestimable> {
    if times.is_empty() {
        return Err(Unestimable::TooFew { needed: 1, got: 0 });
    }
    if !times.iter().all(|t| *t >= 0.0 && t.is_finite()) {
        return Err(Unestimable::Outside("a time between events is negative"));
    }
    Ok(times.iter().sum::<f64>() / count(times.len()))
}

#[cfg(test)]
mod tests {
    use super::{NELSON, Weibull, transformed};
    use proptest::prelude::*;

    /// Times at the exact octiles: shape and scale come from the likelihood, checked by its score.
    fn score(fit: Weibull, times: &[f64]) -> (f64, f64) {
        let z = |t: &f64| (t / fit.scale).powf(fit.shape);
        let n = times.iter().map(|_| 1.0).sum::<f64>();
        let scale = times.iter().map(z).sum::<f64>() / n - 1.0;
        let log = |t: &f64| (t / fit.scale).ln();
        let shape = times.iter().map(|t| 1.0 / fit.shape + log(t) * (1.0 - z(t))).sum::<f64>() / n;
        (scale, shape)
    }

    #[test]
    fn exponential_limits_by_hand() {
        let fit = Weibull::exponential(&[1.0, 3.0]).unwrap_or_else(|_| unreachable!("times"));
        let limits = fit.limits(0.001_349_898_031_630_094_5);
        let limits = limits.unwrap_or_else(|_| unreachable!("a tail"));
        assert!((limits.center - 2.0 * 2.0_f64.ln()).abs() < 1e-15);
        assert!((limits.ucl - 13.215_452_442_6).abs() < 1e-9, "{limits:?}");
        assert!((limits.lcl - 0.002_701_619_7).abs() < 1e-9);
        assert!(Weibull::exponential(&[1.0, -3.0]).is_err() && fit.limits(0.5).is_err());
        assert!(Weibull::exponential(&[0.0, 0.0]).is_err());
    }

    #[test]
    fn a_power_of_one_is_the_individuals_chart_and_zero_times_are_taken() {
        let plain = transformed(&[10.0, 12.0, 11.0], 1.0, 3.0).map(|t| t.limits.ucl);
        let want = 11.0 + 3.0 * 1.5 * std::f64::consts::PI.sqrt() / 2.0;
        assert!(plain.is_ok_and(|ucl| (ucl - want).abs() < 1e-12));
        assert!(transformed(&[0.0, 5.0], NELSON, 3.0).is_ok_and(|t| t.limits.lcl.abs() < 1e-300));
    }

    #[test]
    fn what_no_weibull_fits_is_refused() {
        assert!(Weibull::fit(&[3.0, 3.0, 3.0]).is_err());
        assert!(Weibull::fit(&[0.0, 1.0]).is_err() && Weibull::fit(&[2.0]).is_err());
    }

    proptest! {
        #[test]
        fn the_fit_is_where_the_likelihood_is_flat(
            times in prop::collection::vec(1e-3..1e4_f64, 3..40), scale in 0.01..100.0_f64,
        ) {
            let fit = Weibull::fit(&times).unwrap_or_else(|e| unreachable!("{e}"));
            let (s, h) = score(fit, &times);
            prop_assert!(s.abs() < 1e-9 && h.abs() < 1e-9, "{:?} {} {}", fit, s, h);
            let scaled: Vec<f64> = times.iter().map(|t| t * scale).collect();
            let other = Weibull::fit(&scaled).unwrap_or(fit);
            prop_assert!((other.shape / fit.shape - 1.0).abs() < 1e-9);
            prop_assert!((other.scale / fit.scale / scale - 1.0).abs() < 1e-9);
        }
    }
}
