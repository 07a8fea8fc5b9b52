//! Gage studies.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::refused;
use super::regression::percent;
use crate::stats::Unestimable;
use crate::stats::measurement::gage::average_range::{AverageRange, average_range};
use crate::stats::measurement::gage::components::{Components, Share, Terms};
use crate::stats::measurement::gage::crossed::{
    AIAG_ALPHA, Crossed, Estimate, MINITAB_ALPHA, Model, crossed as analyse,
};
use crate::stats::measurement::gage::linearity::{Bias, linearity as line};
use crate::stats::measurement::gage::nested::nested as analyse_nested;
use crate::stats::measurement::gage::{FTest, Reading, Source, type1 as study};
use crate::verify::case::{Case, Refusal};
use crate::verify::procedures::Answer;

#[derive(Deserialize)]
struct Readings {
    part: Vec<Value>,
    operator: Vec<Value>,
    y: Vec<f64>,
    tolerance: Option<f64>,
}

#[derive(Deserialize)]
struct Options {
    study_variation_multiplier: Option<f64>,
}

impl Readings {
    fn coded(&self) -> Vec<Reading> {
        let (parts, operators) = (codes(&self.part), codes(&self.operator));
        let labelled = parts.into_iter().zip(operators).zip(&self.y);
        labelled.map(|((part, operator), &value)| Reading { part, operator, value }).collect()
    }

    fn terms(&self, case: &Case) -> Result<Terms, Refusal> {
        let asked: Options = case.options()?;
        let multiplier = asked.study_variation_multiplier.unwrap_or(6.0);
        Ok(Terms { tolerance: self.tolerance, multiplier })
    }
}

/// Each label as the number of its first place among all.
fn codes(labels: &[Value]) -> Vec<usize> {
    let first = |label: &Value| labels.iter().position(|other| other == label).unwrap_or(0);
    labels.iter().map(first).collect()
}

fn unreadable(reason: &Unestimable) -> Refusal {
    Refusal::Inputs(reason.to_string())
}

const CROSSED: [&str; 7] = [
    "anova",
    "interaction",
    "with_interaction",
    "without_interaction",
    "minitab_choice_alpha_0_05",
    "aiag_choice_alpha_0_25",
    "average_range_method",
];

pub(super) fn crossed(case: &Case) -> Answer {
    let readings: Readings = case.inputs()?;
    let terms = readings.terms(case)?;
    let coded = readings.coded();
    let anova = match analyse(&coded) {
        Ok(anova) => anova,
        Err(reason) => return Ok(refused(&CROSSED, &reason)),
    };
    let interaction = anova.interaction_test();
    Ok(json!({
        "anova": {
            "source": ["part", "operator", "part:operator", "repeatability"],
            "df": lines(&anova).map(|line| line.df),
            "ss": lines(&anova).map(|line| line.ss),
            "ms": lines(&anova).map(|line| line.ms()),
        },
        "interaction": { "F": interaction.map(|t| t.f), "p_value": interaction.map(|t| t.p_value) },
        "with_interaction": model(&anova, Model::WithInteraction, terms),
        "without_interaction": model(&anova, Model::WithoutInteraction, terms),
        "minitab_choice_alpha_0_05": name(anova.choice(MINITAB_ALPHA)),
        "aiag_choice_alpha_0_25": name(anova.choice(AIAG_ALPHA)),
        "average_range_method": average_range(&coded).ok().map(|form| on_the_form(&form)),
    }))
}

fn lines(anova: &Crossed) -> [Source; 4] {
    [anova.part, anova.operator, anova.interaction, anova.repeatability]
}

fn name(model: Model) -> &'static str {
    match model {
        Model::WithInteraction => "with_interaction",
        Model::WithoutInteraction => "without_interaction",
    }
}

fn model(anova: &Crossed, model: Model, terms: Terms) -> Option<Value> {
    let Estimate { part, operator, components } = anova.estimate(model).ok()?;
    let mut answer = spread(&components, terms)?;
    tests(&mut answer, part, operator);
    Some(Value::Object(answer))
}

fn tests(answer: &mut Map<String, Value>, part: Option<FTest>, operator: Option<FTest>) {
    for (name, test) in [("part", part), ("operator", operator)] {
        answer.insert(format!("F_{name}"), json!(test.map(|t| t.f)));
        answer.insert(format!("p_{name}"), json!(test.map(|t| t.p_value)));
    }
}

/// The components in all the ways they are told; none where nothing varies.
fn spread(components: &Components, terms: Terms) -> Option<Map<String, Value>> {
    let named = [
        ("total_gage_rr", components.gage()),
        ("repeatability", components.repeatability),
        ("reproducibility", components.reproducibility()),
        ("operator", components.operator),
        ("operator_by_part", components.operator_by_part),
        ("part_to_part", components.part_to_part),
        ("total_variation", components.total()),
    ];
    let shares: Option<Vec<(&str, Share)>> = named
        .into_iter()
        .map(|(name, variance)| Some((name, components.share(variance, terms).ok()?)))
        .collect();
    let shares = shares?;
    let told = |way: fn(&Share) -> Option<f64>| {
        let each = shares.iter().map(|(name, share)| ((*name).to_owned(), json!(way(share))));
        Value::Object(each.collect())
    };
    let mut answer = Map::new();
    answer.insert("varcomp".to_owned(), told(|s| Some(s.variance)));
    answer.insert("pct_contribution".to_owned(), told(|s| Some(s.contribution)));
    answer.insert("sd".to_owned(), told(|s| Some(s.sd)));
    answer.insert("pct_study_var".to_owned(), told(|s| Some(s.study_variation)));
    if terms.tolerance.is_some() {
        answer.insert("pct_tolerance".to_owned(), told(|s| s.tolerance));
    }
    answer.insert("ndc".to_owned(), json!(components.distinct_categories()));
    answer.insert("ndc_truncated_141".to_owned(), json!(components.whole_categories()));
    Some(answer)
}

fn on_the_form(form: &AverageRange) -> Value {
    json!({
        "K1": form.k1,
        "K2": form.k2,
        "K3": form.k3,
        "R_double_bar": form.mean_range,
        "X_diff": form.operator_range,
        "Rp": form.part_range,
        "EV": form.equipment,
        "AV": form.appraiser,
        "GRR": form.gage,
        "PV": form.part,
        "TV": form.total,
        "pct_EV": form.percent(form.equipment),
        "pct_AV": form.percent(form.appraiser),
        "pct_GRR": form.percent(form.gage),
        "pct_PV": form.percent(form.part),
        "ndc": form.distinct_categories(),
    })
}

pub(super) fn nested(case: &Case) -> Answer {
    let readings: Readings = case.inputs()?;
    let terms = readings.terms(case)?;
    let anova = analyse_nested(&readings.coded()).map_err(|reason| unreadable(&reason))?;
    let lines = [anova.operator, anova.part, anova.repeatability];
    let mut answer = spread(&anova.components, terms).unwrap_or_default();
    tests(&mut answer, anova.part_test, anova.operator_test);
    answer.insert(
        "anova".to_owned(),
        json!({
            "source": ["operator", "part(operator)", "repeatability"],
            "df": lines.map(|line| line.df),
            "ss": lines.map(|line| line.ss),
            "ms": lines.map(|line| line.ms()),
        }),
    );
    Ok(Value::Object(answer))
}

#[derive(Deserialize)]
struct OnePart {
    x: Vec<f64>,
    reference: f64,
    tolerance: Option<f64>,
}

#[derive(Deserialize)]
struct Type1Options {
    #[serde(rename = "K_percent")]
    percent: Option<f64>,
    #[serde(rename = "L")]
    multiplier: Option<f64>,
}

pub(super) fn type1(case: &Case) -> Answer {
    let OnePart { x, reference, tolerance } = case.inputs()?;
    let Type1Options { percent, multiplier } = case.options()?;
    let (percent, multiplier) = (percent.unwrap_or(20.0), multiplier.unwrap_or(6.0));
    let terms = study::Terms { reference, tolerance, percent, multiplier };
    let found = study::type1(&x, terms).map_err(|reason| unreadable(&reason))?;
    Ok(json!({
        "n": found.n,
        "mean": found.mean,
        "sd": found.sd,
        "study_variation": found.study_variation,
        "bias": found.bias,
        "bias_pct_tolerance": found.bias_share,
        "Cg": found.cg,
        "Cgk": found.cgk,
        "pct_var_repeatability": found.repeatability_share,
        "pct_var_repeatability_and_bias": found.repeatability_and_bias_share,
        "t": found.t,
        "df": found.df,
        "p_value": found.p_value,
    }))
}

#[derive(Deserialize)]
struct Linear {
    reference: Vec<f64>,
    y: Vec<f64>,
    process_variation: Option<f64>,
    conf_level: Option<f64>,
}

pub(super) fn linearity(case: &Case) -> Answer {
    let Linear { reference, y, process_variation, conf_level } = case.inputs()?;
    let readings: Vec<(f64, f64)> = reference.into_iter().zip(y).collect();
    let found = line(&readings).map_err(|reason| unreadable(&reason))?;
    let level = conf_level.unwrap_or(0.95);
    let inference = found.line.inference(level).map_err(|reason| unreadable(&reason))?;
    let bias = |b: &Bias| {
        json!({
            "reference": b.reference, "n": b.n, "bias": b.bias, "sd": b.sd, "t": b.t,
            "p_value": b.p_value,
        })
    };
    let process = process_variation.filter(|process| *process > 0.0);
    let mut answer = json!({
        "biases": found.biases.iter().map(bias).collect::<Vec<_>>(),
        "mean_bias": found.mean_bias,
        "coef": found.line.coefficients,
        "se": found.line.standard_errors,
        "t": inference.iter().map(|c| c.t).collect::<Vec<_>>(),
        "p": inference.iter().map(|c| c.p_value).collect::<Vec<_>>(),
        "slope": found.slope(),
        "intercept": found.line.coefficients.first(),
        "sigma": found.line.residual_sd(),
        "r_squared": found.line.r_squared(),
        "pct_linearity": found.percent_linearity(),
        "linearity": process.map(|process| found.linearity(process)),
        "pct_bias": process.and_then(|process| found.percent_bias(process)),
    });
    let ends = |low: bool| -> Vec<f64> {
        inference.iter().map(|c| if low { c.bounds.low } else { c.bounds.high }).collect()
    };
    answer[format!("ci{}_low", percent(level))] = json!(ends(true));
    answer[format!("ci{}_high", percent(level))] = json!(ends(false));
    Ok(answer)
}
