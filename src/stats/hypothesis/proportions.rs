//! Shares compared: one with a given one, two with each other, several at once.
//!
//! Sources: NIST/SEMATECH e-Handbook, 7.2.4 and 7.3.3; J. Fleiss, Statistical Methods for Rates and
//! Proportions; R. Newcombe (Statistics in Medicine 17, 1998) for the interval of a difference.

use super::alternative::{Alternative, p_of_z};
use super::contingency::pearson;
use super::equal_variance::ChiSquareTest;
use super::exact::{binomial_two_sided, fisher_two_sided};
use crate::stats::Unestimable;
use crate::stats::interval::{Bounds, clopper_pearson, newcombe, wilson};
use crate::stats::special::normal;

/// `x` of `n`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Units with the property.
    pub x: u64,
    /// Units in all.
    pub n: u64,
}

impl Share {
    /// x / n.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    pub fn value(self) -> f64 {
        self.x as f64 / self.n as f64
    }

    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    fn size(self) -> f64 {
        self.n as f64
    }

    fn checked(self) -> Result<Self, Unestimable> {
        match self {
            Self { n: 0, .. } => Err(Unestimable::TooFew { needed: 1, got: 0 }),
            Self { x, n } if x > n => Err(Unestimable::Outside("a share counts at most all units")),
            share => Ok(share),
        }
    }
}

/// One share against a given one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneProportion {
    /// The share.
    pub share: f64,
    /// (p − p₀) / √(p₀ (1 − p₀) / n).
    pub z: f64,
    /// P-value of z.
    pub p_value: f64,
    /// Exact two-sided binomial p-value.
    pub exact: f64,
    /// Wilson's score interval.
    pub wilson: Bounds,
    /// Clopper and Pearson's exact interval.
    pub clopper_pearson: Bounds,
}

/// Whether the share behind `share` is `p0`.
///
/// # Errors
/// No units, more counted than there are, `p0` or the level outside (0, 1).
pub fn one(
    share: Share,
    p0: f64,
    alternative: Alternative,
    level: f64,
) -> Result<OneProportion, Unestimable> {
    let Share { x, n } = share.checked()?;
    let outside = Unestimable::Outside("a share to test and a level lie between 0 and 1");
    let exact = binomial_two_sided(x, n, p0).ok_or(outside.clone())?;
    let z = (share.value() - p0) / (p0 * (1.0 - p0) / share.size()).sqrt();
    Ok(OneProportion {
        share: share.value(),
        z,
        p_value: p_of_z(z, alternative),
        exact,
        wilson: wilson(x, n, level).ok_or(outside.clone())?,
        clopper_pearson: clopper_pearson(x, n, level).ok_or(outside)?,
    })
}

/// Two shares compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoProportions {
    /// p₁ − p₂.
    pub difference: f64,
    /// Newcombe's hybrid score interval of the difference.
    pub newcombe: Bounds,
    /// The interval p₁ − p₂ ± z √(p₁q₁/n₁ + p₂q₂/n₂): too narrow for small counts.
    pub wald: Bounds,
    /// p₁ / p₂; absent where p₂ is 0.
    pub relative_risk: Option<f64>,
    /// Fisher's exact two-sided p-value.
    pub fisher: f64,
    /// The test by the normal distribution; absent where both shares are 0, or both are 1.
    pub pooled: Option<Pooled>,
}

/// The test of two shares by their pooled standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pooled {
    /// (p₁ − p₂) / √(p q (1/n₁ + 1/n₂)), p the share of both together.
    pub z: f64,
    /// P-value of z under the alternative asked for.
    pub p_value: f64,
    /// z², Pearson's chi-square of the 2 × 2 table.
    pub chi_square: ChiSquareTest,
    /// Chi-square with Yates' correction.
    pub yates: ChiSquareTest,
}

/// Whether two shares are equal.
///
/// # Errors
/// No units, more counted than there are, or a level outside (0, 1).
pub fn two(
    first: Share,
    second: Share,
    alternative: Alternative,
    level: f64,
) -> Result<TwoProportions, Unestimable> {
    let (a, b) = (first.checked()?, second.checked()?);
    let outside = Unestimable::Outside("a confidence level lies between 0 and 1");
    let (p1, p2) = (a.value(), b.value());
    let difference = p1 - p2;
    let z = normal::upper_quantile((1.0 - level) / 2.0).ok_or(outside.clone())?;
    let half = z * (p1 * (1.0 - p1) / a.size() + p2 * (1.0 - p2) / b.size()).sqrt();
    Ok(TwoProportions {
        difference,
        newcombe: newcombe(a.x, a.n, b.x, b.n, level).ok_or(outside.clone())?,
        wald: Bounds { low: difference - half, high: difference + half },
        relative_risk: Some(p1 / p2).filter(|ratio| ratio.is_finite()),
        fisher: fisher_two_sided(a.x, a.n, b.x, b.n).ok_or(outside)?,
        pooled: pooled(a, b, alternative),
    })
}

fn pooled(a: Share, b: Share, alternative: Alternative) -> Option<Pooled> {
    let table = [vec![a.x, a.n - a.x], vec![b.x, b.n - b.x]];
    let tested = pearson(&table).ok()?;
    let difference = a.value() - b.value();
    let z = tested.test.statistic.sqrt().copysign(difference);
    let p_value = p_of_z(z, alternative);
    Some(Pooled { z, p_value, chi_square: tested.test, yates: tested.yates? })
}

/// Whether several shares are equal: Pearson's chi-square of the k × 2 table, k − 1 degrees of
/// freedom.
///
/// # Errors
/// Fewer than two shares, no units, more counted than there are, or shares that are all 0 or all 1.
pub fn several(shares: &[Share]) -> Result<ChiSquareTest, Unestimable> {
    let row = |share: &Share| share.checked().map(|s| vec![s.x, s.n - s.x]);
    let table = shares.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    Ok(pearson(&table)?.test)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{Share, one, several, two};
    use crate::stats::hypothesis::Alternative::{Greater, TwoSided};

    const fn share(x: u64, n: u64) -> Share {
        Share { x, n }
    }

    /// J. Fleiss (1981), p. 139: smokers among lung patients; chi-square 12.6 with 3 degrees.
    #[test]
    fn smokers_in_four_studies() {
        let test =
            several(&[share(83, 86), share(90, 93), share(129, 136), share(70, 82)]).unwrap();
        assert!((test.statistic - 12.6).abs() < 5e-3 && (test.p_value - 0.005_585).abs() < 5e-7);
    }

    /// R. Newcombe (1998), example a: 0.0524 to 0.3339.
    #[test]
    fn newcombes_first_example() {
        let test = two(share(56, 70), share(48, 80), TwoSided, 0.95).unwrap();
        assert!((test.newcombe.low - 0.0524).abs() < 5e-5);
        assert!((test.newcombe.high - 0.3339).abs() < 5e-5);
        let pooled = test.pooled.unwrap();
        assert!((pooled.p_value - pooled.chi_square.p_value).abs() < 1e-14);
        let greater = two(share(56, 70), share(48, 80), Greater, 0.95).unwrap();
        assert!((greater.pooled.unwrap().p_value * 2.0 - pooled.p_value).abs() < 1e-14);
    }

    /// NIST/SEMATECH e-Handbook 7.2.4: 26 of 200 against 0.10, z = 1.414.
    #[test]
    fn the_handbooks_wafers() {
        let test = one(share(26, 200), 0.1, Greater, 0.95).unwrap();
        assert!((test.z - 1.414).abs() < 5e-4 && test.p_value > 0.05);
        assert!(test.wilson.low < 0.13 && 0.13 < test.clopper_pearson.high);
    }

    #[test]
    fn nothing_and_everything_leave_no_test_but_an_interval() {
        let test = two(share(0, 20), share(0, 30), TwoSided, 0.95).unwrap();
        assert_eq!((test.pooled, test.relative_risk), (None, None));
        assert!(test.newcombe.low < 0.0 && test.newcombe.high > 0.0);
        assert!(two(share(3, 2), share(1, 2), TwoSided, 0.95).is_err());
        assert!(one(share(1, 0), 0.5, TwoSided, 0.95).is_err());
        assert!(several(&[share(0, 5), share(0, 5)]).is_err());
    }
}
