//! Johnson's system: one of three transformations makes most distributions normal.
//!
//! Sources: N. Johnson, Biometrika 36 (1949); J. Slifker and S. Shapiro, Technometrics 22 (1980)
//! for the parameters from four percentiles; Y. Chou, A. Polansky and R. Mason, Journal of Quality
//! Technology 30 (1998) for the search: every family at every z, kept by the highest
//! Anderson–Darling p-value of the transformed values.

use crate::stats::Unestimable;
use crate::stats::capability::{Indices, Specification};
use crate::stats::special::normal;
use crate::stats::summary::moments::Moments;
use crate::stats::summary::normality::anderson_darling;
use crate::stats::summary::quantile::{Definition, quantile};

/// Family of a transformation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Johnson {
    /// Bounded on both sides: γ + η ln((x − ε) / (λ + ε − x)).
    Bounded,
    /// Lognormal, bounded below: γ + η ln(x − ε).
    Lognormal,
    /// Unbounded: γ + η asinh((x − ε) / λ).
    Unbounded,
}

impl Johnson {
    /// The name in the literature.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bounded => "SB",
            Self::Lognormal => "SL",
            Self::Unbounded => "SU",
        }
    }
}

/// A transformation with its parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transformation {
    /// Family.
    pub family: Johnson,
    /// γ, a shape.
    pub gamma: f64,
    /// η, a shape, above 0.
    pub eta: f64,
    /// λ, the scale, in the unit of the values; 1 for the lognormal family.
    pub lambda: f64,
    /// ε, the location, in the unit of the values.
    pub epsilon: f64,
}

impl Transformation {
    /// The value `x` becomes; `None` beyond the bounds of the family.
    #[must_use]
    pub fn apply(&self, x: f64) -> Option<f64> {
        let offset = x - self.epsilon;
        let inner = match self.family {
            Johnson::Bounded => (offset / (self.lambda - offset)).ln(),
            Johnson::Lognormal => offset.ln(),
            Johnson::Unbounded => (offset / self.lambda).asinh(),
        };
        Some(self.gamma + self.eta * inner).filter(|y| y.is_finite())
    }
}

/// The transformation found, and capability through it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JohnsonFit {
    /// Transformation.
    pub transformation: Transformation,
    /// p-value of the Anderson–Darling test of the transformed values.
    pub p_value: f64,
    /// That of the values as they are.
    pub p_value_raw: f64,
    /// Mean of the transformed values.
    pub mean: f64,
    /// Their standard deviation, divisor n − 1.
    pub sd: f64,
    /// The specification, transformed; a limit beyond the family's bounds is absent.
    pub specification: Specification,
    /// Indices of the transformed values.
    pub indices: Indices,
}

/// Finds the transformation that makes `values` (any order) most like normal ones.
///
/// # Errors
/// Fewer than eight values (too few to test), all the same, or no family that holds them all.
pub fn johnson(values: &[f64], spec: &Specification) -> Result<JohnsonFit, Unestimable> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let p_value_raw = anderson_darling(&sorted)?.p_value;
    let mut best: Option<(f64, Transformation, Vec<f64>)> = None;
    for family in [Johnson::Bounded, Johnson::Lognormal, Johnson::Unbounded] {
        for step in 25..=125 {
            let found = candidate(&sorted, family, f64::from(step) / 100.0);
            if found.as_ref().is_some_and(|found| best.as_ref().is_none_or(|b| found.0 > b.0)) {
                best = found;
            }
        }
    }
    let none = Unestimable::NotSolvable("no Johnson family holds all values");
    let (p_value, transformation, moved) = best.ok_or(none)?;
    let moments = Moments::of(&moved);
    let (mean, sd) = (moments.mean()?, moments.sd()?);
    let specification = spec.through(|x| transformation.apply(x));
    let indices = Indices::normal(mean, sd, &specification)?;
    Ok(JohnsonFit { transformation, p_value, p_value_raw, mean, sd, specification, indices })
}

/// p-value, transformation and transformed values of one family at one z, where it holds them.
fn candidate(sorted: &[f64], family: Johnson, z: f64) -> Option<(f64, Transformation, Vec<f64>)> {
    let fit = Spacing::of(sorted, z)?.solve(family)?;
    let moved: Vec<f64> = sorted.iter().map(|&x| fit.apply(x)).collect::<Option<_>>()?;
    Some((anderson_darling(&moved).ok()?.p_value, fit, moved))
}

/// Distances between the percentiles at −3z, −z, z and 3z of a normal distribution.
struct Spacing {
    z: f64,
    low: f64,
    high: f64,
    /// Upper, middle and lower distance.
    m: f64,
    p: f64,
    n: f64,
}

impl Spacing {
    /// Percentiles are read at position nq + ½, and at the outermost values beyond them.
    fn of(sorted: &[f64], z: f64) -> Option<Self> {
        let at = |z: f64| quantile(sorted, normal::cdf(z), Definition::R5);
        let (lowest, low, high, highest) = (at(-3.0 * z)?, at(-z)?, at(z)?, at(3.0 * z)?);
        Some(Self { z, low, high, m: highest - high, p: high - low, n: low - lowest })
    }

    fn solve(&self, family: Johnson) -> Option<Transformation> {
        let fit = match family {
            Johnson::Bounded => self.bounded(),
            Johnson::Lognormal => self.lognormal(),
            Johnson::Unbounded => self.unbounded(),
        };
        let Transformation { gamma, eta, lambda, epsilon, .. } = fit;
        let finite = [gamma, eta, lambda, epsilon].into_iter().all(f64::is_finite);
        (finite && eta > 0.0 && lambda > 0.0).then_some(fit)
    }

    fn bounded(&self) -> Transformation {
        let (pm, pn) = (self.p / self.m, self.p / self.n);
        let product = (1.0 + pm) * (1.0 + pn);
        let excess = pm * pn - 1.0;
        let eta = self.z / (0.5 * product.sqrt()).acosh();
        let lambda = self.p * ((product - 2.0).powi(2) - 4.0).sqrt() / excess;
        Transformation {
            family: Johnson::Bounded,
            gamma: eta * ((pn - pm) * (product - 4.0).sqrt() / (2.0 * excess)).asinh(),
            eta,
            lambda,
            epsilon: 0.5 * (self.low + self.high - lambda + self.p * (pn - pm) / excess),
        }
    }

    fn lognormal(&self) -> Transformation {
        let mp = self.m / self.p;
        let eta = 2.0 * self.z / mp.ln();
        Transformation {
            family: Johnson::Lognormal,
            gamma: eta * ((mp - 1.0) / (self.m * self.p).sqrt()).ln(),
            eta,
            lambda: 1.0,
            epsilon: 0.5 * (self.low + self.high - self.p * (mp + 1.0) / (mp - 1.0)),
        }
    }

    fn unbounded(&self) -> Transformation {
        let (mp, np) = (self.m / self.p, self.n / self.p);
        let excess = (mp * np - 1.0).sqrt();
        let sum = mp + np;
        let eta = 2.0 * self.z / (0.5 * sum).acosh();
        Transformation {
            family: Johnson::Unbounded,
            gamma: eta * ((np - mp) / (2.0 * excess)).asinh(),
            eta,
            lambda: 2.0 * self.p * excess / ((sum - 2.0) * (sum + 2.0).sqrt()),
            epsilon: 0.5 * (self.low + self.high + self.p * (np - mp) / (sum - 2.0)),
        }
    }
}
