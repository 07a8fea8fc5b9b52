//! Subgroups and the constants of their charts.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Answer, THREE_SIGMA, numbered, refused};
use crate::stats::Unestimable;
use crate::stats::control_chart::constants::{Constants, Factors};
use crate::stats::control_chart::limits::{Limits, beyond_own};
use crate::stats::control_chart::subgroups::{
    Center, SigmaMethod, Subgroup, grand_mean, mean_limits, mean_limits_pooled, mean_sd,
    overall_sigma, range_limits, sd_limits, sigma, summarise,
};
use crate::verify::case::{Case, Refusal};

#[derive(Deserialize)]
struct Sizes {
    n: Vec<usize>,
}

#[derive(Deserialize)]
struct Width {
    k_sigma: Option<f64>,
}

pub(super) fn constants(case: &Case) -> Answer {
    let Sizes { n } = case.inputs()?;
    let k = case.options::<Width>()?.k_sigma.unwrap_or(THREE_SIGMA);
    let mut columns = Map::new();
    for n in n {
        for (name, value) in row(n, k) {
            if let Value::Array(list) = columns.entry(name).or_insert_with(|| json!([])) {
                list.push(json!(value));
            }
        }
    }
    Ok(columns.into())
}

fn row(n: usize, k: f64) -> [(&'static str, Option<f64>); 18] {
    let basic = Constants::of(n);
    let of = |pick: fn(&Constants) -> f64| basic.as_ref().map(pick);
    let factors = basic.map(|c| c.factors(k));
    let factor = |pick: fn(&Factors) -> f64| factors.as_ref().map(pick);
    [
        ("d2", of(|c| c.d2)),
        ("d3", of(|c| c.d3)),
        ("d4_median", of(|c| c.d4)),
        ("c4", of(|c| c.c4)),
        ("c5", of(|c| c.c5)),
        ("A", factor(|f| f.a)),
        ("A2", factor(|f| f.a2)),
        ("A3", factor(|f| f.a3)),
        ("B3", factor(|f| f.b3)),
        ("B4", factor(|f| f.b4)),
        ("B5", factor(|f| f.b5)),
        ("B6", factor(|f| f.b6)),
        ("D1", factor(|f| f.d1)),
        ("D2", factor(|f| f.d2)),
        ("D3", factor(|f| f.d3)),
        ("D4", factor(|f| f.d4)),
        ("E2", factor(|f| f.e2)),
        ("E3", factor(|f| f.e3)),
    ]
}

#[derive(Deserialize)]
struct Samples {
    subgroups: Vec<Vec<f64>>,
    phase2_subgroups: Option<Vec<Vec<f64>>>,
}

const METHODS: [(&str, SigmaMethod); 6] = [
    ("rbar_d2", SigmaMethod::Range),
    ("sbar_c4", SigmaMethod::Sd),
    ("rbar_d2_minvar", SigmaMethod::RangeMinVariance),
    ("sbar_c4_minvar", SigmaMethod::SdMinVariance),
    ("pooled_sd", SigmaMethod::Pooled),
    ("pooled_sd_unbiased_c4", SigmaMethod::PooledUnbiased),
];

pub(super) fn charts(case: &Case) -> Answer {
    let samples: Samples = case.inputs()?;
    let k = case.options::<Width>()?.k_sigma.unwrap_or(THREE_SIGMA);
    let groups = summarise(&samples.subgroups).map_err(|e| refused(&e))?;
    let baseline = Baseline::of(groups, k).map_err(|e| refused(&e))?;
    let mut out = baseline.summary();
    out.append(&mut baseline.mean_charts());
    out.append(&mut baseline.spread_charts());
    if let Some(later) = samples.phase2_subgroups {
        out.insert("phase2".to_owned(), baseline.phase2(&later)?);
    }
    Ok(out.into())
}

/// Subgroups, and what their charts are drawn from.
struct Baseline {
    center: f64,
    k: f64,
    range: f64,
    sd: f64,
    pooled: f64,
    pooled_unbiased: f64,
    groups: Vec<Subgroup>,
}

impl Baseline {
    fn of(groups: Vec<Subgroup>, k: f64) -> Result<Self, Unestimable> {
        let center = grand_mean(&groups).ok_or(Unestimable::TooFew { needed: 1, got: 0 })?;
        let of = |method| sigma(&groups, method);
        let (range, sd) = (of(SigmaMethod::Range)?, of(SigmaMethod::Sd)?);
        let pooled = of(SigmaMethod::Pooled)?;
        let pooled_unbiased = of(SigmaMethod::PooledUnbiased)?;
        Ok(Self { center, k, range, sd, pooled, pooled_unbiased, groups })
    }

    fn summary(&self) -> Map<String, Value> {
        let mut sigmas: Map<String, Value> = METHODS
            .iter()
            .map(|(name, method)| ((*name).to_owned(), json!(sigma(&self.groups, *method).ok())))
            .collect();
        let overall = overall_sigma(&self.groups).ok();
        sigmas.insert("overall_sd".to_owned(), json!(overall.map(|o| o.0)));
        sigmas.insert("overall_sd_unbiased_c4".to_owned(), json!(overall.map(|o| o.1)));
        object(json!({
            "subgroup_means": means(&self.groups),
            "subgroup_ranges": ranges(&self.groups),
            "subgroup_sds": sds(&self.groups),
            "grand_mean": self.center,
            "sigma_hat": sigmas,
        }))
    }

    fn mean_limits(&self, groups: &[Subgroup], sigma: f64) -> Vec<Limits> {
        groups.iter().map(|g| mean_limits(self.center, g.n, sigma, self.k)).collect()
    }

    fn mean_charts(&self) -> Map<String, Value> {
        let means = means(&self.groups);
        let chart = |limits: Vec<Limits>| {
            let mut chart = self.drawn(&limits.iter().copied().map(Some).collect::<Vec<_>>());
            chart.insert("center".to_owned(), json!(self.center));
            chart.insert("beyond_limits".to_owned(), json!(numbered(&beyond_own(&means, &limits))));
            chart
        };
        let of = |sigma| chart(self.mean_limits(&self.groups, sigma));
        let pooled = |g: &Subgroup| mean_limits_pooled(self.center, g.n, self.pooled, self.k);
        object(json!({
            "xbar_from_rbar": of(self.range),
            "xbar_from_sbar": of(self.sd),
            "xbar_from_pooled_unbiased": of(self.pooled_unbiased),
            "xbar_montgomery_pooled_convention":
                self.groups.iter().map(pooled).collect::<Option<Vec<_>>>().map(chart),
        }))
    }

    fn spread_charts(&self) -> Map<String, Value> {
        let range_limits: Vec<_> =
            self.groups.iter().map(|g| range_limits(g.n, self.range, self.k)).collect();
        let mut range_chart = self.drawn(&range_limits);
        range_chart.insert("rbar".to_owned(), json!(average(&ranges(&self.groups))));
        let beyond = beyond_some(&ranges(&self.groups), &range_limits);
        range_chart.insert("beyond_limits".to_owned(), json!(beyond));

        let of = |sigma, center| -> Vec<_> {
            self.groups.iter().map(|g| sd_limits(g.n, sigma, self.k, center)).collect()
        };
        let own = of(self.sd, Center::PerSize);
        let mut sd_chart = self.drawn(&own);
        sd_chart.insert("sbar".to_owned(), json!(average(&sds(&self.groups))));
        sd_chart.insert("beyond_limits".to_owned(), json!(beyond_some(&sds(&self.groups), &own)));

        let constant = mean_sd(&self.groups).map(|center| {
            let mut chart = self.drawn(&of(self.sd, Center::Constant(center)));
            chart.insert("center".to_owned(), json!(center));
            chart
        });
        let mut pooled = self.drawn(&of(self.pooled, Center::Pooled));
        pooled.insert("center".to_owned(), json!(self.pooled));
        object(json!({
            "r_chart": range_chart,
            "s_chart": sd_chart,
            "s_chart_qcc_convention": constant,
            "s_chart_montgomery_pooled_convention": pooled,
        }))
    }

    /// Limits under the names of the cases: one number each when subgroups are of one size.
    fn drawn(&self, limits: &[Option<Limits>]) -> Map<String, Value> {
        let equal = self.groups.windows(2).all(|pair| pair[0].n == pair[1].n);
        let side = |pick: fn(&Limits) -> f64| {
            let all: Vec<Option<f64>> = limits.iter().map(|l| l.as_ref().map(pick)).collect();
            if equal { json!(all.first()) } else { json!(all) }
        };
        let sides =
            [("center", side(|l| l.center)), ("ucl", side(|l| l.ucl)), ("lcl", side(|l| l.lcl))];
        sides.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// Later subgroups against the limits of this baseline.
    fn phase2(&self, later: &[Vec<f64>]) -> Result<Value, Refusal> {
        let later = summarise(later).map_err(|e| refused(&e))?;
        let beyond =
            |sigma| numbered(&beyond_own(&means(&later), &self.mean_limits(&later, sigma)));
        let range = |g: &Subgroup| range_limits(g.n, self.range, self.k);
        let sd = |g: &Subgroup| sd_limits(g.n, self.sd, self.k, Center::PerSize);
        let of = |limits: &dyn Fn(&Subgroup) -> Option<Limits>| -> Vec<_> {
            later.iter().map(limits).collect()
        };
        Ok(json!({
            "means": means(&later),
            "ranges": ranges(&later),
            "sds": sds(&later),
            "beyond_xbar_limits_from_rbar": beyond(self.range),
            "beyond_xbar_limits_from_sbar": beyond(self.sd),
            "beyond_xbar_limits_from_pooled_unbiased": beyond(self.pooled_unbiased),
            "beyond_r_limits": beyond_some(&ranges(&later), &of(&range)),
            "beyond_s_limits": beyond_some(&sds(&later), &of(&sd)),
        }))
    }
}

fn means(groups: &[Subgroup]) -> Vec<f64> {
    groups.iter().map(|g| g.mean).collect()
}

fn ranges(groups: &[Subgroup]) -> Vec<Option<f64>> {
    groups.iter().map(|g| g.spread.map(|spread| spread.range)).collect()
}

fn sds(groups: &[Subgroup]) -> Vec<Option<f64>> {
    groups.iter().map(|g| g.spread.map(|spread| spread.sd)).collect()
}

/// The unweighted mean of those there are.
fn average(values: &[Option<f64>]) -> Option<f64> {
    let there: Vec<f64> = values.iter().flatten().copied().collect();
    Subgroup::of(&there).map(|all| all.mean)
}

fn beyond_some(points: &[Option<f64>], limits: &[Option<Limits>]) -> Vec<usize> {
    let is_beyond = |(x, limits): (&Option<f64>, &Option<Limits>)| {
        x.zip(*limits).is_some_and(|(x, limits)| limits.excludes(x))
    };
    let flags = points.iter().zip(limits).map(is_beyond);
    (1..).zip(flags).filter(|(_, beyond)| *beyond).map(|(number, _)| number).collect()
}

fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value { map } else { Map::new() }
}
