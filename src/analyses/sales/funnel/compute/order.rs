//! The order of stages, as most deals pass them.

use crate::dataset::Categories;

/// Stage codes in order: as asked, else each stage before those it mostly precedes.
///
/// `paths` holds the stages of each deal in the order it first entered them.
pub(super) fn order(names: &Categories, paths: &[Vec<u32>], asked: &[String]) -> Vec<u32> {
    if !asked.is_empty() {
        return asked.iter().filter_map(|name| names.code_of(name)).collect();
    }
    let mut stages: Vec<u32> = paths.iter().flatten().copied().collect();
    stages.sort_unstable();
    stages.dedup();
    stages.sort_by(|a, b| names.name(*a).cmp(&names.name(*b)));
    let wins = preceding(&stages, paths);
    let mut ranked: Vec<(usize, u32)> = wins.into_iter().zip(stages).collect();
    ranked.sort_by_key(|(wins, _)| std::cmp::Reverse(*wins));
    ranked.into_iter().map(|(_, stage)| stage).collect()
}

/// How many other stages each stage precedes in most deals that know both.
fn preceding(stages: &[u32], paths: &[Vec<u32>]) -> Vec<usize> {
    let size = stages.len();
    let index = |stage: u32| stages.iter().position(|s| *s == stage);
    let mut before = vec![0_i64; size * size];
    for path in paths {
        let path: Vec<usize> = path.iter().filter_map(|stage| index(*stage)).collect();
        for (at, &a) in path.iter().enumerate() {
            for &b in path.iter().skip(at + 1) {
                before[a * size + b] += 1;
                before[b * size + a] -= 1;
            }
        }
    }
    let wins = |a: usize| (0..size).filter(|b| before[a * size + b] > 0).count();
    (0..size).map(wins).collect()
}
