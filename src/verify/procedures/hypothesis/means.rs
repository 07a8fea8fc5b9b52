//! The t family.

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::Answer;
use super::Asked;
use crate::stats::Unestimable;
use crate::stats::hypothesis::effect_size::{cohen_d, hedges_g};
use crate::stats::hypothesis::t_test::{self, Question, TTest};
use crate::verify::case::{Case, Refusal};

#[derive(Deserialize)]
struct One {
    x: Vec<f64>,
}

#[derive(Deserialize)]
struct Two {
    x: Vec<f64>,
    y: Vec<f64>,
}

fn question(case: &Case) -> Result<Question, Refusal> {
    let Asked { alternative, conf_level: level, mu } = case.options()?;
    Ok(Question { mu, alternative: alternative.into(), level })
}

pub(super) fn one(case: &Case) -> Answer {
    let One { x } = case.inputs()?;
    Ok(shown(t_test::one_sample(&x, question(case)?)))
}

pub(super) fn paired(case: &Case) -> Answer {
    let Two { x, y } = case.inputs()?;
    Ok(shown(t_test::paired(&x, &y, question(case)?)))
}

pub(super) fn pooled(case: &Case) -> Answer {
    two(case, t_test::pooled)
}

pub(super) fn welch(case: &Case) -> Answer {
    two(case, t_test::welch)
}

/// A test of two samples.
type OfTwo = fn(&[f64], &[f64], Question) -> Result<TTest, Unestimable>;

fn two(case: &Case, test: OfTwo) -> Answer {
    let Two { x, y } = case.inputs()?;
    let asked = question(case)?;
    let mut figures = shown(test(&x, &y, asked));
    figures["cohen_d_pooled"] = json!(cohen_d(&x, &y).ok());
    figures["hedges_g"] = json!(hedges_g(&x, &y, asked.level).ok().map(|g| g.value));
    Ok(figures)
}

fn shown(test: Result<TTest, Unestimable>) -> Value {
    let test = test.ok();
    let means = |t: TTest| [Some(t.mean), t.second_mean].into_iter().flatten().collect::<Vec<_>>();
    json!({
        "t": test.map(|t| t.t),
        "df": test.map(|t| t.df),
        "p_value": test.map(|t| t.p_value),
        "estimate": test.map(means),
        "ci": test.map(|t| [t.low, t.high]),
        "se": test.map(|t| t.standard_error),
    })
}
