//! Takt, line balance, OEE, and the flow an event log shows.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::Answer;
use super::time::minutes;
use crate::stats::flow::capacity::{Shift, effectiveness, line, takt};
use crate::stats::flow::event_log::{self, CaseFlow, Event, Flow};
use crate::verify::case::{Case, Refusal};

#[derive(Deserialize)]
struct Basic {
    available_min: Option<f64>,
    demand: Option<f64>,
    cycle_times: Option<Vec<f64>>,
    operators: Option<f64>,
    planned_min: Option<f64>,
    downtime_min: Option<f64>,
    ideal_cycle_min: Option<f64>,
    total_count: Option<f64>,
    good_count: Option<f64>,
}

pub(super) fn basic(case: &Case) -> Answer {
    let inputs: Basic = case.inputs()?;
    let pace = inputs.available_min.zip(inputs.demand);
    let pace = pace.and_then(|(available, demand)| takt(available, demand).ok());
    let mut out = Map::from_iter([("takt_min".to_owned(), json!(pace))]);
    balance(&inputs, pace, &mut out);
    equipment(&inputs, &mut out);
    Ok(Value::Object(out))
}

fn balance(inputs: &Basic, takt: Option<f64>, out: &mut Map<String, Value>) {
    let Some(times) = &inputs.cycle_times else { return };
    let stations = u32::try_from(times.len()).map_or(0.0, f64::from);
    let line = line(times, inputs.operators.unwrap_or(stations)).ok();
    let against = line.zip(takt);
    out.extend([
        ("total_work_content".to_owned(), json!(line.map(|l| l.work_content))),
        ("line_balance_efficiency".to_owned(), json!(line.map(|l| l.balance))),
        ("bottleneck_index".to_owned(), json!(line.map(|l| l.bottleneck + 1))),
        ("minimum_operators".to_owned(), json!(against.map(|(l, takt)| l.minimum_operators(takt)))),
        ("meets_takt".to_owned(), json!(against.map(|(l, takt)| l.meets(takt)))),
    ]);
}

fn equipment(inputs: &Basic, out: &mut Map<String, Value>) {
    let Basic { planned_min: Some(planned), downtime_min: Some(downtime), .. } = *inputs else {
        return;
    };
    let Basic { ideal_cycle_min: Some(ideal_cycle), .. } = *inputs else { return };
    let Basic { total_count: Some(total), good_count: Some(good), .. } = *inputs else { return };
    let oee = effectiveness(&Shift { planned, downtime, ideal_cycle, total, good }).ok();
    out.extend([
        ("availability".to_owned(), json!(oee.map(|e| e.availability))),
        ("performance".to_owned(), json!(oee.map(|e| e.performance))),
        ("quality".to_owned(), json!(oee.map(|e| e.quality))),
        ("oee".to_owned(), json!(oee.map(|e| e.overall))),
    ]);
}

#[derive(Deserialize)]
struct Row {
    case: String,
    activity: String,
    start: String,
    end: String,
}

/// Names by number, numbered as they come.
#[derive(Default)]
struct Names<'a> {
    numbers: BTreeMap<&'a str, usize>,
    names: Vec<&'a str>,
}

impl<'a> Names<'a> {
    fn number(&mut self, name: &'a str) -> usize {
        *self.numbers.entry(name).or_insert_with(|| {
            self.names.push(name);
            self.names.len() - 1
        })
    }

    fn of(&self, number: usize) -> &'a str {
        self.names.get(number).copied().unwrap_or_default()
    }

    fn joined(&self, numbers: &[usize]) -> String {
        numbers.iter().map(|&number| self.of(number)).collect::<Vec<_>>().join(">")
    }
}

pub(super) fn event_log(case: &Case) -> Answer {
    #[derive(Deserialize)]
    struct Inputs {
        events: Vec<Row>,
    }
    let inputs: Inputs = case.inputs()?;
    let (mut cases, mut activities) = (Names::default(), Names::default());
    let mut events = Vec::with_capacity(inputs.events.len());
    for row in &inputs.events {
        let time =
            |text: &str| minutes(text).ok_or_else(|| Refusal::Inputs(format!("{text} is no time")));
        events.push(Event {
            case: cases.number(&row.case),
            activity: activities.number(&row.activity),
            start: time(&row.start)?,
            end: time(&row.end)?,
        });
    }
    let flow = event_log::flow(&events).map_err(|reason| Refusal::Inputs(reason.to_string()))?;
    let mut out = whole(&flow);
    out.extend(parts(&flow, &cases, &activities));
    Ok(Value::Object(out))
}

/// Figures of the whole log.
fn whole(flow: &Flow) -> Map<String, Value> {
    Map::from_iter([
        ("mean_lead_time_min".to_owned(), json!(flow.mean_lead())),
        ("median_lead_time_min".to_owned(), json!(flow.lead_quantile(0.5))),
        ("p90_lead_time_type7".to_owned(), json!(flow.lead_quantile(0.9))),
        ("overall_pce".to_owned(), json!(flow.efficiency())),
        ("first_pass_cases".to_owned(), json!(flow.first_pass())),
        ("throughput_per_hour".to_owned(), json!(flow.throughput().map(|rate| rate * 60.0))),
        ("mean_wip".to_owned(), json!(flow.mean_in_process())),
        ("littles_law_wip".to_owned(), json!(flow.littles_law())),
    ])
}

/// Figures by case, variant, pair and activity.
fn parts(flow: &Flow, cases: &Names, activities: &Names) -> [(String, Value); 4] {
    let by_case = |c: &CaseFlow| (cases.of(c.case).to_owned(), one_case(c, activities));
    let variants = flow.variants();
    let variants = variants.iter().map(|(trace, n)| (activities.joined(trace), json!(n)));
    let follows = flow.follows.iter().map(|(&(from, to), n)| {
        (format!("{}->{}", activities.of(from), activities.of(to)), json!(n))
    });
    let work = flow.activities.iter().map(|(&activity, work)| {
        let figures = json!({ "n": work.events, "mean_min": work.mean(), "total_min": work.total });
        (activities.of(activity).to_owned(), figures)
    });
    [
        ("cases".to_owned(), Value::Object(flow.cases.iter().map(by_case).collect())),
        ("variants".to_owned(), Value::Object(variants.collect())),
        ("directly_follows".to_owned(), Value::Object(follows.collect())),
        ("activity".to_owned(), Value::Object(work.collect())),
    ]
}

fn one_case(case: &CaseFlow, activities: &Names) -> Value {
    json!({
        "lead_time_min": case.lead,
        "touch_time_min": case.touch,
        "wait_min": case.wait,
        "process_cycle_efficiency": case.efficiency,
        "events": case.trace.len(),
        "rework_events": case.rework,
        "variant": activities.joined(&case.trace),
    })
}
