//! Charts of the means, ranges and standard deviations of subgroups, of equal or unequal size.
//!
//! Sources: D. Montgomery, *Introduction to Statistical Quality Control*, sections 6.2 and 6.3;
//! L. Scrucca, R package qcc, for the constant centre; Minitab, "Methods and formulas".

use super::Subgroup;
use crate::stats::control_chart::constants::{Constants, c4};
use crate::stats::control_chart::limits::Limits;
use crate::stats::count;

/// X̄ chart of a subgroup of `n`: the grand mean ± k σ / √n.
#[must_use]
pub fn mean_limits(center: f64, n: usize, sigma: f64, k: f64) -> Limits {
    Limits::around(center, k * sigma / count(n).sqrt())
}

/// R chart: σ (d₂(n) ± k d₃(n)), not below 0; `None` for a subgroup of one.
#[must_use]
pub fn range_limits(n: usize, sigma: f64, k: f64) -> Option<Limits> {
    let Constants { d2, d3, .. } = Constants::of(n)?;
    Some(Limits::around(d2 * sigma, k * d3 * sigma).not_negative())
}

/// Where the centre of an S chart lies when subgroups differ in size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Center {
    /// c₄(n) σ, subgroup by subgroup (Minitab).
    PerSize,
    /// One line for all, limits k c₅(n) σ beside it: qcc's, about [`mean_sd`].
    Constant(f64),
    /// The pooled standard deviation for all, limits B₃(n) and B₄(n) times it (Montgomery); sigma
    /// is then the pooled standard deviation.
    Pooled,
}

/// S chart, not below 0; `None` for a subgroup of one.
#[must_use]
pub fn sd_limits(n: usize, sigma: f64, k: f64, center: Center) -> Option<Limits> {
    let c4 = Some(c4(n)).filter(|&c4| c4 > 0.0)?;
    let half = k * (1.0 - c4 * c4).sqrt() * sigma;
    let limits = match center {
        Center::PerSize => Limits::around(c4 * sigma, half),
        Center::Constant(center) => Limits::around(center, half),
        Center::Pooled => Limits::around(sigma, half / c4),
    };
    Some(limits.not_negative())
}

/// X̄ limits about the grand mean by A₃(n) times the pooled standard deviation, the companion of
/// [`Center::Pooled`]: k s / (c₄(n) √n); `None` for a subgroup of one.
#[must_use]
pub fn mean_limits_pooled(center: f64, n: usize, pooled: f64, k: f64) -> Option<Limits> {
    let c4 = Some(c4(n)).filter(|&c4| c4 > 0.0)?;
    Some(mean_limits(center, n, pooled / c4, k))
}

/// S̄ weighted by size. `None` when no subgroup has two values.
#[must_use]
pub fn mean_sd(groups: &[Subgroup]) -> Option<f64> {
    let spreads = groups.iter().filter_map(|g| Some((count(g.n), g.spread?.sd)));
    let (sum, n) = spreads.fold((0.0, 0.0), |(sum, total), (n, sd)| (sum + n * sd, total + n));
    (n > 0.0).then(|| sum / n)
}

#[cfg(test)]
mod tests {
    use super::{Center, mean_limits, mean_limits_pooled, mean_sd, range_limits, sd_limits};
    use crate::stats::control_chart::constants::Constants;
    use crate::stats::control_chart::limits::Limits;
    use crate::stats::control_chart::subgroups::summarise;

    fn near(got: Option<Limits>, center: f64, lcl: f64, ucl: f64) {
        let close = |got: f64, want: f64| (got - want).abs() < 1e-12;
        let ok =
            got.is_some_and(|g| close(g.center, center) && close(g.lcl, lcl) && close(g.ucl, ucl));
        assert!(ok, "{got:?} for {center} {lcl} {ucl}");
    }

    #[test]
    fn limits_of_equal_subgroups_are_the_tables_factors() {
        let constants = Constants::of(10).unwrap_or_else(|| unreachable!());
        let factors = constants.factors(3.0);
        let (c4, d2) = (constants.c4, constants.d2);
        near(range_limits(10, 1.0, 3.0), d2, factors.d1, factors.d2);
        near(sd_limits(10, 1.0, 3.0, Center::PerSize), c4, factors.b5, factors.b6);
        near(sd_limits(10, 1.0, 3.0, Center::Pooled), 1.0, factors.b3, factors.b4);
        let constant = sd_limits(10, 1.0, 3.0, Center::Constant(c4));
        near(constant, c4, factors.b5, factors.b6);
        near(mean_limits_pooled(0.0, 10, 1.0, 3.0), 0.0, -factors.a3, factors.a3);
        assert_eq!(range_limits(1, 1.0, 3.0), None);
    }

    /// The width of a mean's limits follows 1 / √n, never the sigma of individuals.
    #[test]
    fn means_of_more_have_narrower_limits() {
        let width = |n| mean_limits(5.0, n, 2.0, 3.0).ucl - 5.0;
        for (n, want) in [(1, 6.0), (4, 3.0), (9, 2.0)] {
            assert!((width(n) - want).abs() < 1e-14, "{n}");
        }
    }

    #[test]
    fn the_mean_sd_is_weighted_by_size() {
        let groups = summarise(&[vec![1.0, 3.0], vec![4.0], vec![2.0; 8]]).unwrap_or_default();
        assert!(mean_sd(&groups).is_some_and(|s| (s - 0.2 * 2.0_f64.sqrt()).abs() < 1e-12));
        assert_eq!(mean_sd(&[]), None);
    }
}
