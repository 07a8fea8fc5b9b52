//! Pareto tables: which few categories make up most of the total.
//!
//! Source: J. Juran, *Quality Control Handbook* (1951).

/// One category.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Its place in the input.
    pub category: usize,
    /// Its count, cost or time.
    pub value: f64,
    /// 100 · value / total.
    pub percent: f64,
    /// The same of this category and all before it; 100 at the last.
    pub cumulative_percent: f64,
}

/// A Pareto table.
#[derive(Clone, Debug, PartialEq)]
pub struct Pareto {
    /// Largest first; equal ones in the order given.
    pub rows: Vec<Row>,
    /// Sum of all values.
    pub total: f64,
}

/// The Pareto table of `values`, one a category, in any one unit.
///
/// `None` where a value is negative or no number, or where the total is 0: then nothing has a
/// share.
#[must_use]
pub fn pareto(values: &[f64]) -> Option<Pareto> {
    let mut order: Vec<(usize, f64)> = values.iter().copied().enumerate().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let total: f64 = order.iter().map(|(_, value)| value).sum();
    let valid = values.iter().all(|value| *value >= 0.0);
    if !(valid && total > 0.0 && total.is_finite()) {
        return None;
    }
    let mut sum = 0.0;
    let row = |(category, value): (usize, f64)| {
        sum += value;
        Row {
            category,
            value,
            percent: 100.0 * (value / total),
            cumulative_percent: 100.0 * (sum / total),
        }
    };
    Some(Pareto { rows: order.into_iter().map(row).collect(), total })
}

impl Pareto {
    /// The vital few: the smallest leading set whose cumulative share reaches `percent`.
    #[must_use]
    pub fn vital_few(&self, percent: f64) -> &[Row] {
        // A share reached exactly may stand a rounding error below itself.
        let reached = percent * (1.0 - 1e-12);
        let short = self.rows.iter().take_while(|row| row.cumulative_percent < reached).count();
        self.rows.get(..=short).unwrap_or(&self.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::pareto;
    use proptest::prelude::*;

    #[test]
    fn ties_keep_their_order_and_the_few_are_counted_up_to_the_share() {
        let table = pareto(&[48.0, 17.0, 33.0, 17.0, 4.0, 9.0]);
        let order: Vec<usize> =
            table.iter().flat_map(|t| t.rows.iter().map(|r| r.category)).collect();
        assert_eq!(order, [0, 2, 1, 3, 5, 4]);
        assert_eq!(table.map(|t| t.vital_few(80.0).len()), Some(4));
    }

    #[test]
    fn a_share_reached_exactly_is_reached() {
        let few = |values: &[f64], percent| pareto(values).map(|t| t.vital_few(percent).len());
        assert_eq!(few(&[4.0, 1.0], 80.0), Some(1));
        assert_eq!(few(&[7.0, 2.0, 1.0], 70.0), Some(1));
        assert_eq!(few(&[1.0, 1.0], 100.0), Some(2));
        assert_eq!(few(&[1.0, 1.0], 120.0), Some(2));
    }

    #[test]
    fn nothing_has_no_shares() {
        assert_eq!(pareto(&[]), None);
        assert_eq!(pareto(&[0.0, 0.0]), None);
        assert_eq!(pareto(&[1.0, -1.0, 3.0]), None);
        assert_eq!(pareto(&[1.0, f64::NAN]), None);
    }

    proptest! {
        #[test]
        fn cumulative_percent_rises_to_exactly_100(
            values in prop::collection::vec(0.01_f64..1e6, 1..40)
        ) {
            let table = pareto(&values).ok_or_else(|| TestCaseError::fail("no table"))?;
            let cumulative: Vec<f64> = table.rows.iter().map(|r| r.cumulative_percent).collect();
            prop_assert!(cumulative.is_sorted());
            prop_assert_eq!(cumulative.last().copied(), Some(100.0));
            prop_assert!(table.rows.is_sorted_by(|a, b| a.value >= b.value));
        }
    }
}
