//! One sample: moments, quantiles, normality.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Answer;
use crate::stats::Unestimable;
use crate::stats::summary::autocorrelation::lag1;
use crate::stats::summary::moments::Moments;
use crate::stats::summary::normality::{self, Test};
use crate::stats::summary::outlier::{Suspect, grubbs};
use crate::stats::summary::quantile::{Definition, quantile};
use crate::verify::case::Case;

#[derive(Deserialize)]
struct Sample {
    #[serde(alias = "y")]
    x: Vec<f64>,
}

impl Sample {
    fn sorted(&self) -> Vec<f64> {
        let mut sorted = self.x.clone();
        sorted.sort_by(f64::total_cmp);
        sorted
    }
}

pub(super) fn univariate(case: &Case) -> Answer {
    let sample: Sample = case.inputs()?;
    let moments = Moments::of(&sample.x);
    Ok(json!({
        "n": moments.count(),
        "mean": moments.mean().ok(),
        "sd": moments.sd().ok(),
        "autocorrelation_lag1": lag1(&sample.x).ok(),
    }))
}

#[derive(Deserialize)]
struct Shares {
    p: Vec<f64>,
}

pub(super) fn quantiles(case: &Case) -> Answer {
    let (sample, shares): (Sample, Shares) = (case.inputs()?, case.inputs()?);
    let sorted = sample.sorted();
    let by_definition = |p: f64| -> Value {
        let row = Definition::ALL.into_iter();
        row.map(|kind| (format!("{kind:?}"), json!(quantile(&sorted, p, kind)))).collect()
    };
    let key = |p: f64| p.to_string().replace('.', "_");
    let rows: Map<String, Value> = shares.p.iter().map(|p| (key(*p), by_definition(*p))).collect();
    Ok(Value::Object(rows))
}

pub(super) fn normality(case: &Case) -> Answer {
    let sample: Sample = case.inputs()?;
    let (x, moments, sorted) = (&sample.x, Moments::of(&sample.x), sample.sorted());
    let at = |p, kind| quantile(&sorted, p, kind);
    let anderson_darling = normality::anderson_darling(x).ok();
    Ok(json!({
        "n": moments.count(),
        "mean": moments.mean().ok(),
        "sd": moments.sd().ok(),
        "skewness_g1": moments.skewness().ok(),
        "excess_kurtosis_g2": moments.excess_kurtosis().ok(),
        "skewness_G1": moments.adjusted_skewness().ok(),
        "excess_kurtosis_G2": moments.adjusted_excess_kurtosis().ok(),
        "q1_type6": at(0.25, Definition::R6),
        "median": at(0.5, Definition::R7),
        "q3_type6": at(0.75, Definition::R6),
        "q1_type7": at(0.25, Definition::R7),
        "q3_type7": at(0.75, Definition::R7),
        "shapiro_wilk": test("W", normality::shapiro_wilk(x)),
        "anderson_darling": anderson_darling.map(|test| json!({
            "A2": test.a2, "A2_star": test.a2_star, "p_value": test.p_value,
        })),
        "lilliefors": test("D", normality::lilliefors(x)),
        "cramer_von_mises": test("W2", normality::cramer_von_mises(x)),
    }))
}

#[derive(Deserialize)]
struct Significance {
    alpha: Option<f64>,
}

pub(super) fn outlier(case: &Case) -> Answer {
    let sample: Sample = case.inputs()?;
    let (given, option): (Significance, Significance) = (case.inputs()?, case.options()?);
    let alpha = given.alpha.or(option.alpha).unwrap_or(0.05);
    let of = |suspect| -> Option<Value> {
        let test = grubbs(&sample.x, suspect, alpha).ok()?;
        Some(json!({
            "G": test.statistic,
            "index": test.index + 1,
            "critical": test.critical,
            "reject": test.is_outlier(),
        }))
    };
    Ok(json!({
        "one_sided_max": of(Suspect::Largest),
        "one_sided_min": of(Suspect::Smallest),
        "two_sided": of(Suspect::Farthest),
    }))
}

fn test(statistic: &str, test: Result<Test, Unestimable>) -> Option<Value> {
    test.ok().map(|test| json!({ statistic: test.statistic, "p_value": test.p_value }))
}
