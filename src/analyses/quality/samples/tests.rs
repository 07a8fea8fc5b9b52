//! The analysis on published samples.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::Samples;
use crate::analyses::quality::testing::{FIRST, dataset};
use crate::analyses::{Analysis, Ask, analysis, recalc};
use crate::dataset::{Cell, Dataset, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Block, Chart, Outcome, Value};

/// NIST/SEMATECH e-Handbook 6.3.3.2: defective orange juice cans in 30 samples of 50.
const JUICE: [i64; 30] = [
    12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12,
    7, 13, 9, 6,
];

/// NIST/SEMATECH e-Handbook 6.3.3.1: defects on 25 wafers.
const WAFERS: [i64; 25] = [
    16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31,
    13,
];

fn table(col: Col, counts: &[i64], size: Option<f64>) -> Dataset {
    let cols = [Col::Subgroup, col, Col::Size];
    let mut rows = TableBuilder::new(TableKind::Samples, &cols);
    for (i, &count) in (1..).zip(counts) {
        let label = format!("{i}");
        let time = col == Col::TimeBetween;
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        let count = if time { Cell::Number(count as f64) } else { Cell::Count(count) };
        let size = size.map_or(Cell::Missing, Cell::Number);
        rows.push(Origin { source: 0, row: 1 }, &[Cell::Text(&label), count, size]);
    }
    dataset(rows.finish(), FIRST.last_day())
}

fn compute(data: &Dataset, params: serde_json::Value) -> Outcome {
    let outcome = Samples.compute(data, &Ask { params, ..Ask::default() }).unwrap();
    assert_eq!(recalc::misses(&outcome), Vec::<String>::new());
    outcome
}

fn chart(outcome: &Outcome) -> &Chart {
    outcome.blocks.iter().flat_map(Block::charts).next().unwrap()
}

fn at(outcome: &Outcome, column: &str) -> f64 {
    chart(outcome).table.value(0, column).and_then(Value::as_f64).unwrap()
}

fn signals(outcome: &Outcome) -> Vec<usize> {
    let table = &chart(outcome).table;
    (0..table.rows.len()).filter(|&row| table.value(row, "signal").is_some()).collect()
}

#[test]
fn nist_orange_juice_needs_no_dates() {
    let outcome = compute(&table(Col::Defective, &JUICE, Some(50.0)), serde_json::json!({}));
    assert!((at(&outcome, "center") - 0.231_333_333_333_333).abs() < 1e-12);
    // Too much variation for chance: Laney's limits, with those of theory beside them.
    assert!((at(&outcome, "ucl") - 0.528_372_151_105_778).abs() < 1e-9);
    assert!((at(&outcome, "ucl_theory") - 0.410_239_118_594_738).abs() < 1e-9);
    assert!((at(&outcome, "lcl_theory") - 0.052_427_548_071_928_2).abs() < 1e-9);
    assert!(outcome.findings.iter().any(|f| f.id == "samples.overdispersed"));
}

#[test]
fn an_np_chart_is_drawn_when_asked_for() {
    let params = serde_json::json!({"chart": "np", "rules": ["beyond"]});
    let outcome = compute(&table(Col::Defective, &JUICE, Some(50.0)), params);
    assert!((at(&outcome, "ucl_theory") - 20.511_955_929_736_9).abs() < 1e-9);
    assert!((at(&outcome, "center") - 11.566_666_666_666_7).abs() < 1e-9);
}

/// The handbook: centre 16, limits 4 and 28, wafer 24 beyond (and wafer 3 on the limit).
#[test]
fn nist_wafers_make_a_c_chart() {
    let params = serde_json::json!({"rules": ["beyond"]});
    let outcome = compute(&table(Col::Defects, &WAFERS, None), params);
    let (center, ucl, lcl) = (at(&outcome, "center"), at(&outcome, "ucl"), at(&outcome, "lcl"));
    assert!((center - 16.0).abs() < 1e-12 && (ucl - 28.0).abs() < 1e-12, "{center} {ucl}");
    assert!((lcl - 4.0).abs() < 1e-12);
    assert_eq!(signals(&outcome), [23]);
}

#[test]
fn equal_samples_make_a_u_chart_and_a_c_chart_when_asked_for() {
    let data = table(Col::Defects, &WAFERS, Some(2.0));
    let u = compute(&data, serde_json::json!({}));
    assert!((at(&u, "center") - 8.0).abs() < 1e-12);
    let c = compute(&data, serde_json::json!({"chart": "c"}));
    assert!((at(&c, "center") - 16.0).abs() < 1e-12);
}

/// Mean 4 by hand: sigma √20; the 0.135 and 99.865 % points and the median of p = 1/5.
#[test]
fn cases_between_make_a_g_chart() {
    let counts = [3, 5, 4, 2, 6, 4, 1, 7, 8, 0];
    let data = table(Col::CasesBetween, &counts, None);
    let sigma = compute(&data, serde_json::json!({"estimator": "sigma"}));
    assert!((at(&sigma, "ucl") - (4.0 + 3.0 * 20.0_f64.sqrt())).abs() < 1e-12);
    let quantiles = compute(&data, serde_json::json!({}));
    let want = (0.001_349_898_031_630_09_f64.ln() / 0.8_f64.ln() - 1.0).ceil();
    assert!((at(&quantiles, "ucl") - want).abs() < 1e-12);
    assert!((at(&quantiles, "center") - 3.0).abs() < 1e-12);
}

#[test]
fn times_between_make_a_t_chart() {
    let counts = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603];
    let data = table(Col::TimeBetween, &counts, None);
    let nelson = compute(&data, serde_json::json!({}));
    let weibull = compute(&data, serde_json::json!({"estimator": "weibull"}));
    assert!(at(&nelson, "ucl") > 2837.0 && at(&nelson, "lcl") < 4.0);
    assert!(at(&weibull, "lcl") > 0.0 && signals(&weibull).is_empty());
}

#[test]
fn what_is_missing_is_named() {
    let data = table(Col::Defective, &JUICE, None);
    let skipped = analysis::run(&Samples, &data, &Ask::default()).unwrap_err();
    assert_eq!(skipped.missing[0].col, Some(Col::Size));
    let data = table(Col::Defects, &[3], None);
    assert!(Samples.compute(&data, &Ask::default()).unwrap_err().reason.is_some());
    let check = |params| Samples.check(&Ask { params, ..Ask::default() });
    assert!(check(serde_json::json!({"chart": "x"})).is_err());
    assert!(check(serde_json::json!({"rules": ["gut"]})).is_err());
    assert!(check(serde_json::json!({"baseline_points": 1})).is_err());
}

#[test]
fn a_frozen_baseline_judges_what_follows() {
    let mut counts = vec![10, 12, 9, 11, 10, 8, 12, 10, 11, 9, 10, 12, 9, 11, 10, 8, 12, 10, 11, 9];
    counts.extend([30, 31, 29, 30]);
    let data = table(Col::Defects, &counts, Some(1.0));
    let outcome = compute(&data, serde_json::json!({"baseline_points": 20}));
    assert_eq!(signals(&outcome), [20, 21, 22, 23]);
    let change = outcome.status[0].change.as_ref().unwrap();
    assert_eq!(change.verdict, crate::report::ChangeVerdict::Worse);
}
