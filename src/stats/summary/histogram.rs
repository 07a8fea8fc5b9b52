//! Histograms with edges a reader can name.
//!
//! Sources: H. Sturges, JASA 21 (1926); D. Scott, Biometrika 66 (1979); D. Freedman and
//! P. Diaconis, Zeitschrift für Wahrscheinlichkeitstheorie 57 (1981).

use super::moments::Moments;
use super::quantile::{Definition, nearest_rank};
use super::robust::interquartile_range;
use crate::stats::{Unestimable, count};

/// How wide the bins should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// 1 + log₂ n bins; for few and roughly normal values.
    Sturges,
    /// 3.49 s / n^⅓; best for normal values.
    Scott,
    /// 2 IQR / n^⅓; not moved by wild values. Sturges' where half the values are the same.
    FreedmanDiaconis,
}

/// Counts of values between equally distant edges.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// Edges, ascending, one more than bins: whole multiples of 1, 2 or 5 times a power of ten,
    /// so that the same width gives the same edges whatever the sample.
    pub edges: Vec<f64>,
    /// Values at or above an edge and below the next; the last bin holds its upper edge too.
    pub counts: Vec<usize>,
}

/// More bins than any chart can show; a wild value must not ask for millions.
const MOST_BINS: f64 = 200.0;

/// The histogram of `sorted` (ascending, any unit), its bins about as wide as `rule` says.
///
/// # Errors
/// Fewer than two values, all the same or closer together than their digits tell apart, or one
/// that is no finite number.
pub fn histogram(sorted: &[f64], rule: Rule) -> Result<Histogram, Unestimable> {
    let moments = Moments::of(sorted);
    moments.deviations(sorted)?;
    let ends = nearest_rank(sorted, 0.0).zip(nearest_rank(sorted, 1.0));
    let (low, high) = ends.ok_or(Unestimable::TooFew { needed: 2, got: 0 })?;
    let ruled = width(sorted, &moments, rule)?;
    let step = Step::near(ruled.max((high - low) / MOST_BINS));
    if step.width() < 16.0 * f64::EPSILON * low.abs().max(high.abs()) {
        return Err(Unestimable::NotSolvable("the values differ in their last digits only"));
    }
    let first = step.below(low);
    let mut edges = vec![step.at(first)];
    while edges.last().is_some_and(|edge| *edge < high) || edges.len() < 2 {
        edges.push(step.at(first + count(edges.len())));
    }
    Ok(Histogram { counts: counted(sorted, &edges), edges })
}

/// The width `rule` asks for.
fn width(sorted: &[f64], moments: &Moments, rule: Rule) -> Result<f64, Unestimable> {
    let n = count(sorted.len());
    let iqr = interquartile_range(sorted, Definition::R7).filter(|iqr| *iqr > 0.0);
    match (rule, iqr) {
        (Rule::Scott, _) => Ok(3.49 * moments.sd()? / n.cbrt()),
        (Rule::FreedmanDiaconis, Some(iqr)) => Ok(2.0 * iqr / n.cbrt()),
        _ => {
            let range = nearest_rank(sorted, 1.0).zip(nearest_rank(sorted, 0.0));
            Ok(range.map_or(0.0, |(high, low)| high - low) / (1.0 + n.log2()).ceil())
        }
    }
}

/// Values per bin, in one pass over both.
fn counted(sorted: &[f64], edges: &[f64]) -> Vec<usize> {
    let mut rest = sorted;
    let mut counts = Vec::with_capacity(edges.len());
    for edge in edges.iter().skip(1) {
        let within = rest.partition_point(|value| value < edge);
        counts.push(within);
        rest = rest.get(within..).unwrap_or_default();
    }
    if let Some(last) = counts.last_mut() {
        *last += rest.len();
    }
    counts
}

/// A width of 1, 2 or 5 times a power of ten, kept so that 3 · 0.1 is 0.3.
#[derive(Clone, Copy, Debug)]
struct Step {
    digit: f64,
    power: i32,
}

impl Step {
    /// The one nearest to `width` in ratio.
    #[expect(clippy::cast_possible_truncation, reason = "a logarithm of a double is below 310")]
    fn near(width: f64) -> Self {
        let power = width.log10().floor();
        let lead = width / 10_f64.powf(power);
        let bounds = [2.0, 10.0, 50.0].map(f64::sqrt);
        let digit = [1.0, 2.0, 5.0].into_iter().zip(bounds).find(|(_, bound)| lead < *bound);
        let power = power as i32;
        digit.map_or(Self { digit: 1.0, power: power + 1 }, |(digit, _)| Self { digit, power })
    }

    fn at(self, multiple: f64) -> f64 {
        let scale = 10_f64.powi(self.power.abs());
        let whole = multiple * self.digit;
        if self.power < 0 { whole / scale } else { whole * scale }
    }

    fn width(self) -> f64 {
        self.at(1.0)
    }

    /// The multiple of the last edge at or below `value`.
    fn below(self, value: f64) -> f64 {
        let multiple = (value / self.width()).round();
        if self.at(multiple) <= value { multiple } else { multiple - 1.0 }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{Rule, histogram};
    use crate::stats::Unestimable;
    use proptest::prelude::*;

    const RULES: [Rule; 3] = [Rule::Sturges, Rule::Scott, Rule::FreedmanDiaconis];

    #[test]
    fn edges_are_round_and_every_value_is_counted_once() {
        let sorted: Vec<f64> = (0..100).map(|i| f64::from(i) / 100.0).collect();
        // Sturges asks for 0.99 / 8 = 0.124, Freedman and Diaconis for 2 · 0.495 / 4.64 = 0.213.
        let by_sturges = histogram(&sorted, Rule::Sturges).unwrap();
        assert_eq!(by_sturges.counts, [10; 10]);
        assert_eq!(by_sturges.edges[..4], [0.0, 0.1, 0.2, 0.3]);
        let by_range = histogram(&sorted, Rule::FreedmanDiaconis).unwrap();
        assert_eq!(by_range.edges, [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert_eq!(by_range.counts, [20; 5]);
    }

    #[test]
    fn the_last_bin_holds_its_upper_edge() {
        let result = histogram(&[0.0, 1.0, 2.0, 3.0, 4.0], Rule::Sturges).unwrap();
        assert_eq!(
            (result.edges, result.counts),
            (vec![0.0, 1.0, 2.0, 3.0, 4.0], vec![1, 1, 1, 2])
        );
    }

    #[test]
    fn a_wild_value_asks_for_no_million_bins_and_half_equal_values_for_one_width() {
        let mut sorted: Vec<f64> = (0..99).map(f64::from).collect();
        sorted.push(1e15);
        assert!(histogram(&sorted, Rule::FreedmanDiaconis).unwrap().counts.len() <= 400);
        let half = [1.0, 1.0, 1.0, 1.0, 9.0];
        assert_eq!(histogram(&half, Rule::FreedmanDiaconis), histogram(&half, Rule::Sturges));
    }

    #[test]
    fn values_that_do_not_differ_have_no_histogram() {
        assert_eq!(histogram(&[2.0; 5], Rule::Scott), Err(Unestimable::Constant));
        assert!(matches!(histogram(&[2.0], Rule::Scott), Err(Unestimable::TooFew { .. })));
        let close = [1.0, 1.0 + f64::EPSILON, 1.0 + 2.0 * f64::EPSILON];
        assert!(matches!(histogram(&close, Rule::Sturges), Err(Unestimable::NotSolvable(_))));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_bins_are_equal(
            mut values in prop::collection::vec(-1e6_f64..1e6, 2..200),
            scale in prop::sample::select(vec![1e-9, 1.0, 1e9]),
        ) {
            for value in &mut values {
                *value *= scale;
            }
            values.sort_by(f64::total_cmp);
            for rule in RULES {
                let Ok(made) = histogram(&values, rule) else { continue };
                prop_assert_eq!(made.counts.iter().sum::<usize>(), values.len());
                prop_assert_eq!(made.edges.len(), made.counts.len() + 1);
                prop_assert!(made.edges[0] <= values[0]);
                prop_assert!(*made.edges.last().unwrap() >= values[values.len() - 1]);
                let width = made.edges[1] - made.edges[0];
                for pair in made.edges.windows(2) {
                    prop_assert!(((pair[1] - pair[0]) / width - 1.0).abs() < 1e-6);
                }
            }
        }
    }
}
