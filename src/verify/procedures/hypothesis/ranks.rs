//! Tests by ranks of two samples, and of differences.

use serde::Deserialize;
use serde_json::json;

use super::super::Answer;
use super::{Asked, ends};
use crate::stats::hypothesis::effect_size::cliff_delta;
use crate::stats::hypothesis::mann_whitney::{
    MannWhitney, mann_whitney as test, probability_of_superiority, shift,
};
use crate::stats::hypothesis::signed_rank::{self as signed, SignedRank};
use crate::verify::case::Case;

/// Differences from which most packages take the normal distribution.
const MANY: usize = 50;

#[derive(Deserialize)]
struct Two {
    x: Vec<f64>,
    y: Vec<f64>,
}

pub(super) fn mann_whitney(case: &Case) -> Answer {
    let Two { x, y } = case.inputs()?;
    let Asked { alternative, conf_level, mu } = case.options()?;
    let moved: Vec<f64> = x.iter().map(|x| x - mu).collect();
    let tested = test(&moved, &y, alternative.into()).ok();
    let p =
        |of: fn(&MannWhitney) -> Option<f64>| json!({ "p_value": tested.as_ref().and_then(of) });
    let shift = shift(&x, &y, conf_level).ok();
    Ok(json!({
        "W": tested.map(|t| t.u),
        "exact": p(|t| t.exact),
        "normal_approx_continuity": p(|t| Some(t.continuity)),
        "normal_approx_no_continuity": p(|t| Some(t.no_continuity)),
        "hodges_lehmann": shift.map(|s| s.estimate),
        "hodges_lehmann_ci": shift.and_then(|s| s.bounds).map(ends),
        "rank_biserial": cliff_delta(&x, &y).ok(),
        "prob_superiority": probability_of_superiority(&x, &y).ok(),
    }))
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Differences {
    Given { d: Vec<f64> },
    Pairs { x: Vec<f64>, y: Vec<f64> },
    One { x: Vec<f64> },
}

pub(super) fn signed_rank(case: &Case) -> Answer {
    let Asked { alternative, conf_level, mu } = case.options()?;
    let d: Vec<f64> = match case.inputs()? {
        Differences::Given { d } | Differences::One { x: d } => d,
        Differences::Pairs { x, y } => x.iter().zip(&y).map(|(x, y)| x - y).collect(),
    };
    let d: Vec<f64> = d.iter().map(|d| d - mu).collect();
    let tested = signed::signed_rank(&d, alternative.into()).ok();
    let sign = signed::sign_test(&d).ok();
    let median = signed::median_difference(&d, conf_level).ok();
    Ok(json!({
        "V": tested.map(|t| t.v),
        "p_value": tested.map(|t| customary(&t)),
        "p_exact": tested.and_then(|t| t.exact),
        "p_normal_continuity": tested.map(|t| t.continuity),
        "p_normal_no_continuity": tested.map(|t| t.no_continuity),
        "pseudo_median": median.map(|m| m.estimate),
        "pseudo_median_ci": median.and_then(|m| m.bounds).map(ends),
        "sign_test": sign.map(|s| json!({
            "n_pos": s.positive, "n": s.n, "p_two_sided": s.p_value,
        })),
    }))
}

/// The cases' convention: exact for few differences without ties and zeros, else normal with
/// continuity.
fn customary(test: &SignedRank) -> f64 {
    let plain = !test.tied && test.zeros == 0 && test.n < MANY;
    test.exact.filter(|_| plain).unwrap_or(test.continuity)
}
