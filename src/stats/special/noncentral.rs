//! The noncentral chi-square and F distributions: what sums of squares follow when groups differ.
//!
//! Both are mixtures of their central distributions with Poisson weights of mean λ/2, summed from
//! the heaviest weight outwards; each tail is summed of tails, so each keeps its digits.
//! Source: N. Johnson, S. Kotz and N. Balakrishnan, *Continuous Univariate Distributions* 2
//! (1995), chapters 29 and 30.

use super::beta::{self, Tails};
use super::gamma;

/// Both tails of chi-square with `df` degrees of freedom and noncentrality `lambda` at `x`.
///
/// `None` unless df is positive, and lambda and x are not negative.
#[must_use]
pub fn chi_square_tails(x: f64, df: f64, lambda: f64) -> Option<Tails> {
    mixture(lambda, |j| gamma::tails(df / 2.0 + j, x / 2.0))
}

/// Both tails of F with `df1` and `df2` degrees of freedom and noncentrality `lambda` at `x`.
///
/// `None` unless both df are positive, and lambda and x are not negative.
#[must_use]
pub fn f_tails(x: f64, df1: f64, df2: f64, lambda: f64) -> Option<Tails> {
    let share = df1 * x / (df1 * x + df2);
    mixture(lambda, |j| beta::tails(df1 / 2.0 + j, df2 / 2.0, share))
}

/// Σ Poisson(j; λ/2) · tails(j).
fn mixture(lambda: f64, tails: impl Fn(f64) -> Option<Tails>) -> Option<Tails> {
    if !(lambda >= 0.0 && lambda.is_finite()) {
        return None;
    }
    let mean = lambda / 2.0;
    let heaviest = mean.floor();
    let mut sum = Tails { lower: 0.0, upper: 0.0 };
    let mut j = heaviest;
    while add(&mut sum, gamma::poisson(j, mean), tails(j)?) {
        j += 1.0;
    }
    j = heaviest - 1.0;
    while j >= 0.0 && add(&mut sum, gamma::poisson(j, mean), tails(j)?) {
        j -= 1.0;
    }
    Some(Tails { lower: sum.lower.min(1.0), upper: sum.upper.min(1.0) })
}

/// Adds a weighted term; whether a further one could still count.
fn add(sum: &mut Tails, weight: f64, term: Tails) -> bool {
    let (lower, upper) = (weight * term.lower, weight * term.upper);
    sum.lower += lower;
    sum.upper += upper;
    lower > 1e-17 * sum.lower || upper > 1e-17 * sum.upper
}

#[cfg(test)]
mod tests {
    use super::{chi_square_tails, f_tails};
    use crate::stats::special::gamma;
    use crate::stats::special::testing::close;

    /// Expected values by 30-digit arithmetic (mpmath).
    #[test]
    fn both_tails_hold_twelve_digits() {
        let square = |x, df, lambda| chi_square_tails(x, df, lambda);
        close(square(3.84, 1.0, 10.5).map(|t| t.lower), 0.100_135_629_606_235_5, 1e-12);
        close(square(20.0, 4.0, 6.0).map(|t| t.upper), 0.058_079_223_774_405_81, 1e-12);
        close(square(300.0, 50.0, 900.0).map(|t| t.lower), 2.833_808_220_747_066e-43, 1e-12);
        let ratio = |x, a, b, lambda| f_tails(x, a, b, lambda);
        close(ratio(2.9, 3.0, 44.0, 11.9).map(|t| t.upper), 0.786_813_847_036_843_8, 1e-12);
        close(ratio(1.2, 2.0, 10.0, 40.0).map(|t| t.lower), 1.632_248_199_455_458_8e-6, 1e-12);
    }

    #[test]
    fn without_noncentrality_they_are_the_central_ones() {
        let central = gamma::chi_square_tails(7.0, 9.0).map(|t| t.upper);
        close(chi_square_tails(9.0, 7.0, 0.0).map(|t| t.upper), central.unwrap_or(0.0), 1e-15);
        assert_eq!(chi_square_tails(9.0, 7.0, -1.0), None);
        assert_eq!(f_tails(1.0, 0.0, 7.0, 1.0), None);
    }
}
