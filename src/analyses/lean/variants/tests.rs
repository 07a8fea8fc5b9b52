//! Ways worked by hand, and loops that cost or do not.

use serde_json::json;

use super::Variants;
use crate::analyses::lean::testing::{
    DAY, Lcg, Row, cell, dataset, finding, metric, outcome, steps,
};
use crate::report::{Grade, Outcome};

fn row(case: usize, step: &'static str, start: i64, resource: &'static str) -> Row {
    let team = ["T1", "T2", "T3"][case % 3];
    Row { case, step, start, end: Some(start + 1), resource, team, ..Row::default() }
}

/// Ways in, check, out (three times), in, check, in, check, out (once), in, in, out (once).
fn five() -> Vec<Row> {
    let ways: [&[&'static str]; 5] = [
        &["in", "check", "out"],
        &["in", "check", "out"],
        &["in", "check", "out"],
        &["in", "check", "in", "check", "out"],
        &["in", "in", "out"],
    ];
    let mut rows = Vec::new();
    for (case, way) in ways.into_iter().enumerate() {
        for (at, step) in (0..).zip(way) {
            rows.push(row(case, step, at * 10, if *step == "check" { "B" } else { "A" }));
        }
    }
    rows
}

#[test]
fn ways_loops_and_hands_by_hand() {
    let out = outcome(&Variants, &dataset([steps(&five())], 5), &json!({})).unwrap_or_default();
    assert_eq!(metric(&out, "variants"), Some(3.0));
    assert_eq!(metric(&out, "variants_for_most"), Some(2.0));
    assert_eq!(metric(&out, "first_variant_share"), Some(0.6));
    assert_eq!(metric(&out, "rework_share"), Some(0.4));
    // Three ways with 2 changes each, one with 4, one with none.
    assert_eq!(metric(&out, "hand_offs_per_case"), Some(2.0));
    assert_eq!(cell(&out, "variants.by_path", 0, "cases"), Some(3.0));
    assert_eq!(cell(&out, "variants.loops", 0, "repeats"), Some(2.0));
    assert_eq!(cell(&out, "variants.by_team", 0, "again"), Some(1.0), "case 3 of T1");
}

/// Cases of three steps over a year and a half; some repeat the check, at a cost of hours.
fn course(seed: u64, share: impl Fn(i64) -> f64, cost: i64) -> Outcome {
    let mut random = Lcg(seed);
    let mut rows = Vec::new();
    for case in 0..1092_usize {
        let start = i64::try_from(case / 2).unwrap_or(0) * DAY;
        let again = random.unit() < share(start / DAY);
        let mut now = start + random.hours(20.0);
        rows.extend([row(case, "in", start, "A"), row(case, "check", now, "B")]);
        now += random.hours(20.0) + 2;
        if again {
            rows.push(row(case, "check", now, "B"));
        }
        now += random.hours(20.0) + if again { cost } else { 0 };
        rows.push(row(case, "out", now, "A"));
    }
    let data = dataset([steps(&rows)], 546);
    outcome(&Variants, &data, &json!({"hourly_cost": 40.0})).unwrap_or_default()
}

#[test]
fn a_loop_that_costs_time_is_found_with_its_money() {
    let out = course(5, |_| 0.2, 60);
    let found = finding(&out, "variants.rework");
    assert!(
        found.is_some_and(|f| f.grade == Grade::Watch && f.message.args["step"] == "check".into())
    );
    let extra = found.and_then(|f| f.message.args["extra"].as_f64()).unwrap_or(0.0) / 3_600_000.0;
    assert!((45.0..75.0).contains(&extra), "{extra}");
    let money = found.and_then(|f| f.money).map_or(0.0, crate::units::Money::to_units);
    let repeats = cell(&out, "variants.loops", 0, "repeats").unwrap_or(0.0);
    assert!((money - 40.0 * repeats).abs() < 1e-6, "an hour each: {money} for {repeats}");
}

#[test]
fn a_loop_more_frequent_since_a_month_is_dated_and_chance_is_not() {
    let dated = |seed| {
        let out = course(seed, |day| if day >= 365 { 0.3 } else { 0.1 }, 0);
        let rise = finding(&out, "variants.rework_rise")?;
        rise.message.args["month"].as_f64()
    };
    let january = f64::from(crate::units::Month::new(2026, 1).number());
    let months: Vec<Option<f64>> = (1..=10).map(dated).collect();
    let near = months.iter().flatten().filter(|month| (**month - january).abs() < 1.5);
    assert!(near.count() >= 8, "{months:?}");
    let acts = (1..=60)
        .filter(|seed| course(*seed, |_| 0.1, 0).findings.iter().any(|f| f.grade == Grade::Act));
    assert!(acts.count() <= 2);
}

#[test]
fn a_team_that_repeats_more_often_is_named_with_its_step() {
    let mut rows = Vec::new();
    for case in 0..300_usize {
        let start = i64::try_from(case).unwrap_or(0) * DAY;
        let again = case % 20 == 0 || case % 3 == 1 && case % 2 == 0;
        let way: &[&'static str] =
            if again { &["in", "check", "check", "out"] } else { &["in", "check", "out"] };
        rows.extend((0..).zip(way).map(|(at, step)| row(case, step, start + at * 2, "A")));
    }
    let out = outcome(&Variants, &dataset([steps(&rows)], 301), &json!({})).unwrap_or_default();
    let named: Vec<_> = out.findings.iter().filter(|f| f.id == "variants.team").collect();
    assert_eq!(named.len(), 1);
    assert_eq!(named[0].grade, Grade::Act);
    assert_eq!(named[0].message.args["team"], "T2".into());
    assert_eq!(named[0].message.args["step"], "check".into());
}
