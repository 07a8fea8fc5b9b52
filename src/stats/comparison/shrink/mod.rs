//! Empirical Bayes: what a unit's figure is worth beside those of all units like it. The smaller
//! a unit, the further its figure is drawn to the mean of all.

pub mod means;
mod proportions;
pub mod rates;

pub use proportions::{Prior, fit};

/// 0, φ, 2φ, …
fn steps(phi: f64) -> impl Iterator<Item = f64> {
    (0_u32..).map(move |i| f64::from(i) * phi)
}

/// How many of `counts` are more than 0, than 1, and so on: sums over units of sums up to their
/// counts become sums over these.
fn exceeding(counts: impl Iterator<Item = u64>) -> Vec<f64> {
    let mut sorted: Vec<u64> = counts.collect();
    sorted.sort_unstable();
    let mut out = Vec::new();
    let mut left = sorted.as_slice();
    for i in 0..sorted.last().copied().unwrap_or(0) {
        left = left.get(left.partition_point(|c| *c <= i)..).unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "a number of units")]
        out.push(left.len() as f64);
    }
    out
}

/// The spread φ with the highest score: the best of a grid of e^−16 … e², then golden section in
/// ln φ between its neighbours.
fn climb(score: impl Fn(f64) -> f64) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let grid = |i: i32| -16.0 + 0.5 * f64::from(i);
    let at = |i: i32| score(grid(i).exp());
    let best = (0..=36).max_by(|&a, &b| at(a).total_cmp(&at(b))).unwrap_or(0);
    let (mut low, mut high) = (grid(best - 1), grid(best + 1));
    for _ in 0..60 {
        let (a, b) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
        if score(a.exp()) < score(b.exp()) { low = a } else { high = b }
    }
    f64::midpoint(low, high).exp()
}
