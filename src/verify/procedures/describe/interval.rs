//! Intervals of proportions and rates.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Answer;
use crate::stats::Bounds;
use crate::stats::interval::{
    agresti_coull, clopper_pearson, garwood, jeffreys, one_sided, rate, wilson, wilson_continuity,
};
use crate::verify::case::{Case, Refusal};

#[derive(Deserialize)]
struct Level {
    /// Two-sided confidence level.
    conf_level: Option<f64>,
}

fn level(case: &Case) -> Result<f64, Refusal> {
    let (given, option): (Level, Level) = (case.inputs()?, case.options()?);
    Ok(given.conf_level.or(option.conf_level).unwrap_or(0.95))
}

fn pair(bounds: Option<Bounds>) -> Value {
    json!(bounds.map(|bounds| [bounds.low, bounds.high]))
}

#[derive(Deserialize)]
struct Shares {
    x: Vec<u64>,
    n: Vec<u64>,
}

pub(super) fn binomial(case: &Case) -> Answer {
    let (shares, level): (Shares, f64) = (case.inputs()?, level(case)?);
    let row = |(&x, &n): (&u64, &u64)| {
        json!({
            "x": x,
            "n": n,
            "clopper_pearson": pair(clopper_pearson(x, n, level)),
            "wilson": pair(wilson(x, n, level)),
            "wilson_continuity": pair(wilson_continuity(x, n, level)),
            "agresti_coull": pair(agresti_coull(x, n, level)),
            "jeffreys": pair(jeffreys(x, n, level)),
        })
    };
    let rows: Vec<Value> = shares.x.iter().zip(&shares.n).map(row).collect();
    Ok(json!({ "cases": rows }))
}

#[derive(Deserialize)]
struct Rates {
    x: Vec<u64>,
    exposure: Vec<f64>,
}

pub(super) fn poisson(case: &Case) -> Answer {
    let (rates, level): (Rates, f64) = (case.inputs()?, level(case)?);
    let row = |(&x, &exposure): (&u64, &f64)| {
        json!({
            "x": x,
            "exposure": exposure,
            "rate": rate(x, exposure),
            "garwood": pair(garwood(x, exposure, level)),
            "garwood_one_sided_upper": garwood(x, exposure, one_sided(level)).map(|b| b.high),
        })
    };
    let rows: Vec<Value> = rates.x.iter().zip(&rates.exposure).map(row).collect();
    Ok(json!({ "cases": rows }))
}
