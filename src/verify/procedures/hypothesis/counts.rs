//! Tables of counts, proportions, and families of p-values.

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::Answer;
use super::{Asked, Side, chi_square, ends};
use crate::stats::hypothesis::contingency::pearson;
use crate::stats::hypothesis::fisher::fisher;
use crate::stats::hypothesis::fisher_as_printed::as_printed;
use crate::stats::hypothesis::holm::holm;
use crate::stats::hypothesis::multiplicity::{
    benjamini_hochberg, benjamini_yekutieli, bonferroni, hochberg, hommel,
};
use crate::stats::hypothesis::proportions::{self, Share};
use crate::stats::hypothesis::{Alternative, fisher_table};
use crate::verify::case::Case;

#[derive(Deserialize)]
struct Table {
    table: Vec<Vec<u64>>,
}

pub(super) fn contingency(case: &Case) -> Answer {
    let Table { table } = case.inputs()?;
    let asked: Asked = case.options()?;
    let tested = pearson(&table).ok();
    let test = tested.as_ref().map(|t| t.test);
    let yates = tested.as_ref().and_then(|t| t.yates);
    Ok(json!({
        "chi2": test.map(|t| t.statistic),
        "df": test.map(|t| t.df),
        "p_value": test.map(|t| t.p_value),
        "expected_counts": tested.as_ref().map(|t| &t.expected),
        "std_residuals": tested.as_ref().map(|t| &t.residuals),
        "min_expected": tested.as_ref().map(|t| t.least_expected),
        "cramers_v": tested.as_ref().map(|t| t.cramers_v),
        "g_test": tested.as_ref().map(|t| json!({
            "G": t.g.statistic, "df": t.g.df, "p_value": t.g.p_value,
        })),
        "yates": yates.map(|t| json!({ "chi2": t.statistic, "p_value": t.p_value })),
        "fisher": exact(&table, &asked),
    }))
}

fn exact(table: &[Vec<u64>], asked: &Asked) -> Value {
    if let [first, second] = table
        && let ([a, b], [c, d]) = (first.as_slice(), second.as_slice())
    {
        let square = [[*a, *b], [*c, *d]];
        let (alternative, level) = (asked.alternative.into(), asked.conf_level);
        let tested = fisher(square, alternative, level);
        let printed = as_printed(square, alternative, level).ok();
        return tested.map_or(Value::Null, |t| {
            json!({
                "p_two_sided": t.p_two_sided,
                "p_greater": t.p_greater,
                "p_less": t.p_less,
                "odds_ratio_exact": t.odds_ratio,
                "or_ci_exact": [t.low, t.high],
                "odds_ratio_conditional_mle": printed.and_then(|p| p.odds_ratio),
                "or_ci": printed.map(|p| [p.low, p.high]),
                "odds_ratio_sample": t.sample_odds_ratio,
            })
        });
    }
    json!({ "p_two_sided": fisher_table::p_value(table).ok() })
}

#[derive(Deserialize)]
struct Shares {
    x: Vec<u64>,
    n: Vec<u64>,
    p0: Option<f64>,
}

#[derive(Deserialize)]
struct ShareOptions {
    #[serde(default)]
    alternative: Side,
    conf_level: Option<f64>,
    p0: Option<f64>,
}

pub(super) fn proportions(case: &Case) -> Answer {
    let Shares { x, n, p0 } = case.inputs()?;
    let asked: ShareOptions = case.options()?;
    let alternative = asked.alternative.into();
    let level = asked.conf_level.unwrap_or(0.95);
    let shares: Vec<Share> = x.iter().zip(&n).map(|(&x, &n)| Share { x, n }).collect();
    match shares.as_slice() {
        [share] => Ok(one(*share, p0.or(asked.p0), alternative, level)),
        [first, second] => Ok(two(*first, *second, alternative, level)),
        several => {
            let p: Vec<f64> = several.iter().map(|share| share.value()).collect();
            let mut figures = chi_square("chi2", proportions::several(several));
            figures["p"] = json!(p);
            Ok(figures)
        }
    }
}

fn one(share: Share, p0: Option<f64>, alternative: Alternative, level: f64) -> Value {
    let tested = proportions::one(share, p0.unwrap_or(0.5), alternative, level).ok();
    json!({
        "p": tested.map(|t| [t.share]),
        "z": tested.map(|t| t.z),
        "p_value": tested.map(|t| t.p_value),
        "exact_p": tested.map(|t| t.exact),
        "wilson_ci": tested.map(|t| ends(t.wilson)),
        "clopper_pearson_ci": tested.map(|t| ends(t.clopper_pearson)),
    })
}

fn two(first: Share, second: Share, alternative: Alternative, level: f64) -> Value {
    let tested = proportions::two(first, second, alternative, level).ok();
    let pooled = tested.and_then(|t| t.pooled);
    json!({
        "p": tested.map(|_| [first.value(), second.value()]),
        "diff": tested.map(|t| t.difference),
        "z_pooled": pooled.map(|p| p.z),
        "chi2": pooled.map(|p| p.chi_square.statistic),
        "df": pooled.map(|p| p.chi_square.df),
        "p_value": pooled.map(|p| p.p_value),
        "wald_ci": tested.map(|t| ends(t.wald)),
        "chi2_yates": pooled.map(|p| p.yates.statistic),
        "p_value_yates": pooled.map(|p| p.yates.p_value),
        "newcombe_hybrid_score_ci": tested.map(|t| ends(t.newcombe)),
        "fisher_p": tested.map(|t| t.fisher),
        "relative_risk": tested.and_then(|t| t.relative_risk),
    })
}

#[derive(Deserialize)]
struct Family {
    p: Vec<Option<f64>>,
}

pub(super) fn multiple_comparisons(case: &Case) -> Answer {
    let Family { p } = case.inputs()?;
    let p: Vec<f64> = p.into_iter().map(|p| p.unwrap_or(f64::NAN)).collect();
    let shown = |adjust: fn(&[f64]) -> Vec<f64>| {
        let known = |p: f64| (!p.is_nan()).then_some(p);
        adjust(&p).into_iter().map(known).collect::<Vec<_>>()
    };
    Ok(json!({
        "bonferroni": shown(bonferroni),
        "holm": shown(holm),
        "hochberg": shown(hochberg),
        "hommel": shown(hommel),
        "bh": shown(benjamini_hochberg),
        "by": shown(benjamini_yekutieli),
    }))
}
