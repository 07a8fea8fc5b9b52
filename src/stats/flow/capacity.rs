//! Capacity: takt, line balance and overall equipment effectiveness.
//!
//! Sources: T. Ohno, *Toyota Production System* (1988) for takt; M. Groover, *Automation,
//! Production Systems and Computer-Integrated Manufacturing*, line balancing; S. Nakajima,
//! *Introduction to TPM* (1988) for OEE.

use crate::stats::summary::sum::sum;
use crate::stats::{Unestimable, count};

/// Rounding error of a sum of times: so much above a whole number is that number.
const NOISE: f64 = 1e-9;

/// Takt: available time over demand, in time per unit, at which one unit must leave.
///
/// # Errors
/// Time or demand that is not positive.
pub fn takt(available: f64, demand: f64) -> Result<f64, Unestimable> {
    let takt = positive(available)? / positive(demand)?;
    Ok(takt)
}

/// A line of stations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Sum of the cycle times: work in one unit.
    pub work_content: f64,
    /// The slowest station; the first of equals.
    pub bottleneck: usize,
    /// Its cycle time: the pace of the line.
    pub pace: f64,
    /// Work content / (operators · pace): share of paid time that is work.
    pub balance: f64,
}

/// The balance of stations with the given cycle times, worked by `operators`.
///
/// # Errors
/// No station, a time that is not positive, or no operator.
pub fn line(cycle_times: &[f64], operators: f64) -> Result<Line, Unestimable> {
    let mut slowest = (0, *cycle_times.first().ok_or(Unestimable::TooFew { needed: 1, got: 0 })?);
    for (station, &time) in cycle_times.iter().enumerate() {
        if positive(time)? > slowest.1 {
            slowest = (station, time);
        }
    }
    let (bottleneck, pace) = slowest;
    let work_content: f64 = cycle_times.iter().sum();
    let balance = work_content / (positive(operators)? * pace);
    Ok(Line { work_content, bottleneck, pace, balance })
}

impl Line {
    /// Fewest operators who can do the work within `takt`: the work content over takt, rounded up.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
    pub fn minimum_operators(&self, takt: f64) -> u64 {
        (self.work_content / takt * (1.0 - NOISE)).ceil() as u64
    }

    /// Whether the slowest station keeps up with `takt`.
    #[must_use]
    pub fn meets(&self, takt: f64) -> bool {
        self.pace <= takt
    }
}

/// How evenly loads are spread: (Σx)² / (n Σx²), which is 1 / (1 + CV²) with the population's CV. 1
/// where all are alike, 1/n where one holds everything. Source: R. Jain, D. Chiu and W. Hawe,
/// *A Quantitative Measure of Fairness*, DEC TR-301 (1984).
///
/// # Errors
/// No loads, a negative one, or nothing but zeros.
pub fn evenness(loads: &[f64]) -> Result<f64, Unestimable> {
    for &load in loads {
        not_negative(load)?;
    }
    let (whole, squares) = (sum(loads.iter().copied()), sum(loads.iter().map(|x| x * x)));
    Ok(positive(whole)?.powi(2) / (count(loads.len()) * positive(squares)?))
}

/// What a machine or desk was planned for, and what came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// Planned time.
    pub planned: f64,
    /// Stops within it.
    pub downtime: f64,
    /// Time one unit takes at best.
    pub ideal_cycle: f64,
    /// Units made.
    pub total: f64,
    /// Units good the first time.
    pub good: f64,
}

/// Overall equipment effectiveness and its three factors, as shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effectiveness {
    /// Running / planned time.
    pub availability: f64,
    /// Ideal cycle · units / running time; above 1 where the ideal cycle is set too slow.
    pub performance: f64,
    /// Good / all units.
    pub quality: f64,
    /// The product: ideal cycle · good units / planned time.
    pub overall: f64,
}

/// OEE of a shift.
///
/// # Errors
/// Times or units that cannot be: no running time, no unit, more good units than units.
pub fn effectiveness(shift: &Shift) -> Result<Effectiveness, Unestimable> {
    let running = positive(shift.planned - not_negative(shift.downtime)?)?;
    let total = positive(shift.total)?;
    if not_negative(shift.good)? > total {
        return Err(Unestimable::Outside("there are more good units than units"));
    }
    let availability = running / shift.planned;
    let performance = positive(shift.ideal_cycle)? * total / running;
    let quality = shift.good / total;
    Ok(Effectiveness {
        availability,
        performance,
        quality,
        overall: availability * performance * quality,
    })
}

fn positive(x: f64) -> Result<f64, Unestimable> {
    let fine = x > 0.0 && x.is_finite();
    if fine { Ok(x) } else { Err(Unestimable::Outside("a time or count is not positive")) }
}

fn not_negative(x: f64) -> Result<f64, Unestimable> {
    let fine = x >= 0.0 && x.is_finite();
    if fine { Ok(x) } else { Err(Unestimable::Outside("a time or count is negative")) }
}

#[cfg(test)]
mod tests {
    use super::{Shift, effectiveness, evenness, line, takt};
    use crate::stats::Unestimable;
    use proptest::prelude::*;

    #[test]
    fn a_line_of_four_desks() -> Result<(), Unestimable> {
        let takt = takt(9200.0, 1840.0)?;
        assert!((takt - 5.0).abs() < 1e-12);
        let line = line(&[4.2, 3.1, 5.6, 2.4], 4.0)?;
        assert_eq!((line.bottleneck, line.minimum_operators(takt)), (2, 4));
        assert!((line.balance - 15.3 / 22.4).abs() < 1e-12 && !line.meets(takt));
        Ok(())
    }

    #[test]
    fn work_that_fits_exactly_needs_no_further_operator() -> Result<(), Unestimable> {
        let third = line(&[0.1, 0.2, 0.3], 3.0)?;
        assert!(third.work_content > 0.6, "the sum of these three carries noise");
        assert_eq!(third.minimum_operators(0.2), 3);
        Ok(())
    }

    #[test]
    fn effectiveness_is_the_product_of_its_factors() -> Result<(), Unestimable> {
        let day =
            Shift { planned: 480.0, downtime: 47.0, ideal_cycle: 0.8, total: 420.0, good: 403.0 };
        let oee = effectiveness(&day)?;
        assert!((oee.overall - 0.8 * 403.0 / 480.0).abs() < 1e-12);
        assert!((oee.performance - 0.775_981_524).abs() < 1e-9);
        Ok(())
    }

    #[test]
    fn evenness_runs_from_one_holder_to_all_alike() {
        assert!((evenness(&[5.0, 5.0, 5.0]).unwrap_or(0.0) - 1.0).abs() < 1e-15);
        assert!((evenness(&[9.0, 0.0, 0.0]).unwrap_or(0.0) - 1.0 / 3.0).abs() < 1e-15);
        assert!((evenness(&[1.0, 3.0]).unwrap_or(0.0) - 0.8).abs() < 1e-15);
        assert!(evenness(&[]).is_err() && evenness(&[0.0]).is_err() && evenness(&[-1.0]).is_err());
    }

    #[test]
    fn what_cannot_be_has_no_figure() {
        assert!(takt(480.0, 0.0).is_err() && line(&[], 1.0).is_err());
        assert!(line(&[1.0, -1.0], 1.0).is_err());
        let day = Shift { planned: 8.0, downtime: 8.0, ideal_cycle: 1.0, total: 1.0, good: 1.0 };
        assert!(effectiveness(&day).is_err());
        assert!(effectiveness(&Shift { downtime: 0.0, good: 2.0, ..day }).is_err());
    }

    proptest! {
        #[test]
        fn balance_is_a_share_whatever_the_unit_of_time(
            times in prop::collection::vec(0.1_f64..50.0, 1..12), scale in 0.1_f64..60.0
        ) {
            let stations = f64::from(u32::try_from(times.len()).unwrap_or(1));
            let scaled: Vec<f64> = times.iter().map(|t| t * scale).collect();
            let (a, b) = (line(&times, stations), line(&scaled, stations));
            if let (Ok(a), Ok(b)) = (a, b) {
                prop_assert!(a.balance > 0.0 && a.balance <= 1.0 + 1e-12);
                prop_assert!((a.balance - b.balance).abs() < 1e-12);
            }
        }
    }
}
