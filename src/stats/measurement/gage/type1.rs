//! Type 1 gage study: one operator, one part of known size, again and again.
//!
//! Source: E. Dietrich and A. Schulze, Statistical Procedures for Machine and Process
//! Qualification (2010), § 5.2; the names are Minitab's.

use super::layout::mean;
use crate::stats::special::student_t;
use crate::stats::{Unestimable, count, squarable};

/// What the study is held against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// True size of the part.
    pub reference: f64,
    /// Width of the specification; `None` without one.
    pub tolerance: Option<f64>,
    /// Per cent of the tolerance the gage may take: 20.
    pub percent: f64,
    /// Standard deviations the spread of the gage is taken to span: 6, or 4.
    pub multiplier: f64,
}

/// A type 1 study.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type1 {
    /// Readings.
    pub n: usize,
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation.
    pub sd: f64,
    /// `multiplier` standard deviations.
    pub study_variation: f64,
    /// Mean less reference.
    pub bias: f64,
    /// Bias in per cent of the tolerance; like all that follows, `None` without a tolerance.
    pub bias_share: Option<f64>,
    /// (percent / 100 · tolerance) / (multiplier · s); `None` where all readings are the same, as
    /// of a gage too coarse to see its own spread.
    pub cg: Option<f64>,
    /// (percent / 200 · tolerance − |bias|) / (multiplier / 2 · s); `None` likewise.
    pub cgk: Option<f64>,
    /// percent / Cg: spread in per cent of the tolerance.
    pub repeatability_share: Option<f64>,
    /// percent / Cgk: spread and bias likewise; `None` where Cgk is not positive.
    pub repeatability_and_bias_share: Option<f64>,
    /// Bias over its standard error; `None` where all readings are the same.
    pub t: Option<f64>,
    /// n − 1.
    pub df: usize,
    /// Two-sided, from Student's t.
    pub p_value: Option<f64>,
}

/// Analyses a type 1 study.
///
/// # Errors
/// `TooFew` below two readings, `Outside` where a value is not finite or a term is not positive.
pub fn type1(values: &[f64], terms: Terms) -> Result<Type1, Unestimable> {
    let n = values.len();
    if n < 2 {
        return Err(Unestimable::TooFew { needed: 2, got: n });
    }
    let sizes = [terms.tolerance.unwrap_or(1.0), terms.percent, terms.multiplier];
    squarable(values.iter().chain(&sizes).chain([&terms.reference]))?;
    let positive = |v: f64| v > 0.0;
    if !sizes.into_iter().all(positive) {
        return Err(Unestimable::Outside("tolerance, percent and multiplier are positive"));
    }
    let mean = mean(values.iter().copied());
    let df = n - 1;
    let varies = values.windows(2).any(|pair| pair[0].total_cmp(&pair[1]).is_ne());
    let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    let sd = (squares / count(df)).sqrt();
    if varies && sd < f64::MIN_POSITIVE.sqrt() {
        return Err(Unestimable::BEYOND);
    }
    let sd = if varies { sd } else { 0.0 };
    let bias = mean - terms.reference;
    let allowed = terms.tolerance.map(|width| terms.percent / 100.0 * width);
    let study_variation = terms.multiplier * sd;
    let capable = |room: f64, spread: f64| varies.then(|| room / spread);
    let cg = allowed.and_then(|room| capable(room, study_variation));
    let cgk = allowed.and_then(|room| capable(room / 2.0 - bias.abs(), study_variation / 2.0));
    let t = varies.then(|| bias / (sd / count(n).sqrt()));
    Ok(Type1 {
        n,
        mean,
        sd,
        study_variation,
        bias,
        bias_share: terms.tolerance.map(|width| 100.0 * bias / width),
        cg,
        cgk,
        repeatability_share: cg.map(|cg| terms.percent / cg),
        repeatability_and_bias_share: cgk.filter(|cgk| *cgk > 0.0).map(|cgk| terms.percent / cgk),
        t,
        df,
        p_value: t.and_then(|t| student_t::two_sided(t, count(df))),
    })
}
