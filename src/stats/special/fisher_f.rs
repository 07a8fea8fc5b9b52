//! Fisher and Snedecor's F distribution, by the incomplete beta function.
//!
//! Source: M. Abramowitz and I. Stegun, Handbook of Mathematical Functions (1964), 26.6.2. The
//! upper tail keeps its relative accuracy however far out it lies.

use super::beta;

/// P(F ≥ f) with `df1` and `df2` degrees of freedom: I(df2 / (df2 + df1 f); df2/2, df1/2).
///
/// `None` unless both degrees of freedom are positive and finite and `f` ≥ 0.
#[must_use]
pub fn upper(f: f64, df1: f64, df2: f64) -> Option<f64> {
    let part = df1 * f;
    if f.is_infinite() {
        return (f > 0.0 && df1 > 0.0 && df2 > 0.0).then_some(0.0);
    }
    // Whichever of x and 1 − x is small is given, so that neither loses digits.
    if part < df2 {
        Some(beta::tails(df1 / 2.0, df2 / 2.0, part / (df2 + part))?.upper)
    } else {
        Some(beta::tails(df2 / 2.0, df1 / 2.0, df2 / (df2 + part))?.lower)
    }
}

/// The f above which the share `q` lies; `None` unless 0 < q < 1 and the degrees of freedom fit.
#[must_use]
pub fn upper_quantile(q: f64, df1: f64, df2: f64) -> Option<f64> {
    let x = beta::quantile(df2 / 2.0, df1 / 2.0, q)?;
    if x < 0.5 {
        return Some(df2 * (1.0 - x) / (df1 * x));
    }
    // The same point counted from the other end.
    let y = beta::quantile(df1 / 2.0, df2 / 2.0, 1.0 - q)?;
    Some(df2 * y / (df1 * (1.0 - y)))
}

#[cfg(test)]
mod tests {
    use super::{upper, upper_quantile};
    use crate::stats::special::testing::close;
    use proptest::prelude::*;

    /// Expected values by 40-digit arithmetic (mpmath).
    #[test]
    fn upper_tails_hold_far_out() {
        close(upper(492.3, 9.0, 18.0), 1.162_882_627_130_132_4e-19, 1e-12);
        close(upper(1_162.0, 1.0, 270.0), 8.178_149_001_677_884e-100, 1e-12);
        close(upper(245.6, 9.0, 78.0), 2.025_314_994_432_630_2e-53, 1e-12);
        close(upper(0.4, 18.0, 60.0), 0.983_085_950_274_225_1, 1e-12);
        close(upper(1.0e-06, 3.0, 7.0), 0.999_999_998_475_831_1, 1e-12);
        close(upper(80.0, 2.0, 100_000.0), 1.924_007_152_861_746e-35, 1e-12);
    }

    /// Five-percent points of NIST/SEMATECH e-Handbook, table 1.3.6.7.3; digits beyond it by 40-digit
    /// arithmetic.
    #[test]
    fn quantiles_match_the_table() {
        close(upper_quantile(0.05, 1.0, 10.0), 4.964_602_743_730_711, 1e-12);
        close(upper_quantile(0.05, 5.0, 20.0), 2.710_889_837_209_691_2, 1e-12);
        assert_eq!(upper_quantile(1.0, 5.0, 20.0), None);
    }

    proptest! {
        #[test]
        fn quantile_and_tail_are_inverse(
            q in 1e-10..0.999_f64, df1 in 1.0..200.0_f64, df2 in 1.0..1e4_f64,
        ) {
            let back = upper_quantile(q, df1, df2).and_then(|f| upper(f, df1, df2));
            prop_assert!(back.is_some_and(|b| (b / q - 1.0).abs() < 1e-8), "{back:?} for {q}");
        }
    }
}
