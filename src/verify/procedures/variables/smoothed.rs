//! EWMA and CUSUM.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, THREE_SIGMA, limits, numbered, refused};
use crate::stats::control_chart::cusum;
use crate::stats::control_chart::ewma::Design;
use crate::stats::control_chart::individuals::{SigmaMethod, sigma};
use crate::stats::control_chart::limits::{Limits, beyond_own};
use crate::stats::control_chart::subgroups::{Subgroup, mean_limits};
use crate::verify::case::{Case, Refusal};

#[derive(Deserialize)]
struct Points {
    x: Vec<f64>,
    target: Option<f64>,
    sigma: Option<f64>,
    subgroup_size: Option<Sizes>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Sizes {
    One(usize),
    Each(Vec<usize>),
}

impl Points {
    /// The target; without one, the mean of the points.
    fn target(&self) -> Result<f64, Refusal> {
        let mean = || Subgroup::of(&self.x).map(|all| all.mean);
        self.target.or_else(mean).ok_or_else(|| Refusal::Inputs("no points".to_owned()))
    }

    /// Each point and its standard error; sigma, where not given, is that of individuals.
    fn errors(&self) -> Result<Vec<(f64, f64)>, Refusal> {
        let sigma = self.sigma.map_or_else(|| sigma(&self.x, SigmaMethod::MeanMovingRange), Ok);
        let sigma = sigma.map_err(|e| refused(&e))?;
        let size = |i: usize| match &self.subgroup_size {
            None => Some(1),
            Some(Sizes::One(n)) => Some(*n),
            Some(Sizes::Each(n)) => n.get(i).copied(),
        };
        let point = |(i, x): (usize, &f64)| {
            let n = size(i).filter(|n| *n > 0)?;
            Some((*x, mean_limits(0.0, n, sigma, 1.0).ucl))
        };
        let points: Option<Vec<_>> = self.x.iter().enumerate().map(point).collect();
        points.ok_or_else(|| Refusal::Inputs("a subgroup size is missing".to_owned()))
    }
}

#[derive(Deserialize)]
struct Smoothing {
    lambda: f64,
    #[serde(rename = "L")]
    width: Option<f64>,
    #[serde(default)]
    start: String,
}

pub(super) fn ewma(case: &Case) -> Answer {
    let points: Points = case.inputs()?;
    let asked: Smoothing = case.options()?;
    let width = asked.width.unwrap_or(THREE_SIGMA);
    let design = Design::new(asked.lambda, width).map_err(|e| refused(&e))?;
    let target = points.target()?;
    let start = match asked.start.as_str() {
        start if start.contains("mean") => Subgroup::of(&points.x).map(|all| all.mean),
        start if start.contains("first") => points.x.first().copied(),
        _ => None,
    };
    let chart = design.chart(&points.errors()?, target, start.unwrap_or(target));
    let side = |pick: fn(&Limits) -> f64| chart.limits.iter().map(pick).collect::<Vec<_>>();
    Ok(json!({
        "ewma": chart.ewma,
        "exact_limits": {
            "ucl": side(|l| l.ucl),
            "lcl": side(|l| l.lcl),
            "beyond_limits": numbered(&beyond_own(&chart.ewma, &chart.limits)),
        },
        "asymptotic_limits": chart.asymptotic.map(|l| limits(l, &l.beyond(&chart.ewma))),
    }))
}

#[derive(Deserialize)]
struct Sums {
    #[serde(rename = "K", alias = "k")]
    allowance: f64,
    #[serde(rename = "H", alias = "h")]
    decision: f64,
    #[serde(default)]
    units: String,
    #[serde(default)]
    headstart: Value,
}

/// In units of sigma (said so in `units`) the points are standardised first; a headstart in words
/// is half the decision interval.
pub(super) fn cusum(case: &Case) -> Answer {
    let points: Points = case.inputs()?;
    let asked: Sums = case.options()?;
    let design = cusum::Design::new(asked.allowance, asked.decision).map_err(|e| refused(&e))?;
    let headstart = match &asked.headstart {
        Value::Number(number) => number.as_f64().unwrap_or(0.0),
        Value::String(_) | Value::Bool(true) => 0.5 * asked.decision,
        _ => 0.0,
    };
    let design = design.starting_at(headstart);
    let target = points.target()?;
    let standardised = asked.units.contains("sigma") || asked.units.contains("standard");
    let chart = if standardised {
        let z: Vec<f64> = points.errors()?.iter().map(|(x, error)| (x - target) / error).collect();
        design.chart(&z, 0.0)
    } else {
        design.chart(&points.x, target)
    };
    let signals = numbered(&chart.signals);
    Ok(json!({
        "cusum_high": chart.high,
        "cusum_low": chart.low,
        "n_plus": chart.high_run,
        "n_minus": chart.low_run,
        "first_signal": signals.first(),
        "signals": signals,
    }))
}
