//! Flows worked by hand, and months that changed.

use serde_json::json;

use super::Flow;
use crate::analyses::lean::testing::{
    DAY, HOUR, Lcg, Row, cell, dataset, finding, metric, outcome, steps,
};
use crate::dataset::Dataset;
use crate::report::{Grade, Outcome};

fn run(data: &Dataset, params: &serde_json::Value) -> Outcome {
    outcome(&Flow, data, params).unwrap_or_default()
}

fn row(case: usize, step: &'static str, start: i64, end: i64) -> Row {
    Row { case, step, start, end: Some(end), ..Row::default() }
}

/// Three finished cases of 10, 20 and 40 hours with 4 hours' work each, and one open for 90.
fn four() -> Vec<Row> {
    let mut rows: Vec<Row> = (1..=3)
        .flat_map(|case| {
            let lead = [10, 20, 40][case - 1];
            [row(case, "in", 0, 2), row(case, "out", lead - 2, lead)]
        })
        .collect();
    rows.push(row(4, "in", 30, 31));
    rows
}

#[test]
#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn lead_time_work_and_little_by_hand() {
    let out = run(&dataset([steps(&four())], 5), &json!({"promise_hours": 15.0}));
    let hour = HOUR as f64;
    // S: 3/4 after 10 h, 1/2 after 20 h, then 1/4 after 40 h: the middle of 20 and 40.
    assert_eq!(metric(&out, "lead_time_median"), Some(30.0 * hour));
    assert_eq!(metric(&out, "lead_time_late"), Some(0.75));
    assert_eq!(metric(&out, "process_cycle_efficiency"), Some(12.0 / 70.0));
    assert_eq!(metric(&out, "open_cases"), Some(1.0));
    // Counted: (10 + 20 + 40 + 90) / 120 hours.
    let mean = metric(&out, "mean_wip").unwrap_or(0.0);
    assert!((mean - 160.0 / 120.0).abs() < 1e-12, "{mean}");
    let gap = metric(&out, "littles_law_gap").unwrap_or(0.0);
    assert!((gap - (70.0 / 120.0 / mean - 1.0)).abs() < 1e-12, "{gap}");
    assert_eq!(cell(&out, "flow.queues", 0, "total_hours"), Some(6.0 + 16.0 + 36.0));
    assert!(finding(&out, "flow.ageing").is_some(), "90 hours are beyond all finished");
}

#[test]
fn only_marked_work_adds_value_and_takt_needs_hours() {
    let mut rows = four();
    for row in &mut rows {
        row.value_added = Some(row.step == "out");
    }
    let out = run(&dataset([steps(&rows)], 5), &json!({"available_hours": 8.0}));
    assert_eq!(metric(&out, "process_cycle_efficiency"), Some(6.0 / 70.0));
    let takt = metric(&out, "takt_time").unwrap_or(0.0);
    assert!((takt - 36_000_000.0).abs() < 1e-6, "40 h / 4 cases: {takt}");
    let without = run(&dataset([steps(&rows)], 5), &json!({}));
    let told = serde_json::to_string(&without.blocks).unwrap_or_default();
    assert!(told.contains("flow.check.takt.no_hours") && metric(&without, "takt_time").is_none());
}

#[test]
fn a_log_of_instants_has_lead_times_but_no_work() {
    let mut rows = four();
    for row in &mut rows {
        row.end = None;
    }
    let out = run(&dataset([steps(&rows)], 5), &json!({}));
    assert!(metric(&out, "lead_time_median").is_some());
    assert!(metric(&out, "process_cycle_efficiency").is_none());
    let told = serde_json::to_string(&out.blocks).unwrap_or_default();
    assert!(told.contains("flow.check.efficiency.no_ends") && told.contains("flow.note.instants"));
}

/// Two cases a day for a year and a half; from day `slow` on each takes twice as long.
fn course(seed: u64, slow: i64) -> Outcome {
    let mut random = Lcg(seed);
    let mut rows = Vec::new();
    for case in 0..1092_usize {
        let day = i64::try_from(case / 2).unwrap_or(0);
        let lead = random.hours(if day >= slow { 60.0 } else { 30.0 }) + 1;
        rows.push(row(case, "in", day * DAY, day * DAY + 1));
        rows.push(row(case, "out", day * DAY + lead, day * DAY + lead + 1));
    }
    run(&dataset([steps(&rows)], 546), &json!({}))
}

#[test]
fn a_slower_month_is_found_and_chance_is_not() {
    let slow = course(3, 510);
    assert!(finding(&slow, "flow.slower").is_some_and(|f| f.grade == Grade::Act));
    let acts =
        (1..=60).filter(|seed| course(*seed, 9999).findings.iter().any(|f| f.grade == Grade::Act));
    assert!(acts.count() <= 2);
}
