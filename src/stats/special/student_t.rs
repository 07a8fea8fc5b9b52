//! Student's t distribution, by the incomplete beta function.
//!
//! Source: NIST Digital Library of Mathematical Functions, 8.17; M. Abramowitz and I. Stegun,
//! Handbook of Mathematical Functions (1964), 26.7.1. Each tail keeps its relative accuracy, far
//! out and close to t = 0.

use super::beta;

/// P(|T| ≥ |t|) with `df` degrees of freedom: I(df / (df + t²); df/2, ½).
///
/// `None` unless `df` is positive and finite and `t` is a number.
#[must_use]
pub fn two_sided(t: f64, df: f64) -> Option<f64> {
    let square = t * t;
    if square.is_infinite() {
        return (df > 0.0).then_some(0.0);
    }
    // Whichever of x and 1 − x is small is given, so that neither loses digits.
    if square < df {
        Some(beta::tails(0.5, df / 2.0, square / (df + square))?.upper)
    } else {
        Some(beta::tails(df / 2.0, 0.5, df / (df + square))?.lower)
    }
}

/// P(T ≥ t) with `df` degrees of freedom; `None` as [`two_sided`].
#[must_use]
pub fn upper(t: f64, df: f64) -> Option<f64> {
    let half = two_sided(t, df)? / 2.0;
    Some(if t < 0.0 { 1.0 - half } else { half })
}

/// The t below which the share `p` lies; `None` unless 0 < p < 1 and `df` is positive and finite.
#[must_use]
pub fn quantile(p: f64, df: f64) -> Option<f64> {
    if p > 0.5 {
        return upper_quantile(1.0 - p, df);
    }
    upper_quantile(p, df).map(|t| -t)
}

/// The t above which the share `q` lies, without the digits lost in 1 − q; `None` as [`quantile`].
#[must_use]
pub fn upper_quantile(q: f64, df: f64) -> Option<f64> {
    if q > 0.5 {
        return upper_quantile(1.0 - q, df).map(|t| -t);
    }
    if q.to_bits() == 0.5_f64.to_bits() {
        return (df > 0.0).then_some(0.0);
    }
    let x = beta::quantile(df / 2.0, 0.5, 2.0 * q)?;
    if x < 0.5 {
        return Some((df * (1.0 - x) / x).sqrt());
    }
    // The same point counted from the other end.
    let y = beta::quantile(0.5, df / 2.0, 1.0 - 2.0 * q)?;
    Some((df * y / (1.0 - y)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::{quantile, two_sided, upper, upper_quantile};
    use crate::stats::special::testing::close;
    use proptest::prelude::*;

    /// Expected values by 40-digit arithmetic (mpmath).
    #[test]
    fn tails_hold_far_out_and_near_the_middle() {
        close(two_sided(34.1, 270.0), 7.576_570_196_495_107e-100, 1e-12);
        close(two_sided(12.5, 3.0), 0.001_103_631_331_096_058_4, 1e-12);
        close(two_sided(1.0e-07, 5.0), 0.999_999_924_078_662, 1e-12);
        close(two_sided(0.3, 2.5), 0.787_342_371_495_197_3, 1e-12);
        close(two_sided(50.0, 40.0), 1.111_739_558_369_046_5e-37, 1e-12);
        close(two_sided(2.0, 1_000_000.0), 0.045_500_533_851_319_205, 1e-10);
    }

    /// NIST/SEMATECH e-Handbook, table 1.3.6.7.2; digits beyond it by 40-digit arithmetic.
    #[test]
    fn quantiles_match_the_table() {
        close(quantile(0.975, 1.0), 12.706_204_736_174_694, 1e-12);
        close(quantile(0.975, 30.0), 2.042_272_456_301_236, 1e-12);
        close(quantile(0.05, 7.0), -1.894_578_605_090_007_3, 1e-12);
        close(upper_quantile(1e-12, 5.0), 393.956_959_577_603_75, 1e-12);
        assert_eq!(quantile(0.5, 3.0), Some(0.0));
        assert_eq!((quantile(0.0, 3.0), quantile(0.3, 0.0)), (None, None));
    }

    proptest! {
        #[test]
        fn quantile_and_tail_are_inverse(q in 1e-12..0.999_f64, df in 0.5..1e6_f64) {
            let back = upper_quantile(q, df).and_then(|t| upper(t, df));
            prop_assert!(back.is_some_and(|b| (b / q - 1.0).abs() < 1e-9), "{back:?} for {q}");
        }
    }
}
