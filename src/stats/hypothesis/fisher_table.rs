//! Fisher's exact test of tables larger than 2 × 2 (Fisher, Freeman and Halton).
//!
//! The tables with the margins seen form a network: a stage for each column, a node for what is
//! left of the row totals. Paths that can only end in tables no more likely than the one seen are
//! counted whole, those that cannot are dropped, and only the others are followed on. Sources:
//! G. Freeman and J. Halton (Biometrika 38, 1951); C. Mehta and N. Patel, "A network algorithm for
//! performing Fisher's exact test in r × c contingency tables" (JASA 78, 1983).

use std::collections::BTreeMap;

use crate::stats::{Unestimable, count};

/// Steps the network may take: about half a second.
const AFFORDABLE: usize = 3_000_000;
/// Ways to fill one column that are kept at once.
const MOST_WAYS: usize = 100_000;
/// Tables whose log-probabilities differ by less count as equally likely.
const TIE: f64 = 1e-7;
/// Paths whose log-probabilities differ by less are one.
const SAME: f64 = 1e-10;

/// Probability of all tables with the margins of `table` that are no more likely than it.
///
/// Empty rows and columns are left out; they hold no information.
///
/// # Errors
/// Fewer than two rows or columns with counts, rows of unequal length, or a table with too many
/// possibilities to count.
pub fn p_value(table: &[Vec<u64>]) -> Result<f64, Unestimable> {
    let table = trimmed(table)?;
    let rows: Vec<usize> = table.iter().map(|row| row.iter().sum()).collect();
    let width = table.first().map_or(0, Vec::len);
    let column = |j: usize| table.iter().filter_map(|row| row.get(j)).sum();
    let columns: Vec<usize> = (0..width).map(column).collect();
    let mut network = Network::new(columns, rows.iter().sum());
    let seen = -table.iter().flatten().map(|x| network.log_factorial(*x)).sum::<f64>();
    network.share_at_most(sorted(rows), seen + TIE)
}

/// What is left of the row totals, ascending: rows with equal rests are alike.
type Rest = Vec<usize>;

/// The most and least that ln ∏ 1/x! can still gain from a node to the end.
#[derive(Clone, Copy)]
struct Reach {
    most: f64,
    least: f64,
}

struct Network {
    /// Column totals, the last stage first.
    columns: Vec<usize>,
    log_factorials: Vec<f64>,
    reaches: BTreeMap<(usize, Rest), Reach>,
    steps: usize,
}

impl Network {
    fn new(columns: Vec<usize>, all: usize) -> Self {
        let mut log_factorials = vec![0.0; all + 1];
        let mut log = 0.0;
        for (n, slot) in log_factorials.iter_mut().enumerate().skip(1) {
            log += count(n).ln();
            *slot = log;
        }
        let columns = sorted(columns);
        Self { columns, log_factorials, reaches: BTreeMap::new(), steps: 0 }
    }

    fn log_factorial(&self, n: usize) -> f64 {
        self.log_factorials.get(n).copied().unwrap_or(0.0)
    }

    /// Share of probability on tables with ln ∏ 1/x! ≤ `bar`.
    fn share_at_most(&mut self, rows: Rest, bar: f64) -> Result<f64, Unestimable> {
        let all = self.log_total(self.columns.len(), &rows);
        let mut counted = 0.0;
        // ln of a path so far, and how many paths gave it.
        let mut nodes = BTreeMap::from([(rows, vec![(0.0, 1.0)])]);
        for stage in (0..self.columns.len()).rev() {
            let mut next: BTreeMap<Rest, Vec<(f64, f64)>> = BTreeMap::new();
            for (rest, mut paths) in nodes {
                merge(&mut paths);
                for (gain, child) in self.children(stage, &rest)? {
                    let reach = self.reach(stage, &child)?;
                    let total = self.log_total(stage, &child);
                    let through = |log: &f64| log + gain;
                    // Sorted ascending: first those that end at most at the bar, then the open ones.
                    let sure = paths.partition_point(|p| through(&p.0) + reach.most <= bar);
                    let open = paths.partition_point(|p| through(&p.0) + reach.least <= bar);
                    let (below, rest) = paths.split_at(sure);
                    let weight = |p: &(f64, f64)| p.1 * (through(&p.0) + total - all).exp();
                    counted += below.iter().map(weight).sum::<f64>();
                    let onward = rest.iter().take(open - sure).map(|p| (through(&p.0), p.1));
                    self.spend(open + 1)?;
                    if open > sure {
                        next.entry(child).or_default().extend(onward);
                    }
                }
            }
            nodes = next;
        }
        Ok(counted.min(1.0))
    }

    /// ln Σ ∏ 1/x! over all ways to fill the first `stages` columns from `rest`:
    /// n! / (∏ row! ∏ column!).
    fn log_total(&self, stages: usize, rest: &[usize]) -> f64 {
        let margins = rest.iter().chain(self.columns.iter().take(stages));
        self.log_factorial(rest.iter().sum())
            - margins.map(|total| self.log_factorial(*total)).sum::<f64>()
    }

    fn reach(&mut self, stages: usize, rest: &Rest) -> Result<Reach, Unestimable> {
        if stages == 0 {
            return Ok(Reach { most: 0.0, least: 0.0 });
        }
        if stages == 1 {
            let gain = -rest.iter().map(|x| self.log_factorial(*x)).sum::<f64>();
            return Ok(Reach { most: gain, least: gain });
        }
        if let Some(reach) = self.reaches.get(&(stages, rest.clone())) {
            return Ok(*reach);
        }
        let mut reach = Reach { most: f64::NEG_INFINITY, least: f64::INFINITY };
        for (gain, child) in self.children(stages - 1, rest)? {
            let onward = self.reach(stages - 1, &child)?;
            reach.most = reach.most.max(gain + onward.most);
            reach.least = reach.least.min(gain + onward.least);
        }
        self.reaches.insert((stages, rest.clone()), reach);
        Ok(reach)
    }

    /// All ways to take the column at `stage` from `rest`: what each gains, and what it leaves.
    fn children(&mut self, stage: usize, rest: &[usize]) -> Result<Vec<(f64, Rest)>, Unestimable> {
        let column = self.columns.get(stage).copied().unwrap_or(0);
        let mut out = Vec::new();
        let mut filled = Vec::with_capacity(rest.len());
        self.fill(rest, column, 0.0, &mut filled, &mut out)?;
        Ok(out)
    }

    fn fill(
        &mut self,
        rest: &[usize],
        open: usize,
        gain: f64,
        left: &mut Rest,
        out: &mut Vec<(f64, Rest)>,
    ) -> Result<(), Unestimable> {
        let Some((&first, others)) = rest.split_first() else {
            self.spend(1)?;
            if out.len() == MOST_WAYS {
                return Err(too_large());
            }
            out.push((gain, sorted(left.clone())));
            return Ok(());
        };
        let room: usize = others.iter().sum();
        for x in open.saturating_sub(room)..=first.min(open) {
            left.push(first - x);
            self.fill(others, open - x, gain - self.log_factorial(x), left, out)?;
            left.pop();
        }
        Ok(())
    }

    fn spend(&mut self, steps: usize) -> Result<(), Unestimable> {
        self.steps += steps;
        if self.steps > AFFORDABLE {
            return Err(too_large());
        }
        Ok(())
    }
}

/// Sorts paths and joins those that are as good as equal.
fn merge(paths: &mut Vec<(f64, f64)>) {
    paths.sort_by(|a, b| a.0.total_cmp(&b.0));
    paths.dedup_by(|later, kept| {
        let same = later.0 - kept.0 <= SAME;
        if same {
            kept.1 += later.1;
        }
        same
    });
}

/// The counts without empty rows and columns, with no more rows than columns.
fn trimmed(table: &[Vec<u64>]) -> Result<Vec<Vec<usize>>, Unestimable> {
    let width = table.first().map_or(0, Vec::len);
    if table.iter().any(|row| row.len() != width) {
        return Err(Unestimable::Outside("rows of a table have equally many counts"));
    }
    let total: Option<u64> = table.iter().flatten().try_fold(0_u64, |all, x| all.checked_add(*x));
    if total.is_none_or(|total| total > 1_000_000) {
        return Err(too_large());
    }
    let whole = |x: &u64| usize::try_from(*x).unwrap_or(0);
    let filled = |j: &usize| table.iter().any(|row| row.get(*j).is_some_and(|x| *x > 0));
    let columns: Vec<usize> = (0..width).filter(filled).collect();
    let keep = |row: &Vec<u64>| columns.iter().filter_map(|j| row.get(*j)).map(whole).collect();
    let rows: Vec<Vec<usize>> =
        table.iter().filter(|row| row.iter().any(|x| *x > 0)).map(keep).collect();
    if rows.len() < 2 || columns.len() < 2 {
        return Err(Unestimable::TooFew { needed: 2, got: rows.len().min(columns.len()) });
    }
    if rows.len() <= columns.len() {
        return Ok(rows);
    }
    let column = |j| rows.iter().filter_map(|row: &Vec<usize>| row.get(j).copied()).collect();
    Ok((0..columns.len()).map(column).collect())
}

fn too_large() -> Unestimable {
    Unestimable::NotSolvable("too many possible tables to count")
}

fn sorted(mut values: Vec<usize>) -> Vec<usize> {
    values.sort_unstable();
    values
}

#[cfg(test)]
mod tests {
    use super::p_value;
    use crate::stats::Unestimable;
    use crate::stats::hypothesis::exact::fisher_two_sided;
    use proptest::prelude::*;

    /// A. Agresti (2002), p. 57: income and job satisfaction, p = 0.7827.
    #[test]
    fn income_and_job_satisfaction() {
        let table = [vec![1, 2, 1, 0], vec![3, 3, 6, 1], vec![10, 10, 14, 9], vec![6, 7, 12, 11]];
        let p = p_value(&table).unwrap_or(f64::NAN);
        assert!((p - 0.7827).abs() < 5e-5, "{p}");
    }

    /// Every table with the margins of a 2 × 3 one, listed.
    fn listed(table: &[[u64; 3]; 2]) -> f64 {
        let log =
            |n: u64| (2..=n).map(|i| f64::from(u32::try_from(i).unwrap_or(0)).ln()).sum::<f64>();
        let weight = |a: &[u64; 3], b: &[u64; 3]| -a.iter().chain(b).map(|x| log(*x)).sum::<f64>();
        let columns = [0, 1, 2].map(|j| table[0][j] + table[1][j]);
        let row: u64 = table[0].iter().sum();
        let seen = weight(&table[0], &table[1]);
        let (mut all, mut extreme) = (0.0, 0.0);
        for a in 0..=columns[0].min(row) {
            for b in 0..=columns[1].min(row - a) {
                let c = row - a - b;
                if c <= columns[2] {
                    let other = [columns[0] - a, columns[1] - b, columns[2] - c];
                    let one = weight(&[a, b, c], &other);
                    all += one.exp();
                    extreme += if one <= seen + 1e-7 { one.exp() } else { 0.0 };
                }
            }
        }
        extreme / all
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_network_agrees_with_listing_every_table(
            first in prop::array::uniform3(0..9_u64), second in prop::array::uniform3(0..9_u64),
        ) {
            let table = [first.to_vec(), second.to_vec()];
            prop_assume!(table.iter().all(|row| row.iter().any(|x| *x > 0)));
            let Ok(p) = p_value(&table) else { return Ok(()) };
            let want = listed(&[first, second]);
            prop_assert!((p / want - 1.0).abs() < 1e-9, "{p} for {want}");
        }

        #[test]
        fn a_table_of_two_rows_and_columns_is_fishers(
            a in 0..30_u64, b in 1..30_u64, c in 1..30_u64, d in 0..30_u64,
        ) {
            let p = p_value(&[vec![a, b], vec![c, d]]).unwrap_or(f64::NAN);
            let want = fisher_two_sided(a, a + b, c, c + d).unwrap_or(f64::NAN);
            prop_assert!((p / want - 1.0).abs() < 1e-9, "{p} for {want}");
        }
    }

    #[test]
    fn empty_lines_say_nothing_and_huge_tables_are_refused() {
        let plain = p_value(&[vec![3, 1], vec![1, 3]]);
        assert_eq!(p_value(&[vec![3, 0, 1], vec![0, 0, 0], vec![1, 0, 3]]), plain);
        assert!(p_value(&[vec![3, 1], vec![0, 0]]).is_err());
        let huge = vec![vec![40; 12]; 12];
        assert!(matches!(p_value(&huge), Err(Unestimable::NotSolvable(_))));
    }
}
