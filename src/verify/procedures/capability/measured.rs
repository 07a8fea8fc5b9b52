//! Capability of measured values.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Answer, Limits, level, named_by_level, pair, unreadable};
use crate::stats::Unestimable;
use crate::stats::capability::{
    BetweenWithin, Beyond, Normal, Overall, Sample, Specification, Terms, Within, assess, grade,
};
use crate::stats::control_chart::subgroups::SigmaMethod;
use crate::verify::case::{Case, Refusal};

/// Names of the estimators of sigma within subgroups.
const METHODS: [(&str, SigmaMethod); 4] = [
    ("pooled_sd", SigmaMethod::Pooled),
    ("pooled_sd_unbiased_c4", SigmaMethod::PooledUnbiased),
    ("rbar_d2", SigmaMethod::Range),
    ("sbar_c4", SigmaMethod::Sd),
];

#[derive(Deserialize)]
struct Values {
    x: Option<Vec<f64>>,
    subgroups: Option<Vec<Vec<f64>>>,
}

pub(super) fn normal(case: &Case) -> Answer {
    let (values, limits): (Values, Limits) = (case.inputs()?, case.inputs()?);
    let (spec, level) = (limits.specification()?, level(case)?);
    let sample = match &values {
        Values { subgroups: Some(groups), .. } => Sample::Subgroups(groups),
        Values { x: Some(x), .. } => Sample::Individuals(x),
        _ => return Err(Refusal::Inputs("neither x nor subgroups".to_owned())),
    };
    let assessed = |method| assess(sample, &spec, Terms { method, level, signals: 0 });
    let main = match assessed(SigmaMethod::PooledUnbiased) {
        Err(Unestimable::Constant) => return Ok(undefined(&values)),
        main => main.map_err(unreadable)?,
    };
    let mut within = Map::new();
    if matches!(sample, Sample::Individuals(_)) {
        within.insert("mrbar_d2".to_owned(), of_within(&main.within));
    } else {
        for (name, method) in METHODS {
            let one = assessed(method).map_err(unreadable)?;
            within.insert(name.to_owned(), of_within(&one.within));
        }
    }
    let answer = json!({
        "n": main.n,
        "mean": main.mean,
        "overall": of_overall(&main.overall),
        "overall_ci95": intervals(&main.overall),
        "within": within,
        "observed_ppm": observed(main.observed, &spec),
        "between_within": main.between_within.as_ref().ok().map(between_within),
    });
    Ok(named_by_level(answer, level))
}

/// Constant values: a mean, a sigma of 0, and no index.
fn undefined(values: &Values) -> Value {
    let all = values.x.iter().chain(values.subgroups.iter().flatten()).flatten();
    let none = |prefix: &str| {
        let mut figures = Map::from_iter([("sigma".to_owned(), json!(0.0))]);
        for name in ["", "l", "u", "k"] {
            figures.insert(format!("{prefix}{name}"), Value::Null);
        }
        for name in ["ppm_below_lsl", "ppm_above_usl", "ppm_total", "z_bench"] {
            figures.insert(name.to_owned(), Value::Null);
        }
        Value::Object(figures)
    };
    let methods = METHODS.iter().map(|(name, _)| *name).chain(["mrbar_d2"]);
    let within: Map<String, Value> = methods.map(|name| (name.to_owned(), none("Cp"))).collect();
    json!({
        "n": all.clone().count(),
        "mean": all.clone().next(),
        "overall": none("Pp"),
        "within": within,
    })
}

/// Sigma, indices named with `prefix`, and the shares expected beyond the limits.
fn figures(normal: &Normal, prefix: &str) -> Map<String, Value> {
    let (indices, beyond) = (normal.indices, normal.beyond);
    let mut out = Map::from_iter([("sigma".to_owned(), json!(normal.sigma))]);
    let named = [("", indices.potential), ("l", indices.lower), ("u", indices.upper)];
    for (suffix, value) in named.into_iter().chain([("k", indices.least())]) {
        out.insert(format!("{prefix}{suffix}"), json!(value));
    }
    out.insert("ppm_below_lsl".to_owned(), json!(1e6 * beyond.below));
    out.insert("ppm_above_usl".to_owned(), json!(1e6 * beyond.above));
    out.insert("ppm_total".to_owned(), json!(1e6 * beyond.total()));
    out.insert("z_bench".to_owned(), json!(beyond.z_bench()));
    out
}

fn of_overall(overall: &Overall) -> Value {
    let mut out = figures(&overall.normal, "Pp");
    if let Ok(target) = &overall.target {
        let named = json!({
            "tau_about_target_n": target.tau,
            "Cpm_taguchi_s2_plus_bias": target.cpm_taguchi,
            "Cpm_n_minus_1": target.cpm_n_minus_1,
            "Cpm_n": target.cpm_n,
            "Cpm_boyles_df": target.df,
            "Cpm_n_ci95": pair(target.cpm_n_bounds),
            "Cpm_off_centre": target.cpm_off_centre,
        });
        out.extend(named.as_object().cloned().unwrap_or_default());
    }
    out.insert("Ca".to_owned(), json!(overall.accuracy));
    let grade = overall.accuracy.map(|accuracy| format!("{:?}", grade(accuracy)));
    out.insert("Ca_grade".to_owned(), json!(grade));
    Value::Object(out)
}

fn intervals(overall: &Overall) -> Value {
    json!({
        "Pp_chi2": pair(overall.pp_bounds),
        "Ppk_bissell": pair(overall.ppk_bounds),
        "Ppk_one_sided_lower95": overall.ppk_lower,
        "one_sided_index_exact_noncentral_t": pair(overall.one_sided_bounds),
    })
}

fn of_within(within: &Result<Within, Unestimable>) -> Value {
    let Ok(within) = within else { return Value::Null };
    let mut out = figures(&within.normal, "Cp");
    out.insert("Cp_ci95_df_within".to_owned(), pair(within.cp_bounds));
    Value::Object(out)
}

fn observed(beyond: Beyond, spec: &Specification) -> Value {
    json!({
        "below_lsl": spec.lower().map(|_| 1e6 * beyond.below),
        "above_usl": spec.upper().map(|_| 1e6 * beyond.above),
    })
}

fn between_within(found: &BetweenWithin) -> Value {
    let mut out = figures(&found.normal, "Cp");
    out.insert("sigma_between".to_owned(), json!(found.between));
    out.insert("sigma_within".to_owned(), json!(found.within));
    Value::Object(out)
}
