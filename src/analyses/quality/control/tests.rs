//! The analysis on made-up companies.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::Control;
use crate::analyses::quality::testing::{Company, FIRST, end_of};
use crate::analyses::{Analysis, Ask, Charting};
use crate::report::{Block, Grade, Outcome, Value};

fn compute(company: Company, months: i32, charting: serde_json::Value) -> Outcome {
    let charting: Charting = serde_json::from_value(charting).unwrap();
    let ask = Ask { charting, ..Ask::default() };
    Control.compute(&company.finish(end_of(months)), &ask).unwrap()
}

/// NIST/SEMATECH e-Handbook 6.3.3.2: defective orange juice cans in 30 samples of 50.
const JUICE: [i64; 30] = [
    12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12,
    7, 13, 9, 6,
];

fn juice() -> Company {
    let mut company = Company::new(0);
    for (i, &defective) in (0..).zip(&JUICE) {
        let counts = [Some(50), None, None, Some(defective)];
        company.push(FIRST.plus(i).first_day(), "cans", "line", counts);
    }
    company
}

#[test]
fn nist_orange_juice_moves_to_laney_limits_by_itself() {
    let params = serde_json::json!({"count": "defective", "baseline_points": 30});
    let outcome = compute(juice(), 30, params);
    assert!(outcome.findings.iter().any(|f| f.id == "control.overdispersed"));
    let chart = outcome.blocks.iter().find_map(|block| match block {
        Block::Chart(chart) => Some(chart),
        _ => None,
    });
    let value = |col| chart.unwrap().table.value(0, col).and_then(Value::as_f64).unwrap();
    assert!((value("center") - 0.231_333_333_333_333).abs() < 1e-12);
    assert!((value("ucl") - 0.528_372_151_105_778).abs() < 1e-9);
    assert!(value("lcl").abs() < 1e-15);
}

#[test]
fn a_run_rule_never_asks_for_action_and_names_the_expected_false_signals() {
    let mut company = Company::new(1);
    for month in 0..24 {
        for (step, rate) in [("a", 40.0), ("b", if month < 22 { 30.0 } else { 90.0 })] {
            let defects = company.poisson(rate);
            company.row(FIRST.plus(month).first_day(), step, "t", 1000, defects);
        }
    }
    let outcome = compute(company, 24, serde_json::json!({}));
    let signal = outcome.findings.iter().find(|f| f.id == "control.signal").unwrap();
    assert_eq!(signal.grade, Grade::Watch);
    assert!(signal.message.args.contains_key("expected"));
    let charts: usize = outcome.blocks.iter().map(|block| block.charts().len()).sum();
    assert_eq!(charts, 3);
}

#[test]
fn a_recorded_event_begins_new_limits_and_leaves_the_old_phase_as_it_was() {
    let company = || {
        let mut company = Company::new(4);
        for month in 0..24 {
            let defects = if month < 12 { 40 + i64::from(month % 3) } else { 20 };
            company.row(FIRST.plus(month).first_day(), "a", "t", 1000, defects);
        }
        company
    };
    let centers = |charting: serde_json::Value| -> Vec<f64> {
        let outcome = compute(company(), 24, charting);
        let chart = outcome.blocks.iter().find_map(|block| block.charts().first()).unwrap();
        let center = |row| chart.table.value(row, "center").and_then(Value::as_f64).unwrap();
        (0..24).map(center).collect()
    };
    let frozen = centers(serde_json::json!({"baseline_points": 12}));
    let event = serde_json::json!({"from": FIRST.plus(12).to_string(), "reason": "new form"});
    let phased = centers(serde_json::json!({"baseline_points": 12, "phase": [event]}));
    assert_eq!(frozen[..12], phased[..12]);
    assert!((frozen[20] - 0.041).abs() < 1e-12 && (phased[20] - 0.02).abs() < 1e-12);
}

#[test]
fn signals_of_the_newest_month_stand_before_the_charts() {
    let mut company = Company::new(1);
    for month in 0..24 {
        let defects = if month < 23 { 40 + i64::from(month % 3) } else { 90 };
        company.row(FIRST.plus(month).first_day(), "a", "t", 1000, defects);
    }
    let outcome = compute(company, 24, serde_json::json!({}));
    let new = |block: &Block| matches!(block, Block::Table(t) if t.id == "control.new_signals");
    let first = outcome.blocks.iter().position(new).unwrap();
    let chart = outcome.blocks.iter().position(|block| !block.charts().is_empty()).unwrap();
    assert!(first < chart);
}

#[test]
fn equal_counts_are_stable_and_weeks_can_be_asked_for() {
    let mut company = Company::new(1);
    for week in 0..30 {
        company.row(FIRST.first_day().plus(7 * week), "a", "t", 100, 5);
    }
    let outcome = compute(company, 7, serde_json::json!({"by": "week", "rules": ["beyond"]}));
    assert!(outcome.findings.iter().any(|f| f.id == "control.stable"));
}

#[test]
fn one_row_without_defects_and_no_whole_month_are_survived() {
    let mut company = Company::new(1);
    company.row(FIRST.first_day(), "a", "t", 100, 0);
    assert!(compute(company, 1, serde_json::json!({})).findings.len() == 1);
    let mut company = Company::new(1);
    company.row(FIRST.first_day(), "a", "t", 100, 0);
    let early = Control.compute(&company.finish(FIRST.first_day().plus(3)), &Ask::default());
    assert!(early.is_err());
    let ask = Ask { params: serde_json::json!({"facets": "all"}), ..Ask::default() };
    assert!(Control.check(&ask).is_err());
}
