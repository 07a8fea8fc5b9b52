//! The standard normal distribution.
//!
//! Probabilities come from libm's erfc, right to the last digit or two; statrs' loses six digits of
//! sixteen (relative error up to 1e-10). Its inverse is as good as libm's function.

use std::f64::consts::FRAC_1_SQRT_2;

use statrs::distribution::{ContinuousCDF, Normal};

/// 1 / √(2π).
const DENSITY_AT_0: f64 = 0.398_942_280_401_432_7;

/// φ(z) = e^(−z²/2) / √(2π): the density of a standard normal.
#[must_use]
pub fn density(z: f64) -> f64 {
    DENSITY_AT_0 * (-0.5 * z * z).exp()
}

/// Φ(z): the share of a standard normal below `z`, at full relative accuracy in the lower tail.
#[must_use]
pub fn cdf(z: f64) -> f64 {
    let t = -z * FRAC_1_SQRT_2;
    let share = 0.5 * libm::erfc(t);
    if t < 1.0 || share <= 0.0 {
        return share;
    }
    // The tail falls like e^(-t²), so the rounding of t, however small, must be made good.
    let lost = (0.5 * z).mul_add(z, -t * t) - t.mul_add(t, -t * t);
    share - share * lost
}

/// ln Φ(z), with its digits kept where Φ(z) is too small for a double.
///
/// Far out by the asymptotic series of Mills' ratio (NIST Digital Library of Mathematical
/// Functions, 7.12.1).
#[must_use]
pub fn ln_cdf(z: f64) -> f64 {
    /// Below this the series holds sixteen digits.
    const FAR: f64 = -25.0;
    if z > 0.0 {
        return (-cdf(-z)).ln_1p();
    }
    if z > FAR {
        return cdf(z).ln();
    }
    let r = 1.0 / (z * z);
    let series = -r * (1.0 - r * (3.0 - r * (15.0 - r * (105.0 - r * 945.0))));
    -0.5 * z * z - (-z * (2.0 * std::f64::consts::PI).sqrt()).ln() + series.ln_1p()
}

/// Φ⁻¹(p): the z below which the share `p` lies; `None` unless 0 < p < 1.
#[must_use]
pub fn quantile(p: f64) -> Option<f64> {
    (p > 0.0 && p < 1.0).then(|| Normal::standard().inverse_cdf(p))
}

/// Φ⁻¹(1 − q) for an upper tail `q`, without the digits lost in 1 − q; `None` unless 0 < q < 1.
#[must_use]
pub fn upper_quantile(q: f64) -> Option<f64> {
    quantile(q).map(|z| -z)
}

#[cfg(test)]
mod tests {
    use super::{cdf, ln_cdf, upper_quantile};

    /// Expected values by 40-digit arithmetic (mpmath).
    #[test]
    fn tails_hold_twelve_digits_down_to_a_defect_in_a_billion() {
        let cases = [
            (0.49, 0.025_068_908_258_711_036),
            (0.3, 0.524_400_512_708_040_8),
            (1e-3, 3.090_232_306_167_813_6),
            (3.4e-6, 4.499_854_470_025_006_5),
            (1e-9, 5.997_807_015_007_686_5),
            (2e-12, 6.937_181_428_035_680_5),
        ];
        for (q, want) in cases {
            let got = upper_quantile(q).unwrap_or(f64::NAN);
            assert!((got / want - 1.0).abs() < 1e-12, "{got} for {want}");
        }
        assert_eq!(upper_quantile(0.0), None);
    }

    /// Expected values by 30-digit arithmetic (mpmath).
    #[test]
    fn probabilities_hold_fourteen_digits_into_the_far_tail() {
        let cases = [
            (1.0, 0.841_344_746_068_542_9),
            (-1.0, 0.158_655_253_931_457_05),
            (-3.0, 1.349_898_031_630_094_6e-3),
            (-6.0, 9.865_876_450_376_98e-10),
            (-20.0, 2.753_624_118_606_233_7e-89),
            (-37.5, 4.605_353_009_581_955e-308),
        ];
        for (z, want) in cases {
            assert!((cdf(z) / want - 1.0).abs() < 1e-14, "{} for {want}", cdf(z));
        }
    }

    /// Expected values by 40-digit arithmetic (mpmath).
    #[test]
    fn logarithms_of_tails_hold_where_the_tails_vanish() {
        let cases = [
            (8.0, -6.220_960_574_271_786e-16),
            (1.0, -0.172_753_779_023_449_89),
            (0.0, -std::f64::consts::LN_2),
            (-1.0, -1.841_021_645_009_263_5),
            (-5.0, -15.064_998_393_988_726),
            (-24.9, -314.140_412_761_613_16),
            (-25.1, -319.148_387_405_888_6),
            (-30.0, -454.321_243_956_343_2),
            (-60.0, -1_805.013_560_680_567),
            (-1000.0, -500_007.826_694_812_18),
        ];
        for (z, want) in cases {
            assert!((ln_cdf(z) / want - 1.0).abs() < 1e-13, "{} for {want}", ln_cdf(z));
        }
    }
}
