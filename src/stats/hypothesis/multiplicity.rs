//! Families of p-values adjusted for having looked more than once.
//!
//! Each function returns the adjusted values in the order given: rejecting where an adjusted value
//! is below α holds the family-wise error (Bonferroni, Holm, Hochberg, Hommel) or the share of
//! false findings (Benjamini–Hochberg, Benjamini–Yekutieli) at α. A value that is no probability
//! (NaN) stays NaN and does not count towards the family. Holm's stands in [`super::holm`].
//!
//! Sources: Y. Hochberg (Biometrika 75, 1988); G. Hommel (Biometrika 75, 1988); Y. Benjamini and
//! Y. Hochberg (JRSS B 57, 1995); Y. Benjamini and D. Yekutieli (Annals of Statistics 29, 2001);
//! S. Wright (Biometrics 48, 1992) for adjusted values.

use crate::stats::count;

/// Bonferroni: min(1, m p). Holm's adjustment is never larger.
#[must_use]
pub fn bonferroni(p: &[f64]) -> Vec<f64> {
    let m = count(p.iter().filter(|p| !p.is_nan()).count());
    p.iter().map(|p| if p.is_nan() { *p } else { (m * p).min(1.0) }).collect()
}

/// Hochberg's step-up: min over j ≥ i of (m − j + 1) p₍ⱼ₎. For independent or positively dependent
/// tests.
#[must_use]
pub fn hochberg(p: &[f64]) -> Vec<f64> {
    step_up(p, |rank, m| m - rank + 1.0)
}

/// Benjamini and Hochberg's false discovery rate: min over j ≥ i of m p₍ⱼ₎ / j. For independent or
/// positively dependent tests.
#[must_use]
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    step_up(p, |rank, m| m / rank)
}

/// Benjamini and Yekutieli's false discovery rate, under any dependence: the former times
/// 1 + ½ + … + 1/m.
#[must_use]
pub fn benjamini_yekutieli(p: &[f64]) -> Vec<f64> {
    let m = p.iter().filter(|p| !p.is_nan()).count();
    let harmonic: f64 = (1..=m).map(|i| 1.0 / count(i)).sum();
    step_up(p, |rank, m| harmonic * m / rank)
}

/// Hommel's closed test on Simes' inequality: never larger than Hochberg's, under the same
/// conditions. O(m²).
#[must_use]
pub fn hommel(p: &[f64]) -> Vec<f64> {
    let order = ascending(p);
    let sorted: Vec<f64> = order.iter().map(|(_, p)| *p).collect();
    let m = sorted.len();
    let simes = |subset: &[f64]| {
        let size = count(subset.len());
        let ratio = |(i, p): (usize, &f64)| size * p / count(i + 1);
        subset.iter().enumerate().map(ratio).fold(f64::INFINITY, f64::min)
    };
    let mut adjusted = vec![simes(&sorted); m];
    for size in (2..m).rev() {
        // The `size` largest values, and against them the smaller ones.
        let (smaller, largest) = sorted.split_at(m - size + 1);
        let scale = count(size);
        let tail = largest.iter().enumerate().map(|(i, p)| scale * p / count(i + 2));
        let bar = tail.fold(f64::INFINITY, f64::min);
        let last = adjusted.get(m - size).copied().unwrap_or(0.0);
        let mut at_border = last;
        for (i, slot) in adjusted.iter_mut().enumerate() {
            if let Some(p) = smaller.get(i) {
                *slot = slot.max(bar.min(scale * p));
                at_border = *slot;
            } else {
                *slot = slot.max(at_border);
            }
        }
    }
    let raised = order.iter().zip(adjusted).map(|((i, p), a)| (*i, a.max(*p).min(1.0)));
    placed(p, raised)
}

/// Running minimum from the largest value down of factor(rank, m) × p.
fn step_up(p: &[f64], factor: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    let order = ascending(p);
    let m = count(order.len());
    let mut running = 1.0_f64;
    let adjust = |(rank, (i, p)): (usize, &(usize, f64))| {
        running = running.min(factor(count(rank + 1), m) * p);
        (*i, running)
    };
    let adjusted: Vec<_> = order.iter().enumerate().rev().map(adjust).collect();
    placed(p, adjusted.into_iter())
}

/// Places and values of what is a number, smallest first.
fn ascending(p: &[f64]) -> Vec<(usize, f64)> {
    let mut order: Vec<_> = p.iter().copied().enumerate().filter(|(_, p)| !p.is_nan()).collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    order
}

fn placed(p: &[f64], adjusted: impl Iterator<Item = (usize, f64)>) -> Vec<f64> {
    let mut out = vec![f64::NAN; p.len()];
    for (i, value) in adjusted {
        if let Some(slot) = out.get_mut(i) {
            *slot = value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{benjamini_hochberg, benjamini_yekutieli, bonferroni, hochberg, hommel};
    use crate::stats::hypothesis::holm::holm;
    use proptest::prelude::*;

    /// The fifteen p-values of Benjamini and Hochberg (1995): at 0.05 their procedure rejects four,
    /// Bonferroni's three.
    #[test]
    fn benjamini_and_hochbergs_example() {
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262,
            0.5719, 0.6528, 0.759, 1.0,
        ];
        let rejected = |adjusted: Vec<f64>| adjusted.iter().filter(|p| **p <= 0.05).count();
        assert_eq!(rejected(benjamini_hochberg(&p)), 4);
        assert_eq!((rejected(bonferroni(&p)), rejected(benjamini_yekutieli(&p))), (3, 3));
    }

    /// Four equal values are one look: Hommel and Hochberg leave 0.04 as it is.
    #[test]
    fn equal_values_need_no_adjustment_by_step_up() {
        for adjusted in [hommel(&[0.04; 4]), hochberg(&[0.04; 4])] {
            assert!(adjusted.iter().all(|p| (p - 0.04).abs() < 1e-15));
        }
        // Simes over all three: 3 · 0.02 / 2; Hochberg: 0.03 · 1, 0.02 · 2.
        let p = hommel(&[0.01, 0.02, 0.03]);
        assert!((p[0] - 0.03).abs() < 1e-15 && (p[2] - 0.03).abs() < 1e-15, "{p:?}");
        assert!(hommel(&[]).is_empty() && hommel(&[0.2]) == [0.2]);
        assert!(benjamini_hochberg(&[0.2, f64::NAN])[1].is_nan());
    }

    proptest! {
        #[test]
        fn each_is_bounded_by_the_next(p in prop::collection::vec(0.0..1.0_f64, 1..12)) {
            let ladder = [p.clone(), hommel(&p), hochberg(&p), holm(&p), bonferroni(&p)];
            for pair in ladder.windows(2) {
                for (less, more) in pair[0].iter().zip(&pair[1]) {
                    prop_assert!(*less <= more + 1e-12, "{ladder:?}");
                }
            }
        }
    }
}
