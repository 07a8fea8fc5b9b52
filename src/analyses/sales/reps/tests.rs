//! Teams of equals and teams that are not.

use super::Reps;
use crate::analyses::sales::company::{DealRow, Lcg, dataset, grades, unchecked};
use crate::report::{Grade, Outcome};

const NAMES: [&str; 10] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"];

/// A team with so many deals each, winning at the given rates.
fn team(seed: u64, deals: usize, rates: &[f64]) -> Outcome {
    let mut random = Lcg(seed);
    let mut rows = Vec::new();
    for (owner, rate) in NAMES.into_iter().zip(rates) {
        for _ in 0..deals {
            let stage = if random.unit() < *rate { "Won" } else { "Lost" };
            let (created, closed) = (Some(0), Some(10));
            rows.push(DealRow { owner, stage, created, closed, value: Some(1000.0) });
        }
    }
    unchecked(&Reps, &dataset(&rows, &[], 89))
}

#[test]
fn a_team_of_equals_gives_no_orders() {
    let acts = |seed| {
        let outcome = team(seed, 200, &[0.5; 10]);
        outcome.findings.iter().any(|finding| finding.grade == Grade::Act)
    };
    assert!((1..=100).filter(|seed| acts(*seed)).count() <= 1);
}

#[test]
fn a_good_and_a_poor_representative_are_found_and_nobody_else() {
    let mut rates = [0.5; 10];
    (rates[2], rates[7]) = (0.62, 0.36);
    let found = |seed| {
        let outcome = team(seed, 400, &rates);
        let named = |id: &str, name: &str| {
            let by =
                |f: &&crate::report::Finding| f.id == id && f.message.args["rep"] == name.into();
            outcome.findings.iter().filter(by).count()
        };
        let right = named("reps.better", "C") == 1 && named("reps.worse", "H") == 1;
        (right, outcome.findings.len())
    };
    let results: Vec<_> = (1..=20).map(found).collect();
    assert!(results.iter().filter(|(right, _)| *right).count() >= 19, "{results:?}");
    assert!(results.iter().filter(|(_, all)| *all > 2).count() <= 1, "{results:?}");
}

#[test]
fn the_poor_one_is_worth_the_deals_missed() {
    let outcome = team(7, 300, &[0.6, 0.6, 0.6, 0.6, 0.35]);
    let worse: Vec<_> = outcome.findings.iter().filter(|f| f.id == "reps.worse").collect();
    assert_eq!(grades(&outcome, "reps.worse"), [Grade::Act]);
    let money = worse[0].money.map(crate::units::Money::to_units).unwrap_or_default();
    assert!((50_000.0..100_000.0).contains(&money), "{money}");
}

#[test]
fn one_extreme_colleague_does_not_make_the_others_extreme() {
    let outcome = team(3, 300, &[0.1, 0.6, 0.6, 0.6]);
    assert_eq!(outcome.findings.len(), 1, "{:?}", outcome.findings);
    assert_eq!(outcome.findings[0].message.args["rep"], "A".into());
}

#[test]
fn a_few_deals_each_give_no_ranking() {
    let outcome = team(5, 4, &[0.1, 0.9, 0.5]);
    assert!(outcome.findings.is_empty());
    let json = serde_json::to_string(&outcome.blocks).unwrap_or_default();
    assert!(json.contains("reps.note.too_few") && !json.contains("funnel_plot"));
}
