//! Bounds of a survival curve, and the mean time within a horizon.
//!
//! Sources: J. Kalbfleisch and R. Prentice, The Statistical Analysis of Failure Time Data (2002),
//! § 1.4; J. Klein and M. Moeschberger, Survival Analysis (2003), § 4.3 and § 4.5.

use super::{Curve, Step};
use crate::stats::Bounds;
use crate::stats::special::normal;

/// The scale on which S(t) is taken for normal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// S ± z S √G, cut at 0 and 1.
    Plain,
    /// S exp(±z √G), cut at 1: R's default.
    Log,
    /// S^exp(±z √G / ln S), which stays between 0 and 1 by itself.
    LogLog,
}

/// Bounds of S(t) after `step`, two-sided at `level`; `None` while S is 1, once it is 0, or unless
/// 0 < `level` < 1. G is Greenwood's sum.
#[must_use]
pub fn bounds(step: &Step, level: f64, scale: Scale) -> Option<Bounds> {
    let z = normal::quantile(0.5 + level / 2.0)?;
    let s = step.survival;
    if s <= 0.0 || s >= 1.0 {
        return None;
    }
    let half = z * step.greenwood.sqrt();
    let (low, high) = match scale {
        Scale::Plain => ((s - s * half).max(0.0), (s + s * half).min(1.0)),
        Scale::Log => (s * (-half).exp(), (s * half.exp()).min(1.0)),
        Scale::LogLog => {
            let end = |theta: f64| s.powf(theta.exp());
            (end(half / s.ln().abs()), end(-half / s.ln().abs()))
        }
    };
    Some(Bounds { low, high })
}

/// A mean and its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RestrictedMean {
    /// ∫ S(t) dt from 0 to the horizon.
    pub mean: f64,
    /// √ Σ (∫ S from tᵢ to the horizon)² d / (n (n − d)).
    pub standard_error: f64,
}

impl Curve {
    /// The mean time where every time beyond `horizon` counts as `horizon`. Times are from 0;
    /// `None` unless the horizon is positive.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    pub fn restricted_mean(&self, horizon: f64) -> Option<RestrictedMean> {
        if !horizon.is_finite() || horizon <= 0.0 {
            return None;
        }
        let within = self.steps.partition_point(|step| step.time <= horizon);
        let (mut later, mut area, mut variance) = (horizon, 0.0, 0.0);
        for step in self.steps.iter().take(within).rev() {
            area += step.survival * (later - step.time);
            later = step.time;
            let (n, d) = (step.at_risk as f64, step.events as f64);
            // Once everyone has ended no area is left, and no variance.
            variance += if n > d { area * area * d / (n * (n - d)) } else { 0.0 };
        }
        Some(RestrictedMean { mean: area + later, standard_error: variance.sqrt() })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{Scale, bounds};
    use crate::stats::survival::kaplan_meier;
    use crate::stats::survival::tests::{MAINTAINED, cases};

    /// R 4.2, `survfit(..., conf.type = )` of the maintained group of Miller's data at week 23.
    #[test]
    fn the_three_scales_on_published_data() {
        let curve = kaplan_meier(&cases(&MAINTAINED), 1);
        let step = curve.at(23.0).unwrap();
        assert!((step.survival - 0.613_636).abs() < 1e-6);
        let near = |scale, low: f64, high: f64| {
            let b = bounds(step, 0.95, scale).unwrap();
            assert!((b.low - low).abs() < 1e-3 && (b.high - high).abs() < 1e-3, "{b:?}");
        };
        near(Scale::Plain, 0.3145, 0.9128);
        near(Scale::Log, 0.3769, 0.9991);
        near(Scale::LogLog, 0.2658, 0.8352);
    }

    #[test]
    fn without_censoring_the_restricted_mean_is_the_mean_of_cut_times() {
        let data = [(1.0, true), (2.0, true), (4.0, true), (9.0, true)];
        let curve = kaplan_meier(&cases(&data), 1);
        let mean = curve.restricted_mean(5.0).unwrap();
        assert!((mean.mean - 3.0).abs() < 1e-12);
        // The standard error is then that of a mean with divisor n.
        let variance =
            [1.0_f64, 2.0, 4.0, 5.0].map(|t| (t - 3.0).powi(2)).iter().sum::<f64>() / 16.0;
        assert!((mean.standard_error - variance.sqrt()).abs() < 1e-12);
        assert!((curve.restricted_mean(100.0).unwrap().mean - 4.0).abs() < 1e-12);
        assert_eq!(curve.restricted_mean(0.0), None);
    }

    #[test]
    fn a_flat_half_has_its_middle_for_median() {
        let data = [(1.0, true), (2.0, true), (4.0, true), (9.0, true)];
        let curve = kaplan_meier(&cases(&data), 1);
        assert_eq!((curve.time_left_midway(0.5), curve.median()), (Some(3.0), Some(2.0)));
        assert_eq!(curve.time_left_midway(0.6), Some(2.0));
        assert_eq!(kaplan_meier(&cases(&[(1.0, false)]), 1).time_left_midway(0.5), None);
    }
}
