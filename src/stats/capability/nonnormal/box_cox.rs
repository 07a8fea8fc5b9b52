//! The Box–Cox transformation with its likelihood.
//!
//! Source: G. Box and D. Cox, Journal of the Royal Statistical Society B 26 (1964).

use crate::stats::capability::{Indices, Specification};
use crate::stats::interval::Bounds;
use crate::stats::special::gamma::chi_square_quantile;
use crate::stats::special::root::bracketed;
use crate::stats::summary::moments::Moments;
use crate::stats::{Unestimable, count};

/// Powers beyond which nothing is looked for.
const WIDEST: f64 = 64.0;

/// The power that makes values most like normal ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoxCox {
    /// The power; 0 stands for the logarithm.
    pub lambda: f64,
    /// Profile log-likelihood −n/2 ln σ̂² + (λ − 1) Σ ln x, without its constant.
    pub log_likelihood: f64,
    /// Powers whose likelihood is within half a chi-square point of the highest.
    pub bounds: Option<Bounds>,
}

/// (x^λ − 1) / λ, and ln x at λ = 0: increasing for every power. `None` where it is not defined.
#[must_use]
pub fn transform(x: f64, lambda: f64) -> Option<f64> {
    let y = if x > 0.0 {
        power(x.ln(), lambda)
    } else if x == 0.0 && lambda > 0.0 {
        -1.0 / lambda
    } else {
        f64::NAN
    };
    Some(y).filter(|y| y.is_finite())
}

/// The most likely power for `values`, all above 0, and its interval at `level`.
///
/// # Errors
/// Fewer than two values, one not above 0, all the same, or no power up to ±64.
pub fn box_cox(values: &[f64], level: f64) -> Result<BoxCox, Unestimable> {
    let profile = Profile::of(values)?;
    let unsolved = Unestimable::NotSolvable("no power up to 64 makes the values normal");
    let lambda = bracketed(|l| profile.slope(l), -WIDEST, WIDEST).ok_or(unsolved)?;
    let log_likelihood = profile.log_likelihood(lambda);
    let drop = chi_square_quantile(1.0, level).map(|point| point / 2.0);
    let end = |edge: f64| {
        let level = log_likelihood - drop?;
        bracketed(|l| profile.log_likelihood(l) - level, lambda, edge)
    };
    let bounds = end(-WIDEST).zip(end(WIDEST)).map(|(low, high)| Bounds { low, high });
    Ok(BoxCox { lambda, log_likelihood, bounds })
}

/// Indices of the transformed values against the transformed limits, as of a normal process.
///
/// # Errors
/// Values the transformation does not take, or all the same.
pub fn indices(values: &[f64], lambda: f64, spec: &Specification) -> Result<Indices, Unestimable> {
    let moved: Option<Vec<f64>> = values.iter().map(|&x| transform(x, lambda)).collect();
    let moved = moved.ok_or(Unestimable::Outside("a power needs values above 0"))?;
    let moments = Moments::of(&moved);
    Indices::normal(moments.mean()?, moments.sd()?, &spec.through(|x| transform(x, lambda)))
}

/// expm1(λL) / λ, with L its limit.
fn power(log: f64, lambda: f64) -> f64 {
    if lambda == 0.0 { log } else { (lambda * log).exp_m1() / lambda }
}

/// Derivative of [`power`] by λ, without cancellation near 0: L² Σ (λL)ᵏ / (k! (k + 2)).
fn power_slope(log: f64, lambda: f64) -> f64 {
    let t = lambda * log;
    if t.abs() > 0.5 {
        return (log * t.exp() - power(log, lambda)) / lambda;
    }
    let (mut term, mut sum) = (1.0, 0.5);
    for k in (1..20).map(f64::from) {
        term *= t / k;
        sum += term / (k + 2.0);
    }
    log * log * sum
}

/// Logarithms around their mean: with the geometric mean as unit the likelihood is that of the
/// spread alone.
struct Profile {
    logs: Vec<f64>,
    mean: f64,
}

impl Profile {
    fn of(values: &[f64]) -> Result<Self, Unestimable> {
        if values.len() < 2 {
            return Err(Unestimable::TooFew { needed: 2, got: values.len() });
        }
        if !values.iter().all(|&x| x > 0.0 && x.is_finite()) {
            return Err(Unestimable::Outside("a power needs values above 0"));
        }
        let logs: Vec<f64> = values.iter().map(|x| x.ln()).collect();
        let moments = Moments::of(&logs);
        if moments.sum_of_squares()? <= 0.0 {
            return Err(Unestimable::Constant);
        }
        let mean = moments.mean()?;
        Ok(Self { logs: logs.iter().map(|log| log - mean).collect(), mean })
    }

    /// Mean of the powers and sum of squares around it; NaN where a power overflows.
    fn spread(&self, lambda: f64) -> (f64, f64) {
        let powers: Vec<f64> = self.logs.iter().map(|&log| power(log, lambda)).collect();
        let moments = Moments::of(&powers);
        let or_nan = |figure: Result<f64, Unestimable>| figure.unwrap_or(f64::NAN);
        (or_nan(moments.mean()), or_nan(moments.sum_of_squares()))
    }

    fn log_likelihood(&self, lambda: f64) -> f64 {
        let n = count(self.logs.len());
        -n / 2.0 * (self.spread(lambda).1 / n).ln() - n * self.mean
    }

    /// Derivative of the likelihood by λ, but for a positive factor.
    fn slope(&self, lambda: f64) -> f64 {
        let (mean, squares) = self.spread(lambda);
        let products =
            self.logs.iter().map(|&log| (power(log, lambda) - mean) * power_slope(log, lambda));
        -products.sum::<f64>() / squares
    }
}
