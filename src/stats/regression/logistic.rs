//! Logistic regression by iteratively reweighted least squares, of single or grouped outcomes.
//!
//! Source: P. `McCullagh` and J. Nelder, Generalized Linear Models (1989), § 2.5 and chapter 4;
//! A. Albert and J. Anderson, Biometrika 71 (1984) on outcomes that predictors separate.

use statrs::function::factorial::ln_binomial;

use super::least_squares::LeastSquares;
use super::predictors::Predictors;
use super::wide::Wide;
use crate::stats::special::normal;
use crate::stats::{Bounds, Unestimable, count};

const ITERATIONS: usize = 60;
/// Steps this small, in units of the linear predictor, no longer move the fit.
const SETTLED: f64 = 1e-10;
/// Odds beyond e¹⁵ for a whole group while the coefficients still grow: the outcome is separated.
const RUNAWAY: f64 = 15.0;

/// Successes among trials of one row; 0 or 1 of 1 where each row is one outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Successes.
    pub successes: u64,
    /// Trials.
    pub trials: u64,
}

/// ln(p / (1 − p)) = X b fitted by maximum likelihood.
#[derive(Clone, Debug, PartialEq)]
pub struct Logistic {
    /// Names of the coefficients.
    pub terms: Vec<String>,
    /// b.
    pub coefficients: Vec<f64>,
    /// Standard error of each coefficient, from the information matrix.
    pub standard_errors: Vec<f64>,
    /// Deviance of the model with a constant term alone.
    pub null_deviance: f64,
    /// Deviance of this model.
    pub residual_deviance: f64,
    /// Rows less one.
    pub df_null: usize,
    /// Rows less coefficients.
    pub df_residual: usize,
    /// ln L, with the binomial coefficients.
    pub log_likelihood: f64,
    /// Fitted probability of each row with trials.
    pub probabilities: Vec<f64>,
}

/// Fits `outcomes` by `predictors`. Rows without trials are left out.
///
/// # Errors
/// `Outside` where lengths differ or there are more successes than trials, `TooFew` with fewer
/// rows than coefficients, `Constant` where every outcome is the same, `NotSolvable` where the
/// predictors separate the outcomes (no finite coefficients exist) or depend on each other.
pub fn fit(predictors: &Predictors, outcomes: &[Outcome]) -> Result<Logistic, Unestimable> {
    let data = Data::new(predictors, outcomes)?;
    let (coefficients, weighted) = data.maximum()?;
    let standard_errors: Vec<f64> = weighted.variances().into_iter().map(f64::sqrt).collect();
    if coefficients.iter().chain(&standard_errors).any(|v| !v.is_finite()) {
        return Err(Unestimable::BEYOND);
    }
    let eta = data.linear(&coefficients);
    let probabilities: Vec<f64> = eta.iter().map(|eta| logistic(*eta)).collect();
    let residual_deviance = data.deviance(&eta);
    let rows = data.trials.len();
    let share = data.successes.iter().sum::<f64>() / data.trials.iter().sum::<f64>();
    let null = if predictors.intercept { (share / (1.0 - share)).ln() } else { 0.0 };
    Ok(Logistic {
        terms: predictors.terms.clone(),
        standard_errors,
        null_deviance: data.deviance(&vec![null; rows]),
        residual_deviance,
        df_null: rows - usize::from(predictors.intercept),
        df_residual: rows - coefficients.len(),
        log_likelihood: saturated(outcomes) - residual_deviance / 2.0,
        probabilities,
        coefficients,
    })
}

impl Logistic {
    /// Estimate over standard error, and its two-sided p-value from the normal distribution
    /// (Wald).
    #[must_use]
    pub fn wald(&self) -> Vec<(f64, f64)> {
        let pairs = self.coefficients.iter().zip(&self.standard_errors);
        pairs.map(|(b, se)| (b / se, 2.0 * normal::cdf(-(b / se).abs()))).collect()
    }

    /// e^b: what one unit more of each predictor multiplies the odds by.
    #[must_use]
    pub fn odds_ratios(&self) -> Vec<f64> {
        self.coefficients.iter().map(|b| b.exp()).collect()
    }

    /// Wald's interval of each odds ratio, two-sided at `level`; `None` unless 0 < `level` < 1.
    #[must_use]
    pub fn odds_ratio_bounds(&self, level: f64) -> Option<Vec<Bounds>> {
        let z = normal::upper_quantile((1.0 - level) / 2.0).filter(|z| *z > 0.0)?;
        let pairs = self.coefficients.iter().zip(&self.standard_errors);
        let ends =
            |(b, se): (&f64, &f64)| Bounds { low: (b - z * se).exp(), high: (b + z * se).exp() };
        Some(pairs.map(ends).collect())
    }

    /// Akaike's criterion, 2 p − 2 ln L.
    #[must_use]
    pub fn aic(&self) -> f64 {
        2.0 * count(self.coefficients.len()) - 2.0 * self.log_likelihood
    }
}

/// Rows with trials.
struct Data {
    rows: Vec<Vec<Wide>>,
    successes: Vec<f64>,
    trials: Vec<f64>,
}

impl Data {
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    fn new(predictors: &Predictors, outcomes: &[Outcome]) -> Result<Self, Unestimable> {
        if predictors.rows() != outcomes.len() {
            return Err(Unestimable::Outside("response and predictors differ in length"));
        }
        if outcomes.iter().any(|o| o.successes > o.trials) {
            return Err(Unestimable::Outside("more successes than trials"));
        }
        let (rows, kept): (Vec<_>, Vec<&Outcome>) =
            predictors.each_row().zip(outcomes).filter(|(_, o)| o.trials > 0).unzip();
        let needed = predictors.columns.len();
        if rows.len() < needed {
            return Err(Unestimable::TooFew { needed, got: rows.len() });
        }
        let successes: Vec<f64> = kept.iter().map(|o| o.successes as f64).collect();
        let trials: Vec<f64> = kept.iter().map(|o| o.trials as f64).collect();
        let sum: f64 = successes.iter().sum();
        if sum <= 0.0 || sum >= trials.iter().sum() {
            return Err(Unestimable::Constant);
        }
        Ok(Self { rows, successes, trials })
    }

    /// Newton's method on the likelihood, from probabilities pulled a little towards one half.
    fn maximum(&self) -> Result<(Vec<f64>, LeastSquares), Unestimable> {
        let start = |(y, n): (&f64, &f64)| ((y + 0.5) / (n - y + 0.5)).ln();
        let mut eta: Vec<f64> = self.successes.iter().zip(&self.trials).map(start).collect();
        let mut before: Option<Vec<f64>> = None;
        for _ in 0..ITERATIONS {
            let Ok(solution) = self.step(&eta) else { return Err(unsettled(&eta)) };
            let mut b: Vec<f64> = solution.coefficients.iter().map(|b| b.value()).collect();
            let mut next = self.linear(&b);
            if let Some(last) = &before {
                // A step too long is halved until the fit is no worse.
                for _ in 0..30 {
                    if self.deviance(&next) <= self.deviance(&eta) * (1.0 + 1e-12) {
                        break;
                    }
                    b = b.iter().zip(last).map(|(b, last)| f64::midpoint(*b, *last)).collect();
                    next = self.linear(&b);
                }
            }
            let moved = eta.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            eta = next;
            if before.is_some() && moved < SETTLED * (1.0 + largest(&eta)) {
                // The information matrix of the probabilities settled on.
                return Ok((b, self.step(&eta)?));
            }
            before = Some(b);
        }
        Err(unsettled(&eta))
    }

    /// One weighted least-squares step from the linear predictors `eta`.
    fn step(&self, eta: &[f64]) -> Result<LeastSquares, Unestimable> {
        let width = self.rows.first().map_or(0, Vec::len);
        let mut columns = vec![Vec::with_capacity(self.rows.len()); width];
        let mut working = Vec::with_capacity(self.rows.len());
        for (((row, y), n), eta) in self.rows.iter().zip(&self.successes).zip(&self.trials).zip(eta)
        {
            let (p, q) = (logistic(*eta), logistic(-eta));
            let root = (n * p * q).sqrt();
            // √w (η + (y − np) / w), with y − np written so that no digit is lost near 0 and 1.
            working.push(Wide::new(root * eta + (y * q - (n - y) * p) / root));
            for (column, x) in columns.iter_mut().zip(row) {
                column.push(*x * Wide::new(root));
            }
        }
        LeastSquares::solve(&columns, &working)
    }

    fn linear(&self, b: &[f64]) -> Vec<f64> {
        let at = |row: &Vec<Wide>| row.iter().zip(b).map(|(x, b)| x.value() * b).sum();
        self.rows.iter().map(at).collect()
    }

    /// 2 Σ (y ln(y / np) + (n − y) ln((n − y) / nq)).
    fn deviance(&self, eta: &[f64]) -> f64 {
        let term = |k: f64, n: f64, eta: f64| {
            // ln p = −ln(1 + e^−η)
            if k > 0.0 { k * ((k / n).ln() + softplus(-eta)) } else { 0.0 }
        };
        let rows = self.successes.iter().zip(&self.trials).zip(eta);
        2.0 * rows.map(|((y, n), eta)| term(*y, *n, *eta) + term(n - y, *n, -eta)).sum::<f64>()
    }
}

/// ln L where each row is fitted by its own share of successes.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn saturated(outcomes: &[Outcome]) -> f64 {
    let part = |k: u64, n: u64| if k > 0 { k as f64 * (k as f64 / n as f64).ln() } else { 0.0 };
    let row = |o: &Outcome| {
        let failures = o.trials - o.successes;
        ln_binomial(o.trials, o.successes) + part(o.successes, o.trials) + part(failures, o.trials)
    };
    outcomes.iter().map(row).sum()
}

fn unsettled(eta: &[f64]) -> Unestimable {
    Unestimable::NotSolvable(if largest(eta) > RUNAWAY {
        "the predictors separate the outcomes: no finite coefficients exist"
    } else {
        "the predictors depend on each other, or the fit did not settle"
    })
}

fn largest(values: &[f64]) -> f64 {
    values.iter().map(|v| v.abs()).fold(0.0, f64::max)
}

/// 1 / (1 + e^−η), never quite 0.
fn logistic(eta: f64) -> f64 {
    (-softplus(-eta)).exp()
}

/// ln(1 + e^x).
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{Outcome, fit};
    use crate::stats::Unestimable;
    use crate::stats::regression::predictors::Predictors;

    /// Beetles killed by carbon disulphide: C. Bliss (1935), in A. Dobson, An Introduction to
    /// Generalized Linear Models (2002), § 7.3.1, with her coefficients, errors and deviance.
    #[test]
    fn dobsons_beetles() {
        let dose = [1.6907, 1.7242, 1.7552, 1.7842, 1.8113, 1.8369, 1.8610, 1.8839];
        let beetles =
            [(6, 59), (13, 60), (18, 62), (28, 56), (52, 63), (53, 59), (61, 62), (60, 60)];
        let outcomes = beetles.map(|(successes, trials)| Outcome { successes, trials });
        let x = Predictors::multiple(&[("dose", &dose)], true).unwrap();
        let fit = fit(&x, &outcomes).unwrap();
        assert!((fit.coefficients[0] + 60.72).abs() < 5e-3, "{:?}", fit.coefficients);
        assert!((fit.coefficients[1] - 34.27).abs() < 5e-3);
        assert!((fit.standard_errors[0] - 5.18).abs() < 5e-3);
        assert!((fit.standard_errors[1] - 2.91).abs() < 5e-3);
        assert!((fit.residual_deviance - 11.23).abs() < 5e-3);
        assert_eq!((fit.df_null, fit.df_residual), (7, 6));
        let bounds = fit.odds_ratio_bounds(0.95).unwrap()[1];
        assert!(bounds.low < fit.odds_ratios()[1] && fit.odds_ratios()[1] < bounds.high);
    }

    #[test]
    fn grouped_and_single_outcomes_give_one_answer() {
        let grouped =
            [(1, 3), (2, 4), (3, 3)].map(|(successes, trials)| Outcome { successes, trials });
        let x = [1.0, 2.0, 3.0];
        let single: Vec<(f64, u64)> = grouped
            .iter()
            .zip(x)
            .flat_map(|(o, x)| (0..o.trials).map(move |i| (x, u64::from(i < o.successes))))
            .collect();
        let (xs, ys): (Vec<f64>, Vec<u64>) = single.into_iter().unzip();
        let ys: Vec<Outcome> =
            ys.into_iter().map(|successes| Outcome { successes, trials: 1 }).collect();
        let a = fit(&Predictors::multiple(&[("x", &x)], true).unwrap(), &grouped).unwrap();
        let b = fit(&Predictors::multiple(&[("x", &xs)], true).unwrap(), &ys).unwrap();
        assert!((a.coefficients[1] - b.coefficients[1]).abs() < 1e-9);
        assert!((a.standard_errors[1] - b.standard_errors[1]).abs() < 1e-9);
    }

    #[test]
    fn separated_outcomes_are_refused_not_estimated() {
        let x = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let run = |ys: [u64; 6], x: &[f64]| {
            let outcomes = ys.map(|successes| Outcome { successes, trials: 1 });
            fit(&Predictors::multiple(&[("x", x)], true).unwrap(), &outcomes)
        };
        assert!(
            matches!(run([0, 0, 0, 1, 1, 1], &x), Err(Unestimable::NotSolvable(m)) if m.contains("separate"))
        );
        // One value of x has both outcomes, all others one: separated all but there.
        let tied = [1.0, 2.0, 3.0, 3.0, 5.0, 6.0];
        assert!(
            matches!(run([0, 0, 0, 1, 1, 1], &tied), Err(Unestimable::NotSolvable(m)) if m.contains("separate"))
        );
        assert_eq!(run([1; 6], &x), Err(Unestimable::Constant));
        assert!(run([0, 1, 0, 1, 0, 1], &x).is_ok());
    }
}
