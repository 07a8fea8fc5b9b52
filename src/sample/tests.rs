#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::company::Company;
use super::plan::{AS_OF, STALL_FROM, START};
use super::{MAX_ROWS, Recipe, SampleFile, Scenario, broken, files, orders, sales, service};

const SEEDS: std::ops::RangeInclusive<u64> = 1..=4;

fn company(seed: u64, scenario: Scenario) -> Company {
    Company::found(&Recipe { seed, scenario, ..Recipe::default() }).unwrap()
}

static PLANTED: LazyLock<Vec<SampleFile>> = LazyLock::new(|| files(&Recipe::default()).unwrap());
static NULL: LazyLock<Vec<SampleFile>> =
    LazyLock::new(|| files(&Recipe { scenario: Scenario::Null, ..Recipe::default() }).unwrap());

fn truth(files: &[SampleFile]) -> serde_json::Value {
    let last = files.last().unwrap();
    assert_eq!(last.name, "truth.json");
    serde_json::from_slice(&last.bytes).unwrap()
}

/// The z of a difference between two proportions.
fn z((a, n): (u32, u32), (b, m): (u32, u32)) -> f64 {
    let [a, n, b, m] = [a, n, b, m].map(f64::from);
    let pooled = (a + b) / (n + m);
    (a / n - b / m) / (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)).sqrt()
}

#[test]
fn the_same_recipe_gives_the_same_bytes_under_three_megabytes() {
    let first = &*PLANTED;
    assert!(*first == files(&Recipe::default()).unwrap());
    let size: usize = first.iter().map(|file| file.bytes.len()).sum();
    assert!(size < 3_000_000, "{size}");
    let names: BTreeSet<&str> = first.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names.len(), first.len());
}

#[test]
fn truth_names_every_planted_thing_and_the_null_none() {
    let planted = truth(&PLANTED);
    let ids: Vec<&str> =
        planted["truths"].as_array().unwrap().iter().map(|t| t["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 12, "{ids:?}");
    assert_eq!(planted["bad_cells"].as_array().unwrap().len(), 3);
    assert_eq!(planted["as_of"], "2026-10-31");
    let null = truth(&NULL);
    assert_eq!(null["truths"], serde_json::json!([]));
    assert_eq!(null["bad_cells"], planted["bad_cells"]);
}

#[test]
fn the_null_differs_only_where_something_is_planted() {
    let same: Vec<&str> = PLANTED
        .iter()
        .zip(&*NULL)
        .filter(|(a, b)| a.name == b.name && a.bytes == b.bytes)
        .map(|(a, _)| a.name.as_str())
        .collect();
    for name in ["floor-office.xlsx", "orders-2026.xlsx", "surveys.csv", "customers.xlsx"] {
        assert!(same.contains(&name), "{name} differs; the same are {same:?}");
    }
    let (one, other) = (company(1, Scenario::Planted), company(1, Scenario::Null));
    let plan = one.planted.unwrap();
    let span = START..=AS_OF;
    for (a, b) in service::records(&one, &span).zip(service::records(&other, &span)) {
        let factor = plan.defect_factor(a.step, a.team, a.day);
        assert_eq!((a.index, a.day, a.units), (b.index, b.day, b.units));
        assert!((factor - 1.0).abs() > 1e-9 || a.defects == b.defects);
        assert!(factor <= 1.0 || a.defects >= b.defects);
    }
}

/// Defects and opportunities of the planted step and team, from the planted month and before.
fn rise(company: &Company, plan: &super::plan::Planted) -> [(u32, u32); 2] {
    let mut sums = [(0, 0); 2];
    for record in service::records(company, &(START..=AS_OF)) {
        if (record.step, record.team) == (plan.rise.step, plan.rise.team) {
            let sum = &mut sums[usize::from(record.day < plan.rise.month.first_day())];
            *sum = (sum.0 + record.defects, sum.1 + record.opportunities());
        }
    }
    sums
}

#[test]
fn the_defect_rate_rises_where_planted_and_nowhere_else() {
    for seed in SEEDS {
        let planted = company(seed, Scenario::Planted);
        let plan = planted.planted.unwrap();
        let [after, before] = rise(&planted, &plan);
        assert!(z(after, before) > 5.0, "seed {seed}: {after:?} {before:?}");
        let [after, before] = rise(&company(seed, Scenario::Null), &plan);
        assert!(z(after, before).abs() < 4.0, "seed {seed}: {after:?} {before:?}");
    }
}

/// Won and closed deals by rep.
fn wins(company: &Company) -> BTreeMap<usize, (u32, u32)> {
    let mut wins: BTreeMap<usize, (u32, u32)> = BTreeMap::new();
    for deal in sales::deals(company) {
        if let Some((_, won)) = deal.closed {
            let sum = wins.entry(deal.rep).or_default();
            *sum = (sum.0 + u32::from(won), sum.1 + 1);
        }
    }
    wins
}

#[test]
fn two_reps_differ_where_planted_and_none_in_the_null() {
    for seed in SEEDS {
        let planted = company(seed, Scenario::Planted);
        let plan = planted.planted.unwrap();
        for (scenario, company) in [(true, planted), (false, company(seed, Scenario::Null))] {
            let wins = wins(&company);
            let all = wins.values().fold((0, 0), |sum, w| (sum.0 + w.0, sum.1 + w.1));
            for (&rep, &own) in &wins {
                assert!(own.1 >= 150, "seed {seed}: {own:?}");
                let z = z(own, (all.0 - own.0, all.1 - own.1));
                match (scenario, rep) {
                    (true, rep) if rep == plan.better.rep => assert!(z > 4.0, "seed {seed}: {z}"),
                    (true, rep) if rep == plan.worse.rep => assert!(z < -4.0, "seed {seed}: {z}"),
                    _ => assert!(z.abs() < 4.0, "seed {seed}: rep {rep} {z}"),
                }
            }
        }
    }
}

/// Deals that left a stage within its usual time, of those that entered it since the stall and
/// before, where at least 25 days are known.
fn passed(company: &Company, stage: usize) -> [(u32, u32); 2] {
    let mut sums = [(0, 0); 2];
    for visit in sales::deals(company).iter().flat_map(|deal| &deal.visits) {
        if visit.stage == stage && AS_OF.since(visit.entered) >= 25 {
            let soon = visit.left.is_some_and(|left| left.since(visit.entered) <= 25);
            let sum = &mut sums[usize::from(visit.entered < STALL_FROM)];
            *sum = (sum.0 + u32::from(soon), sum.1 + 1);
        }
    }
    sums
}

#[test]
fn deals_stall_in_the_planted_stage_alone() {
    for seed in SEEDS {
        let planted = company(seed, Scenario::Planted);
        let plan = planted.planted.unwrap();
        let null = company(seed, Scenario::Null);
        for stage in 0..4 {
            let [late, early] = passed(&planted, stage);
            let stalled = z(late, early);
            assert_eq!(stalled < -5.0, stage == plan.stalled, "seed {seed}: {stage} {stalled}");
            let [late, early] = passed(&null, stage);
            assert!(z(late, early).abs() < 4.0, "seed {seed}: {stage}");
        }
    }
}

#[test]
fn one_segment_costs_more_than_it_brings_and_in_the_null_nobody_does() {
    for seed in SEEDS {
        let planted = company(seed, Scenario::Planted);
        let plan = planted.planted.unwrap();
        let mut groups: BTreeMap<usize, f64> = BTreeMap::new();
        for order in orders::orders(&planted) {
            assert!(order.profit() > 0.0);
            let customer = &planted.customers[order.customer];
            *groups.entry(customer.segment).or_default() +=
                order.profit() * (1.0 - customer.service_share);
        }
        for (segment, profit) in groups {
            assert_eq!(profit < 0.0, segment == plan.loss, "seed {seed}: {segment} {profit}");
        }
        assert!(company(seed, Scenario::Null).customers.iter().all(|c| c.service_share < 0.6));
    }
}

#[test]
fn orders_are_many_skewed_and_within_their_customers_time() {
    let company = company(1, Scenario::Planted);
    let orders = orders::orders(&company);
    assert!((6_000..=8_500).contains(&orders.len()), "{}", orders.len());
    let mut sums = vec![0.0; company.customers.len()];
    for order in &orders {
        let customer = &company.customers[order.customer];
        assert!(order.day >= customer.created.max(START) && order.day <= AS_OF);
        sums[order.customer] += order.profit();
    }
    sums.sort_by(|a, b| b.total_cmp(a));
    let top: f64 = sums.iter().take(80).sum::<f64>() / sums.iter().sum::<f64>();
    assert!((0.5..0.9).contains(&top), "{top}");
}

#[test]
fn stage_visits_follow_one_another() {
    for deal in sales::deals(&company(2, Scenario::Planted)) {
        assert_eq!(deal.visits.first().map(|visit| visit.entered), Some(deal.created));
        for pair in deal.visits.windows(2) {
            assert_eq!(pair[0].left, Some(pair[1].entered));
            assert!(pair[0].stage < pair[1].stage);
        }
        let left = deal.visits.last().and_then(|visit| visit.left);
        assert_eq!(deal.closed.map(|(day, _)| day), left);
    }
}

#[test]
fn rows_scale_the_service_records() {
    for rows in [0, 7, 333, 50_000] {
        let company = Company::found(&Recipe { rows, ..Recipe::default() }).unwrap();
        assert_eq!(service::records(&company, &(START..=AS_OF)).count(), rows);
    }
    assert!(files(&Recipe { rows: MAX_ROWS + 1, ..Recipe::default() }).is_err());
}

#[test]
fn broken_files_have_names_of_their_own_and_fixed_bytes() {
    let files = broken().unwrap();
    assert_eq!(files, broken().unwrap());
    let names: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names.len(), files.len());
    assert!(files.iter().all(|file| file.bytes.len() < 20_000));
}
