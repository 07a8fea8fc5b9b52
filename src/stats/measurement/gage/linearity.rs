//! Bias and linearity: whether a gage reads true, and equally so over its range.
//!
//! Source: AIAG, Measurement Systems Analysis, 4th edition (2010), chapter III, section B,
//! "Guidelines for determining bias" and "linearity".

use super::layout::mean;
use crate::stats::regression::linear::{Fit, fit};
use crate::stats::regression::predictors::Predictors;
use crate::stats::special::student_t;
use crate::stats::{Unestimable, count};

/// The bias at one reference size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bias {
    /// True size of the part.
    pub reference: f64,
    /// Readings of it.
    pub n: usize,
    /// Mean reading less reference.
    pub bias: f64,
    /// Standard deviation of the readings; `None` of a single one.
    pub sd: Option<f64>,
    /// Bias over s/√n; `None` without spread.
    pub t: Option<f64>,
    /// Two-sided, from Student's t with n − 1 degrees of freedom.
    pub p_value: Option<f64>,
}

/// A bias and linearity study.
#[derive(Clone, Debug)]
pub struct Linearity {
    /// Bias by reference size, ascending.
    pub biases: Vec<Bias>,
    /// Mean deviation of all readings from their reference.
    pub mean_bias: f64,
    /// The deviations as a line over the reference: its slope is 0 of a linear gage.
    pub line: Fit,
}

/// Analyses readings `(reference, reading)`.
///
/// # Errors
/// `TooFew` below three readings, `NotSolvable` where there is one reference size only, `Outside`
/// where a value is not finite.
pub fn linearity(readings: &[(f64, f64)]) -> Result<Linearity, Unestimable> {
    let mut sorted = readings.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let references: Vec<f64> = sorted.iter().map(|(reference, _)| *reference).collect();
    let deviations: Vec<f64> = sorted.iter().map(|(reference, value)| value - reference).collect();
    let predictors = Predictors::multiple(&[("reference", &references)], true)?;
    let line = fit(predictors, &deviations)?;
    let biases = sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()).map(bias).collect();
    Ok(Linearity { biases, mean_bias: mean(deviations.iter().copied()), line })
}

/// The bias of readings of one part.
fn bias(readings: &[(f64, f64)]) -> Bias {
    let n = readings.len();
    let deviations = readings.iter().map(|(reference, value)| value - reference);
    let bias = mean(deviations.clone());
    let squares: f64 = deviations.map(|d| (d - bias).powi(2)).sum();
    let sd = (n > 1).then(|| (squares / count(n - 1)).sqrt());
    let t = sd.filter(|sd| *sd > 0.0).map(|sd| bias / (sd / count(n).sqrt()));
    let p_value = t.and_then(|t| student_t::two_sided(t, count(n - 1)));
    Bias { reference: readings.first().map_or(0.0, |r| r.0), n, bias, sd, t, p_value }
}

impl Linearity {
    /// Slope of the line.
    #[must_use]
    pub fn slope(&self) -> f64 {
        self.line.coefficients.get(1).copied().unwrap_or(0.0)
    }

    /// |slope| in per cent: how much of the spread of a process the gage's bias adds over it.
    #[must_use]
    pub fn percent_linearity(&self) -> f64 {
        100.0 * self.slope().abs()
    }

    /// |slope| times the process variation (six standard deviations of the process).
    #[must_use]
    pub fn linearity(&self, process_variation: f64) -> f64 {
        self.slope().abs() * process_variation
    }

    /// |mean bias| in per cent of the process variation; `None` unless that is positive.
    #[must_use]
    pub fn percent_bias(&self, process_variation: f64) -> Option<f64> {
        (process_variation > 0.0).then(|| 100.0 * self.mean_bias.abs() / process_variation)
    }
}
