//! The three coefficients on published data, and their laws.
#![expect(clippy::unwrap_used, reason = "a test")]

use proptest::prelude::*;

use super::kendall::kendall;
use super::pearson::pearson;
use super::spearman::{Method, spearman};
use crate::stats::Unestimable;

/// Hunter L and panel scores of canned tuna: M. Hollander and D. Wolfe, Nonparametric Statistical
/// Methods (1973), p. 187.
const HUNTER: [f64; 9] = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1];
const PANEL: [f64; 9] = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8];

#[test]
fn canned_tuna() {
    let test = pearson(&HUNTER, &PANEL).unwrap();
    assert!((test.r - 0.571_181_6).abs() < 1e-7 && (test.p_value - 0.1082).abs() < 5e-5);
    let bounds = test.bounds(0.95).unwrap();
    assert!((bounds.low + 0.149_742_6).abs() < 1e-7 && (bounds.high - 0.895_579_5).abs() < 1e-7);
    let test = kendall(&HUNTER, &PANEL).unwrap();
    assert!(test.exact && (test.tau_b - 4.0 / 9.0).abs() < 1e-12);
    assert!((test.p_value - 0.1194).abs() < 5e-5, "{}", test.p_value);
    let test = spearman(&HUNTER, &PANEL).unwrap();
    assert!((test.rho - 0.6).abs() < 1e-12 && test.method == Method::Exact);
}

/// Table of E. Olds (1938) as printed by Kendall (1970), appendix table 2: with n = 4, Σ d² ≤ 2
/// has the probability 4/24.
#[test]
fn four_ranks_by_hand() {
    let test = spearman(&[1.0, 2.0, 3.0, 4.0], &[1.0, 2.0, 4.0, 3.0]).unwrap();
    assert!((test.p_value - 2.0 * 4.0 / 24.0).abs() < 1e-12, "{}", test.p_value);
    let perfect = spearman(&[1.0, 2.0, 3.0, 4.0], &[4.0, 3.0, 2.0, 1.0]).unwrap();
    assert!((perfect.rho + 1.0).abs() < 1e-12 && (perfect.p_value - 2.0 / 24.0).abs() < 1e-12);
    let perfect = kendall(&[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]).unwrap();
    assert!((perfect.p_value - 2.0 / 6.0).abs() < 1e-12);
}

#[test]
fn nothing_to_correlate_is_said() {
    assert_eq!(pearson(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]), Err(Unestimable::Constant));
    assert_eq!(spearman(&[1.0, 2.0, 3.0], &[5.0; 3]), Err(Unestimable::Constant));
    assert_eq!(kendall(&[0.0, -0.0], &[1.0, 2.0]), Err(Unestimable::Constant));
    assert!(pearson(&[0.1, 0.1, 0.1], &[1.0, 2.0, 3.0]).is_err());
    let few = Err(Unestimable::TooFew { needed: 3, got: 2 });
    assert_eq!(pearson(&[1.0, 2.0], &[1.0, 2.0]), few);
    let line = pearson(&[1.0, 2.0, 3.0, 4.0], &[2.0, 4.0, 6.0, 8.0]).unwrap();
    assert_eq!((line.r, line.t, line.p_value, line.bounds(0.95)), (1.0, None, 0.0, None));
}

/// τ-b pair by pair.
fn tau_by_pairs(x: &[f64], y: &[f64]) -> f64 {
    let (mut score, mut in_x, mut in_y) = (0.0, 0.0, 0.0);
    for i in 0..x.len() {
        for j in 0..i {
            let (a, b) = ((x[i] - x[j]), (y[i] - y[j]));
            let sign = |v: f64| if v == 0.0 { 0.0 } else { v.signum() };
            score += sign(a) * sign(b);
            in_x += sign(a).abs();
            in_y += sign(b).abs();
        }
    }
    score / f64::sqrt(in_x * in_y)
}

proptest! {
    #[test]
    fn sorting_counts_what_comparing_every_pair_does(
        data in prop::collection::vec((0..9_u8, 0..9_u8), 2..60),
    ) {
        let (x, y): (Vec<f64>, Vec<f64>) =
            data.into_iter().map(|(x, y)| (f64::from(x), f64::from(y))).unzip();
        match kendall(&x, &y) {
            Ok(test) => {
                prop_assert!((test.tau_b - tau_by_pairs(&x, &y)).abs() < 1e-12);
                prop_assert!((0.0..=1.0).contains(&test.p_value));
            }
            Err(reason) => prop_assert_eq!(reason, Unestimable::Constant),
        }
    }

    #[test]
    fn order_units_and_direction_of_rows_do_not_matter(
        data in prop::collection::vec((-1e3..1e3_f64, -1e3..1e3_f64), 4..40), shift in -1e6..1e6_f64,
    ) {
        let (x, y): (Vec<f64>, Vec<f64>) = data.iter().copied().unzip();
        let (back_x, back_y): (Vec<f64>, Vec<f64>) = data.into_iter().rev().unzip();
        let moved: Vec<f64> = back_x.iter().map(|x| 3.0 * x + shift).collect();
        let (a, b) = (pearson(&x, &y).unwrap(), pearson(&moved, &back_y).unwrap());
        prop_assert!((a.r - b.r).abs() < 1e-6, "{} {}", a.r, b.r);
        prop_assert!(a.r.abs() <= 1.0);
        let bounds = a.bounds(0.9).unwrap();
        prop_assert!(bounds.low <= a.r && a.r <= bounds.high);
        let (a, b) = (spearman(&x, &y).unwrap(), spearman(&back_x, &back_y).unwrap());
        prop_assert!((a.rho - b.rho).abs() < 1e-9 && (a.p_value - b.p_value).abs() < 1e-9);
    }
}
