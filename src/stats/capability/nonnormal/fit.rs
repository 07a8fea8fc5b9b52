//! Fits by maximum likelihood, and how well they hold.
//!
//! Source for the test: M. Stephens in R. D'Agostino and M. Stephens, *Goodness-of-Fit Techniques*
//! (1986), chapter 4: modifications and 5 % points where the parameters are estimated.

use statrs::function::gamma::digamma;

use super::distribution::Distribution;
use crate::stats::capability::{Beyond, Indices, Specification};
use crate::stats::special::root::bracketed;
use crate::stats::summary::moments::Moments;
use crate::stats::{Unestimable, count};

/// 0.135, 50 and 99.865 %: what ±3σ of a normal distribution hold.
pub const ISO_SHARES: [f64; 3] = [0.00135, 0.5, 0.99865];

/// A family of distributions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Normal, standard deviation with n − 1.
    Normal,
    /// Lognormal, standard deviation of the logarithms with n − 1 (Minitab's and JASP's).
    Lognormal,
    /// Lognormal by pure maximum likelihood: with n.
    LognormalLikelihood,
    /// Weibull.
    Weibull,
    /// Gamma.
    Gamma,
    /// Exponential.
    Exponential,
}

/// A fitted distribution and what it says of the specification.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Family fitted.
    pub family: Family,
    /// Distribution found.
    pub distribution: Distribution,
    /// Logarithm of the likelihood.
    pub log_likelihood: f64,
    /// Anderson–Darling A², not modified; absent where the fit holds a value impossible, as an
    /// exponential one does 0.
    pub a2: Option<f64>,
    /// Whether A² stays below the 5 % point of its family: the values do not speak against it.
    pub adequate: bool,
    /// 0.135, 50 and 99.865 % points.
    pub quantiles: [f64; 3],
    /// Indices from these points (ISO 22514-2).
    pub indices: Indices,
    /// Shares expected beyond the limits.
    pub beyond: Beyond,
}

/// Fits `family` to `values` (any order) and assesses it against `spec`.
///
/// # Errors
/// Fewer than two values, all the same, or a value the family cannot hold.
pub fn fit(family: Family, values: &[f64], spec: &Specification) -> Result<Fit, Unestimable> {
    let distribution = estimate(family, values)?;
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let point = |p| distribution.quantile(p).ok_or(Unestimable::NotSolvable("no quantile"));
    let quantiles = [point(ISO_SHARES[0])?, point(ISO_SHARES[1])?, point(ISO_SHARES[2])?];
    let a2 = anderson_darling(&distribution, &sorted);
    Ok(Fit {
        family,
        distribution,
        log_likelihood: sorted.iter().map(|&x| distribution.ln_density(x)).sum(),
        a2,
        adequate: a2.is_some_and(|a2| adequate(&distribution, a2, count(values.len()))),
        quantiles,
        indices: Indices::percentile(quantiles, spec)?,
        beyond: Beyond {
            below: spec.lower().map_or(0.0, |lsl| distribution.tails(lsl).lower),
            above: spec.upper().map_or(0.0, |usl| distribution.tails(usl).upper),
        },
    })
}

/// The parameters of `family` most likely behind `values`.
///
/// # Errors
/// As of [`fit`].
pub fn estimate(family: Family, values: &[f64]) -> Result<Distribution, Unestimable> {
    if values.len() < 2 {
        return Err(Unestimable::TooFew { needed: 2, got: values.len() });
    }
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let allowed = match family {
        Family::Normal => true,
        Family::Exponential => least >= 0.0,
        _ => least > 0.0,
    };
    if !(allowed && values.iter().all(|x| x.is_finite())) {
        return Err(Unestimable::Outside("the distribution holds only values above 0"));
    }
    if values.iter().all(|&x| x <= least) {
        return Err(Unestimable::Constant);
    }
    match family {
        Family::Normal => {
            let moments = Moments::of(values);
            Ok(Distribution::Normal { mean: moments.mean()?, sd: moments.sd()? })
        }
        Family::Lognormal => lognormal(values, count(values.len()) - 1.0),
        Family::LognormalLikelihood => lognormal(values, count(values.len())),
        Family::Weibull => weibull(values),
        Family::Gamma => gamma(values),
        Family::Exponential => Ok(Distribution::Exponential { mean: Moments::of(values).mean()? }),
    }
}

fn lognormal(values: &[f64], divisor: f64) -> Result<Distribution, Unestimable> {
    let moments = Moments::of(&logarithms(values));
    let sd = (moments.sum_of_squares()? / divisor).sqrt();
    Ok(Distribution::Lognormal { mean: moments.mean()?, sd })
}

fn logarithms(values: &[f64]) -> Vec<f64> {
    values.iter().map(|x| x.ln()).collect()
}

/// The shape k solves Σ xᵏ ln x / Σ xᵏ − 1/k = mean of ln x; the left side rises with k.
fn weibull(values: &[f64]) -> Result<Distribution, Unestimable> {
    let largest = values.iter().copied().fold(0.0, f64::max);
    let logs: Vec<f64> = values.iter().map(|x| (x / largest).ln()).collect();
    let mean = Moments::of(&logs).mean()?;
    let slope = |log_shape: f64| {
        let k = log_shape.exp();
        let (top, bottom) = logs.iter().fold((0.0, 0.0), |(top, bottom), log| {
            let power = (k * log).exp();
            (top + power * log, bottom + power)
        });
        top / bottom - 1.0 / k - mean
    };
    let unsolved = Unestimable::NotSolvable("no Weibull shape fits");
    let shape = bracketed(slope, -12.0, 18.0).ok_or(unsolved)?.exp();
    let power: f64 = logs.iter().map(|log| (shape * log).exp()).sum();
    let scale = largest * (power / count(values.len())).powf(1.0 / shape);
    Ok(Distribution::Weibull { shape, scale })
}

/// The shape a solves ln a − ψ(a) = ln x̄ − mean of ln x; the left side falls with a.
fn gamma(values: &[f64]) -> Result<Distribution, Unestimable> {
    let mean = Moments::of(values).mean()?;
    let shares: Vec<f64> = values.iter().map(|x| x / mean).collect();
    let gap = -Moments::of(&logarithms(&shares)).mean()?;
    let slope = |log_shape: f64| log_shape - digamma(log_shape.exp()) - gap;
    let unsolved = Unestimable::NotSolvable("no gamma shape fits");
    let shape = bracketed(slope, -12.0, 18.0).ok_or(unsolved)?.exp();
    Ok(Distribution::Gamma { shape, scale: mean / shape })
}

/// A² = −n − Σ (2i − 1)(ln F(x₍ᵢ₎) + ln(1 − F(x₍ₙ₊₁₋ᵢ₎))) / n of ascending values.
///
/// `None` where the distribution holds a value impossible: the sum is unbounded.
#[must_use]
pub fn anderson_darling(distribution: &Distribution, sorted: &[f64]) -> Option<f64> {
    let n = count(sorted.len());
    let terms = sorted.iter().zip(sorted.iter().rev()).enumerate().map(|(i, (&low, &high))| {
        let logs = distribution.tails(low).lower.ln() + distribution.tails(high).upper.ln();
        (2.0 * count(i) + 1.0) * logs
    });
    Some(-n - terms.sum::<f64>() / n).filter(|a2| a2.is_finite())
}

/// Whether A² stays below Stephens' 5 % point.
fn adequate(distribution: &Distribution, a2: f64, n: f64) -> bool {
    match *distribution {
        Distribution::Normal { .. } | Distribution::Lognormal { .. } => {
            a2 * (1.0 + 0.75 / n + 2.25 / (n * n)) < 0.752
        }
        Distribution::Weibull { .. } => a2 * (1.0 + 0.2 / n.sqrt()) < 0.757,
        Distribution::Exponential { .. } => a2 * (1.0 + 0.6 / n) < 1.321,
        Distribution::Gamma { shape, .. } => a2 < gamma_point(shape),
    }
}

/// 5 % points of A² for gamma, linear in 1/shape between the entries of Stephens' table 4.21.
fn gamma_point(shape: f64) -> f64 {
    const TABLE: [(f64, f64); 7] = [
        (0.0, 0.752),
        (0.1, 0.754),
        (0.2, 0.758),
        (0.25, 0.759),
        (1.0 / 3.0, 0.762),
        (0.5, 0.768),
        (1.0, 0.786),
    ];
    let inverse = (1.0 / shape).min(1.0);
    let between = |pair: &[(f64, f64)]| {
        let ((from, low), (to, high)) = (pair[0], pair[1]);
        (inverse <= to).then(|| low + (high - low) * (inverse - from) / (to - from))
    };
    TABLE.windows(2).find_map(between).unwrap_or(0.786)
}
