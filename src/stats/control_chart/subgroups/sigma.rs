//! The standard deviation of a process, from the spread within its subgroups or from all values.
//!
//! Sources: D. Montgomery, *Introduction to Statistical Quality Control*, chapter 6; I. Burr,
//! Industrial Quality Control 26 (1969) for the estimators of least variance; Minitab, "Methods
//! and formulas for Xbar-R and Xbar-S charts".

use super::{Spread, Subgroup, grand_mean};
use crate::stats::control_chart::constants::{Constants, c4};
use crate::stats::{Unestimable, count};

/// How sigma within subgroups is estimated from n, range R and standard deviation s of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SigmaMethod {
    /// √(Σ (n − 1) s² / Σ (n − 1)).
    Pooled,
    /// The pooled standard deviation over c₄(1 + Σ (n − 1)); Minitab's default for capability.
    PooledUnbiased,
    /// Mean of R / d₂(n); with equal sizes, R̄ / d₂.
    Range,
    /// Mean of s / c₄(n); with equal sizes, S̄ / c₄.
    Sd,
    /// Mean of R / d₂(n) weighted by d₂² / d₃²: of least variance.
    RangeMinVariance,
    /// Mean of s / c₄(n) weighted by c₄² / (1 − c₄²): of least variance.
    SdMinVariance,
}

/// Sigma within subgroups. Subgroups of one value say nothing of it and are passed over; values
/// that do not vary within any subgroup give 0.
///
/// # Errors
/// No subgroup of two values or more.
pub fn sigma(groups: &[Subgroup], method: SigmaMethod) -> Result<f64, Unestimable> {
    let spreads = || groups.iter().filter_map(|g| Some((g.n, g.spread?)));
    match method {
        SigmaMethod::Pooled => Ok(pooled(spreads())?.0),
        SigmaMethod::PooledUnbiased => {
            let (sd, freedom) = pooled(spreads())?;
            Ok(sd / c4(freedom + 1))
        }
        _ => weighted_mean(spreads().filter_map(|(n, spread)| method.of_one(n, spread))),
    }
}

impl SigmaMethod {
    /// Estimate and weight of one subgroup.
    fn of_one(self, n: usize, spread: Spread) -> Option<(f64, f64)> {
        if matches!(self, Self::Sd | Self::SdMinVariance) {
            let c4 = c4(n);
            let weight = if self == Self::Sd { 1.0 } else { c4 * c4 / (1.0 - c4 * c4) };
            return Some((spread.sd / c4, weight));
        }
        let Constants { d2, d3, .. } = Constants::of(n)?;
        let weight = if self == Self::Range { 1.0 } else { (d2 / d3).powi(2) };
        Some((spread.range / d2, weight))
    }
}

/// Standard deviation of all values around the grand mean, and the same over c₄ of their number.
///
/// # Errors
/// Fewer than two values.
pub fn overall_sigma(groups: &[Subgroup]) -> Result<(f64, f64), Unestimable> {
    let n: usize = groups.iter().map(|g| g.n).sum();
    let mean = grand_mean(groups).filter(|_| n > 1);
    let mean = mean.ok_or(Unestimable::TooFew { needed: 2, got: n })?;
    let square = |g: &Subgroup| {
        let within = g.spread.map_or(0.0, |s| (count(g.n) - 1.0) * s.sd * s.sd);
        within + count(g.n) * (g.mean - mean).powi(2)
    };
    let sd = (groups.iter().map(square).sum::<f64>() / (count(n) - 1.0)).sqrt();
    Ok((sd, sd / c4(n)))
}

const NO_PAIR: Unestimable = Unestimable::Outside("no subgroup has two values or more");

/// The pooled standard deviation and its degrees of freedom.
fn pooled(spreads: impl Iterator<Item = (usize, Spread)>) -> Result<(f64, usize), Unestimable> {
    let (squares, freedom) = spreads.fold((0.0, 0), |(squares, freedom), (n, spread)| {
        (squares + count(n - 1) * spread.sd * spread.sd, freedom + n - 1)
    });
    if freedom == 0 { Err(NO_PAIR) } else { Ok(((squares / count(freedom)).sqrt(), freedom)) }
}

fn weighted_mean(estimates: impl Iterator<Item = (f64, f64)>) -> Result<f64, Unestimable> {
    let (sum, weights) =
        estimates.fold((0.0, 0.0), |(sum, weights), (x, w)| (sum + w * x, weights + w));
    if weights > 0.0 { Ok(sum / weights) } else { Err(NO_PAIR) }
}

#[cfg(test)]
mod tests {
    use super::{SigmaMethod, overall_sigma, sigma};
    use crate::stats::control_chart::constants::{Constants, c4};
    use crate::stats::control_chart::subgroups::{Subgroup, summarise};
    use proptest::prelude::*;

    const METHODS: [SigmaMethod; 6] = [
        SigmaMethod::Pooled,
        SigmaMethod::PooledUnbiased,
        SigmaMethod::Range,
        SigmaMethod::Sd,
        SigmaMethod::RangeMinVariance,
        SigmaMethod::SdMinVariance,
    ];

    fn of(groups: &[Vec<f64>]) -> Vec<Subgroup> {
        summarise(groups).unwrap_or_default()
    }

    /// Sizes 2 and 3, worked by hand: ranges 2 and 2, squares 2 and 2, 1 and 2 degrees of freedom.
    #[test]
    fn unequal_subgroups_by_hand() {
        let groups = of(&[vec![1.0, 3.0], vec![5.0, 6.0, 7.0]]);
        let near = |method, want: f64| {
            let got = sigma(&groups, method).unwrap_or(f64::NAN);
            assert!((got / want - 1.0).abs() < 1e-14, "{method:?} {got} for {want}");
        };
        let pooled = (4.0_f64 / 3.0).sqrt();
        near(SigmaMethod::Pooled, pooled);
        near(SigmaMethod::PooledUnbiased, pooled / c4(4));
        let [two, three] = [2, 3].map(|n| Constants::of(n).unwrap_or_else(|| unreachable!()));
        near(SigmaMethod::Range, 1.0 / two.d2 + 1.0 / three.d2);
        near(SigmaMethod::Sd, 0.5 * (2.0_f64.sqrt() / two.c4 + 1.0 / three.c4));
        let (w2, w3) = ((two.d2 / two.d3).powi(2), (three.d2 / three.d3).powi(2));
        near(SigmaMethod::RangeMinVariance, (w2 * 2.0 / two.d2 + w3 * 2.0 / three.d2) / (w2 + w3));
        let all = overall_sigma(&groups).map_or(f64::NAN, |(sd, _)| sd);
        assert!((all - 5.8_f64.sqrt()).abs() < 1e-14, "mean 4.4, squares 23.2: {all}");
    }

    #[test]
    fn single_values_and_constants_say_what_they_can() {
        let lone = of(&[vec![4.0], vec![5.0]]);
        assert!(METHODS.iter().all(|&method| sigma(&lone, method).is_err()));
        assert!(overall_sigma(&lone).is_ok() && overall_sigma(&lone[..1]).is_err());
        let constant = of(&[vec![0.1; 3], vec![0.1; 7]]);
        assert!(METHODS.iter().all(|&method| sigma(&constant, method) == Ok(0.0)));
        assert!(summarise(&[vec![1.0], vec![]]).is_err());
    }

    proptest! {
        #[test]
        fn sigma_scales_and_neither_order_nor_offset_counts(
            groups in prop::collection::vec(prop::collection::vec(-5.0..5.0_f64, 2..7), 2..8),
            scale in 0.1..10.0_f64,
        ) {
            let moved: Vec<Vec<f64>> = groups
                .iter()
                .rev()
                .map(|g| g.iter().rev().map(|x| 1e6 + scale * x).collect())
                .collect();
            for method in METHODS {
                let (a, b) = (sigma(&of(&groups), method), sigma(&of(&moved), method));
                let (a, b) = (a.unwrap_or(f64::NAN), b.unwrap_or(f64::NAN));
                prop_assert!((b - scale * a).abs() <= 1e-8 * (1.0 + b), "{:?} {} {}", method, a, b);
            }
        }
    }
}
