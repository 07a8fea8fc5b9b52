//! The analysis on published and made-up measurements.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::Capability;
use crate::analyses::quality::testing::{FIRST, dataset};
use crate::analyses::{Analysis, Ask, recalc};
use crate::dataset::{Cell, Dataset, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Assurance, Block, Chart, CheckState, Grade, Outcome, Table, Value, Variation};
use crate::units::Day;

/// NIST/SEMATECH e-Handbook 6.3.2.2: flow rates of ten batches.
const FLOW: [f64; 10] = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];

const COLS: [Col; 7] =
    [Col::Date, Col::Characteristic, Col::Value, Col::Lsl, Col::Usl, Col::Target, Col::Subgroup];

/// Measurements by hand.
struct Floor(TableBuilder);

impl Floor {
    fn new() -> Self {
        Self(TableBuilder::new(TableKind::Measurements, &COLS))
    }

    fn push(&mut self, day: Option<i32>, value: f64, spec: Option<[f64; 3]>, group: Option<&str>) {
        let of = |i: usize| spec.map_or(Cell::Missing, |s| Cell::Number(s[i]));
        let cells = [
            day.map_or(Cell::Missing, |n| Cell::Day(start().plus(n))),
            Cell::Text("Diameter"),
            Cell::Number(value),
            of(0),
            of(2),
            of(1),
            group.map_or(Cell::Missing, Cell::Text),
        ];
        self.0.push(Origin { source: 0, row: 1 }, &cells);
    }

    fn finish(self, days: i32) -> Dataset {
        dataset(self.0.finish(), start().plus(days))
    }
}

fn start() -> Day {
    FIRST.first_day()
}

/// Normal scores in a mixed order: a stable, normal process without luck.
fn normal(n: u32) -> impl Iterator<Item = f64> {
    let step = 77_u32;
    (0..n).map(move |i| {
        let rank = f64::from(i * step % n) + 0.5;
        crate::stats::special::normal::quantile(rank / f64::from(n)).unwrap()
    })
}

fn compute(data: &Dataset, params: serde_json::Value) -> Outcome {
    Capability.compute(data, &Ask { params, ..Ask::default() }).unwrap()
}

fn charts(outcome: &Outcome) -> Vec<&Chart> {
    outcome.blocks.iter().flat_map(Block::charts).collect()
}

fn table<'a>(outcome: &'a Outcome, id: &str) -> &'a Table {
    let shown = outcome.blocks.iter().flat_map(Block::tables).chain(&outcome.data);
    shown.into_iter().find(|table| table.id == id).unwrap()
}

fn at(table: &Table, row: usize, column: &str) -> f64 {
    table.value(row, column).and_then(Value::as_f64).unwrap()
}

fn state(outcome: &Outcome, check: &str) -> CheckState {
    let label = format!("capability.check.{check}");
    let mut lines = outcome.blocks.iter().filter_map(|block| match block {
        Block::Checklist(lines) => lines.iter().find(|line| line.label.key == label),
        _ => None,
    });
    lines.next().unwrap().state
}

/// The handbook prints 50.81, 55.8041 and 45.8159, by the rounded 1.128 where 2/√π is exact.
#[test]
fn nist_flow_rates_undated_have_their_published_limits() {
    let mut floor = Floor::new();
    for x in FLOW {
        floor.push(None, x, None, None);
    }
    let outcome = compute(&floor.finish(9), serde_json::json!({}));
    let chart = table(&outcome, "capability.chart_0");
    assert!((at(chart, 0, "center") - 50.81).abs() < 1e-9);
    assert!((at(chart, 9, "ucl") - 55.8041).abs() < 2e-3, "{}", at(chart, 9, "ucl"));
    assert!((at(chart, 9, "lcl") - 45.8159).abs() < 2e-3, "{}", at(chart, 9, "lcl"));
    let ranges = table(&outcome, "capability.spread_0");
    assert_eq!(ranges.value(0, "spread"), None);
    assert!((at(ranges, 1, "spread") - 2.0).abs() < 1e-9);
    assert_eq!(recalc::misses(&outcome), Vec::<String>::new());
    assert_eq!(state(&outcome, "specified"), CheckState::NotComputable);
    assert_eq!(state(&outcome, "verified"), CheckState::NotComputable);
}

#[test]
fn a_capable_process_has_six_panels_and_every_index_recomputes() {
    let mut floor = Floor::new();
    for (i, z) in (0..).zip(normal(200)) {
        floor.push(Some(i), 10.0 + 0.1 * z, Some([9.4, 10.0, 10.6]), None);
    }
    let outcome = compute(&floor.finish(200), serde_json::json!({}));
    assert_eq!(charts(&outcome).len(), 6);
    assert_eq!(recalc::misses(&outcome), Vec::<String>::new());
    let row = &outcome.status[0];
    let ppk = row.metric.value.as_ref().and_then(Value::as_f64).unwrap();
    assert!((ppk - 2.0).abs() < 0.05, "{ppk}");
    assert_eq!((row.assurance, row.variation), (Assurance::Hit, Variation::Common));
    assert!(outcome.findings.iter().any(|f| f.id == "capability.capable"));
    assert_eq!(state(&outcome, "stable"), CheckState::Pass);
    assert_eq!(state(&outcome, "fits"), CheckState::Pass);
    assert!(outcome.findings.iter().all(|f| f.grade != Grade::Act));
}

#[test]
fn a_shifted_process_signals_and_keeps_cp_back() {
    let mut floor = Floor::new();
    for (i, z) in (0..).zip(normal(100)) {
        let shift = if i < 80 { 0.0 } else { 0.25 };
        floor.push(Some(i), 10.0 + 0.1 * z + shift, Some([9.8, 10.0, 10.2]), None);
    }
    let outcome = compute(&floor.finish(100), serde_json::json!({}));
    assert!(outcome.findings.iter().any(|f| f.id == "capability.signal"));
    assert!(outcome.findings.iter().any(|f| f.id == "capability.incapable"));
    let shift = outcome.findings.iter().find(|f| f.id == "capability.shift").unwrap();
    let month = start().plus(80).month();
    assert_eq!(shift.message.args["when"], Value::Month(month));
    let indices = table(&outcome, "capability.indices_0");
    let named = |key: &str| {
        let key = format!("capability.index.{key}");
        let label = |row: usize| indices.value(row, "index").cloned();
        (0..indices.rows.len())
            .any(|row| matches!(label(row), Some(Value::Words(message)) if message.key == key))
    };
    assert!(named("pp") && named("ppk") && !named("cp") && !named("cpk"));
    assert!(indices.note.is_some());
    assert_eq!(outcome.status[0].variation, Variation::Concerning);
    assert_eq!(outcome.status[0].assurance, Assurance::Miss);
    assert_eq!(state(&outcome, "stable"), CheckState::Fail);
}

/// Sizes 2 and 3 by hand: ranges 2 and 2; see the subgroups of the statistics.
#[test]
fn subgroups_of_unequal_size_make_an_s_chart_whose_cells_recompute() {
    let mut floor = Floor::new();
    let groups: [&[f64]; 4] =
        [&[1.0, 3.0], &[5.0, 6.0, 7.0], &[4.0, 4.5, 5.0, 3.5], &[2.0, 4.0, 6.0]];
    for (name, values) in ["1", "2", "3", "4"].iter().zip(groups) {
        for &x in values {
            floor.push(None, x, Some([0.0, 4.0, 9.0]), Some(name));
        }
    }
    let outcome = compute(&floor.finish(1), serde_json::json!({}));
    let chart = table(&outcome, "capability.chart_0");
    assert_eq!(chart.rows.len(), 4);
    assert!((at(chart, 1, "mean") - 6.0).abs() < 1e-12);
    assert!(at(chart, 0, "ucl") > at(chart, 1, "ucl"), "fewer values, wider limits");
    assert_eq!(recalc::misses(&outcome), Vec::<String>::new());
    let ranged = compute(&outcome_data(), serde_json::json!({"chart": "xbar_r"}));
    assert_eq!(recalc::misses(&ranged), Vec::<String>::new());
}

fn outcome_data() -> Dataset {
    let mut floor = Floor::new();
    for (i, z) in (0..).zip(normal(100)) {
        let group = format!("G{}", i / 5);
        floor.push(Some(i / 5), 10.0 + z, Some([4.0, 10.0, 16.0]), Some(&group));
    }
    floor.finish(20)
}

#[test]
fn skewed_values_show_percentiles_first() {
    let mut floor = Floor::new();
    for (i, z) in (0..).zip(normal(200)) {
        floor.push(Some(i), (0.8 * z).exp(), Some([0.0, 1.0, 8.0]), None);
    }
    let outcome = compute(&floor.finish(200), serde_json::json!({}));
    assert_eq!(state(&outcome, "fits"), CheckState::Warn);
    let first = table(&outcome, "capability.indices_0").value(0, "index").cloned();
    let Some(Value::Words(message)) = first else { unreachable!() };
    assert_eq!(message.key, "capability.index.median");
    assert_eq!(outcome.status[0].metric.method, "capability.method.ppk_percentiles");
}

#[test]
fn what_cannot_be_asked_for_is_refused() {
    let check = |params| Capability.check(&Ask { params, ..Ask::default() });
    assert!(check(serde_json::json!({"rules": ["beyond", "six_trend"]})).is_ok());
    assert!(check(serde_json::json!({"rules": ["gut"]})).is_err());
    assert!(check(serde_json::json!({"baseline_points": 1})).is_err());
    assert!(check(serde_json::json!({"target_ppk": -1.0})).is_err());
    let mut floor = Floor::new();
    floor.push(Some(0), 1.0, None, None);
    assert!(Capability.compute(&floor.finish(0), &Ask::default()).is_err());
}
