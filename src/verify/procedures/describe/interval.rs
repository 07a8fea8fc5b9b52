//! Intervals of proportions and rates.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Answer;
use crate::stats::interval::garwood;
use crate::verify::case::Case;

#[derive(Deserialize)]
struct Level {
    /// Two-sided confidence level.
    conf_level: Option<f64>,
}

#[derive(Deserialize)]
struct Rates {
    x: Vec<u64>,
    exposure: Vec<f64>,
    conf_level: Option<f64>,
}

pub(super) fn poisson(case: &Case) -> Answer {
    let rates: Rates = case.inputs()?;
    let asked: Level = case.options()?;
    let level = rates.conf_level.or(asked.conf_level).unwrap_or(0.95);
    let row = |(&x, &exposure): (&u64, &f64)| {
        let bounds = garwood(x, exposure, level);
        let one_sided = garwood(x, exposure, 2.0 * level - 1.0);
        let mut row = Map::new();
        row.insert("x".to_owned(), json!(x));
        row.insert("exposure".to_owned(), json!(exposure));
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        row.insert("rate".to_owned(), json!(x as f64 / exposure));
        row.insert("garwood".to_owned(), json!(bounds.map(|b| [b.low, b.high])));
        row.insert("garwood_one_sided_upper".to_owned(), json!(one_sided.map(|b| b.high)));
        Value::Object(row)
    };
    let cases: Vec<Value> = rates.x.iter().zip(&rates.exposure).map(row).collect();
    Ok(json!({ "cases": cases }))
}
