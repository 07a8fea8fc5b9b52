//! The normal probability plot: ordered values against the scores normal ones would have.
//!
//! Sources: A. Benard and E. Bos-Levenbach, Statistica Neerlandica 7 (1953), median ranks;
//! the band is that of the quantiles of a fitted normal distribution (W. Meeker and L. Escobar,
//! *Statistical Methods for Reliability Data*, section 8.4), pointwise.

use super::moments::Moments;
use crate::stats::special::normal;
use crate::stats::{Bounds, Unestimable, count};

/// One value on the plot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The value.
    pub value: f64,
    /// Normal score of its median rank (i − 0.3) / (n + 0.4).
    pub score: f64,
    /// Score on the fitted line, (value − mean) / s.
    pub fitted: f64,
    /// The band about the line, in scores: ± z √(1/n + fitted² / 2(n − 1)).
    pub band: Bounds,
}

/// The plot of `sorted` values (ascending) with a pointwise band at `level`.
///
/// # Errors
/// Fewer than three values, all the same, or a level outside (0, 1).
pub fn probability_plot(sorted: &[f64], level: f64) -> Result<Vec<Point>, Unestimable> {
    if sorted.len() < 3 {
        return Err(Unestimable::TooFew { needed: 3, got: sorted.len() });
    }
    let moments = Moments::of(sorted);
    moments.deviations(sorted)?;
    let (mean, sd, n) = (moments.mean()?, moments.sd()?, count(sorted.len()));
    let no_level = Unestimable::Outside("the level does not lie between 0 and 1");
    let z = normal::upper_quantile((1.0 - level) / 2.0).ok_or(no_level)?;
    let point = |(i, &value): (usize, &f64)| {
        let score = normal::quantile((count(i) + 0.7) / (n + 0.4))?;
        let fitted = (value - mean) / sd;
        let half = z * (1.0 / n + fitted * fitted / (2.0 * (n - 1.0))).sqrt();
        let band = Bounds { low: fitted - half, high: fitted + half };
        Some(Point { value, score, fitted, band })
    };
    Ok(sorted.iter().enumerate().filter_map(point).collect())
}

#[cfg(test)]
mod tests {
    use super::probability_plot;

    /// Median ranks of five: 0.12963 and 0.5 (Benard); the band at the mean is z / √n.
    #[test]
    fn five_values_by_hand() {
        let plot = probability_plot(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.95).unwrap_or_default();
        assert_eq!(plot.len(), 5);
        assert!((plot[0].score + 1.128_143_6).abs() < 1e-4, "{}", plot[0].score);
        assert!(plot[2].score.abs() < 1e-12 && plot[2].fitted.abs() < 1e-12);
        assert!((plot[2].band.high - 1.959_963_985 / 5.0_f64.sqrt()).abs() < 1e-8);
        assert!((plot[4].fitted - 2.0 / 2.5_f64.sqrt()).abs() < 1e-12);
        assert!(plot[4].band.high - plot[4].band.low > plot[2].band.high - plot[2].band.low);
    }

    #[test]
    fn what_cannot_be_plotted_says_so() {
        assert!(probability_plot(&[1.0, 2.0], 0.95).is_err());
        assert!(probability_plot(&[3.0; 9], 0.95).is_err());
        assert!(probability_plot(&[1.0, 2.0, 4.0], 1.0).is_err());
    }
}
