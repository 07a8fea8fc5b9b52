//! Folding rows into summaries on any number of threads.

use std::ops::Range;
use std::thread;

/// A summary that merges: `merge` adds integers, so summary(A ∪ B) = summary(A) + summary(B).
pub trait Merge: Default + Send {
    /// Adds the other summary to this one.
    fn merge(&mut self, other: Self);
}

/// Folds rows `0..rows` into one summary.
///
/// `fold` adds a range of rows to a summary. Because merging is exact, the result does not
/// depend on `threads`. Small tables are folded on the calling thread.
pub fn fold_rows<S, F>(rows: usize, threads: usize, fold: F) -> S
where
    S: Merge,
    F: Fn(&mut S, Range<usize>) + Sync,
{
    const SMALL: usize = 20_000;
    let parts = threads.clamp(1, rows.div_ceil(SMALL).max(1));
    if parts == 1 {
        let mut all = S::default();
        fold(&mut all, 0..rows);
        return all;
    }
    let step = rows.div_ceil(parts);
    thread::scope(|scope| {
        let fold = &fold;
        let part = |i: usize| {
            scope.spawn(move || {
                let mut own = S::default();
                fold(&mut own, (i * step).min(rows)..((i + 1) * step).min(rows));
                own
            })
        };
        let handles: Vec<_> = (0..parts).map(part).collect();
        let mut all = S::default();
        for handle in handles {
            match handle.join() {
                Ok(own) => all.merge(own),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::{Merge, fold_rows};

    #[derive(Default)]
    struct Sum(i64);
    impl Merge for Sum {
        fn merge(&mut self, other: Self) {
            self.0 += other.0;
        }
    }

    #[test]
    fn threads_do_not_change_the_sum() {
        let rows = 100_003_usize;
        let sum = |threads| {
            fold_rows::<Sum, _>(rows, threads, |s, range| {
                s.0 += range.map(|i| i64::try_from(i).unwrap_or(0)).sum::<i64>();
            })
            .0
        };
        assert_eq!(sum(1), sum(8));
        assert_eq!(sum(1), 5_000_250_003);
    }
}
