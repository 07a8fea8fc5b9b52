//! Student's and Welch's t tests of one mean, of paired differences and of two means.
//!
//! Sources: Student, "The probable error of a mean" (Biometrika 6, 1908); B. Welch (Biometrika 34,
//! 1947) and F. Satterthwaite (Biometrics 2, 1946) for unequal variances; NIST/SEMATECH e-Handbook,
//! 7.2.2 and 7.3.1.

use super::alternative::Alternative;
use super::sample::Sample;
use crate::stats::special::student_t;
use crate::stats::{Unestimable, squarable};

/// What is tested, and how sure its interval shall be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// The mean, or difference of means, of the hypothesis.
    pub mu: f64,
    /// Departures looked for; one-sided ones give an interval with one end.
    pub alternative: Alternative,
    /// Confidence level of the interval, inside (0, 1).
    pub level: f64,
}

impl Default for Question {
    fn default() -> Self {
        Self { mu: 0.0, alternative: Alternative::TwoSided, level: 0.95 }
    }
}

/// A t test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TTest {
    /// Mean of the sample, of the differences, or of the first sample, in the unit of the values.
    pub mean: f64,
    /// Mean of the second sample, where there are two.
    pub second_mean: Option<f64>,
    /// What is tested: the mean, or the first mean less the second.
    pub estimate: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// (estimate − μ₀) / standard error.
    pub t: f64,
    /// Degrees of freedom; fractional in Welch's test.
    pub df: f64,
    /// Probability of a t at least this far out.
    pub p_value: f64,
    /// Lower end of the interval of the estimate; absent when the alternative is *less*.
    pub low: Option<f64>,
    /// Upper end; absent when the alternative is *greater*.
    pub high: Option<f64>,
}

/// Whether the mean of `values` is μ₀: t = (x̄ − μ₀) √n / s with n − 1 degrees of freedom.
///
/// # Errors
/// Fewer than two values, all values the same, values that are no numbers, or a level outside
/// (0, 1).
pub fn one_sample(values: &[f64], question: Question) -> Result<TTest, Unestimable> {
    finite(values)?;
    enough(values, 2)?;
    let sample = Sample::of(values);
    let se = (sample.variance() / sample.n).sqrt();
    let estimate = Estimate { mean: sample.mean, second: None, value: sample.mean };
    test(&estimate, se, sample.df(), question)
}

/// Whether the mean of the differences `first` − `second` is μ₀.
///
/// # Errors
/// As [`one_sample`] of the differences, or samples of unequal size.
pub fn paired(first: &[f64], second: &[f64], question: Question) -> Result<TTest, Unestimable> {
    if first.len() != second.len() {
        return Err(Unestimable::Outside("pairs need as many first values as second ones"));
    }
    let differences: Vec<f64> = first.iter().zip(second).map(|(x, y)| x - y).collect();
    one_sample(&differences, question)
}

/// Whether two means differ by μ₀, their variances being equal:
/// se² = s²ₚ (1/n₁ + 1/n₂) with n₁ + n₂ − 2 degrees of freedom.
///
/// # Errors
/// A sample without values, fewer than three values in all, no spread in either sample, values
/// that are no numbers, or a level outside (0, 1).
pub fn pooled(first: &[f64], second: &[f64], question: Question) -> Result<TTest, Unestimable> {
    let (a, b, estimate) = two(first, second, 1)?;
    let df = a.df() + b.df();
    if df < 1.0 {
        return Err(Unestimable::TooFew { needed: 3, got: first.len() + second.len() });
    }
    let variance = (a.squares + b.squares) / df;
    test(&estimate, (variance * (1.0 / a.n + 1.0 / b.n)).sqrt(), df, question)
}

/// Whether two means differ by μ₀, each sample with its own variance:
/// se² = s₁²/n₁ + s₂²/n₂, degrees of freedom by Satterthwaite.
///
/// # Errors
/// Fewer than two values in a sample, no spread in either, values that are no numbers, or a level
/// outside (0, 1).
pub fn welch(first: &[f64], second: &[f64], question: Question) -> Result<TTest, Unestimable> {
    let (a, b, estimate) = two(first, second, 2)?;
    let (va, vb) = (a.variance() / a.n, b.variance() / b.n);
    test(&estimate, (va + vb).sqrt(), satterthwaite(va, a.df(), vb, b.df()), question)
}

/// Degrees of freedom of a sum of two squared standard errors.
pub(super) fn satterthwaite(va: f64, df_a: f64, vb: f64, df_b: f64) -> f64 {
    // As shares, so that no variance is too small or too large to be squared.
    let (a, b) = (va / (va + vb), vb / (va + vb));
    1.0 / (a * a / df_a + b * b / df_b)
}

/// The means, and what is tested of them.
struct Estimate {
    mean: f64,
    second: Option<f64>,
    value: f64,
}

fn test(means: &Estimate, se: f64, df: f64, question: Question) -> Result<TTest, Unestimable> {
    let Estimate { mean, second: second_mean, value: estimate } = *means;
    let Question { mu, alternative, level } = question;
    if !(level > 0.0 && level < 1.0) {
        return Err(Unestimable::Outside("a confidence level lies between 0 and 1"));
    }
    // Rounding leaves a constant sample a spread of some ulps of its size.
    if se <= 4.0 * f64::EPSILON * mean.abs() {
        return Err(Unestimable::Constant);
    }
    let t = (estimate - mu) / se;
    let tail = |t: f64| student_t::upper(t, df);
    let (Some(lower), Some(upper)) = (tail(-t), tail(t)) else {
        return Err(Unestimable::Outside("the statistic is no number"));
    };
    let share =
        if alternative == Alternative::TwoSided { (1.0 - level) / 2.0 } else { 1.0 - level };
    let reach = student_t::upper_quantile(share, df).map(|q| q * se);
    let low = reach.filter(|_| alternative != Alternative::Less).map(|reach| estimate - reach);
    let high = reach.filter(|_| alternative != Alternative::Greater).map(|reach| estimate + reach);
    let p_value = alternative.p_value(lower, upper);
    Ok(TTest { mean, second_mean, estimate, standard_error: se, t, df, p_value, low, high })
}

fn two(
    first: &[f64],
    second: &[f64],
    least: usize,
) -> Result<(Sample, Sample, Estimate), Unestimable> {
    for values in [first, second] {
        finite(values)?;
        enough(values, least)?;
    }
    // Both from one origin, so that the difference of the means keeps its digits too.
    let origin = first.first().copied().unwrap_or(0.0);
    let (a, b) = (Sample::about(first, origin), Sample::about(second, origin));
    let (mean, second) = (origin + a.mean, Some(origin + b.mean));
    Ok((a, b, Estimate { mean, second, value: a.mean - b.mean }))
}

/// Refuses values that are no numbers, or whose squares are none.
pub(super) fn finite(values: &[f64]) -> Result<(), Unestimable> {
    squarable(values)
}

/// Refuses a sample of fewer than `needed` values.
pub(super) fn enough(values: &[f64], needed: usize) -> Result<(), Unestimable> {
    let got = values.len();
    if got < needed { Err(Unestimable::TooFew { needed, got }) } else { Ok(()) }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{Question, one_sample, paired, pooled, welch};
    use crate::stats::Unestimable;
    use crate::stats::hypothesis::Alternative;
    use proptest::prelude::*;

    /// Hours of sleep gained with two drugs: Student (1908), table I.
    const FIRST: [f64; 10] = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    const SECOND: [f64; 10] = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    fn near(got: f64, want: f64, distance: f64) {
        assert!((got - want).abs() <= distance, "{got} for {want}");
    }

    #[test]
    fn students_sleep_data_give_the_printed_figures() {
        let test = paired(&FIRST, &SECOND, Question::default()).unwrap();
        near(test.t, -4.0621, 5e-5);
        near(test.p_value, 0.002_833, 5e-7);
        near(test.estimate, -1.58, 1e-12);
        near(test.low.unwrap(), -2.459_886, 5e-7);
        let test = welch(&FIRST, &SECOND, Question::default()).unwrap();
        near(test.t, -1.8608, 5e-5);
        near(test.df, 17.776, 5e-4);
        near(test.p_value, 0.079_39, 5e-6);
        let test = pooled(&FIRST, &SECOND, Question::default()).unwrap();
        near(test.df, 18.0, 0.0);
        near(test.p_value, 0.079_19, 5e-6);
        assert_eq!(test.second_mean.map(|mean| (mean * 100.0).round()), Some(233.0));
    }

    #[test]
    fn one_sided_tests_have_one_ended_intervals() {
        let ask = |alternative| Question { alternative, level: 0.9, ..Question::default() };
        let less = one_sample(&FIRST, ask(Alternative::Less)).unwrap();
        let greater = one_sample(&FIRST, ask(Alternative::Greater)).unwrap();
        near(less.p_value + greater.p_value, 1.0, 1e-15);
        assert!(less.low.is_none() && greater.high.is_none());
        // The end of a 90 % one-sided interval is that of an 80 % two-sided one.
        let both = one_sample(&FIRST, Question { level: 0.8, ..Question::default() }).unwrap();
        near(less.high.unwrap(), both.high.unwrap(), 1e-12);
        near(greater.low.unwrap(), both.low.unwrap(), 1e-12);
    }

    #[test]
    fn what_cannot_be_tested_says_why() {
        let ask = Question::default();
        assert_eq!(one_sample(&[1.0], ask), Err(Unestimable::TooFew { needed: 2, got: 1 }));
        assert_eq!(one_sample(&[0.1; 7], ask), Err(Unestimable::Constant));
        assert_eq!(welch(&[0.1, 0.1], &[0.3, 0.3], ask), Err(Unestimable::Constant));
        assert!(welch(&[0.1, f64::NAN], &[0.3, 0.2], ask).is_err());
        assert!(paired(&[0.1, 0.2], &[0.3], ask).is_err());
        assert!(one_sample(&FIRST, Question { level: 1.0, ..ask }).is_err());
        assert!(pooled(&[1.0], &[2.0, 3.0], ask).is_ok_and(|t| t.df > 0.9));
    }

    proptest! {
        #[test]
        fn shifts_and_scales_change_no_test(
            x in prop::collection::vec(-100.0..100.0_f64, 3..20),
            y in prop::collection::vec(-100.0..100.0_f64, 3..20),
            shift in -1e3..1e3_f64, scale in 0.1..10.0_f64,
        ) {
            let moved = |v: &[f64]| v.iter().map(|x| (x + shift) * scale).collect::<Vec<_>>();
            let plain = welch(&x, &y, Question::default()).unwrap();
            let other = welch(&moved(&x), &moved(&y), Question::default()).unwrap();
            prop_assert!((plain.t - other.t).abs() <= 1e-8 * (1.0 + plain.t.abs()));
            let swapped = welch(&y, &x, Question::default()).unwrap();
            prop_assert!((plain.p_value - swapped.p_value).abs() <= 1e-10);
            // The interval covers zero exactly when the test does not reject at its level.
            let covers = plain.low.unwrap() < 0.0 && plain.high.unwrap() > 0.0;
            prop_assert!(covers == (plain.p_value > 0.05));
        }
    }
}
