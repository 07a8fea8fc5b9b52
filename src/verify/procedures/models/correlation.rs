//! Correlation.

use serde::Deserialize;
use serde_json::json;

use super::regression::percent;
use crate::stats::regression::correlation::{
    kendall::kendall, pearson::pearson, spearman::spearman,
};
use crate::verify::case::Case;
use crate::verify::procedures::Answer;

#[derive(Deserialize)]
struct Pairs {
    x: Vec<f64>,
    y: Vec<f64>,
    conf_level: Option<f64>,
}

#[derive(Deserialize)]
struct Options {
    conf_level: Option<f64>,
}

pub(super) fn correlation(case: &Case) -> Answer {
    let Pairs { x, y, conf_level } = case.inputs()?;
    let asked: Options = case.options()?;
    let level = conf_level.or(asked.conf_level).unwrap_or(0.95);
    let r = pearson(&x, &y).ok();
    let bounds = r.and_then(|r| r.bounds(level)).map(|b| [b.low, b.high]);
    let mut linear = json!({
        "r": r.map(|r| r.r),
        "t": r.and_then(|r| r.t),
        "df": r.map(|r| r.df),
        "p_value": r.map(|r| r.p_value),
    });
    linear[format!("ci{}_fisher_z", percent(level))] = json!(bounds);
    let (rho, tau) = (spearman(&x, &y).ok(), kendall(&x, &y).ok());
    Ok(json!({
        "pearson": linear,
        "spearman": {
            "rho": rho.map(|s| s.rho),
            "p_value_R": rho.map(|s| s.p_value),
            "method": rho.map(|s| format!("{:?}", s.method)),
        },
        "kendall": {
            "tau_b": tau.map(|k| k.tau_b),
            "p_value_R": tau.map(|k| k.p_value),
            "method": tau.map(|k| if k.exact { "exact" } else { "normal, no continuity correction" }),
        },
    }))
}
