//! The studentized range: the largest difference among k standard normal variables over an
//! independent estimate of their standard deviation.
//!
//! Sources: H. Hartley, "The range in random samples" (Biometrika 32, 1942), for the range;
//! M. Copenhaver and B. Holland (Journal of Statistical Computation and Simulation 30, 1988), for
//! the double integral. Both integrals are taken by the trapezoidal rule, which for smooth
//! functions that vanish at both ends converges faster than any power of the step (L. Trefethen
//! and J. Weideman, SIAM Review 56, 2014). The upper tail is integrated itself, not taken from 1,
//! so small p-values keep their relative accuracy.

use std::f64::consts::PI;

use super::beta::stirling_error;
use super::{normal, root};
use crate::stats::count;

/// Step and reach of the integral over the place of the largest value.
const STEP: f64 = 0.2;
const REACH: f64 = 9.0;
/// A range so wide that its tail is smaller than any double.
const VANISHED: f64 = 76.0;
/// Degrees of freedom beyond which the standard deviation is as good as known.
const KNOWN: f64 = 1e10;
/// Largest number of groups the steps are fine enough for.
const MOST_GROUPS: usize = 1_000;

/// P(Q > q) for `groups` means and `df` degrees of freedom (infinite: a known deviation).
///
/// Relative error below 1e-9 where the tail is above 1e-100. `None` unless 2 ≤ groups ≤ 1000,
/// df ≥ 1 and q ≥ 0.
#[must_use]
pub fn upper(q: f64, groups: usize, df: f64) -> Option<f64> {
    let posed = (2..=MOST_GROUPS).contains(&groups) && df >= 1.0 && q >= 0.0;
    if !posed {
        return None;
    }
    let range = Range::of(groups);
    Some(if df > KNOWN { range.upper(q) } else { over_deviation(&range, q, df) }.min(1.0))
}

/// The q above which the share `tail` lies; `None` as [`upper`], or unless 0 < tail < 1.
#[must_use]
pub fn upper_quantile(tail: f64, groups: usize, df: f64) -> Option<f64> {
    if !(tail > 0.0 && tail < 1.0) {
        return None;
    }
    let gap = |log: f64| upper(log.exp(), groups, df).map_or(f64::NAN, |p| p.ln() - tail.ln());
    let (mut low, mut high) = (0.0, 2.0);
    while gap(low) < 0.0 && low > -80.0 {
        (low, high) = (low - 2.0, low);
    }
    while gap(high) > 0.0 && high < 300.0 {
        (low, high) = (high, high + 2.0);
    }
    root::bracketed(gap, low, high).map(f64::exp)
}

/// ∫ P(R > q s) f(s) ds over the deviation s = √(χ²/df), in u = ln s.
fn over_deviation(range: &Range, q: f64, df: f64) -> f64 {
    let half = df / 2.0;
    // f(s) ds = C e^(a (2u + 1 − e^(2u))) du, a = df/2, with Γ(a) by Stirling's formula.
    let front = 2.0 * (half / (2.0 * PI)).sqrt() * (-stirling_error(half)).exp();
    let log_density = |u: f64| half * (2.0 * u - (2.0 * u).exp_m1());
    let step = (0.5 / (2.0 * df).sqrt()).min(0.1);
    let mut start = 0.0;
    while log_density(start) > -745.0 && start < 4.0 {
        start += step;
    }
    let (mut sum, mut u, mut before) = (0.0, start, 0.0);
    loop {
        let term = log_density(u).exp() * range.upper(q * u.exp());
        sum += term;
        let past_peak = term < before && term < 1e-18 * sum;
        if past_peak || u < -800.0 {
            return front * step * sum;
        }
        before = term;
        u -= step;
    }
}

/// The range of k standard normal variables: its integrand at fixed steps.
struct Range {
    /// k − 1.
    others: f64,
    /// Place z of the largest value, Φ(z), and k φ(z) Φ(z)^(k−1) times the step.
    places: Vec<(f64, f64, f64)>,
}

impl Range {
    fn of(groups: usize) -> Self {
        let others = count(groups - 1);
        let reach = VANISHED / 2.0 + REACH;
        let place = |i: u32| {
            let z = f64::from(i) * STEP - REACH;
            let below = normal::cdf(z);
            let density = (-z * z / 2.0).exp() / (2.0 * PI).sqrt();
            (z, below, STEP * (others + 1.0) * density * below.powf(others))
        };
        let places = (0_u32..1_000).map(place).take_while(|place| place.0 <= reach).collect();
        Self { others, places }
    }

    /// P(R > w) = k ∫ φ(z) (Φ(z)^(k−1) − (Φ(z) − Φ(z − w))^(k−1)) dz: the largest value lies at z,
    /// and not all others within w below it.
    fn upper(&self, w: f64) -> f64 {
        if w > VANISHED {
            return 0.0;
        }
        let last = w / 2.0 + REACH;
        let share = |&(z, below, weight): &(f64, f64, f64)| {
            let beyond = (normal::cdf(z - w) / below).min(1.0);
            -weight * (self.others * (-beyond).ln_1p()).exp_m1()
        };
        self.places.iter().take_while(|place| place.0 <= last).map(share).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{upper, upper_quantile};
    use crate::stats::special::testing::close;
    use proptest::prelude::*;

    /// The range of two is |Z₁ − Z₂| / s, √2 times Student's t, far out too.
    #[test]
    fn two_means_are_students_t() {
        for df in [1.0, 2.5, 16.0, 1e4] {
            for t in [0.1_f64, 1.0, 4.0, 30.0] {
                let want = crate::stats::special::student_t::two_sided(t, df).unwrap_or(f64::NAN);
                close(upper(t * 2.0_f64.sqrt(), 2, df), want, 1e-9);
            }
        }
    }

    /// P(R > w) of three standard normals by 30-digit quadrature, and Hartley's two.
    #[test]
    fn a_known_deviation_leaves_the_range() {
        close(upper(2.0_f64.sqrt() * 1.959_963_984_540_054, 2, f64::INFINITY), 0.05, 1e-12);
        close(upper(3.314_493, 3, f64::INFINITY), 0.05, 1e-6);
        let near = upper(3.7, 5, 9.9e9).zip(upper(3.7, 5, f64::INFINITY));
        assert!(near.is_some_and(|(a, b)| (a / b - 1.0).abs() < 1e-8));
    }

    /// NIST/SEMATECH e-Handbook 7.4.7.1, and H. Harter's tables (Annals of Mathematical Statistics
    /// 31, 1960).
    #[test]
    fn quantiles_match_the_tables() {
        for (groups, df, want) in
            [(4, 16.0, 4.046), (3, 10.0, 3.877), (10, 20.0, 5.008), (20, 120.0, 5.126)]
        {
            let got = upper_quantile(0.05, groups, df).unwrap_or(f64::NAN);
            assert!((got - want).abs() < 1e-3, "{got} for {want}");
        }
    }

    #[test]
    fn what_has_no_range_has_no_tail() {
        assert_eq!((upper(3.0, 1, 10.0), upper(3.0, 3, 0.5)), (None, None));
        assert_eq!((upper(f64::NAN, 3, 10.0), upper_quantile(1.0, 3, 10.0)), (None, None));
        assert_eq!(upper(1e9, 3, f64::INFINITY), Some(0.0));
        close(upper(0.0, 3, 10.0), 1.0, 1e-9);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn quantile_and_tail_are_inverse_and_more_groups_reach_further(
            tail in 1e-6..0.9_f64, groups in 2..40_usize, df in 2.0..200.0_f64,
        ) {
            let q = upper_quantile(tail, groups, df).unwrap_or(f64::NAN);
            let back = upper(q, groups, df).unwrap_or(f64::NAN);
            prop_assert!((back / tail - 1.0).abs() < 1e-9, "{back} for {tail}");
            prop_assert!(upper(q, groups + 1, df).is_some_and(|more| more > back));
        }
    }
}
