//! Units of unequal size beside their pool: who differs by more than chance, when all are looked
//! at together.
//!
//! Sources: D. Spiegelhalter, Statistics in Medicine 24 (2005); S. Holm, Scandinavian Journal of
//! Statistics 6 (1979).

use super::funnel_limits;
use super::homogeneity::{Homogeneity, homogeneity};
use crate::stats::hypothesis::exact::binomial_two_sided;
use crate::stats::interval::clopper_pearson;
use crate::stats::{Bounds, holm, total};

/// One unit beside its pool. Without trials every figure is absent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// Successes / trials.
    pub rate: Option<f64>,
    /// Exact interval of the rate.
    pub interval: Option<Bounds>,
    /// Where a unit of this size lies when it is like the pool.
    pub limits: Option<Bounds>,
    /// (rate − pooled) / √(p̄(1 − p̄)/n); absent where all trials came out the same.
    pub z: Option<f64>,
    /// Exact two-sided p-value against the pooled rate.
    pub p: Option<f64>,
    /// The same adjusted by Holm for having looked at every unit.
    pub adjusted: Option<f64>,
}

/// A funnel.
#[derive(Clone, Debug, PartialEq)]
pub struct Funnel {
    /// Σ successes / Σ trials.
    pub pooled: f64,
    /// The units, in the order given.
    pub units: Vec<Unit>,
    /// Whether the units differ at all; ranking them means nothing where they do not.
    pub homogeneity: Option<Homogeneity>,
}

/// The funnel of `units` (successes, trials): intervals at `level`, limits `k` sigma from the pool.
///
/// `None` without trials, where their counts are too large to add, or where a unit has more successes than trials.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn funnel(units: &[(u64, u64)], k: f64, level: f64) -> Option<Funnel> {
    let (successes, trials): (Vec<u64>, Vec<u64>) = units.iter().copied().unzip();
    let (successes, trials) = (total(&successes).ok()?, total(&trials).ok()?);
    if trials == 0 || units.iter().any(|(successes, trials)| successes > trials) {
        return None;
    }
    let pooled = successes as f64 / trials as f64;
    let mut out: Vec<Unit> = units.iter().map(|&u| beside(u, pooled, k, level)).collect();
    let p: Vec<f64> = out.iter().map(|unit| unit.p.unwrap_or(f64::NAN)).collect();
    for (unit, adjusted) in out.iter_mut().zip(holm(&p)) {
        unit.adjusted = unit.p.map(|_| adjusted);
    }
    Some(Funnel { pooled, units: out, homogeneity: homogeneity(units) })
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn beside((successes, trials): (u64, u64), pooled: f64, k: f64, level: f64) -> Unit {
    let n = trials as f64;
    let rate = (trials > 0).then(|| successes as f64 / n);
    let sigma = (pooled * (1.0 - pooled) / n).sqrt();
    // A pool without failures expects none: a unit without any is just as expected.
    let sure = rate.filter(|_| pooled <= 0.0 || pooled >= 1.0).map(|_| 1.0);
    Unit {
        rate,
        interval: clopper_pearson(successes, trials, level),
        limits: funnel_limits::at_sigma(pooled, trials, k),
        z: rate.filter(|_| sigma > 0.0).map(|rate| (rate - pooled) / sigma),
        p: binomial_two_sided(successes, trials, pooled).or(sure),
        adjusted: None,
    }
}

#[cfg(test)]
mod tests {
    use super::funnel;
    use proptest::prelude::*;

    const REPS: [(u64, u64); 6] = [(18, 20), (171, 200), (3, 3), (880, 1000), (0, 2), (45, 60)];

    #[test]
    fn neither_the_first_nor_the_last_of_the_raw_ranking_differs_from_the_pool() {
        let found = funnel(&REPS, 3.0, 0.95).map(|f| f.units).unwrap_or_default();
        let adjusted: Vec<f64> = found.iter().filter_map(|u| u.adjusted).collect();
        assert!((adjusted[2] - 1.0).abs() < 1e-12);
        assert!((adjusted[4] - 0.085_463_822).abs() < 1e-8, "{adjusted:?}");
        assert!(found[4].z.is_some_and(|z| (z + 3.646_590_057).abs() < 1e-8));
    }

    #[test]
    fn all_alike_have_no_z_and_nothing_to_test() {
        let found = funnel(&[(5, 5), (3, 3), (0, 0)], 3.0, 0.95);
        let units = found.as_ref().map(|f| f.units.clone()).unwrap_or_default();
        assert!(found.is_some_and(|f| f.homogeneity.is_none()));
        assert_eq!((units[0].z, units[0].p, units[2].p), (None, Some(1.0), None));
        assert!(funnel(&[(0, 0)], 3.0, 0.95).is_none() && funnel(&[(3, 2)], 3.0, 0.95).is_none());
    }

    proptest! {
        #[test]
        fn the_order_of_units_changes_nothing(
            mut units in prop::collection::vec((0_u64..40, 1_u64..60), 2..9)
        ) {
            for (k, n) in &mut units {
                *n = (*n).max(*k);
            }
            let there = funnel(&units, 3.0, 0.95).map(|f| f.units);
            units.reverse();
            let mut back = funnel(&units, 3.0, 0.95).map(|f| f.units);
            if let Some(back) = &mut back { back.reverse(); }
            prop_assert_eq!(there, back);
        }
    }
}
