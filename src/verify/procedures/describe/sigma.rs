//! Defects, yields and sigma levels.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Answer;
use crate::stats::Bounds;
use crate::stats::sigma::step::{Exact, Step, roll};
use crate::stats::sigma::{Tails, dpo_at, rolled_yield, z_long_term};
use crate::verify::case::{Case, Refusal};

const MILLION: f64 = 1e6;

#[derive(Deserialize)]
struct Conventions {
    #[serde(default = "usual_shift")]
    sigma_shift: f64,
    conf_level: Option<f64>,
}

const fn usual_shift() -> f64 {
    1.5
}

#[derive(Deserialize)]
struct Process {
    steps: Vec<Counted>,
    conf_level: Option<f64>,
}

#[derive(Deserialize)]
struct Counted {
    name: Option<String>,
    units: u64,
    #[serde(alias = "opportunities")]
    opportunities_per_unit: u64,
    defects: u64,
    defective_units: Option<u64>,
}

impl From<&Counted> for Step {
    fn from(counted: &Counted) -> Self {
        Self {
            units: counted.units,
            opportunities_per_unit: counted.opportunities_per_unit,
            defects: counted.defects,
            defective_units: counted.defective_units,
        }
    }
}

pub(super) fn dpmo_yield(case: &Case) -> Answer {
    let (process, conventions): (Process, Conventions) = (case.inputs()?, case.options()?);
    let level = process.conf_level.or(conventions.conf_level).unwrap_or(0.95);
    let shift = conventions.sigma_shift;
    let steps: Result<Vec<Value>, Refusal> =
        process.steps.iter().map(|counted| one_step(counted, level, shift)).collect();
    let counts: Vec<Step> = process.steps.iter().map(Step::from).collect();
    let all = roll(&counts).map_err(|reason| Refusal::Inputs(reason.to_string()))?;
    Ok(json!({
        "steps": steps?,
        "rolled_throughput_yield_from_fty": all.rolled_yield,
        "normalized_yield": all.normalized_yield,
        "total_dpu_from_rty": all.dpu_of_rolled_yield,
        "rty_from_dpu": all.rolled_yield_of_dpu,
        "pooled_dpmo": MILLION * all.dpo,
        "pooled_sigma_with_shift": all.z.map(|z| z + shift),
        "z_benchmark_normalized_yield_with_shift": all.z_benchmark.map(|z| z + shift),
    }))
}

fn one_step(counted: &Counted, level: f64, shift: f64) -> Result<Value, Refusal> {
    let step = Step::from(counted);
    let figures = step.assess(level).map_err(|reason| Refusal::Inputs(reason.to_string()))?;
    let exact = match figures.exact {
        Exact::Proportion => "clopper_pearson",
        Exact::Rate => "garwood",
    };
    let percent = format!("ci{}", (1e4 * level).round() / 1e2);
    let pair = |bounds: Bounds, unit: f64| [unit * bounds.low, unit * bounds.high];
    let shifted = |z: Option<f64>| z.map(|z| z + shift);
    let (low, high) = figures.z_bounds;
    let fty = figures.first_time_yield;
    let mut row = Map::new();
    let mut put = |key: &str, value: Value| row.insert(key.to_owned(), value);
    put("name", json!(counted.name));
    put("dpu", json!(figures.dpu));
    put("dpo", json!(figures.dpo.value));
    put("dpmo", json!(MILLION * figures.dpo.value));
    put(&format!("dpmo_{percent}_{exact}"), json!(pair(figures.dpo.bounds, MILLION)));
    put("sigma_with_shift", json!(shifted(figures.z)));
    put("z_no_shift", json!(figures.z));
    put(&format!("sigma_with_shift_{percent}"), json!([shifted(low), shifted(high)]));
    put("fty_units", json!(fty.map(|fty| fty.value)));
    put(&format!("fty_{percent}"), json!(fty.map(|fty| pair(fty.bounds, 1.0))));
    put("tpy_exp_minus_dpu", json!(figures.throughput_yield));
    put("pct_defective", json!(step.share_defective().map(|share| 100.0 * share)));
    Ok(Value::Object(row))
}

#[derive(Deserialize)]
struct Levels {
    sigma: Vec<f64>,
}

pub(super) fn conversion_table(case: &Case) -> Answer {
    let (levels, conventions): (Levels, Conventions) = (case.inputs()?, case.options()?);
    let column = |shift: f64, tails: Tails| -> Value {
        levels.sigma.iter().map(|sigma| MILLION * dpo_at(*sigma, shift, tails)).collect()
    };
    let shift = conventions.sigma_shift;
    let named = format!("dpmo_shift{}", shift.to_string().replace('.', ""));
    Ok(json!({
        format!("{named}_one_sided"): column(shift, Tails::One),
        format!("{named}_two_sided"): column(shift, Tails::Both),
        "dpmo_noshift_one_sided": column(0.0, Tails::One),
        "dpmo_noshift_two_sided": column(0.0, Tails::Both),
    }))
}

#[derive(Deserialize)]
struct PerMillion {
    dpmo: Vec<f64>,
}

pub(super) fn from_dpmo(case: &Case) -> Answer {
    let (asked, conventions): (PerMillion, Conventions) = (case.inputs()?, case.options()?);
    let z: Vec<Option<f64>> = asked.dpmo.iter().map(|dpmo| z_long_term(dpmo / MILLION)).collect();
    let shift = conventions.sigma_shift;
    let shifted: Vec<Option<f64>> = z.iter().map(|z| z.map(|z| z + shift)).collect();
    let named = format!("sigma_with_{}_shift", shift.to_string().replace('.', "_"));
    Ok(json!({ "z_long_term": z, named: shifted }))
}

#[derive(Deserialize)]
struct Reworked {
    defects: Vec<u64>,
    rework: Vec<u64>,
    opportunities: u64,
}

/// Every step works on all `opportunities`; a defect or rework at one costs that step its yield.
pub(super) fn dpmo_yield_sixsigma(case: &Case) -> Answer {
    let asked: Reworked = case.inputs()?;
    let opportunities = asked.opportunities;
    let defects: u64 = asked.defects.iter().sum();
    let bad: Vec<u64> = asked.defects.iter().zip(&asked.rework).map(|(d, r)| d + r).collect();
    let good = |bad: u64| {
        let step = Step {
            units: opportunities,
            opportunities_per_unit: 1,
            defects: bad,
            defective_units: Some(bad),
        };
        step.share_defective().map(|share| 1.0 - share)
    };
    let steps: Option<Vec<f64>> = bad.iter().map(|bad| good(*bad)).collect();
    Ok(json!({
        "yield": good(defects),
        "fty": good(bad.iter().sum()),
        "rty": steps.as_deref().and_then(rolled_yield),
        "dpmo": good(defects).map(|good| MILLION * (1.0 - good)),
        "ss_DPU_as_returned": defects,
    }))
}
