//! Intervals of a proportion and of the difference of two.
//!
//! Sources: C. Clopper and E. Pearson, Biometrika 26 (1934); E. Wilson, JASA 22 (1927);
//! A. Agresti and B. Coull, The American Statistician 52 (1998); L. Brown, T. Cai and
//! A. `DasGupta`, Statistical Science 16 (2001), for Jeffreys'; R. Newcombe, Statistics in
//! Medicine 17 (1998), methods 4 and 10.

use super::{Bounds, Estimate, difference, tail};
use crate::stats::special::{beta, normal};

/// Exact (Clopper–Pearson) interval of a proportion: `k` of `n`, two-sided at `level`. It covers
/// the proportion at least as often as `level` says, mostly more often.
///
/// `None` when `n` is 0, `k > n`, or `level` is not inside (0, 1).
#[must_use]
pub fn clopper_pearson(k: u64, n: u64, level: f64) -> Option<Bounds> {
    let (tail, (k, n)) = (tail(level)?, counts(k, n)?);
    let low = if k > 0.0 { beta::quantile(k, n - k + 1.0, tail)? } else { 0.0 };
    let high = if k < n { beta::quantile(k + 1.0, n - k, 1.0 - tail)? } else { 1.0 };
    Some(Bounds { low, high })
}

/// Jeffreys' interval of a proportion: the tails of Beta(k + ½, n − k + ½), with the end at 0 for
/// no events and at 1 for nothing but events. Two-sided at `level`; `None` as
/// [`clopper_pearson`].
#[must_use]
pub fn jeffreys(k: u64, n: u64, level: f64) -> Option<Bounds> {
    let (tail, (k, n)) = (tail(level)?, counts(k, n)?);
    let end = |p| beta::quantile(k + 0.5, n - k + 0.5, p);
    let low = if k > 0.0 { end(tail)? } else { 0.0 };
    let high = if k < n { end(1.0 - tail)? } else { 1.0 };
    Some(Bounds { low, high })
}

/// Wilson score interval of a proportion: `k` of `n`, two-sided at `level`; `None` as
/// [`clopper_pearson`].
#[must_use]
pub fn wilson(k: u64, n: u64, level: f64) -> Option<Bounds> {
    let z = normal::upper_quantile(tail(level)?)?;
    let (k, n) = counts(k, n)?;
    let low = if k > 0.0 { score_end(k / n, n, -z).max(0.0) } else { 0.0 };
    let high = if k < n { score_end(k / n, n, z).min(1.0) } else { 1.0 };
    Some(Bounds { low, high })
}

/// Wilson's interval with continuity correction, as R's `prop.test`: half an event outwards, less
/// where `k` lies within half an event of n / 2. Two-sided at `level`; `None` as
/// [`clopper_pearson`].
#[must_use]
pub fn wilson_continuity(k: u64, n: u64, level: f64) -> Option<Bounds> {
    let z = normal::upper_quantile(tail(level)?)?;
    let (k, n) = counts(k, n)?;
    let step = (k - n / 2.0).abs().min(0.5);
    let (below, above) = ((k - step) / n, (k + step) / n);
    let low = if below > 0.0 { score_end(below, n, -z).max(0.0) } else { 0.0 };
    let high = if above < 1.0 { score_end(above, n, z).min(1.0) } else { 1.0 };
    Some(Bounds { low, high })
}

/// Agresti and Coull's interval: Wald's about Wilson's centre, with z² more trials. Its ends may
/// lie below 0 or above 1. Two-sided at `level`; `None` as [`clopper_pearson`].
#[must_use]
pub fn agresti_coull(k: u64, n: u64, level: f64) -> Option<Bounds> {
    let z = normal::upper_quantile(tail(level)?)?;
    let (k, n) = counts(k, n)?;
    let (all, z2) = (n + z * z, z * z);
    let (center, rest) = ((k + z2 / 2.0) / all, (n - k + z2 / 2.0) / all);
    let half = z * (center * rest / all).sqrt();
    Some(Bounds { low: center - half, high: center + half })
}

/// Newcombe's interval of the difference p₁ − p₂ from two Wilson intervals.
///
/// `None` where either Wilson interval is.
#[must_use]
pub fn newcombe(k1: u64, n1: u64, k2: u64, n2: u64, level: f64) -> Option<Bounds> {
    let side = |k, n| {
        let (k_of, n_of) = counts(k, n)?;
        Some(Estimate { value: k_of / n_of, bounds: wilson(k, n, level)? })
    };
    Some(difference(side(k1, n1)?, side(k2, n2)?))
}

/// The end of the score interval about `p` on the side of `z`.
fn score_end(p: f64, n: f64, z: f64) -> f64 {
    let z2 = z * z;
    let center = p + z2 / (2.0 * n);
    (center + z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt()) / (1.0 + z2 / n)
}

/// `k` of `n` as numbers, where there are trials and no more events than trials.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn counts(k: u64, n: u64) -> Option<(f64, f64)> {
    (n > 0 && k <= n).then_some((k as f64, n as f64))
}
