//! Grubbs' test for one outlier.
//!
//! Source: F. Grubbs, Technometrics 11 (1969); NIST/SEMATECH e-Handbook, 1.3.5.17.1.

use super::moments::Moments;
use crate::stats::special::student_t;
use crate::stats::{Unestimable, count};

/// Which value is suspected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspect {
    /// The largest.
    Largest,
    /// The smallest.
    Smallest,
    /// The one farthest from the mean, on either side.
    Farthest,
}

/// What Grubbs' test finds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grubbs {
    /// G: the suspect's distance from the mean in standard deviations.
    pub statistic: f64,
    /// Where the suspect stands in the sample, counted from 0; the first of equals.
    pub index: usize,
    /// (n − 1) / √n · √(t² / (n − 2 + t²)), t the upper α/n point of Student's distribution with
    /// n − 2 degrees of freedom, α/2n for [`Suspect::Farthest`].
    pub critical: f64,
}

impl Grubbs {
    /// Whether the suspect is too far out for a normal sample.
    #[must_use]
    pub fn is_outlier(&self) -> bool {
        self.statistic > self.critical
    }
}

/// Grubbs' test of `values` (any unit, any order) for one outlier among otherwise normal values,
/// at the significance `alpha`. For one outlier only: two may hide each other.
///
/// # Errors
/// Fewer than three values, all the same, or `alpha` outside (0, 1).
pub fn grubbs(values: &[f64], suspect: Suspect, alpha: f64) -> Result<Grubbs, Unestimable> {
    let n = values.len();
    if n < 3 {
        return Err(Unestimable::TooFew { needed: 3, got: n });
    }
    let moments = Moments::of(values);
    let (sd, deviations) = (moments.sd()?, moments.deviations(values)?);
    let outward = |d: f64| match suspect {
        Suspect::Largest => d,
        Suspect::Smallest => -d,
        Suspect::Farthest => d.abs(),
    };
    let farther = |best: (usize, f64), (i, d): (usize, f64)| if d > best.1 { (i, d) } else { best };
    let reach = deviations.iter().map(|d| outward(*d)).enumerate();
    let (index, distance) = reach.fold((0, f64::NEG_INFINITY), farther);
    let sides = if suspect == Suspect::Farthest { 2.0 } else { 1.0 };
    Ok(Grubbs { statistic: distance / sd, index, critical: critical(n, alpha, sides)? })
}

/// The distance that the farthest of `n` normal values exceeds with probability `alpha`, shared
/// among the `sides`.
fn critical(n: usize, alpha: f64, sides: f64) -> Result<f64, Unestimable> {
    let n = count(n);
    let t = Some(alpha).filter(|alpha| (0.0..1.0).contains(alpha));
    let t = t.and_then(|alpha| student_t::upper_quantile(alpha / (sides * n), n - 2.0));
    let t = t.ok_or(Unestimable::Outside("the significance does not lie between 0 and 1"))?;
    // t² / (n − 2 + t²) without squaring, as t is large for tiny samples.
    Ok((n - 1.0) / n.sqrt() / ((n - 2.0) / t / t + 1.0).sqrt())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{Suspect, grubbs};
    use crate::stats::{Unestimable, count};
    use proptest::prelude::*;

    /// NIST/SEMATECH e-Handbook, 1.3.5.17.1: uranium isotopes of Tietjen and Moore.
    const URANIUM: [f64; 8] = [199.31, 199.53, 200.19, 200.82, 201.92, 201.95, 202.18, 245.57];

    #[test]
    fn the_handbooks_isotope_is_an_outlier() {
        let test = grubbs(&URANIUM, Suspect::Largest, 0.05).unwrap();
        assert!((test.statistic - 2.4687).abs() < 1e-4 && test.index == 7, "{test:?}");
        assert!((test.critical - 2.032).abs() < 5e-4 && test.is_outlier(), "{test:?}");
        let test = grubbs(&URANIUM, Suspect::Farthest, 0.05).unwrap();
        assert!((test.critical - 2.126_645_087_195_466_7).abs() < 1e-12 && test.index == 7);
        let test = grubbs(&URANIUM, Suspect::Smallest, 0.05).unwrap();
        assert!(test.index == 0 && !test.is_outlier(), "{test:?}");
    }

    /// Grubbs' table of the upper 2.5 % points (ASTM E178), printed to three digits.
    #[test]
    fn critical_values_match_the_printed_table() {
        for (n, want) in [(4, 1.481), (5, 1.715), (10, 2.290), (20, 2.709), (30, 2.908)] {
            let values: Vec<f64> = (0..n).map(f64::from).collect();
            let test = grubbs(&values, Suspect::Largest, 0.025).unwrap();
            assert!((test.critical - want).abs() < 1e-3, "{n}: {}", test.critical);
        }
    }

    #[test]
    fn no_spread_too_few_values_or_no_significance_say_so() {
        let few = Err(Unestimable::TooFew { needed: 3, got: 2 });
        assert_eq!(grubbs(&[1.0, 2.0], Suspect::Largest, 0.05), few);
        assert_eq!(grubbs(&[3.0; 9], Suspect::Largest, 0.05), Err(Unestimable::Constant));
        for alpha in [0.0, 1.0, f64::NAN] {
            assert!(grubbs(&URANIUM, Suspect::Farthest, alpha).is_err(), "{alpha}");
        }
    }

    proptest! {
        #[test]
        fn mirroring_swaps_the_suspects(values in prop::collection::vec(-9.0_f64..9.0, 3..30)) {
            let mirrored: Vec<f64> = values.iter().map(|v| -v).collect();
            let a = grubbs(&values, Suspect::Largest, 0.05);
            let b = grubbs(&mirrored, Suspect::Smallest, 0.05);
            if let (Ok(a), Ok(b)) = (a, b) {
                prop_assert!((a.statistic - b.statistic).abs() < 1e-9 && a.index == b.index);
                let n = count(values.len());
                let most = (n - 1.0) / n.sqrt();
                prop_assert!(a.statistic <= most + 1e-9 && a.critical < most);
            }
        }
    }
}
