//! Capability of values that are not normal.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Answer, Limits, level, named_by_level, pair, unreadable};
use crate::stats::Unestimable;
use crate::stats::capability::nonnormal::box_cox::{self, box_cox};
use crate::stats::capability::nonnormal::distribution::Distribution;
use crate::stats::capability::nonnormal::fit::{Family, Fit, fit};
use crate::stats::capability::nonnormal::johnson::johnson as transform;
use crate::stats::capability::nonnormal::percentile::empirical;
use crate::stats::capability::{Indices, Specification};
use crate::verify::case::Case;

/// Names of the fits.
const FAMILIES: [(&str, Family); 5] = [
    ("weibull", Family::Weibull),
    ("lognormal", Family::LognormalLikelihood),
    ("lognormal_sd_n_minus_1", Family::Lognormal),
    ("gamma", Family::Gamma),
    ("exponential", Family::Exponential),
];

#[derive(Deserialize)]
struct Values {
    x: Vec<f64>,
}

pub(super) fn fits(case: &Case) -> Answer {
    let (values, limits): (Values, Limits) = (case.inputs()?, case.inputs()?);
    let spec = limits.specification()?;
    let mut answer = Map::new();
    for (name, family) in FAMILIES {
        let fitted = fit(family, &values.x, &spec);
        answer.insert(name.to_owned(), fitted.map_or(Value::Null, |found| of_fit(&found, &spec)));
    }
    let normal = fit(Family::Normal, &values.x, &spec).map_err(unreadable)?;
    answer.insert("normal_naive".to_owned(), of_fit(&normal, &spec));
    let plain = empirical(&values.x, &spec).map_err(unreadable)?;
    let percentiles = json!({
        "q": plain.quantiles,
        "median": plain.median, "p85": plain.p85, "p95": plain.p95,
        "iso_percentile": plain.indices.ok().map(|found| named(&found, "")),
    });
    answer.insert("empirical_percentile".to_owned(), percentiles);
    let level = level(case)?;
    let power = of_power(&values.x, &spec, level).unwrap_or(Value::Null);
    answer.insert("box_cox".to_owned(), power);
    Ok(named_by_level(Value::Object(answer), level))
}

fn of_fit(found: &Fit, spec: &Specification) -> Value {
    let mut out = parameters(found);
    let beyond = found.beyond;
    let figures = json!({
        "loglik": found.log_likelihood,
        "q": found.quantiles,
        "ad": found.a2,
        "adequate": found.adequate,
        "iso_percentile": named(&found.indices, ""),
        "Ppk": found.indices.least(),
        "ppm_below_lsl": spec.lower().map(|_| 1e6 * beyond.below),
        "ppm_above_usl": spec.upper().map(|_| 1e6 * beyond.above),
        "ppm_total": 1e6 * beyond.total(),
    });
    out.extend(figures.as_object().cloned().unwrap_or_default());
    Value::Object(out)
}

fn parameters(found: &Fit) -> Map<String, Value> {
    let named = match found.distribution {
        Distribution::Normal { mean, sd } => json!({ "mean": mean, "sd": sd }),
        Distribution::Lognormal { mean, sd } if found.family == Family::LognormalLikelihood => {
            json!({ "meanlog": mean, "sdlog_mle": sd })
        }
        Distribution::Lognormal { mean, sd } => json!({ "meanlog": mean, "sdlog": sd }),
        Distribution::Weibull { shape, scale } | Distribution::Gamma { shape, scale } => {
            json!({ "shape": shape, "scale": scale })
        }
        Distribution::Exponential { mean } => json!({ "mean": mean }),
    };
    named.as_object().cloned().unwrap_or_default()
}

fn of_power(values: &[f64], spec: &Specification, level: f64) -> Result<Value, Unestimable> {
    let found = box_cox(values, level)?;
    let mut out = Map::new();
    for (suffix, lambda) in [
        ("_transformed", found.lambda),
        ("_lambda_0", 0.0),
        ("_lambda_0.5", 0.5),
        ("_lambda_1", 1.0),
    ] {
        let indices = box_cox::indices(values, lambda, spec)?;
        out.extend(named(&indices, suffix).as_object().cloned().unwrap_or_default());
    }
    out.insert("lambda".to_owned(), json!(found.lambda));
    out.insert("loglik_profile".to_owned(), json!(found.log_likelihood));
    out.insert("ci95".to_owned(), pair(found.bounds));
    Ok(Value::Object(out))
}

/// Indices under their overall names.
fn named(indices: &Indices, suffix: &str) -> Value {
    let names = [
        ("Pp", indices.potential),
        ("Ppl", indices.lower),
        ("Ppu", indices.upper),
        ("Ppk", indices.least()),
    ];
    names.into_iter().map(|(name, value)| (format!("{name}{suffix}"), json!(value))).collect()
}

pub(super) fn johnson(case: &Case) -> Answer {
    let (values, limits): (Values, Limits) = (case.inputs()?, case.inputs()?);
    let found = transform(&values.x, &limits.specification()?).map_err(unreadable)?;
    let transformation = found.transformation;
    let mut out = json!({
        "family": transformation.family.name(),
        "gamma": transformation.gamma,
        "eta": transformation.eta,
        "lambda": transformation.lambda,
        "epsilon": transformation.epsilon,
        "ad_p_transformed": found.p_value,
        "ad_p_raw": found.p_value_raw,
        "mean_transformed": found.mean,
        "sd_transformed": found.sd,
        "lsl_transformed": found.specification.lower(),
        "usl_transformed": found.specification.upper(),
    });
    if let (Value::Object(out), Value::Object(indices)) = (&mut out, named(&found.indices, "")) {
        out.extend(indices);
    }
    Ok(out)
}
