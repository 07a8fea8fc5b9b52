//! When did the mean of a series change? One change, kept since.
//!
//! The point that splits the series into the two parts whose means differ most, by Student's t with
//! equal variances, is taken; its p-value times the number of points tried (Bonferroni) errs on the
//! safe side. Source: D. Hawkins, JASA 72 (1977), the maximum of |t| over the points of change; K.
//! Worsley, JASA 74 (1979) for the bound. Independent, roughly normal values are assumed.

use crate::stats::count;
use crate::stats::hypothesis::t_test::{Question, TTest, pooled};
use crate::stats::summary::moments::Moments;

/// Points on either side of a change, at least.
pub const SIDE: usize = 4;

/// A change of the mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// First point after the change.
    pub at: usize,
    /// The mean since less the mean before, with the interval of two given parts.
    pub test: TTest,
    /// Two-sided p-value, adjusted for the points tried.
    pub p: f64,
}

/// The likeliest change of the mean of `values`, in order; its interval at `level`. `None` of fewer
/// than eight values, or where nothing varies.
#[must_use]
pub fn likeliest(values: &[f64], level: f64) -> Option<Shift> {
    let last = values.len().checked_sub(SIDE).filter(|&last| last >= SIDE)?;
    let deviations = Moments::of(values).deviations(values).ok()?;
    let (mut sum, mut best) = (0.0, (0.0, SIDE));
    for (i, deviation) in deviations.iter().take(last).enumerate() {
        sum += deviation;
        let (before, after) = (count(i + 1), count(values.len() - i - 1));
        // Proportional to the square of t against what is left within: (Σ before)² n / (k (n − k)).
        let between = sum * sum / (before * after);
        if i + 1 >= SIDE && between > best.0 {
            best = (between, i + 1);
        }
    }
    let (before, after) = values.split_at(best.1);
    let test = pooled(after, before, Question { level, ..Question::default() }).ok()?;
    let tried = count(last - SIDE + 1);
    Some(Shift { at: best.1, test, p: (test.p_value * tried).min(1.0) })
}

#[cfg(test)]
mod tests {
    use super::likeliest;

    /// 1, 2 in turn, then 5, 6: the means are 1.5 and 5.5, five points can be tried.
    #[test]
    fn a_step_is_found_where_it_is() {
        let values = [1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 5.0, 6.0, 5.0, 6.0, 5.0, 6.0];
        let found = likeliest(&values, 0.95);
        assert!(found.is_some_and(|f| f.at == 6 && (f.test.estimate - 4.0).abs() < 1e-12));
        let same = found.zip(likeliest(&values.map(|x| 7.0 - x), 0.95));
        assert!(same.is_some_and(|(a, b)| a.at == b.at && (a.p - b.p).abs() < 1e-12));
        assert!(found.is_some_and(|f| (f.p - 5.0 * f.test.p_value).abs() < 1e-12 && f.p < 1e-5));
    }

    #[test]
    fn a_steady_series_shows_no_change() {
        let values: Vec<f64> = (0..60).map(|i| f64::from(i * 7 % 11)).collect();
        assert!(likeliest(&values, 0.95).is_some_and(|f| f.p > 0.5));
        assert!(likeliest(&[1.0; 20], 0.95).is_none());
        assert!(likeliest(&[1.0, 2.0, 3.0, 4.0, 9.0, 9.0, 9.0], 0.95).is_none());
    }
}
