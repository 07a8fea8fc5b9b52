//! Power and sample size. A case of power carries what is given and what is asked in the same
//! entries: what the name of an entry asks for is taken out before anything is computed.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Answer;
use crate::stats::Unestimable;
use crate::stats::hypothesis::power::{AnovaTest, Means, ProportionsTest, Sides, TTest};
use crate::verify::case::{Case, Refusal};

/// What an entry gives.
#[derive(Deserialize)]
struct Given {
    #[serde(default)]
    kind: String,
    n: Option<f64>,
    delta: Option<f64>,
    sd: Option<f64>,
    alpha: Option<f64>,
    power: Option<f64>,
    p1: Option<f64>,
    p2: Option<f64>,
    groups: Option<f64>,
    #[serde(rename = "between.var")]
    between: Option<f64>,
    #[serde(rename = "within.var")]
    within: Option<f64>,
}

/// What an entry asks for.
#[derive(Clone, Copy)]
enum Asked {
    Power,
    Size,
    Difference,
}

impl Asked {
    fn of(name: &str, kind: &str, given: &Map<String, Value>) -> Self {
        let says = |word: &str| name.split('_').any(|part| part == word);
        let lacks = |key: &str| given.get(key).is_none_or(Value::is_null);
        if says("power") || lacks("power") {
            Self::Power
        } else if says("n") || kind.contains(" n") || lacks("n") {
            Self::Size
        } else {
            Self::Difference
        }
    }

    /// The keys that hold the answer, under which it is given back.
    const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Power => &["power"],
            Self::Size => &["n"],
            Self::Difference => &["delta", "p2", "between.var"],
        }
    }
}

pub(super) fn power(case: &Case) -> Answer {
    let beside = case.inputs.as_object().filter(|inputs| inputs.values().any(Value::is_object));
    let entries = beside.or_else(|| case.expected.as_object());
    let entries = entries.ok_or_else(|| Refusal::Inputs("no entries".to_owned()))?;
    let mut out = Map::new();
    for (name, entry) in entries {
        if let Value::Object(given) = entry {
            out.insert(name.clone(), answered(name, given)?);
        }
    }
    Ok(Value::Object(out))
}

/// The entry with what it asks for computed from the rest.
fn answered(name: &str, entry: &Map<String, Value>) -> Answer {
    let kind = entry.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
    let asked = Asked::of(name, &kind, entry);
    let mut given = entry.clone();
    for key in asked.keys() {
        given.remove(*key);
    }
    let known: Given = Given::deserialize(Value::Object(given.clone()))
        .map_err(|error| Refusal::Inputs(error.to_string()))?;
    let got = computed(name, &known, asked).ok();
    let key = match asked {
        Asked::Difference if known.groups.is_some() => "between.var",
        Asked::Difference if known.p1.is_some() => "p2",
        _ => asked.keys()[0],
    };
    given.insert(key.to_owned(), json!(got));
    Ok(Value::Object(given))
}

fn computed(name: &str, given: &Given, asked: Asked) -> Result<f64, Unestimable> {
    let says = |word: &str| name.contains(word) || given.kind.contains(word);
    let sides = if says("one_sided") || says("one-sided") { Sides::One } else { Sides::Two };
    let alpha = given.alpha.unwrap_or(0.05);
    let need = |value: Option<f64>| value.ok_or(Unestimable::Outside("an entry lacks a figure"));
    if given.groups.is_some() {
        let test = AnovaTest { groups: need(given.groups)?, alpha };
        let within = need(given.within)?;
        return match asked {
            Asked::Power => test.power(need(given.n)?, need(given.between)?, within),
            Asked::Size => test.sample_size(need(given.between)?, within, need(given.power)?),
            Asked::Difference => test.detectable(need(given.n)?, within, need(given.power)?),
        };
    }
    if let Some(p1) = given.p1 {
        let test = ProportionsTest { sides, alpha };
        return match asked {
            Asked::Power => test.power(need(given.n)?, p1, need(given.p2)?),
            Asked::Size => test.sample_size(p1, need(given.p2)?, need(given.power)?),
            Asked::Difference => test.detectable(need(given.n)?, p1, need(given.power)?),
        };
    }
    let one = says("paired") || says("one_sample") || says("one-sample") || name.starts_with("t1");
    let test = TTest { means: if one { Means::One } else { Means::Two }, sides, alpha };
    let sd = given.sd.unwrap_or(1.0);
    match asked {
        Asked::Power => test.power(need(given.n)?, need(given.delta)?, sd),
        Asked::Size => test.sample_size(need(given.delta)?, sd, need(given.power)?),
        Asked::Difference => test.detectable(need(given.n)?, sd, need(given.power)?),
    }
}
