//! Agreement of raters.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::refused;
use super::regression::percent;
use crate::stats::measurement::agreement::attribute::{Matched, agreement};
use crate::stats::measurement::agreement::cohen::{self, Kappa, Weights, cross_table};
use crate::stats::measurement::agreement::concordance::concordance;
use crate::stats::measurement::agreement::fleiss;
use crate::verify::case::{Case, Refusal};
use crate::verify::procedures::Answer;

#[derive(Deserialize)]
struct Options {
    conf_level: Option<f64>,
    /// Categories of the scale, in order; those found where absent.
    categories: Option<Vec<Value>>,
}

/// A table of counts, or the ratings themselves.
#[derive(Deserialize)]
#[serde(untagged)]
enum Ratings {
    Table { table: Vec<Vec<u64>> },
    Pairs { rater1: Vec<Value>, rater2: Vec<Value>, categories: Option<Vec<Value>> },
}

impl Ratings {
    fn table(self, declared: Option<Vec<Value>>) -> Result<Vec<Vec<u64>>, Refusal> {
        match self {
            Self::Table { table } => Ok(table),
            Self::Pairs { rater1, rater2, categories } => {
                let scale = categories.or(declared).unwrap_or_else(|| found(&rater1, &rater2));
                cross_table(&rater1, &rater2, &scale)
                    .map_err(|reason| Refusal::Inputs(reason.to_string()))
            }
        }
    }
}

/// Categories that occur, numbers by size and labels by name.
fn found(first: &[Value], second: &[Value]) -> Vec<Value> {
    let mut categories: Vec<Value> = first.iter().chain(second).cloned().collect();
    let number = |value: &Value| value.as_f64().unwrap_or(f64::INFINITY);
    categories.sort_by(|a, b| {
        number(a).total_cmp(&number(b)).then_with(|| a.to_string().cmp(&b.to_string()))
    });
    categories.dedup();
    categories
}

pub(super) fn cohen(case: &Case) -> Answer {
    let asked: Options = case.options()?;
    let table = case.inputs::<Ratings>()?.table(asked.categories)?;
    let level = asked.conf_level.unwrap_or(0.95);
    let mut answer = Map::new();
    let mut agreed = Value::Null;
    for (name, weights) in [
        ("unweighted", Weights::Unweighted),
        ("linear", Weights::Linear),
        ("quadratic", Weights::Quadratic),
    ] {
        let value = match cohen::cohen(&table, weights) {
            Ok(kappa) => {
                if weights == Weights::Unweighted {
                    agreed = json!(kappa.observed);
                }
                weighted(&kappa, level)
            }
            Err(reason) => refused(&["kappa", "ase", "ase0", "z", "p_two_sided"], &reason),
        };
        answer.insert(name.to_owned(), value);
    }
    answer.insert("percent_agreement".to_owned(), agreed);
    Ok(Value::Object(answer))
}

fn weighted(kappa: &Kappa, level: f64) -> Value {
    let mut answer = json!({
        "kappa": kappa.kappa,
        "ase": kappa.standard_error,
        "ase0": kappa.null_error,
        "z": kappa.z,
        "p_two_sided": kappa.p_value,
    });
    answer[format!("ci{}", percent(level))] = json!(kappa.bounds(level).map(|b| [b.low, b.high]));
    answer
}

#[derive(Deserialize)]
struct Counts {
    counts: Vec<Vec<u64>>,
}

pub(super) fn fleiss(case: &Case) -> Answer {
    const FIGURES: [&str; 6] = ["kappa", "se0", "z", "P_bar", "P_e", "kappa_by_category"];
    let Counts { counts } = case.inputs()?;
    Ok(match fleiss::fleiss(&counts) {
        Err(reason) => refused(&FIGURES, &reason),
        Ok(found) => json!({
            "kappa": found.kappa,
            "se0": found.null_error,
            "z": found.z,
            "p_two_sided": found.p_value,
            "P_bar": found.observed,
            "P_e": found.expected,
            "kappa_by_category": found.categories,
            "se0_by_category": found.category_error,
            "P_i": found.items,
        }),
    })
}

#[derive(Deserialize)]
struct Scores {
    ratings: Vec<Vec<f64>>,
}

pub(super) fn kendall_w(case: &Case) -> Answer {
    let Scores { ratings } = case.inputs()?;
    Ok(match concordance(&ratings) {
        Err(reason) => refused(&["W", "chi2", "df", "p_value"], &reason),
        Ok(found) => json!({
            "W": found.w, "chi2": found.chi_square, "df": found.df, "p_value": found.p_value,
        }),
    })
}

#[derive(Deserialize)]
struct Judged {
    standard: Option<Vec<Value>>,
    /// Every other input is an appraiser: item by item, a judgement a trial.
    #[serde(flatten)]
    appraisers: Map<String, Value>,
}

pub(super) fn attribute(case: &Case) -> Answer {
    let Judged { standard, appraisers } = case.inputs()?;
    let asked: Options = case.options()?;
    let level = asked.conf_level.unwrap_or(0.95);
    let (names, judgements): (Vec<String>, Vec<Value>) =
        appraisers.into_iter().filter(|(_, judged)| judged.is_array()).unzip();
    let judgements: Vec<Vec<Vec<Value>>> = judgements.into_iter().map(trials).collect();
    let found = agreement(&judgements, standard.as_deref())
        .map_err(|reason| Refusal::Inputs(reason.to_string()))?;
    let mut answer = Map::new();
    for (name, own) in names.into_iter().zip(&found.appraisers) {
        let mut figures = Map::new();
        share(&mut figures, "within", own.within, level);
        share(&mut figures, "vs_standard", own.against_standard, level);
        answer.insert(name, Value::Object(figures));
    }
    for (name, share) in
        [("between_all_agree", found.between), ("all_vs_standard", found.all_against_standard)]
    {
        if let Some(share) = share {
            answer.insert(name.to_owned(), json!(share.matched));
        }
    }
    Ok(Value::Object(answer))
}

/// Items with their trials; a judgement by itself is a single trial.
fn trials(judged: Value) -> Vec<Vec<Value>> {
    let items = match judged {
        Value::Array(items) => items,
        other => vec![other],
    };
    let item = |item| match item {
        Value::Array(trials) => trials,
        single => vec![single],
    };
    items.into_iter().map(item).collect()
}

fn share(figures: &mut Map<String, Value>, name: &str, share: Option<Matched>, level: f64) {
    let Some(share) = share else { return };
    let bounds = share.bounds(level).map(|b| [b.low, b.high]);
    figures.insert(format!("{name}_match"), json!(share.matched));
    figures.insert(format!("{name}_ci{}", percent(level)), json!(bounds));
}
