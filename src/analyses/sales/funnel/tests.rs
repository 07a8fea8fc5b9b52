//! Funnels whose stages, times and stalls are known.

use super::Funnel;
use crate::analyses::sales::company::{DealRow, Lcg, Stay, dataset, grades, outcome, unchecked};
use crate::report::{Block, Grade, Outcome, Value};

const STAGES: [&str; 3] = ["Lead", "Offer", "Talks"];
const AS_OF: i32 = 364;

/// A year of deals through three stages of 20 days each; those entering a stage after day 180
/// take `slower` times as long in the second.
fn company(seed: u64, slower: f64) -> Outcome {
    let mut random = Lcg(seed);
    let (mut deals, mut stays): (Vec<DealRow>, Vec<Stay>) = (Vec::new(), Vec::new());
    for i in 0..700 {
        let created = i / 2;
        let mut now = created;
        let mut last = "Won";
        for (at, stage) in STAGES.into_iter().enumerate() {
            let mean = if at == 1 && now > 180 { 20.0 * slower } else { 20.0 };
            let left = now + random.days(mean);
            stays.push((i.unsigned_abs() as usize, stage, now, (left <= AS_OF).then_some(left)));
            last = if left > AS_OF {
                stage
            } else if random.unit() < 0.2 {
                "Lost"
            } else {
                "Won"
            };
            now = left;
            if last != "Won" {
                break;
            }
        }
        let closed = (last == "Won" || last == "Lost").then_some(now);
        let value = Some(100.0);
        deals.push(DealRow { owner: "A", stage: last, created: Some(created), closed, value });
    }
    unchecked(&Funnel, &dataset(&deals, &stays, AS_OF))
}

fn column(outcome: &Outcome, id: &str) -> Vec<Option<f64>> {
    let charts = outcome.blocks.iter().filter_map(|block| match block {
        Block::Chart(chart) => Some(&chart.table),
        _ => None,
    });
    let table = charts.into_iter().next();
    let cells = |row| table.and_then(|table| table.value(row, id)).and_then(Value::as_f64);
    (0..table.map_or(0, |table| table.rows.len())).map(cells).collect()
}

#[test]
fn equal_times_give_no_orders() {
    let acts = |seed: &u64| grades(&company(*seed, 1.0), "funnel.stalled").contains(&Grade::Act);
    assert!((1..=60).filter(acts).count() <= 1);
}

#[test]
fn a_stage_that_got_slower_is_found_by_name() {
    for seed in 1..=10 {
        let outcome = company(seed, 2.5);
        let found: Vec<_> = outcome.findings.iter().filter(|f| f.grade == Grade::Act).collect();
        assert_eq!(found.len(), 1, "seed {seed}: {:?}", outcome.findings);
        assert_eq!(found[0].message.args["stage"], "Offer".into());
        assert!(found[0].money.is_some());
    }
}

#[test]
fn stages_stand_in_the_order_deals_pass_them() {
    let deal = |stage| DealRow { stage, created: Some(0), ..DealRow::default() };
    let stays = [
        (0, "Lead", 0, None),
        (0, "Offer", 3, None),
        (0, "Talks", 9, None),
        (1, "Lead", 0, None),
        (1, "Offer", 1, None),
        // Skips the offer: reached the talks, though not in order.
        (2, "Lead", 0, None),
        (2, "Talks", 4, None),
    ];
    let deals = [deal("Talks"), deal("Offer"), deal("Talks"), deal("Lead")];
    let outcome = outcome(&Funnel, &dataset(&deals, &stays, 30)).unwrap_or_default();
    let counts = |id| column(&outcome, id).into_iter().flatten().collect::<Vec<_>>();
    assert_eq!(counts("any"), [4.0, 3.0, 2.0, 2.0, 0.0]);
    assert_eq!(counts("strict"), [4.0, 3.0, 2.0, 1.0, 0.0]);
}

#[test]
fn without_a_history_the_days_tell_the_stages() {
    let deal = |stage, created, closed| DealRow { stage, created, closed, ..DealRow::default() };
    let deals = [
        deal("Prospect", None, None),
        deal("Offer", Some(0), None),
        deal("Lost", Some(0), Some(9)),
        deal("Won", Some(0), Some(9)),
    ];
    let outcome = outcome(&Funnel, &dataset(&deals, &[], 30)).unwrap_or_default();
    assert_eq!(column(&outcome, "any"), [4.0, 3.0, 2.0, 1.0].map(Some));
}
