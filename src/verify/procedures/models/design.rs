//! Designed experiments.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::stats::design::factorial::{Effect, Factorial, factorial};
use crate::stats::design::taguchi::signal_to_noise;
use crate::verify::case::{Case, Refusal};
use crate::verify::procedures::Answer;

#[derive(Deserialize)]
struct Runs {
    factors: Vec<String>,
    design: Vec<Vec<f64>>,
    y: Vec<f64>,
}

pub(super) fn factorial_2k(case: &Case) -> Answer {
    let Runs { factors, design, y } = case.inputs()?;
    let found = factorial(&design, &y).map_err(|reason| Refusal::Inputs(reason.to_string()))?;
    // Names of one letter are written together, longer ones apart.
    let between = if factors.iter().all(|name| name.chars().count() == 1) { "" } else { ":" };
    let name = |of: &[usize]| -> String {
        let names: Vec<&str> =
            of.iter().filter_map(|j| factors.get(*j)).map(String::as_str).collect();
        names.join(between)
    };
    let told = |figure: &dyn Fn(&Effect) -> Value| {
        let each = found.effects.iter().map(|effect| (name(&effect.factors), figure(effect)));
        Value::Object(each.collect::<Map<_, _>>())
    };
    let mut answer = json!({
        "grand_mean": found.grand_mean,
        "effects": told(&|e| json!(e.effect)),
        "aliases": told(&|e| json!(e.aliases.iter().map(|a| name(a)).collect::<Vec<_>>())),
        "ss": told(&|e| json!(e.ss)),
        "ss_error": found.ss_error,
        "df_error": found.df_error,
        "ss_total": found.ss_total,
        "F": told(&|e| json!(e.f)),
        "p": told(&|e| json!(e.p_value)),
        "r_squared": found.r_squared(),
        "s": found.residual_sd(),
    });
    if found.lenth.is_some() {
        answer["lenth"] = against_lenth(&found);
        answer["p_lenth"] = told(&|e| json!(found.lenth.and_then(|lenth| lenth.p_value(e.effect))));
    }
    Ok(answer)
}

fn against_lenth(found: &Factorial) -> Value {
    json!({
        "PSE": found.lenth.map(|l| l.pseudo_standard_error),
        "df": found.lenth.map(|l| l.df),
        "ME": found.lenth.map(|l| l.margin),
        "SME": found.lenth.map(|l| l.simultaneous_margin),
    })
}

#[derive(Deserialize)]
struct Rows {
    rows: Vec<Vec<f64>>,
}

pub(super) fn taguchi_sn(case: &Case) -> Answer {
    let Rows { rows } = case.inputs()?;
    let row = |values: &Vec<f64>| {
        let found = signal_to_noise(values).ok();
        json!({
            "smaller_is_better": found.and_then(|f| f.smaller_is_better),
            "larger_is_better": found.and_then(|f| f.larger_is_better),
            "nominal_is_best_mean2_over_s2": found.and_then(|f| f.nominal_mean_over_spread),
            "nominal_is_best_minus_s2": found.and_then(|f| f.nominal_spread),
            "nominal_taguchi_Sm": found.and_then(|f| f.nominal_taguchi),
        })
    };
    Ok(json!({ "rows": rows.iter().map(row).collect::<Vec<_>>() }))
}
