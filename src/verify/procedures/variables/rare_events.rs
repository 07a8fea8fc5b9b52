//! Counts and times between rare events.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, THREE_SIGMA, limits, number_after, numbered, refused};
use crate::stats::control_chart::limits::Limits;
use crate::stats::control_chart::rare_events::{g_chart, t_chart};
use crate::stats::special::normal;
use crate::verify::case::Case;

#[derive(Deserialize)]
struct Series {
    x: Vec<f64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Conventions {
    k_sigma: Option<f64>,
    three_sigma: String,
    prob_limits: String,
    nelson_exponent: Value,
}

impl Conventions {
    fn width(&self) -> f64 {
        let stated = number_after(&self.three_sigma, "+/-");
        self.k_sigma.or(stated).unwrap_or(THREE_SIGMA)
    }

    /// How many sigma of a normal distribution have the tails of the probability limits.
    fn tail_width(&self) -> f64 {
        number_after(&self.prob_limits, "pnorm(-").or(self.k_sigma).unwrap_or(THREE_SIGMA)
    }

    fn power(&self) -> f64 {
        let text = self.nelson_exponent.as_str().unwrap_or_default();
        let number = |text: &str| text.trim().parse::<f64>().ok();
        let ratio = || text.split_once('/').and_then(|(a, b)| Some(number(a)? / number(b)?));
        let plain = self.nelson_exponent.as_f64().or_else(|| number(text));
        plain.or_else(ratio).unwrap_or(t_chart::NELSON)
    }
}

pub(super) fn g_chart(case: &Case) -> Answer {
    let Series { x } = case.inputs()?;
    let asked: Conventions = case.options()?;
    let from_one = asked.prob_limits.contains("support from 1");
    let support = if from_one { g_chart::Support::FromOne } else { g_chart::Support::FromZero };
    let of = |k| g_chart::chart(&x, support, k).map_err(|e| refused(&e));
    let (chart, tails) = (of(asked.width())?, of(asked.tail_width())?);
    let Limits { center, lcl, ucl } = chart.sigma_limits;
    Ok(json!({
        "mean": center,
        "p_hat": chart.p,
        "sigma": chart.sigma,
        "ucl_3sigma": ucl,
        "lcl_3sigma": lcl,
        "median_theoretical": tails.probability_limits.center,
        "ucl_prob": tails.probability_limits.ucl,
        "lcl_prob": tails.probability_limits.lcl,
        "beyond_3sigma": numbered(&chart.sigma_limits.beyond(&x)),
        "beyond_prob": numbered(&tails.probability_limits.beyond(&x)),
    }))
}

pub(super) fn t_chart(case: &Case) -> Answer {
    let Series { x } = case.inputs()?;
    let asked: Conventions = case.options()?;
    let tail = normal::cdf(-asked.tail_width());
    let transformed = t_chart::transformed(&x, asked.power(), asked.width()).ok();
    let transformed = transformed.map(|chart| {
        let mut out = limits(chart.limits, &chart.limits.beyond(&x));
        out["transformed_mean"] = json!(chart.mean);
        out["mr_bar"] = json!(chart.mean_moving_range);
        out
    });
    let exponential = t_chart::Weibull::exponential(&x).and_then(|fit| {
        let Limits { center, lcl, ucl } = fit.limits(tail)?;
        Ok(json!({ "mean": fit.scale, "median": center, "ucl": ucl, "lcl": lcl }))
    });
    let weibull = t_chart::Weibull::fit(&x).and_then(|fit| {
        let Limits { center, lcl, ucl } = fit.limits(tail)?;
        let (shape, scale) = (fit.shape, fit.scale);
        Ok(json!({
            "shape": shape, "scale": scale, "center_median": center, "ucl": ucl, "lcl": lcl,
        }))
    });
    Ok(json!({
        "transform_nelson": transformed,
        "exponential_limits": exponential.ok(),
        "weibull_mle": weibull.ok(),
    }))
}
