//! Power: the chance that a test finds a difference of a stated size, the sample it takes, and the
//! smallest difference a sample can find.
//!
//! Two-sided tests count only rejections in the direction of the true difference, as R's
//! `power.t.test` does: finding the opposite of what is so is no success. Sample sizes are given
//! as real numbers and are to be rounded up.
//! Sources: J. Cohen, *Statistical Power Analysis for the Behavioral Sciences* (1988); N. Johnson,
//! S. Kotz and N. Balakrishnan, *Continuous Univariate Distributions* 2 (1995), chapters 30 and
//! 31; J. Fleiss, B. Levin and M. Paik, *Statistical Methods for Rates and Proportions* (2003), 4.

use crate::stats::Unestimable;
use crate::stats::special::root::bracketed;
use crate::stats::special::{beta, noncentral, noncentral_t, normal};

/// Largest sample looked for.
const LARGEST: f64 = 1e9;
/// Largest noncentrality whose sum of chi-squares is carried out: its terms grow with the root.
const FARTHEST: f64 = 1e12;
const OUT: Unestimable = Unestimable::Outside(
    "power needs sizes and spreads above 0 and within reason, and alpha and power between 0 and 1",
);
const UNREACHED: Unestimable = Unestimable::NotSolvable("no sample size or difference reaches it");

/// What means are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// One sample with a fixed value, or differences within pairs; n is the number of values or
    /// pairs, the standard deviation that of values or differences.
    One,
    /// Two samples of n each.
    Two,
}

/// Whether differences of either sign count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sides {
    /// Only in the direction expected.
    One,
    /// In both; alpha is split.
    Two,
}

impl Sides {
    const fn tail(self, alpha: f64) -> f64 {
        match self {
            Self::One => alpha,
            Self::Two => alpha / 2.0,
        }
    }
}

/// A t test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TTest {
    /// What is compared.
    pub means: Means,
    /// Which differences count.
    pub sides: Sides,
    /// Significance level.
    pub alpha: f64,
}

impl TTest {
    /// Power with `n` values (each), a true difference `delta` and standard deviation `sd`, both
    /// in the unit of the values: P(T > t) of noncentral t with δ = √n delta / sd (√(n / 2) of two
    /// samples).
    ///
    /// # Errors
    /// n not above 1, sd not above 0, or alpha outside (0, 1).
    pub fn power(&self, n: f64, delta: f64, sd: f64) -> Result<f64, Unestimable> {
        self.given(n, delta / sd).filter(|_| sd > 0.0).ok_or(OUT)
    }

    /// Values (each) for `power`.
    ///
    /// # Errors
    /// As of [`TTest::power`], or no difference to find.
    pub fn sample_size(&self, delta: f64, sd: f64, power: f64) -> Result<f64, Unestimable> {
        checked(power)?;
        self.power(2.0, delta, sd)?;
        grow(2.0, |n| self.given(n, delta / sd), power)
    }

    /// The smallest difference `n` values (each) find with `power`, in the unit of `sd`.
    ///
    /// # Errors
    /// As of [`TTest::power`].
    pub fn detectable(&self, n: f64, sd: f64, power: f64) -> Result<f64, Unestimable> {
        checked(power)?;
        self.power(n, 0.0, sd)?;
        let share = |effect: f64| self.given(n, effect).map_or(f64::NAN, |got| got - power);
        let high = doubling(1.0, |effect| self.given(n, effect), power)?;
        bracketed(share, 0.0, high).map(|effect| effect * sd).ok_or(UNREACHED)
    }

    fn given(&self, n: f64, effect: f64) -> Option<f64> {
        let samples = if self.means == Means::One { 1.0 } else { 2.0 };
        let df = samples * (n - 1.0);
        let tail = self.sides.tail(self.alpha);
        if !(df > 0.0 && tail > 0.0 && tail < 1.0) {
            return None;
        }
        let critical = -noncentral_t::quantile(tail, df, 0.0)?;
        noncentral_t::sf(critical, df, (n / samples).sqrt() * effect.abs())
    }
}

/// Two proportions compared by their normal approximation, `n` trials each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProportionsTest {
    /// Which differences count.
    pub sides: Sides,
    /// Significance level.
    pub alpha: f64,
}

impl ProportionsTest {
    /// Power with `n` trials each and true shares `p1` and `p2`:
    /// Φ((√n |p₁ − p₂| − z √(2 p̄ q̄)) / √(p₁q₁ + p₂q₂)).
    ///
    /// # Errors
    /// No trials, or shares or alpha outside (0, 1).
    pub fn power(&self, n: f64, p1: f64, p2: f64) -> Result<f64, Unestimable> {
        let share = |p: f64| p > 0.0 && p < 1.0;
        let z = normal::upper_quantile(self.sides.tail(self.alpha));
        let z = z.filter(|_| n > 0.0 && share(p1) && share(p2)).ok_or(OUT)?;
        let pooled = ((p1 + p2) * (1.0 - f64::midpoint(p1, p2))).sqrt();
        let apart = (p1 * (1.0 - p1) + p2 * (1.0 - p2)).sqrt();
        Ok(normal::cdf((n.sqrt() * (p1 - p2).abs() - z * pooled) / apart))
    }

    /// Trials each for `power`.
    ///
    /// # Errors
    /// As of [`ProportionsTest::power`], or equal shares.
    pub fn sample_size(&self, p1: f64, p2: f64, power: f64) -> Result<f64, Unestimable> {
        checked(power)?;
        self.power(1.0, p1, p2)?;
        grow(1.0, |n| self.power(n, p1, p2).ok(), power)
    }

    /// The smallest share above `p1` that `n` trials each tell from it with `power`.
    ///
    /// # Errors
    /// As of [`ProportionsTest::power`], or none below 1.
    pub fn detectable(&self, n: f64, p1: f64, power: f64) -> Result<f64, Unestimable> {
        checked(power)?;
        let miss = |p2: f64| self.power(n, p1, p2).map_or(f64::NAN, |got| got - power);
        bracketed(miss, p1, 1.0 - 1e-12).ok_or(UNREACHED)
    }
}

/// One-way analysis of variance of `groups` groups of n each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AnovaTest {
    /// Groups, at least two.
    pub groups: f64,
    /// Significance level.
    pub alpha: f64,
}

impl AnovaTest {
    /// Power with `n` values in each group, `between` the variance of the true means (divisor
    /// groups − 1) and `within` the variance in each group: P(F > f) of noncentral F with
    /// λ = (groups − 1) n between / within.
    ///
    /// # Errors
    /// Fewer than two groups or values, variances not above 0, or alpha outside (0, 1).
    pub fn power(&self, n: f64, between: f64, within: f64) -> Result<f64, Unestimable> {
        self.given(n, between / within).filter(|_| within > 0.0).ok_or(OUT)
    }

    /// Values in each group for `power`.
    ///
    /// # Errors
    /// As of [`AnovaTest::power`], or equal means.
    pub fn sample_size(&self, between: f64, within: f64, power: f64) -> Result<f64, Unestimable> {
        checked(power)?;
        self.power(2.0, between, within)?;
        grow(2.0, |n| self.given(n, between / within), power)
    }

    /// The smallest variance between means that `n` values in each group find with `power`.
    ///
    /// # Errors
    /// As of [`AnovaTest::power`].
    pub fn detectable(&self, n: f64, within: f64, power: f64) -> Result<f64, Unestimable> {
        checked(power)?;
        self.power(n, 0.0, within)?;
        let high = doubling(1.0, |ratio| self.given(n, ratio), power)?;
        let miss = |ratio: f64| self.given(n, ratio).map_or(f64::NAN, |got| got - power);
        bracketed(miss, 0.0, high).map(|ratio| ratio * within).ok_or(UNREACHED)
    }

    fn given(&self, n: f64, ratio: f64) -> Option<f64> {
        let (df1, df2) = (self.groups - 1.0, self.groups * (n - 1.0));
        let noncentrality = df1 * n * ratio;
        let within = self.groups <= LARGEST && noncentrality <= FARTHEST;
        if !(df1 >= 1.0 && df2 > 0.0 && ratio >= 0.0 && within) {
            return None;
        }
        // F is a ratio of the two parts of a beta variable; its upper tail is the lower of y.
        let y = beta::quantile(df2 / 2.0, df1 / 2.0, self.alpha)?;
        let critical = df2 * (1.0 - y) / (df1 * y);
        Some(noncentral::f_tails(critical, df1, df2, noncentrality)?.upper)
    }
}

fn checked(power: f64) -> Result<(), Unestimable> {
    if power > 0.0 && power < 1.0 { Ok(()) } else { Err(OUT) }
}

/// The sample size at which `power_of` reaches `power`; `least`, the smallest the test can be made
/// with, where that reaches it.
fn grow(least: f64, power_of: impl Fn(f64) -> Option<f64>, power: f64) -> Result<f64, Unestimable> {
    let high = doubling(least, &power_of, power)?;
    if high <= least {
        return Ok(least);
    }
    let miss = |n: f64| power_of(n).map_or(f64::NAN, |got| got - power);
    bracketed(miss, high / 2.0, high).ok_or(UNREACHED)
}

/// The first of `start`, twice, four times … at which `power_of` reaches `power`.
fn doubling(
    start: f64,
    power_of: impl Fn(f64) -> Option<f64>,
    power: f64,
) -> Result<f64, Unestimable> {
    let mut at = start;
    while at < LARGEST {
        if power_of(at).ok_or(OUT)? >= power {
            return Ok(at);
        }
        at *= 2.0;
    }
    Err(UNREACHED)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{AnovaTest, Means, ProportionsTest, Sides, TTest};
    use proptest::prelude::*;

    const T: TTest = TTest { means: Means::Two, sides: Sides::Two, alpha: 0.05 };

    fn close(got: f64, want: f64, rel: f64) {
        assert!((got / want - 1.0).abs() <= rel, "{got} for {want}");
    }

    /// R's help pages of `power.t.test`, `power.prop.test` and `power.anova.test`.
    #[test]
    fn the_help_pages_of_r() {
        close(T.power(20.0, 1.0, 1.0).unwrap(), 0.868_952_8, 1e-7);
        close(T.sample_size(1.0, 1.0, 0.9).unwrap(), 22.0211, 1e-5);
        let one = TTest { sides: Sides::One, ..T };
        close(one.sample_size(1.0, 1.0, 0.9).unwrap(), 17.847_13, 1e-5);
        let shares = ProportionsTest { sides: Sides::Two, alpha: 0.05 };
        close(shares.power(50.0, 0.5, 0.75).unwrap(), 0.740_165_9, 1e-7);
        close(shares.sample_size(0.5, 0.75, 0.9).unwrap(), 76.7, 2e-4);
        let anova = AnovaTest { groups: 4.0, alpha: 0.05 };
        close(anova.sample_size(1.0, 3.0, 0.8).unwrap(), 11.926_13, 1e-5);
    }

    /// statsmodels 0.15 and scipy's noncentral F.
    #[test]
    fn other_programs_on_other_figures() {
        let one = TTest { sides: Sides::One, ..T };
        close(one.power(30.0, 0.5, 1.0).unwrap(), 0.606_025_327_886_786, 1e-8);
        let anova = AnovaTest { groups: 5.0, alpha: 0.01 };
        close(anova.power(9.0, 2.0, 7.0).unwrap(), 0.410_522_072_212_480_27, 1e-9);
    }

    #[test]
    fn what_cannot_be_found_is_said() {
        assert!(T.power(1.0, 1.0, 1.0).is_err() && T.power(9.0, 1.0, 0.0).is_err());
        assert!(T.sample_size(0.0, 1.0, 0.9).is_err() && T.sample_size(1.0, 1.0, 1.0).is_err());
        let shares = ProportionsTest { sides: Sides::Two, alpha: 0.05 };
        assert!(shares.sample_size(0.4, 0.4, 0.9).is_err());
        assert!(shares.power(9.0, 0.0, 0.4).is_err() && shares.detectable(3.0, 0.5, 0.9).is_err());
        let anova = |groups| AnovaTest { groups, alpha: 0.05 };
        assert!(anova(1.0).power(5.0, 1.0, 1.0).is_err());
        assert!(anova(1e18).power(5.0, 1.0, 1.0).is_err());
        assert!(anova(3.0).sample_size(1e300, 1.0, 0.9).is_err());
        close(T.sample_size(50.0, 1.0, 0.5).unwrap(), 2.0, 1e-15);
    }

    proptest! {
        #[test]
        fn size_power_and_difference_invert_each_other(
            n in 3.0..200.0_f64, power in 0.2..0.95_f64, sd in 0.1..10.0_f64,
        ) {
            for means in [Means::One, Means::Two] {
                let test = TTest { means, ..T };
                let delta = test.detectable(n, sd, power).unwrap();
                close(test.power(n, delta, sd).unwrap(), power, 1e-9);
                close(test.sample_size(delta, sd, power).unwrap(), n, 1e-7);
            }
            let anova = AnovaTest { groups: 3.0, alpha: 0.05 };
            let between = anova.detectable(n, sd, power).unwrap();
            close(anova.sample_size(between, sd, power).unwrap(), n, 1e-7);
        }

        #[test]
        fn more_values_never_lower_power(n in 2.0..100.0_f64, more in 0.0..50.0_f64) {
            prop_assert!(T.power(n + more, 0.4, 1.0).unwrap() >= T.power(n, 0.4, 1.0).unwrap() - 1e-12);
        }
    }
}
