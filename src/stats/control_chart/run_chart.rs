//! Run charts: does a series run on one side of its median, or cross it too seldom?
//!
//! Sources: J. Anhøj and A. Olesen, Run charts revisited, `PLoS ONE` 9(11): e113825 (2014), for the
//! two rules; A. Wald and J. Wolfowitz, Annals of Mathematical Statistics 11 (1940), for the runs
//! test.

use std::cmp::Ordering;

use crate::stats::Unestimable;
use crate::stats::special::{beta, normal};
use crate::stats::summary::quantile::type7;

/// Share of stable series with fewer crossings than the limit.
const CROSSINGS_ALPHA: f64 = 0.05;

/// What a stable series of so many useful points keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Longest run allowed: log₂ n rounded, plus 3.
    pub longest_run: usize,
    /// Fewest crossings allowed: the 5 % point of Binomial(n − 1, ½).
    pub crossings: usize,
}

/// A run chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunChart {
    /// The line runs are counted about.
    pub center: f64,
    /// Points.
    pub points: usize,
    /// Points not on the line: those on it say nothing and are passed over.
    pub useful: usize,
    /// Longest run on one side.
    pub longest_run: usize,
    /// Times the line is crossed.
    pub crossings: usize,
    /// What the two are held against; absent where every point is on the line.
    pub limits: Option<Limits>,
    /// The runs test; absent where all useful points are on one side.
    pub test: Option<RunsTest>,
}

impl RunChart {
    /// Whether chance alone is an unlikely explanation: a run too long, or too few crossings. A
    /// series that stays on its line is no signal.
    #[must_use]
    pub fn is_signal(&self) -> bool {
        self.limits.is_some_and(|limits| {
            self.longest_run > limits.longest_run || self.crossings < limits.crossings
        })
    }
}

/// The runs test of Wald and Wolfowitz, normal approximation without continuity correction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunsTest {
    /// Runs: crossings and one.
    pub runs: usize,
    /// Mean number of runs by chance: 1 + 2ab/(a + b) for a points above and b below.
    pub expected: f64,
    /// Its variance: 2ab(2ab − n)/(n²(n − 1)).
    pub variance: f64,
    /// (runs − expected) / √variance.
    pub z: f64,
    /// Probability of so few runs or fewer: points cluster.
    pub p_clustering: f64,
    /// Probability of so many runs or more: points alternate.
    pub p_mixture: f64,
}

/// The run chart of `x` about its median.
///
/// # Errors
/// No values, or one that is no number.
pub fn run_chart(x: &[f64]) -> Result<RunChart, Unestimable> {
    let mut sorted = x.to_vec();
    sorted.sort_by(f64::total_cmp);
    let median = type7(&sorted, 0.5).ok_or(Unestimable::TooFew { needed: 1, got: 0 })?;
    about(x, median)
}

/// The run chart of `x` about a line given beforehand: the median of a baseline, a target.
///
/// # Errors
/// As for [`run_chart`].
pub fn about(x: &[f64], center: f64) -> Result<RunChart, Unestimable> {
    if x.iter().any(|x| x.is_nan()) || center.is_nan() {
        return Err(Unestimable::Outside("a value is no number"));
    }
    let side = |x: &f64| x.partial_cmp(&center).filter(|side| side.is_ne()).map(Ordering::is_gt);
    let sides: Vec<bool> = x.iter().filter_map(side).collect();
    let useful = sides.len();
    let runs: Vec<usize> = sides.chunk_by(|a, b| a == b).map(<[bool]>::len).collect();
    let above = sides.iter().filter(|&&above| above).count();
    Ok(RunChart {
        center,
        points: x.len(),
        useful,
        longest_run: runs.iter().copied().max().unwrap_or(0),
        crossings: runs.len().saturating_sub(1),
        limits: limits(useful),
        test: runs_test(above, useful - above, runs.len()),
    })
}

/// Anhøj's limits for `n` useful points. `None` for none.
///
/// Below 10 useful points the rules have hardly any power; the limits are given all the same.
#[must_use]
pub fn limits(n: usize) -> Option<Limits> {
    let trials = n.checked_sub(1)?;
    // A power of two has a whole logarithm and no other has a half one, so half up and half to
    // even agree.
    let octaves = n.ilog2() as usize;
    let rounded = octaves + usize::from(above_half_octave(n, octaves));
    Some(Limits { longest_run: rounded + 3, crossings: crossings_limit(trials) })
}

/// Whether log₂ n lies more than a half above `octaves`: n² > 2^(2·octaves + 1).
fn above_half_octave(n: usize, octaves: usize) -> bool {
    let square = (n as u128).pow(2);
    square > 1_u128 << (2 * octaves + 1)
}

/// The smallest k with P(X ≤ k) ≥ 5 % for X ~ Binomial(`n`, ½).
fn crossings_limit(n: usize) -> usize {
    let (mut low, mut high) = (0, n);
    while low < high {
        let middle = low.midpoint(high);
        if at_most(middle, n) >= CROSSINGS_ALPHA { high = middle } else { low = middle + 1 }
    }
    low
}

/// P(X ≤ k) for X ~ Binomial(n, ½), as a tail of the beta distribution.
#[expect(clippy::cast_precision_loss, reason = "points of a chart are few")]
fn at_most(k: usize, n: usize) -> f64 {
    if k >= n {
        return 1.0;
    }
    beta::tails((n - k) as f64, k as f64 + 1.0, 0.5).map_or(1.0, |tails| tails.lower)
}

#[expect(clippy::cast_precision_loss, reason = "points of a chart are few")]
fn runs_test(above: usize, below: usize, runs: usize) -> Option<RunsTest> {
    let n = (above + below) as f64;
    let twice = 2.0 * above as f64 * below as f64;
    let expected = 1.0 + twice / n;
    let variance = twice * (twice - n) / (n * n * (n - 1.0));
    let z = (runs as f64 - expected) / variance.sqrt();
    let (p_clustering, p_mixture) = (normal::cdf(z), normal::cdf(-z));
    (variance > 0.0).then_some(RunsTest { runs, expected, variance, z, p_clustering, p_mixture })
}

#[cfg(test)]
mod tests {
    use super::{Limits, about, limits, run_chart};
    use crate::stats::Unestimable;
    use proptest::prelude::*;

    /// As R computes them: `round(log2(n)) + 3` and `qbinom(0.05, n - 1, 0.5)`.
    #[test]
    fn limits_are_those_of_the_published_table() {
        let published = [(10, 6, 2), (15, 7, 4), (20, 7, 6), (24, 8, 8), (30, 8, 10), (60, 9, 23)];
        for (n, longest_run, crossings) in published {
            assert_eq!(limits(n), Some(Limits { longest_run, crossings }), "{n}");
        }
        assert_eq!(limits(0), None);
        assert_eq!(limits(1), Some(Limits { longest_run: 3, crossings: 0 }));
        assert!(limits(1_000_000).is_some_and(|l| l.longest_run == 23));
    }

    /// NIST/SEMATECH e-Handbook 6.3.3.1: defects on 25 wafers, five of them on the median.
    #[test]
    fn points_on_the_median_are_passed_over() -> Result<(), Unestimable> {
        let x = [
            16.0, 14.0, 28.0, 16.0, 12.0, 20.0, 10.0, 12.0, 10.0, 17.0, 19.0, 17.0, 14.0, 16.0,
            15.0, 13.0, 14.0, 16.0, 11.0, 20.0, 11.0, 19.0, 16.0, 31.0, 13.0,
        ];
        let chart = run_chart(&x)?;
        assert_eq!((chart.useful, chart.longest_run, chart.crossings), (20, 5, 10));
        assert!(!chart.is_signal());
        let test = chart.test.ok_or(Unestimable::Constant)?;
        assert!((test.expected - 10.6).abs() < 1e-12 && (test.z - 0.191_889_826).abs() < 1e-8);
        assert!((test.p_clustering - 0.576_085_746).abs() < 1e-8);
        Ok(())
    }

    #[test]
    fn a_step_is_a_signal_and_a_flat_line_is_none() {
        let step: Vec<f64> = (0..24).map(|i| if i < 12 { 1.0 } else { 2.0 }).collect();
        assert!(run_chart(&step).is_ok_and(|c| c.is_signal() && c.crossings == 1));
        let flat = run_chart(&[4.0; 12]);
        assert!(flat.is_ok_and(|c| !c.is_signal() && c.limits.is_none() && c.test.is_none()));
        assert!(run_chart(&[]).is_err() && run_chart(&[f64::NAN]).is_err());
        assert!(about(&[1.0, 2.0], 0.0).is_ok_and(|c| c.test.is_none() && c.longest_run == 2));
    }

    proptest! {
        #[test]
        fn scale_does_not_matter_and_runs_fill_the_series(
            x in prop::collection::vec(-50_i32..50, 1..60), scale in 1_i32..9, shift in -99_i32..99
        ) {
            let chart = |f: &dyn Fn(i32) -> i32| {
                run_chart(&x.iter().map(|&x| f64::from(f(x))).collect::<Vec<_>>())
            };
            let (plain, moved) = (chart(&|x| x), chart(&|x| scale * x + shift));
            let fine = plain.ok().zip(moved.ok()).is_some_and(|(a, b)| {
                (a.longest_run, a.crossings) == (b.longest_run, b.crossings)
                    && a.longest_run + a.crossings <= a.useful
                    && a.useful <= a.points
            });
            prop_assert!(fine);
        }
    }
}
