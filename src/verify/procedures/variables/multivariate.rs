//! Several measurements together.

use serde::Deserialize;
use serde_json::json;

use super::{Answer, numbered, refused};
use crate::stats::control_chart::hotelling::{Baseline, Covariance};
use crate::stats::control_chart::limits::Limits;
use crate::verify::case::Case;

#[derive(Deserialize)]
struct Rows {
    x: Vec<Vec<f64>>,
}

#[derive(Deserialize)]
struct Level {
    confidence_level: Option<f64>,
    alpha: Option<f64>,
}

/// False-signal rates whose limits are always given: the tails of 3 sigma, and the customary ones.
const ALPHAS: [f64; 5] = [0.0027, 0.001, 0.005, 0.01, 0.05];

pub(super) fn chart(case: &Case) -> Answer {
    let Rows { x } = case.inputs()?;
    let asked: Level = case.options()?;
    let fit = |covariance| Baseline::fit(&x, covariance);
    let base = fit(Covariance::Sample).map_err(|e| refused(&e))?;
    let t2 = |base: &Baseline| x.iter().map(|row| base.t2(row)).collect::<Vec<f64>>();
    let level = asked.confidence_level.map(|level| 1.0 - level);
    let alpha = asked.alpha.or(level).unwrap_or(ALPHAS[0]);
    let distances = t2(&base);
    let beyond = base
        .phase1_limit(alpha)
        .map(|ucl| numbered(&Limits { center: 0.0, lcl: 0.0, ucl }.beyond(&distances)));
    let mut out = json!({
        "mean": base.mean,
        "cov": base.covariance,
        "det_cov": base.generalised_variance(),
        "t2": distances,
        "phase1_ucl": base.phase1_limit(alpha),
        "phase2_upl": base.phase2_limit(alpha),
        "t2_successive_difference_cov":
            fit(Covariance::SuccessiveDifferences).ok().map(|base| t2(&base)),
        "beyond_limits": beyond,
    });
    for alpha in ALPHAS.into_iter().chain(asked.alpha) {
        out[format!("phase1_ucl_alpha_{alpha}")] = json!(base.phase1_limit(alpha));
        out[format!("phase2_upl_alpha_{alpha}")] = json!(base.phase2_limit(alpha));
    }
    Ok(out)
}
