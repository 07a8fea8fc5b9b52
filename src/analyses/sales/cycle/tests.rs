//! The cycle on companies whose course is known.

use super::Cycle;
use crate::analyses::sales::company::{DealRow, Lcg, dataset, outcome, unchecked};
use crate::dataset::Dataset;
use crate::report::{Outcome, Value};

/// Deals that begin a day each and take exponential days; closes before `kept_from` are lost.
fn company(seed: u64, mean: f64, kept_from: i32) -> Dataset {
    let mut random = Lcg(seed);
    let mut rows = Vec::new();
    for i in 0..1200 {
        let created = i / 4;
        let closed = created + random.days(mean);
        let stage = if random.unit() < 0.6 { "Won" } else { "Lost" };
        let open = closed > 300;
        let stage = if open { "Offer" } else { stage };
        if closed >= kept_from {
            let (created, closed) = (Some(created), (!open).then_some(closed));
            rows.push(DealRow { owner: "A", stage, created, closed, value: None });
        }
    }
    dataset(&rows, &[], 300)
}

fn run(data: &Dataset) -> Outcome {
    outcome(&Cycle, data).unwrap_or_default()
}

fn median(outcome: &Outcome) -> f64 {
    outcome.metrics.first().and_then(|m| m.value.as_ref()?.as_f64()).unwrap_or(f64::NAN)
}

#[test]
fn open_deals_count_with_their_time_so_far() {
    let outcome = run(&company(1, 60.0, 0));
    let truth = 60.0 * 2.0_f64.ln();
    assert!((median(&outcome) - truth).abs() < 5.0, "{}", median(&outcome));
    let closed_only = outcome.metrics[1].value.as_ref().and_then(Value::as_f64).unwrap_or(0.0);
    assert!(closed_only < 58.0, "the mean of closed deals runs short: {closed_only}");
    assert!(outcome.findings.is_empty());
}

#[test]
fn missing_early_closes_are_found_and_set_right() {
    let outcome = run(&company(1, 60.0, 120));
    assert_eq!(outcome.findings.len(), 1);
    assert_eq!(outcome.findings[0].id, "cycle.left_truncated");
    assert!((median(&outcome) - 60.0 * 2.0_f64.ln()).abs() < 5.0, "{}", median(&outcome));
}

#[test]
fn whole_files_are_not_taken_for_truncated() {
    let found =
        (1..=100).filter(|seed| !unchecked(&Cycle, &company(*seed, 45.0, 0)).findings.is_empty());
    assert!(found.count() <= 1);
}
