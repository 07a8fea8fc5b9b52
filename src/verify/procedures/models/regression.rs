//! Linear and logistic regression.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::refused;
use crate::stats::Unestimable;
use crate::stats::regression::formula::Formula;
use crate::stats::regression::linear::{Fit, fit};
use crate::stats::regression::predictors::Predictors;
use crate::verify::case::{Case, Refusal};
use crate::verify::procedures::Answer;

const LINEAR: [&str; 12] = [
    "coef",
    "se",
    "residual_sd",
    "r_squared",
    "df_regression",
    "ss_regression",
    "ms_regression",
    "F",
    "df_residual",
    "ss_residual",
    "ms_residual",
    "n",
];

#[derive(Deserialize)]
struct Observations {
    y: Vec<f64>,
    x: X,
}

/// One variable, or rows of several.
#[derive(Deserialize)]
#[serde(untagged)]
enum X {
    One(Vec<f64>),
    Rows(Vec<Vec<f64>>),
}

#[derive(Deserialize)]
struct Options {
    #[serde(default)]
    model: String,
}

pub(super) fn linear(case: &Case) -> Answer {
    let Observations { y, x } = case.inputs()?;
    let Options { model } = case.options()?;
    let model = Model::parse(&model);
    match model.predictors(&x).and_then(|predictors| fit(predictors, &y)) {
        Ok(fit) => Ok(analysis_of_variance(&fit)),
        Err(reason) => Ok(refused(&LINEAR, &reason)),
    }
}

fn analysis_of_variance(fit: &Fit) -> Value {
    json!({
        "coef": fit.coefficients,
        "se": fit.standard_errors,
        "residual_sd": fit.residual_sd(),
        "r_squared": fit.r_squared(),
        "df_regression": fit.df_regression,
        "ss_regression": fit.ss_regression,
        "ms_regression": fit.ms_regression(),
        "F": fit.f(),
        "df_residual": fit.df_residual,
        "ss_residual": fit.ss_residual,
        "ms_residual": fit.ms_residual(),
        "n": fit.n,
    })
}

/// What the option `model` says: a polynomial, by its powers with 0 for the constant term; or one
/// term a variable, with or without a constant term.
#[derive(Debug, PartialEq, Eq)]
enum Model {
    Polynomial(Vec<u32>),
    Multiple { intercept: bool },
}

impl Model {
    fn parse(text: &str) -> Self {
        let text: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
        if let Some((low, high)) = summed(&text).filter(|_| text.contains("x^j")) {
            let low = if text.contains("b0+") { 0 } else { low };
            return Self::Polynomial((0..=high).filter(|p| *p >= low).collect());
        }
        let intercept = text.is_empty() || text.contains("b0") || text.contains("b_0");
        match powers(&text) {
            powers if powers.is_empty() => Self::Multiple { intercept },
            powers => Self::Polynomial((0..).take(usize::from(intercept)).chain(powers).collect()),
        }
    }

    fn predictors(&self, x: &X) -> Result<Predictors, Unestimable> {
        match (self, x) {
            (Self::Polynomial(powers), X::One(x)) => Predictors::powers(x, powers),
            (Self::Polynomial(powers), X::Rows(rows)) => {
                let first: Vec<f64> = rows.iter().filter_map(|row| row.first()).copied().collect();
                Predictors::powers(&first, powers)
            }
            (Self::Multiple { intercept }, X::One(x)) => {
                Predictors::multiple(&[("x", x)], *intercept)
            }
            (Self::Multiple { intercept }, X::Rows(rows)) => {
                let columns = transposed(rows);
                let labels: Vec<String> = (1..=columns.len()).map(|j| format!("x{j}")).collect();
                let named: Vec<(&str, &[f64])> =
                    labels.iter().zip(&columns).map(|(n, c)| (n.as_str(), c.as_slice())).collect();
                Predictors::multiple(&named, *intercept)
            }
        }
    }
}

/// The ends of `sum_{j=low..high}`.
fn summed(text: &str) -> Option<(u32, u32)> {
    let (_, range) = text.split_once("{j=")?;
    let (range, _) = range.split_once('}')?;
    let (low, high) = range.split_once("..")?;
    Some((low.parse().ok()?, high.parse().ok()?))
}

/// Powers of x written out as `x**2` or `x^2`, and 1 of a bare x beside them; none where no power
/// is written.
fn powers(text: &str) -> Vec<u32> {
    let text = text.replace("**", "^");
    let mut powers: Vec<u32> = text.split('x').skip(1).filter_map(power_at_start).collect();
    powers.sort_unstable();
    powers.dedup();
    if powers.iter().all(|p| *p == 1) { Vec::new() } else { powers }
}

fn power_at_start(rest: &str) -> Option<u32> {
    let Some(exponent) = rest.strip_prefix('^') else {
        let bare = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        return bare.then_some(1);
    };
    let digits = exponent.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

fn transposed(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let width = rows.first().map_or(0, Vec::len);
    (0..width).map(|j| rows.iter().filter_map(|row| row.get(j)).copied().collect()).collect()
}

#[derive(Deserialize)]
struct Framed {
    data: BTreeMap<String, Vec<f64>>,
    formula: String,
    new: Option<BTreeMap<String, Vec<f64>>>,
    conf_level: Option<f64>,
}

#[derive(Default, Deserialize)]
struct Level {
    conf_level: Option<f64>,
}

pub(super) fn inference(case: &Case) -> Answer {
    let framed: Framed = case.inputs()?;
    let asked: Level = case.options()?;
    let level = framed.conf_level.or(asked.conf_level).unwrap_or(0.95);
    inferred(&framed, level).map_err(|reason| Refusal::Inputs(reason.to_string()))
}

fn inferred(framed: &Framed, level: f64) -> Result<Value, Unestimable> {
    let formula = Formula::parse(&framed.formula)?;
    let y = framed.data.get(&formula.response);
    let y = y.ok_or(Unestimable::Outside("the response is missing"))?;
    let column = |name: &str| framed.data.get(name).map(Vec::as_slice);
    let fit = fit(formula.predictors(y.len(), column)?, y)?;
    let mut answer = coefficients(&fit, level)?;
    let influences = fit.influences();
    let largest = |value: fn(&_) -> Option<f64>| {
        influences
            .iter()
            .map(value)
            .collect::<Option<Vec<f64>>>()
            .map(|v| v.into_iter().fold(0.0, f64::max))
    };
    let further = json!({
        "sigma": fit.residual_sd(),
        "df_residual": fit.df_residual,
        "r_squared": fit.r_squared(),
        "adj_r_squared": fit.adjusted_r_squared(),
        "F": fit.f(),
        "F_p": fit.f_p_value(),
        "aic": fit.aic(),
        "bic": fit.bic(),
        "durbin_watson": fit.durbin_watson(),
        "max_leverage": largest(|i| Some(i.leverage)),
        "max_cooks_distance": largest(|i| i.cooks_distance),
        "press": fit.press(),
        "prediction": framed.new.as_ref().map(|new| predicted(&fit, &formula, new, level)).transpose()?,
    });
    merge(&mut answer, further);
    Ok(answer)
}

fn coefficients(fit: &Fit, level: f64) -> Result<Value, Unestimable> {
    let inference = fit.inference(level)?;
    let each = |value: fn(&_) -> Value| inference.iter().map(value).collect::<Vec<Value>>();
    let percent = percent(level);
    let mut answer = json!({
        "terms": fit.terms,
        "coef": fit.coefficients,
        "se": fit.standard_errors,
        "t": each(|c| json!(c.t)),
        "p": each(|c| json!(c.p_value)),
    });
    answer[format!("ci{percent}_low")] = json!(each(|c| json!(c.bounds.low)));
    answer[format!("ci{percent}_high")] = json!(each(|c| json!(c.bounds.high)));
    Ok(answer)
}

fn predicted(
    fit: &Fit,
    formula: &Formula,
    new: &BTreeMap<String, Vec<f64>>,
    level: f64,
) -> Result<Value, Unestimable> {
    let rows = new.values().map(Vec::len).max().unwrap_or(0);
    let new = formula.predictors(rows, |name| new.get(name).map(Vec::as_slice))?;
    let predictions = fit.predict(&new, level)?;
    let each = |value: fn(&_) -> f64| predictions.iter().map(value).collect::<Vec<f64>>();
    Ok(json!({
        "fit": each(|p| p.fit),
        "ci_low": each(|p| p.mean.low),
        "ci_high": each(|p| p.mean.high),
        "pi_low": each(|p| p.single.low),
        "pi_high": each(|p| p.single.high),
    }))
}

fn merge(into: &mut Value, from: Value) {
    if let (Some(into), Value::Object(from)) = (into.as_object_mut(), from) {
        into.extend(from);
    }
}

/// The confidence level as it stands in names: `95` of 0.95, `99.9` of 0.999.
pub(super) fn percent(level: f64) -> String {
    format!("{}", (level * 1e6).round() / 1e4)
}

#[cfg(test)]
mod tests {
    use super::Model;

    #[test]
    fn models_are_read_as_they_are_written() {
        let polynomial = |low: u32, high: u32| Model::Polynomial((low..=high).collect());
        assert_eq!(Model::parse("y = sum_{j=0..10} B_j x^j"), polynomial(0, 10));
        assert_eq!(Model::parse("y = sum_{j=1..3} B_j x^j (no intercept)"), polynomial(1, 3));
        assert_eq!(Model::parse("y = B0 + B1*x + B2*(x**2)"), polynomial(0, 2));
        assert_eq!(Model::parse("y = B0 + B1*x + B2*x^2 + B3*x^3 + e"), polynomial(0, 3));
        let multiple = |intercept| Model::Multiple { intercept };
        assert_eq!(Model::parse("y = B0 + sum B_j x_j"), multiple(true));
        assert_eq!(Model::parse("y = B0 + B1*x + e"), multiple(true));
        assert_eq!(Model::parse("y = B1*x (no intercept; R^2 is uncentred)"), multiple(false));
        assert_eq!(Model::parse("y = B0 + B1*x1 + B2*x2"), multiple(true));
    }
}
