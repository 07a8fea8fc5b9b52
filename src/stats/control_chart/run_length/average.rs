//! Average run lengths of Shewhart, CUSUM and EWMA charts of independent normal points, in units
//! of their standard error, when the mean is off target by `shift`.
//!
//! Sources: E. Page, Biometrika 41 (1954) and S. Crowder, Technometrics 29 (1987) for the integral
//! equations, here by Nyström's method on Gauss–Legendre nodes; J. Lucas and R. Crosier,
//! Technometrics 24 (1982) for two sums with a headstart.

use super::linear::solve;
use crate::stats::Unestimable;
use crate::stats::control_chart::ewma::Design;
use crate::stats::special::normal;
use crate::stats::special::quadrature::GaussLegendre;

/// Shewhart chart with limits at ± `k`: 1 / P(beyond).
///
/// # Errors
/// A width that is not positive.
pub fn shewhart(k: f64, shift: f64) -> Result<f64, Unestimable> {
    if !(k > 0.0 && shift.is_finite()) {
        return Err(Unestimable::Outside("limits need a positive width"));
    }
    finite(1.0 / (normal::cdf(-k - shift) + normal::cdf(shift - k)))
}

/// One upper CUSUM with allowance `k`, decision interval `h` and headstart `start`:
/// L(u) = 1 + L(0) Φ(k − u − δ) + ∫₀ʰ L(x) φ(x + k − u − δ) dx.
///
/// # Errors
/// k below 0, h not positive or beyond 100 standard errors, a start outside [0, h], or a run
/// longer than can be computed.
pub fn cusum(k: f64, h: f64, start: f64, shift: f64) -> Result<f64, Unestimable> {
    let fits = k >= 0.0 && h > 0.0 && h <= 100.0 && (0.0..=h).contains(&start);
    if !(fits && k.is_finite() && shift.is_finite()) {
        return Err(Unestimable::Outside("no CUSUM design: 0 <= k, 0 < h <= 100, 0 <= start <= h"));
    }
    let offset = k - shift;
    let rule: Vec<_> = GaussLegendre::new(nodes(h)).on(0.0, h).collect();
    let row = |u: f64| {
        let inside = rule.iter().map(move |(x, w)| w * normal::density(x + offset - u));
        std::iter::once(normal::cdf(offset - u)).chain(inside)
    };
    let starts = std::iter::once(0.0).chain(rule.iter().map(|point| point.0));
    let runs = run_lengths(starts.map(|u| row(u).collect()).collect())?;
    finite(1.0 + row(start).zip(&runs).map(|(p, run)| p * run).sum::<f64>())
}

/// Upper and lower CUSUM together, both started at `start`:
/// (L⁺(s) L⁻(0) + L⁺(0) L⁻(s) − L⁺(0) L⁻(0)) / (L⁺(0) + L⁻(0)).
///
/// A side whose run is longer than can be computed, as that away from a large shift, does not
/// shorten the other: its part is below rounding, or below 1e-6 with a headstart.
///
/// # Errors
/// As for [`cusum`], where both sides run longer than can be computed.
pub fn cusum_two_sided(k: f64, h: f64, start: f64, shift: f64) -> Result<f64, Unestimable> {
    let side = |shift| Ok((cusum(k, h, 0.0, shift)?, cusum(k, h, start, shift)?));
    match (side(shift), side(-shift)) {
        (Ok((up, up_start)), Ok((down, down_start))) => {
            let (up_share, down_share) = (up / (up + down), down / (up + down));
            finite(up_start * down_share + down_start * up_share - up * down_share)
        }
        (Ok((_, alone)), Err(Unestimable::NotSolvable(_)))
        | (Err(Unestimable::NotSolvable(_)), Ok((_, alone))) => Ok(alone),
        (Err(reason), _) | (_, Err(reason)) => Err(reason),
    }
}

/// EWMA with asymptotic limits, started on target:
/// L(u) = 1 + (1/λ) ∫ L(y) φ((y − (1 − λ) u) / λ − δ) dy between the limits ± L √(λ / (2 − λ)).
///
/// # Errors
/// λ below 0.005, for which the equation needs too many nodes, or a run longer than can be computed.
pub fn ewma(design: Design, shift: f64) -> Result<f64, Unestimable> {
    let Design { lambda, width } = design;
    if !(lambda >= 0.005 && shift.is_finite()) {
        return Err(Unestimable::Outside("run lengths are computed for weights from 0.005"));
    }
    let limit = width * (lambda / (2.0 - lambda)).sqrt();
    let rule: Vec<_> = GaussLegendre::new(nodes(2.0 * limit / lambda)).on(-limit, limit).collect();
    let row = |u: f64| {
        let point = |(y, w): &(f64, f64)| {
            w / lambda * normal::density((y - (1.0 - lambda) * u) / lambda - shift)
        };
        rule.iter().map(point).collect::<Vec<f64>>()
    };
    let runs = run_lengths(rule.iter().map(|point| row(point.0)).collect())?;
    finite(1.0 + row(0.0).iter().zip(&runs).map(|(p, run)| p * run).sum::<f64>())
}

/// Nodes that resolve a normal density over an interval so many standard deviations long.
fn nodes(length: f64) -> usize {
    (24..400)
        .step_by(8)
        .find(|&n| f64::from(n) >= 24.0 + 4.0 * length)
        .map_or(400, |n: i32| n.unsigned_abs() as usize)
}

/// Expected steps L = 1 + P L to leave the states whose moves among themselves are `moves`.
fn run_lengths(mut moves: Vec<Vec<f64>>) -> Result<Vec<f64>, Unestimable> {
    for (i, row) in moves.iter_mut().enumerate() {
        for p in row.iter_mut() {
            *p = -*p;
        }
        row[i] += 1.0;
    }
    let ones = vec![1.0; moves.len()];
    solve(moves, ones)
}

/// Longer than this a run length is lost in the rounding of 1 − P.
const LONGEST: f64 = 1e13;

fn finite(length: f64) -> Result<f64, Unestimable> {
    let sound = (1.0..LONGEST).contains(&length);
    if sound {
        Ok(length)
    } else {
        Err(Unestimable::NotSolvable("the run is longer than can be computed"))
    }
}

#[cfg(test)]
mod tests {
    use super::{cusum_two_sided, ewma, shewhart};
    use crate::stats::control_chart::ewma::Design;
    use proptest::prelude::*;

    fn near(got: Result<f64, crate::stats::Unestimable>, want: f64, rel: f64) {
        let got = got.unwrap_or(f64::NAN);
        assert!((got / want - 1.0).abs() < rel, "{got} for {want}");
    }

    fn of(lambda: f64, width: f64, shift: f64) -> Result<f64, crate::stats::Unestimable> {
        ewma(Design { lambda, width }, shift)
    }

    /// By D. Brook and D. Evans' Markov chain (1972) of 300 states, extrapolated.
    #[test]
    fn a_side_that_never_signals_leaves_the_other_alone() {
        near(cusum_two_sided(0.25, 8.01, 0.0, 2.0), 5.219_875_9, 1e-6);
        near(cusum_two_sided(0.25, 8.01, 0.0, 3.0), 3.479_142_9, 1e-6);
    }

    /// D. Montgomery, tables 9.3 and 9.11 (three digits).
    #[test]
    fn run_lengths_of_the_textbook() {
        near(shewhart(3.0, 0.0), 370.398, 1e-5);
        near(shewhart(3.0, 1.0), 43.89, 1e-3);
        near(cusum_two_sided(0.5, 4.0, 0.0, 0.0), 168.0, 3e-3);
        near(cusum_two_sided(0.5, 4.0, 0.0, 1.0), 8.38, 1e-3);
        near(cusum_two_sided(0.5, 5.0, 0.0, 0.0), 465.0, 2e-3);
        near(cusum_two_sided(0.5, 5.0, 0.0, 0.5), 38.0, 1e-3);
        near(of(0.1, 2.814, 0.0), 500.0, 2e-3);
        near(of(0.1, 2.814, 1.0), 10.3, 5e-3);
        near(of(0.4, 3.054, 0.0), 500.0, 2e-3);
    }

    /// J. Lucas and R. Crosier (1982), table 1: h = 4, headstart 2 (three digits).
    #[test]
    fn a_headstart_shortens_the_run_after_a_shift_more_than_in_control() {
        near(cusum_two_sided(0.5, 4.0, 2.0, 0.0), 149.0, 5e-3);
        near(cusum_two_sided(0.5, 4.0, 2.0, 1.0), 5.29, 5e-3);
    }

    #[test]
    fn what_cannot_be_computed_is_refused() {
        assert!(shewhart(0.0, 0.0).is_err() && shewhart(9.0, 0.0).is_err());
        assert!(cusum_two_sided(0.5, 40.0, 0.0, 0.0).is_err(), "10^17 points");
        assert!(cusum_two_sided(0.5, 4.0, 5.0, 0.0).is_err());
        assert!(of(0.001, 3.0, 0.0).is_err());
    }

    proptest! {
        #[test]
        fn weight_one_is_shewhart_and_larger_shifts_are_found_sooner(
            lambda in 0.05..1.0_f64, width in 2.0..3.3_f64, shift in 0.0..3.0_f64,
        ) {
            let (one, plain) = (of(1.0, width, shift), shewhart(width, shift));
            prop_assert!((one.unwrap_or(0.0) / plain.unwrap_or(1.0) - 1.0).abs() < 1e-9);
            let (near, far) = (of(lambda, width, shift), of(lambda, width, shift + 0.25));
            prop_assert!(far.unwrap_or(f64::NAN) < near.unwrap_or(0.0));
            let mirrored = of(lambda, width, -shift).unwrap_or(0.0);
            prop_assert!((mirrored / of(lambda, width, shift).unwrap_or(1.0) - 1.0).abs() < 1e-7);
        }
    }
}
