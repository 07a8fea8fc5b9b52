//! Logistic regression.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::refused;
use crate::stats::Unestimable;
use crate::stats::regression::logistic::{Logistic, Outcome, fit};
use crate::stats::regression::predictors::Predictors;
use crate::verify::case::{Case, Refusal};
use crate::verify::procedures::Answer;

const FIGURES: [&str; 12] = [
    "terms",
    "coef",
    "se",
    "z",
    "p",
    "odds_ratio",
    "null_deviance",
    "residual_deviance",
    "df_null",
    "df_residual",
    "loglik",
    "aic",
];

#[derive(Deserialize)]
struct Outcomes {
    y: Vec<u64>,
    /// Trials a row; one where absent.
    n: Option<Vec<u64>>,
    /// Predictors by name, in the order of the file.
    #[serde(rename = "X")]
    x: Map<String, Value>,
}

pub(super) fn logistic(case: &Case) -> Answer {
    let Outcomes { y, n, x } = case.inputs()?;
    let named: Vec<(String, Vec<f64>)> = x
        .into_iter()
        .map(|(name, values)| Ok((name, serde_json::from_value(values)?)))
        .collect::<Result<_, serde_json::Error>>()
        .map_err(|error| Refusal::Inputs(error.to_string()))?;
    let trials = n.unwrap_or_else(|| vec![1; y.len()]);
    let outcomes: Vec<Outcome> =
        y.iter().zip(trials).map(|(&successes, trials)| Outcome { successes, trials }).collect();
    match fitted(&named, &outcomes) {
        Ok(fit) => Ok(figures(&fit)),
        Err(reason) => Ok(refused(&FIGURES, &reason)),
    }
}

fn fitted(named: &[(String, Vec<f64>)], outcomes: &[Outcome]) -> Result<Logistic, Unestimable> {
    let columns: Vec<(&str, &[f64])> =
        named.iter().map(|(name, values)| (name.as_str(), values.as_slice())).collect();
    fit(&Predictors::multiple(&columns, true)?, outcomes)
}

fn figures(fit: &Logistic) -> Value {
    let (z, p): (Vec<f64>, Vec<f64>) = fit.wald().into_iter().unzip();
    json!({
        "terms": fit.terms,
        "coef": fit.coefficients,
        "se": fit.standard_errors,
        "z": z,
        "p": p,
        "odds_ratio": fit.odds_ratios(),
        "null_deviance": fit.null_deviance,
        "residual_deviance": fit.residual_deviance,
        "df_null": fit.df_null,
        "df_residual": fit.df_residual,
        "loglik": fit.log_likelihood,
        "aic": fit.aic(),
    })
}
