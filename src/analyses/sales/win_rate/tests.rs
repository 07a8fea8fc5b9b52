//! The win rate on companies whose figures are known.

use super::WinRate;
use crate::analyses::analysis::{Analysis as _, Ask};
use crate::analyses::sales::company::{DealRow, dataset, outcome};
use crate::report::{ChangeVerdict, Outcome, Value};

fn deals(stage: &'static str, count: usize, created: i32, closed: i32, value: f64) -> Vec<DealRow> {
    let closed = (stage != "Offer").then_some(closed);
    let deal = DealRow { owner: "A", stage, created: Some(created), closed, value: Some(value) };
    vec![deal; count]
}

fn run(deals: &[DealRow], as_of: i32) -> Outcome {
    outcome(&WinRate, &dataset(deals, &[], as_of)).unwrap_or_default()
}

fn shares(outcome: &Outcome) -> Vec<Option<f64>> {
    outcome.metrics.iter().map(|m| m.value.as_ref().and_then(Value::as_f64)).collect()
}

#[test]
fn open_deals_count_among_all_but_not_in_the_rate() {
    let all = [
        deals("成交", 30, 0, 20, 100.0),
        deals("輸單", 10, 0, 25, 300.0),
        deals("Offer", 40, 5, 0, 100.0),
    ];
    let outcome = run(&all.concat(), 89);
    assert_eq!(shares(&outcome), [Some(0.75), Some(0.5), Some(0.375)]);
    assert!(outcome.findings.is_empty());
}

#[test]
fn a_value_rate_on_lost_deals_without_value_is_refused() {
    let outcome =
        run(&[deals("Won", 30, 0, 20, 100.0), deals("Lost", 10, 0, 25, 0.0)].concat(), 89);
    assert_eq!(shares(&outcome)[1], None);
    assert_eq!(outcome.findings[0].id, "win_rate.lost_value_zero");
}

#[test]
fn the_last_complete_month_is_compared_with_the_one_before() {
    let month = |day: i32, won: usize| {
        [deals("Won", won, 0, day, 1.0), deals("Lost", 100 - won, 0, day, 1.0)].concat()
    };
    // January 50 %, February 52 % and then 80 %; March has just begun and does not count.
    let verdict = |february: usize| {
        let deals = [month(10, 50), month(40, february), month(60, 1)].concat();
        run(&deals, 61)
            .status
            .first()
            .and_then(|row| Some((row.metric.n, row.change.clone()?.verdict)))
    };
    assert_eq!(verdict(52), Some((100, ChangeVerdict::NoEvidence)));
    assert_eq!(verdict(80), Some((100, ChangeVerdict::Better)));
    assert_eq!(verdict(20), Some((100, ChangeVerdict::Worse)));
}

#[test]
fn unknown_and_impossible_parameters_are_named() {
    let check = |json: serde_json::Value| WinRate.check(&Ask { params: json, ..Ask::default() });
    assert!(check(serde_json::json!({"mature_share": 0.8})).is_ok());
    assert!(check(serde_json::json!({"mature_share": 1.5})).is_err());
    assert!(check(serde_json::json!({"matur": 0.8})).is_err());
}
