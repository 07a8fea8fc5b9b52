//! Individual values.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Answer, THREE_SIGMA, limits, numbered};
use crate::stats::control_chart::individuals::{
    Chart, SigmaMethod, chart as individuals, mean_moving_range, median_moving_range,
    moving_ranges, sigma,
};
use crate::stats::control_chart::limits::Limits;
use crate::stats::control_chart::subgroups::Subgroup;
use crate::verify::case::Case;

#[derive(Deserialize)]
struct Series {
    x: Vec<f64>,
}

#[derive(Deserialize)]
struct Width {
    k_sigma: Option<f64>,
}

const METHODS: [(&str, SigmaMethod); 5] = [
    ("mrbar_d2", SigmaMethod::MeanMovingRange),
    ("median_mr", SigmaMethod::MedianMovingRange),
    ("sd", SigmaMethod::Sd),
    ("sd_unbiased_c4", SigmaMethod::SdUnbiased),
    ("mssd", SigmaMethod::Mssd),
];

pub(super) fn chart(case: &Case) -> Answer {
    let Series { x } = case.inputs()?;
    let k = case.options::<Width>()?.k_sigma.unwrap_or(THREE_SIGMA);
    let ranges = moving_ranges(&x);
    let of = |method| individuals(&x, method, k).ok();
    let drawn = |chart: Chart| limits(chart.individuals, &chart.individuals.beyond(&x));
    // A range is drawn at the later of its two points.
    let range_chart = |chart: Chart| {
        let Limits { center, lcl, ucl } = chart.moving_ranges;
        let beyond: Vec<_> = chart.moving_ranges.beyond(&ranges).iter().map(|i| i + 2).collect();
        json!({ "center": center, "ucl": ucl, "lcl": lcl, "beyond_limits": beyond })
    };
    let sigmas: Map<String, Value> = METHODS
        .iter()
        .map(|(name, method)| ((*name).to_owned(), json!(sigma(&x, *method).ok())))
        .collect();
    Ok(json!({
        "mean": Subgroup::of(&x).map(|all| all.mean),
        "moving_ranges": ranges,
        "mr_bar": mean_moving_range(&x),
        "mr_median": median_moving_range(&x),
        "sigma_hat": sigmas,
        "i_chart": of(SigmaMethod::MeanMovingRange).map(drawn),
        "i_chart_median_mr": of(SigmaMethod::MedianMovingRange).map(drawn),
        "mr_chart": of(SigmaMethod::MeanMovingRange).map(range_chart),
    }))
}

/// Series at the edge of what a chart can say; without specifications there is no capability.
pub(super) fn edge(case: &Case) -> Answer {
    let Series { x } = case.inputs()?;
    let k = case.options::<Width>()?.k_sigma.unwrap_or(THREE_SIGMA);
    let got = individuals(&x, SigmaMethod::MeanMovingRange, k).ok();
    let limits = got.map(|got| got.individuals);
    Ok(json!({
        "center": Subgroup::of(&x).map(|all| all.mean),
        "ucl": limits.map(|limits| limits.ucl),
        "lcl": limits.map(|limits| limits.lcl),
        "beyond_limits": limits.map_or_else(Vec::new, |limits| numbered(&limits.beyond(&x))),
        "sigma_hat": got.map(|got| got.sigma),
        "cp": null,
    }))
}

/// What each of several tiny series can say.
pub(super) fn small(case: &Case) -> Answer {
    let series: std::collections::BTreeMap<String, Vec<f64>> = case.inputs()?;
    let one = |x: &[f64]| {
        let all = Subgroup::of(x);
        json!({
            "n": x.len(),
            "mean": all.map(|all| all.mean),
            "sd": all.and_then(|all| all.spread).map(|spread| spread.sd),
            "mr_bar": mean_moving_range(x),
            "mr_median": median_moving_range(x),
            "mr_sigma": sigma(x, SigmaMethod::MeanMovingRange).ok(),
        })
    };
    Ok(series.iter().map(|(name, x)| (name.clone(), one(x))).collect::<Map<_, _>>().into())
}
