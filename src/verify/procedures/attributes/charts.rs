//! p, np, c and u charts.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::Answer;
use crate::stats::control_chart::attribute_chart::{
    Chart, Kind, Limits, Point, rate_bounds, sigma_z, test,
};
use crate::stats::control_chart::dispersion::Dispersion;
use crate::verify::case::{Case, Refusal};

#[derive(Deserialize)]
struct Inputs {
    counts: Vec<f64>,
    sizes: Option<Vec<f64>>,
    phase2_counts: Option<Vec<f64>>,
    phase2_sizes: Option<Vec<f64>>,
}

#[derive(Deserialize)]
struct Options {
    k_sigma: Option<f64>,
}

/// A case read and fitted.
struct Fitted {
    chart: Chart,
    points: Vec<Point>,
    phase2: Option<Vec<Point>>,
    k: f64,
}

pub(super) fn p(case: &Case) -> Answer {
    fit(case, Kind::P).map(|fitted| full(&fitted))
}

pub(super) fn np(case: &Case) -> Answer {
    fit(case, Kind::Np).map(|fitted| full(&fitted))
}

pub(super) fn c(case: &Case) -> Answer {
    fit(case, Kind::C).map(|fitted| full(&fitted))
}

pub(super) fn u(case: &Case) -> Answer {
    fit(case, Kind::U).map(|fitted| full(&fitted))
}

pub(super) fn edge_u(case: &Case) -> Answer {
    fit(case, Kind::U).map(|fitted| Value::Object(limits(&fitted, true)))
}

pub(super) fn edge_p(case: &Case) -> Answer {
    #[derive(Deserialize)]
    struct Whole {
        counts: Vec<u64>,
        sizes: Vec<u64>,
    }
    let fitted = fit(case, Kind::P)?;
    let whole: Whole = case.inputs()?;
    let (count, size) = (whole.counts.iter().sum(), whole.sizes.iter().sum());
    let pooled = rate_bounds(Kind::P, count, size, 0.95);
    let mut out = limits(&fitted, true);
    out.insert("clopper_pearson95_pooled".to_owned(), json!(pooled.map(|b| [b.low, b.high])));
    Ok(Value::Object(out))
}

fn fit(case: &Case, kind: Kind) -> Result<Fitted, Refusal> {
    let inputs: Inputs = case.inputs()?;
    let options: Options = case.options()?;
    let points = points(&inputs.counts, inputs.sizes.as_deref())?;
    let phase2 = inputs.phase2_counts.as_deref();
    let phase2 = phase2.map(|counts| self::points(counts, inputs.phase2_sizes.as_deref()));
    let chart = Chart::fit(kind, &points);
    let chart = chart.ok_or_else(|| Refusal::Inputs("no chart can be fitted".to_owned()))?;
    Ok(Fitted { chart, points, phase2: phase2.transpose()?, k: options.k_sigma.unwrap_or(3.0) })
}

/// Counts with their sizes; 1 each where none are given.
fn points(counts: &[f64], sizes: Option<&[f64]>) -> Result<Vec<Point>, Refusal> {
    let ones = vec![1.0; counts.len()];
    let sizes = sizes.unwrap_or(&ones);
    if sizes.len() != counts.len() {
        return Err(Refusal::Inputs("there is not one size for each count".to_owned()));
    }
    if sizes.iter().any(|size| *size <= 0.0) {
        return Err(Refusal::Inputs("a size must be more than 0".to_owned()));
    }
    Ok(counts.iter().zip(sizes).map(|(&count, &size)| Point { count, size }).collect())
}

fn full(fitted: &Fitted) -> Value {
    let Fitted { chart, points, phase2, k } = fitted;
    let mut out = limits(fitted, false);
    let statistics: Vec<Option<f64>> = points.iter().map(|&p| chart.statistic(p)).collect();
    let varies = chart.sigma(1.0) > 0.0;
    let z: Vec<Option<f64>> = points.iter().map(|&p| varies.then(|| chart.z(p))).collect();
    out.insert("statistics".to_owned(), json!(statistics));
    out.insert("z".to_owned(), json!(z));
    out.insert("overdispersion".to_owned(), dispersion(test(chart, points)));
    out.insert("laney".to_owned(), laney(fitted));
    if let Some(phase2) = phase2 {
        let beyond = one_based(&chart.beyond(phase2, *k));
        out.insert("phase2".to_owned(), json!({ "beyond_limits": beyond }));
    }
    Value::Object(out)
}

/// Centre, limits and the points beyond: one figure where it is the same for every point, unless
/// `each` asks for one a point.
fn limits(fitted: &Fitted, each: bool) -> Map<String, Value> {
    let Fitted { chart, points, k, .. } = fitted;
    let at: Vec<Limits> = points.iter().map(|p| chart.limits(p.size, *k)).collect();
    let even = points.windows(2).all(|pair| pair[0].size.to_bits() == pair[1].size.to_bits());
    let figures = |of: fn(&Limits) -> f64, each: bool| {
        let all: Vec<f64> = at.iter().map(of).collect();
        if each { json!(all) } else { json!(all.first()) }
    };
    let counted = matches!(chart.kind, Kind::Np | Kind::C);
    let mut out = Map::new();
    out.insert("center".to_owned(), figures(|l| l.center, counted && !even));
    out.insert("ucl".to_owned(), figures(|l| l.ucl, each || !even));
    out.insert("lcl".to_owned(), figures(|l| l.lcl, each || !even));
    out.insert("beyond_limits".to_owned(), json!(one_based(&chart.beyond(points, *k))));
    out
}

fn dispersion(test: Option<Dispersion>) -> Value {
    json!({
        "chi2": test.map(|t| t.chi2),
        "df": test.map(|t| t.df),
        "ratio": test.map(|t| t.ratio),
        "p_value_upper": test.map(|t| t.p_over),
        "p_value_lower": test.map(|t| t.p_under),
    })
}

fn laney(fitted: &Fitted) -> Value {
    let Fitted { chart, points, k, .. } = fitted;
    let sigma_z = sigma_z(chart, points);
    let wide = sigma_z.map(|sigma_z| chart.widened(sigma_z));
    let limits = |of: fn(&Limits) -> f64| -> Vec<Option<f64>> {
        points.iter().map(|p| wide.map(|wide| of(&wide.limits(p.size, *k)))).collect()
    };
    json!({
        "sigma_z": sigma_z,
        "ucl": limits(|l| l.ucl),
        "lcl": limits(|l| l.lcl),
        "beyond_limits": wide.map(|wide| one_based(&wide.beyond(points, *k))),
    })
}

fn one_based(points: &[usize]) -> Vec<usize> {
    points.iter().map(|i| i + 1).collect()
}
