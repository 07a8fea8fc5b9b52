//! Funnels, Pareto tables and risk priority numbers.

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::Answer;
use crate::stats::comparison::funnel;
use crate::stats::flow::pareto::{self, Row};
use crate::stats::flow::risk::{Rating, by_priority, severe};
use crate::verify::case::Case;

pub(super) fn funnel(case: &Case) -> Answer {
    #[derive(Deserialize)]
    struct Rep {
        #[serde(rename = "rep")]
        name: Value,
        success: u64,
        n: u64,
    }
    #[derive(Deserialize)]
    struct Inputs {
        reps: Vec<Rep>,
    }
    let inputs: Inputs = case.inputs()?;
    let units: Vec<(u64, u64)> = inputs.reps.iter().map(|rep| (rep.success, rep.n)).collect();
    let Some(found) = funnel::funnel(&units, 3.0, 0.95) else { return Ok(Value::Null) };
    let row = |(rep, unit): (&Rep, &funnel::Unit)| {
        json!({
            "rep": rep.name,
            "rate": unit.rate,
            "clopper_pearson95": unit.interval.map(|b| [b.low, b.high]),
            "funnel_low_3sigma": unit.limits.map(|b| b.low),
            "funnel_high_3sigma": unit.limits.map(|b| b.high),
            "z": unit.z,
            "binom_p_vs_pooled": unit.p,
            "holm_p": unit.adjusted,
        })
    };
    Ok(json!({
        "pooled": found.pooled,
        "reps": inputs.reps.iter().zip(&found.units).map(row).collect::<Vec<_>>(),
        "homogeneity_chi2": found.homogeneity.map(|h| h.chi_square),
        "df": found.homogeneity.map(|h| h.df),
        "p_value": found.homogeneity.map(|h| h.p_value),
    }))
}

pub(super) fn pareto(case: &Case) -> Answer {
    #[derive(Deserialize)]
    struct Inputs {
        items: Vec<(String, Value)>,
    }
    let inputs: Inputs = case.inputs()?;
    let counts: Vec<f64> =
        inputs.items.iter().map(|(_, count)| count.as_f64().unwrap_or(f64::NAN)).collect();
    let Some(table) = pareto::pareto(&counts) else { return Ok(Value::Null) };
    let name = |row: &Row| inputs.items.get(row.category).map(|(name, _)| name);
    let written = |row: &Row| {
        json!({
            "category": name(row),
            "count": row.value,
            "percent": row.percent,
            "cum_percent": row.cumulative_percent,
        })
    };
    Ok(json!({
        "rows": table.rows.iter().map(written).collect::<Vec<_>>(),
        "total": table.total,
        "vital_few_reaching_80pct": table.vital_few(80.0).iter().map(name).collect::<Vec<_>>(),
    }))
}

pub(super) fn risk_priorities(case: &Case) -> Answer {
    #[derive(Deserialize)]
    struct Mode {
        item: String,
        severity: u32,
        occurrence: u32,
        detection: u32,
    }
    #[derive(Deserialize)]
    struct Inputs {
        rows: Vec<Mode>,
    }
    let inputs: Inputs = case.inputs()?;
    let rating = |mode: &Mode| {
        let Mode { severity, occurrence, detection, .. } = *mode;
        let rating = Rating { severity, occurrence, detection };
        rating.check().map(|()| rating)
    };
    let Ok(ratings) = inputs.rows.iter().map(rating).collect::<Result<Vec<_>, _>>() else {
        return Ok(Value::Null);
    };
    let items = |order: Vec<usize>| -> Vec<&str> {
        order.iter().filter_map(|&i| inputs.rows.get(i)).map(|mode| mode.item.as_str()).collect()
    };
    let row = |(mode, rating): (&Mode, &Rating)| {
        let (rpn, criticality) = (rating.priority(), rating.criticality());
        json!({ "item": mode.item, "rpn": rpn, "criticality_s_x_o": criticality })
    };
    Ok(json!({
        "rows": inputs.rows.iter().zip(&ratings).map(row).collect::<Vec<_>>(),
        "rank_by_rpn": items(by_priority(&ratings)),
        "high_severity_items_9_10": items(severe(&ratings)),
    }))
}
