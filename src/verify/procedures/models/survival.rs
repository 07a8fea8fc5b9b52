//! Kaplan–Meier curves and the log-rank test.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::stats::survival::interval::{Scale, bounds};
use crate::stats::survival::logrank::log_rank_groups;
use crate::stats::survival::table::{Row, table};
use crate::stats::survival::{Case, kaplan_meier as curve};
use crate::verify::case;
use crate::verify::procedures::Answer;

#[derive(Deserialize)]
struct Times {
    time: Vec<f64>,
    /// 1 or true where the case ended, 0 or false where it was still open.
    event: Vec<Value>,
    /// When each came under observation.
    entry: Option<Vec<f64>>,
    group: Option<Vec<Value>>,
}

#[derive(Deserialize)]
struct Options {
    conf_level: Option<f64>,
    conf_type: Option<String>,
    rmean: Option<f64>,
}

pub(super) fn kaplan_meier(case: &case::Case) -> Answer {
    let times: Times = case.inputs()?;
    let asked: Options = case.options()?;
    let cases = times.cases();
    let (whole, rows) = (curve(&cases, 1), table(&cases));
    let column = |value: fn(&Row) -> Value| rows.iter().map(value).collect::<Vec<_>>();
    let level = asked.conf_level.unwrap_or(0.95);
    let scale = match asked.conf_type.as_deref() {
        Some("plain") => Scale::Plain,
        Some("log-log") => Scale::LogLog,
        _ => Scale::Log,
    };
    let ends: Vec<_> =
        rows.iter().map(|row| whole.at(row.time).and_then(|s| bounds(s, level, scale))).collect();
    let mean = asked.rmean.and_then(|horizon| whole.restricted_mean(horizon));
    let mut answer = json!({
        "time": column(|r| json!(r.time)),
        "n_risk": column(|r| json!(r.at_risk)),
        "n_event": column(|r| json!(r.events)),
        "n_censor": column(|r| json!(r.censored)),
        "survival": column(|r| json!(r.survival)),
        "std_err_greenwood": column(|r| json!(r.standard_error)),
        "lower": ends.iter().map(|b| b.map(|b| b.low)).collect::<Vec<_>>(),
        "upper": ends.iter().map(|b| b.map(|b| b.high)).collect::<Vec<_>>(),
        "median": whole.time_left_midway(0.5),
        "rmean_note": mean.is_none().then_some("restricted mean not included"),
        "rmean": mean.map(|m| m.mean),
        "rmean_std_err": mean.map(|m| m.standard_error),
    });
    if let Some(groups) = times.groups(&cases) {
        compare(&mut answer, &groups);
    }
    Ok(answer)
}

fn compare(answer: &mut Value, groups: &BTreeMap<String, Vec<Case>>) {
    let lists: Vec<&[Case]> = groups.values().map(Vec::as_slice).collect();
    let test = log_rank_groups(&lists);
    answer["logrank"] = json!({
        "chi2": test.as_ref().map(|t| t.chi_square),
        "df": test.as_ref().map(|t| t.df),
        "p_value": test.as_ref().map(|t| t.p_value),
        "observed": test.as_ref().map(|t| &t.observed),
        "expected": test.as_ref().map(|t| &t.expected),
    });
    let median = |(name, cases): (&String, &Vec<Case>)| {
        (format!("group={name}"), json!(curve(cases, 1).time_left_midway(0.5)))
    };
    answer["group_medians"] = Value::Object(groups.iter().map(median).collect::<Map<_, _>>());
}

impl Times {
    fn cases(&self) -> Vec<Case> {
        let ended = |event: &Value| event.as_bool().unwrap_or(event.as_f64() == Some(1.0));
        let entry = |i: usize| self.entry.as_ref().and_then(|e| e.get(i)).copied();
        let observed = self.time.iter().zip(&self.event).enumerate();
        observed
            .map(|(i, (time, event))| {
                let case = Case::new(*time, ended(event).then_some(0));
                entry(i).map_or(case, |entry| case.entering(entry))
            })
            .collect()
    }

    fn groups(&self, cases: &[Case]) -> Option<BTreeMap<String, Vec<Case>>> {
        let mut groups: BTreeMap<String, Vec<Case>> = BTreeMap::new();
        for (label, case) in self.group.as_ref()?.iter().zip(cases) {
            let name = label.as_str().map_or_else(|| label.to_string(), str::to_owned);
            groups.entry(name).or_default().push(*case);
        }
        Some(groups)
    }
}
