//! Rules of control charts and run charts.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::Answer;
use crate::stats::control_chart::rules::{EIGHT_BOTH_SIDES, Pattern, Rule};
use crate::stats::control_chart::run_chart::{self, RunChart, RunsTest};
use crate::verify::case::Case;

pub(super) fn rules(case: &Case) -> Answer {
    #[derive(Deserialize)]
    struct Inputs {
        z: Vec<f64>,
        center: Option<f64>,
        sigma: Option<f64>,
    }
    let inputs: Inputs = case.inputs()?;
    let (center, sigma) = (inputs.center.unwrap_or(0.0), inputs.sigma.unwrap_or(1.0));
    let z: Vec<f64> = inputs.z.iter().map(|z| (z - center) / sigma).collect();
    let named: [(&str, Pattern); 11] = [
        ("n1_beyond_3s", Rule::Beyond.pattern()),
        ("n2_run9", Rule::NineOneSide.pattern()),
        ("we4_run8", Pattern::OneSide { points: 8 }),
        ("nhs_run7", Pattern::OneSide { points: 7 }),
        ("n3_trend6", Rule::SixTrend.pattern()),
        ("n4_alternating14", Rule::FourteenAlternating.pattern()),
        ("n5_2of3_2s", Rule::TwoOfThree.pattern()),
        ("n6_4of5_1s", Rule::FourOfFive.pattern()),
        ("n7_15within_1s", Rule::FifteenWithin.pattern()),
        ("n8_8beyond_1s_minitab", Rule::EightBeyond.pattern()),
        ("n8_8beyond_1s_both_sides", EIGHT_BOTH_SIDES),
    ];
    let one_based =
        |pattern: Pattern| -> Vec<usize> { pattern.signals(&z).iter().map(|i| i + 1).collect() };
    let figures = named.map(|(name, pattern)| (name.to_owned(), json!(one_based(pattern))));
    Ok(Value::Object(Map::from_iter(figures)))
}

pub(super) fn run_chart(case: &Case) -> Answer {
    #[derive(Deserialize)]
    struct Inputs {
        x: Vec<f64>,
    }
    let inputs: Inputs = case.inputs()?;
    Ok(run_chart::run_chart(&inputs.x).map_or(Value::Null, |chart| figures(&chart)))
}

fn figures(chart: &RunChart) -> Value {
    json!({
        "median": chart.center,
        "n_obs": chart.points,
        "n_useful": chart.useful,
        "longest_run": chart.longest_run,
        "longest_run_max": chart.limits.map(|l| l.longest_run),
        "n_crossings": chart.crossings,
        "n_crossings_min": chart.limits.map(|l| l.crossings),
        "signal": chart.is_signal(),
        "runs_test": chart.test.map(runs_test),
    })
}

fn runs_test(test: RunsTest) -> Value {
    json!({
        "runs": test.runs,
        "expected_runs": test.expected,
        "var": test.variance,
        "z": test.z,
        "p_clustering_one_sided": test.p_clustering,
        "p_mixture_one_sided": test.p_mixture,
    })
}

pub(super) fn run_limits(case: &Case) -> Answer {
    #[derive(Deserialize)]
    struct Inputs {
        n: Vec<usize>,
    }
    let inputs: Inputs = case.inputs()?;
    let limits: Vec<_> = inputs.n.iter().map(|&n| run_chart::limits(n)).collect();
    let runs: Vec<_> = limits.iter().map(|l| l.map(|l| l.longest_run)).collect();
    let crossings: Vec<_> = limits.iter().map(|l| l.map(|l| l.crossings)).collect();
    Ok(json!({ "longest_run_max": runs, "n_crossings_min": crossings }))
}
