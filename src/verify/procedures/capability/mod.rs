//! Capability and power.

mod measured;
mod nonnormal;
mod power;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Answer, Procedure};
use crate::stats::capability::{Specification, binomial, poisson};
use crate::stats::{Bounds, Unestimable};
use crate::verify::bar::Bar;
use crate::verify::case::{Case, Refusal};

pub(super) const PROCEDURES: &[Procedure] = &[
    Procedure::new("capability.normal", measured::normal),
    Procedure::new("capability.binomial", of_defectives),
    Procedure::new("capability.poisson", of_defects),
    Procedure::new("capability.nonnormal", nonnormal::fits),
    Procedure {
        name: "capability.johnson",
        run: nonnormal::johnson,
        // What must agree is the family and the p-value it reaches; parameters depend on the grid
        // of z, and programs are known to report those of different steps together.
        allow: &[
            ("ad_p_transformed", Bar::within(0.02)),
            ("gamma", Bar::Informative),
            ("eta", Bar::Informative),
            ("lambda", Bar::Informative),
            ("epsilon", Bar::Informative),
            ("mean_transformed", Bar::Informative),
            ("sd_transformed", Bar::Informative),
            ("lsl_transformed", Bar::Informative),
            ("usl_transformed", Bar::Informative),
            ("Pp", Bar::Informative),
            ("Ppl", Bar::Informative),
            ("Ppu", Bar::Informative),
            ("Ppk", Bar::Informative),
        ],
    },
    Procedure::new("power", power::power),
];

/// The limits of specification, wherever a case states them.
#[derive(Deserialize)]
struct Limits {
    lsl: Option<f64>,
    target: Option<f64>,
    usl: Option<f64>,
}

impl Limits {
    fn specification(&self) -> Result<Specification, Refusal> {
        Specification::new(self.lsl, self.target, self.usl).map_err(unreadable)
    }
}

/// The level of intervals, stated in the options or beside the data.
#[derive(Deserialize)]
struct Level {
    conf_level: Option<f64>,
}

fn level(case: &Case) -> Result<f64, Refusal> {
    let (asked, beside): (Level, Level) = (case.options()?, case.inputs()?);
    Ok(asked.conf_level.or(beside.conf_level).unwrap_or(0.95))
}

#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn unreadable(reason: Unestimable) -> Refusal {
    Refusal::Inputs(reason.to_string())
}

/// `answer`, with every interval named after the usual level of 95 also under the name of `level`.
fn named_by_level(answer: Value, level: f64) -> Value {
    let Value::Object(map) = answer else { return answer };
    let percent = format!("{}", (1e9 * level).round() / 1e7);
    let mut out = Map::new();
    for (name, value) in map {
        let value = named_by_level(value, level);
        if (name.contains("ci95") || name.contains("lower95")) && percent != "95" {
            out.insert(name.replace("95", &percent), value.clone());
        }
        out.insert(name, value);
    }
    Value::Object(out)
}

fn pair(bounds: Option<Bounds>) -> Value {
    json!(bounds.map(|b| [b.low, b.high]))
}

#[derive(Deserialize)]
struct Defectives {
    defectives: Vec<u64>,
    n: Vec<u64>,
}

fn of_defectives(case: &Case) -> Answer {
    let asked: Defectives = case.inputs()?;
    let level = level(case)?;
    let found = binomial(&asked.defectives, &asked.n, level).map_err(unreadable)?;
    let million = |b: Bounds| Bounds { low: 1e6 * b.low, high: 1e6 * b.high };
    let answer = json!({
        "p": found.share,
        "p_ci95_clopper_pearson": pair(Some(found.bounds)),
        "pct_defective": 100.0 * found.share,
        "ppm": 1e6 * found.share,
        "ppm_ci95": pair(Some(million(found.bounds))),
        "process_z": found.z,
        "process_z_ci95": [found.z_bounds.0, found.z_bounds.1],
    });
    Ok(named_by_level(answer, level))
}

#[derive(Deserialize)]
struct Defects {
    defects: Vec<u64>,
    units: Vec<f64>,
}

fn of_defects(case: &Case) -> Answer {
    let asked: Defects = case.inputs()?;
    let level = level(case)?;
    let found = poisson(&asked.defects, &asked.units, level).map_err(unreadable)?;
    let answer = json!({
        "dpu": found.per_unit,
        "dpu_ci95_garwood": pair(Some(found.bounds)),
        "mean_defects": found.per_sample,
        "throughput_yield_exp_minus_dpu": found.throughput,
        "throughput_yield_ci95": pair(Some(found.throughput_bounds)),
    });
    Ok(named_by_level(answer, level))
}
