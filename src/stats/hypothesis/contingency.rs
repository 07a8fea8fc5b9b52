//! Tables of counts: Pearson's chi-square, the likelihood ratio G, residuals and association.
//!
//! Sources: K. Pearson (Philosophical Magazine 50, 1900); F. Yates (Supplement to the JRSS 1,
//! 1934); H. Cramér, Mathematical Methods of Statistics (1946), § 21.9; S. Haberman (Biometrics
//! 29, 1973) for standardised residuals; A. Agresti, Categorical Data Analysis.

use super::alternative::p_of_chi_square;
use super::equal_variance::ChiSquareTest;
use super::fisher_table;
use crate::stats::summary::sum::sum;
use crate::stats::{Unestimable, count};

/// Expected counts below this make the chi-square distribution a poor stand-in (W. Cochran, 1954).
pub const SMALL_EXPECTED: f64 = 5.0;

/// What a table of counts says about its rows and columns being independent.
#[derive(Clone, Debug, PartialEq)]
pub struct Contingency {
    /// Pearson's Σ (O − E)² / E with (r − 1)(c − 1) degrees of freedom.
    pub test: ChiSquareTest,
    /// G = 2 Σ O ln(O / E), with the same degrees of freedom.
    pub g: ChiSquareTest,
    /// Pearson's statistic with Yates' correction, of 2 × 2 tables only.
    pub yates: Option<ChiSquareTest>,
    /// Counts expected of independent rows and columns: row total × column total / all.
    pub expected: Vec<Vec<f64>>,
    /// (O − E) / √(E (1 − row share)(1 − column share)): beyond ±2 a cell stands out.
    pub residuals: Vec<Vec<f64>>,
    /// The smallest expected count.
    pub least_expected: f64,
    /// √(χ² / n (min(r, c) − 1)): 0 for no association, 1 for a complete one.
    pub cramers_v: f64,
}

/// Pearson's test of `table`, rows of equally many counts.
///
/// # Errors
/// Fewer than two rows or columns, rows of unequal length, or a row or column without counts: its
/// expected counts are zero, so leave it out.
pub fn pearson(table: &[Vec<u64>]) -> Result<Contingency, Unestimable> {
    let margins = Margins::of(table)?;
    let df = margins.df();
    let expected = margins.expected();
    let cells = || table.iter().flatten().copied().map(exactly).zip(expected.iter().flatten());
    let statistic = |off: f64| sum(cells().map(|(o, e)| ((o - e).abs() - off).powi(2) / e));
    let chi_square = |statistic: f64| -> Result<_, Unestimable> {
        Ok(ChiSquareTest { statistic, df, p_value: p_of_chi_square(statistic, df)? })
    };
    let test = chi_square(statistic(0.0))?;
    let g = sum(cells().filter(|(o, _)| *o > 0.0).map(|(o, e)| 2.0 * o * (o / e).ln()));
    let square = table.len() == 2 && margins.columns.len() == 2;
    // Never so much that a cell passes its expected count.
    let off = cells().map(|(o, e)| (o - e).abs()).fold(0.5, f64::min);
    let yates = if square { Some(chi_square(statistic(off))?) } else { None };
    let residuals = margins.residuals(table, &expected);
    // Where a margin holds all counts but a rounding, its cells have nothing to differ by.
    if residuals.iter().flatten().any(|r| !r.is_finite()) {
        return Err(Unestimable::BEYOND);
    }
    let smaller = count(table.len().min(margins.columns.len()) - 1);
    Ok(Contingency {
        cramers_v: (test.statistic / (margins.all * smaller)).sqrt().min(1.0),
        g: chi_square(g.max(0.0))?,
        yates,
        residuals,
        least_expected: expected.iter().flatten().copied().fold(f64::INFINITY, f64::min),
        test,
        expected,
    })
}

/// How independence was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// By Pearson's chi-square: no expected count is small.
    ChiSquare,
    /// By the exact test: an expected count is below [`SMALL_EXPECTED`].
    Exact,
    /// By Pearson's chi-square although an expected count is small: the table has too many
    /// possibilities to count. To be read with care.
    ChiSquareWithSmallCounts,
}

/// The p-value to report for `table`: chi-square, or the exact one where an expected count is small.
///
/// # Errors
/// As [`pearson`].
pub fn independence(table: &[Vec<u64>]) -> Result<(f64, Judged), Unestimable> {
    let pearson = pearson(table)?;
    if pearson.least_expected >= SMALL_EXPECTED {
        return Ok((pearson.test.p_value, Judged::ChiSquare));
    }
    let exact = fisher_table::p_value(table).map(|p| (p, Judged::Exact));
    Ok(exact.unwrap_or((pearson.test.p_value, Judged::ChiSquareWithSmallCounts)))
}

/// Row and column totals.
struct Margins {
    rows: Vec<f64>,
    columns: Vec<f64>,
    all: f64,
}

impl Margins {
    fn of(table: &[Vec<u64>]) -> Result<Self, Unestimable> {
        let width = table.first().map_or(0, Vec::len);
        if table.len() < 2 || width < 2 {
            return Err(Unestimable::TooFew { needed: 2, got: table.len().min(width) });
        }
        if table.iter().any(|row| row.len() != width) {
            return Err(Unestimable::Outside("rows of a table have equally many counts"));
        }
        let total = |cells: &mut dyn Iterator<Item = u64>| cells.map(exactly).sum::<f64>();
        let rows: Vec<f64> = table.iter().map(|row| total(&mut row.iter().copied())).collect();
        let column = |j: usize| total(&mut table.iter().filter_map(|row| row.get(j).copied()));
        let columns: Vec<f64> = (0..width).map(column).collect();
        if rows.iter().chain(&columns).any(|total| *total <= 0.0) {
            return Err(Unestimable::Outside("a row or column holds no counts"));
        }
        let all = rows.iter().sum();
        Ok(Self { rows, columns, all })
    }

    fn df(&self) -> f64 {
        count(self.rows.len() - 1) * count(self.columns.len() - 1)
    }

    fn expected(&self) -> Vec<Vec<f64>> {
        let row = |row: &f64| self.columns.iter().map(|column| row * column / self.all).collect();
        self.rows.iter().map(row).collect()
    }

    fn residuals(&self, table: &[Vec<u64>], expected: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let row = |((counts, expected), row): ((&Vec<u64>, &Vec<f64>), &f64)| {
            let cell = |((o, e), column): ((&u64, &f64), &f64)| {
                let spread = e * (1.0 - row / self.all) * (1.0 - column / self.all);
                (exactly(*o) - e) / spread.sqrt()
            };
            counts.iter().zip(expected).zip(&self.columns).map(cell).collect()
        };
        table.iter().zip(expected).zip(&self.rows).map(row).collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn exactly(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{Judged, independence, pearson};
    use proptest::prelude::*;

    /// A. Agresti (2007), table 2.5, party and gender: X² = 30.07, p = 2.95e-7.
    #[test]
    fn party_and_gender() {
        let table = [vec![762, 327, 468], vec![484, 239, 477]];
        let test = pearson(&table).unwrap();
        assert!((test.test.statistic - 30.07).abs() < 5e-3 && test.yates.is_none());
        assert!((test.test.p_value / 2.954e-7 - 1.0).abs() < 1e-3);
        assert!((test.residuals[0][0] - 4.502).abs() < 5e-4);
        assert_eq!(independence(&table).unwrap().1, Judged::ChiSquare);
    }

    #[test]
    fn small_counts_are_judged_exactly_and_empty_margins_refused() {
        let tea = [vec![3, 1], vec![1, 3]];
        let (p, judged) = independence(&tea).unwrap();
        assert_eq!(judged, Judged::Exact);
        assert!((p - 34.0 / 70.0).abs() < 1e-12);
        let test = pearson(&tea).unwrap();
        assert!((test.yates.unwrap().statistic - 0.5).abs() < 1e-12);
        assert!((test.cramers_v - 0.5).abs() < 1e-12);
        assert!(pearson(&[vec![0, 0], vec![1, 3]]).is_err());
        assert!(pearson(&[vec![1, 2], vec![1]]).is_err() && pearson(&[vec![1, 2]]).is_err());
    }

    #[test]
    fn tables_too_large_to_count_keep_chi_square_with_a_warning() {
        let row = |i: u64| (0..9).map(|j| 1 + (i * 7 + j * 5) % 8).collect::<Vec<_>>();
        let table: Vec<_> = (0..9).map(row).collect();
        assert_eq!(independence(&table).unwrap().1, Judged::ChiSquareWithSmallCounts);
    }

    proptest! {
        #[test]
        fn turning_a_table_changes_nothing_but_its_shape(
            table in prop::collection::vec(prop::collection::vec(1..60_u64, 3), 2..5),
        ) {
            let turned: Vec<Vec<u64>> =
                (0..3).map(|j| table.iter().map(|row| row[j]).collect()).collect();
            let (a, b) = (pearson(&table).unwrap(), pearson(&turned).unwrap());
            prop_assert!((a.test.statistic - b.test.statistic).abs() < 1e-9);
            prop_assert!((a.cramers_v - b.cramers_v).abs() < 1e-9 && a.cramers_v <= 1.0);
        }
    }
}
