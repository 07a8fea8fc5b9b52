//! The analysis on made-up companies.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use super::Projects;
use crate::analyses::{Analysis, Ask};
use crate::dataset::{Cell, Dataset, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Block, CheckState, Grade, Outcome, Value};
use crate::units::{Day, Money, Month, Period};

const FIRST: Month = Month::new(2024, 11);
const MONTHS: i32 = 24;
const STEPS: [&str; 5] = ["Entry", "Picking", "Packing", "Delivery", "Invoicing"];

/// Knuth's linear congruential generator (MMIX).
struct Lot(u64);

impl Lot {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        f64::from(u32::try_from(self.0 >> 33).unwrap()) / f64::from(1_u32 << 31)
    }

    /// A Poisson count by the waiting times between events.
    fn poisson(&mut self, mean: f64) -> i64 {
        let (mut sum, mut count) = (-(1.0 - self.unit()).ln(), 0);
        while sum < mean {
            sum -= (1.0 - self.unit()).ln();
            count += 1;
        }
        count
    }
}

/// Service records of five steps in four teams; `factor(step, team, month)` on 20 defects of a
/// cell and month in 2 000 opportunities at a cost of 100 each.
fn company(seed: u64, factor: impl Fn(usize, usize, i32) -> f64) -> Dataset {
    let cols =
        [Col::Date, Col::Step, Col::Team, Col::Units, Col::Opportunities, Col::Defects, Col::Cost];
    let mut table = TableBuilder::new(TableKind::ServiceRecords, &cols);
    let mut lot = Lot(seed);
    for month in 0..MONTHS {
        for (step, name) in STEPS.iter().enumerate() {
            for (team, label) in ["North", "Central", "South", "East"].iter().enumerate() {
                let defects = lot.poisson(20.0 * factor(step, team, month));
                table.push(
                    Origin { source: 0, row: 1 },
                    &[
                        Cell::Day(FIRST.plus(month).first_day().plus(9)),
                        Cell::Text(name),
                        Cell::Text(label),
                        Cell::Count(500),
                        Cell::Count(4),
                        Cell::Count(defects),
                        Cell::Money(Money::from_raw(i128::from(defects) * 1_000_000)),
                    ],
                );
            }
        }
    }
    let until = FIRST.plus(MONTHS - 1).last_day();
    Dataset {
        tables: BTreeMap::from([(TableKind::ServiceRecords, table.finish())]),
        sources: Vec::new(),
        period: Period::month(until.month()),
        as_of: until,
        threads: 1,
        kept: crate::dataset::Kept::default(),
    }
}

/// Id, step, intervention, benefit.
type Entry = (&'static str, Option<&'static str>, Option<Day>, Option<i64>);

fn with_projects(mut data: Dataset, entries: &[Entry]) -> Dataset {
    let cols = [
        Col::ProjectId,
        Col::ProjectName,
        Col::Step,
        Col::Phase,
        Col::Intervention,
        Col::Baseline,
        Col::Target,
        Col::Benefit,
    ];
    let mut table = TableBuilder::new(TableKind::Projects, &cols);
    for &(id, step, day, benefit) in entries {
        let benefit = benefit.map(|units| Money::from_raw(i128::from(units) * 10_000));
        table.push(
            Origin { source: 1, row: 2 },
            &[
                Cell::Text(id),
                Cell::Text("Better"),
                step.map_or(Cell::Missing, Cell::Text),
                Cell::Text("Control"),
                day.map_or(Cell::Missing, Cell::Day),
                Cell::Number(0.01),
                Cell::Number(0.005),
                benefit.map_or(Cell::Missing, Cell::Money),
            ],
        );
    }
    data.tables.insert(TableKind::Projects, table.finish());
    data
}

fn day(month: i32) -> Day {
    FIRST.plus(month).first_day().plus(14)
}

fn outcome(data: &Dataset) -> Outcome {
    Projects.compute(data, &Ask::default()).unwrap()
}

const TWO: [Entry; 2] = [
    ("P001", Some("Picking"), Some(Day::from_number(20_468)), Some(400_000)),
    ("P002", Some("Delivery"), Some(Day::from_number(20_498)), Some(400_000)),
];

/// The first project halves its step, the second does nothing, and another step has got worse.
fn planted(step: usize, team: usize, month: i32) -> f64 {
    match (step, team) {
        (1, _) if month >= 14 => 0.5,
        (4, 2) if month >= 18 => 2.3,
        _ => 1.0,
    }
}

#[test]
fn the_good_project_is_held_and_the_failed_one_failed_over_many_companies() {
    let (mut held, mut failed, seeds) = (0, 0, 40);
    for seed in 0..seeds {
        let outcome = outcome(&with_projects(company(seed, planted), &TWO));
        let graded = |id: &str, name: &str, grade| {
            outcome.findings.iter().any(|f| {
                let project = f.message.args.get("project");
                let named = matches!(project, Some(Value::Text(text)) if text.starts_with(name));
                f.id == id && f.grade == grade && named
            })
        };
        held += u32::from(graded("projects.held", "P001", Grade::Good));
        failed += u32::from(graded("projects.failed", "P002", Grade::Act));
    }
    assert!(held >= 38, "held {held} of {seeds}");
    assert!(failed >= 38, "failed {failed} of {seeds}");
}

#[test]
fn an_intervention_without_a_promise_never_asks_for_action_where_nothing_happened() {
    for seed in 100..130 {
        let mut data = with_projects(company(seed, |_, _, _| 1.0), &TWO);
        let quiet: Vec<Entry> =
            TWO.iter().map(|&(id, step, day, _)| (id, step, day, None)).collect();
        data = with_projects(data, &quiet);
        let outcome = outcome(&data);
        assert!(outcome.findings.iter().all(|f| f.grade != Grade::Act), "{seed}");
        assert!(outcome.findings.iter().all(|f| f.id != "projects.lost"), "{seed}");
    }
}

#[test]
fn a_gain_that_comes_back_is_lost() {
    let back = |step, _, month| match (step, month) {
        (1, 15..=19) => 0.4,
        _ => 1.0,
    };
    let outcome = outcome(&with_projects(company(3, back), &TWO[..1]));
    assert_eq!(outcome.findings[0].id, "projects.lost");
    assert_eq!(outcome.findings[0].grade, Grade::Watch);
}

#[test]
fn what_everybody_gained_is_not_held() {
    let all = |_, _, month| if month >= 14 { 0.5 } else { 1.0 };
    let outcome = outcome(&with_projects(company(4, all), &TWO[..1]));
    assert!(outcome.findings.iter().all(|f| f.id != "projects.held"));
}

#[test]
fn money_saved_is_the_defects_spared_at_their_cost() {
    let outcome = outcome(&with_projects(company(5, planted), &TWO[..1]));
    let saved = outcome.metrics.iter().find(|m| m.id == "project_savings").unwrap();
    let value = saved.value.as_ref().and_then(Value::as_f64).unwrap();
    // Nine whole months, 80 defects a month before, 40 since: about 360 spared at 100 each.
    assert!((value - 36_000.0).abs() < 8_000.0, "{value}");
    let interval = saved.interval.as_ref().unwrap();
    let low = interval.low.as_ref().and_then(Value::as_f64).unwrap();
    assert!(low > 0.0 && low < value);
}

#[test]
fn what_cannot_be_judged_says_what_is_missing() {
    let mut data = company(6, |_, _, _| 1.0);
    data.tables.clear();
    let data = with_projects(data, &[("P9", None, None, None)]);
    let outcome = outcome(&data);
    assert!(outcome.findings.is_empty());
    let not_computable = outcome.blocks.iter().any(|block| match block {
        Block::Checklist(checks) => {
            checks.iter().filter(|c| c.state == CheckState::NotComputable).count() >= 4
        }
        _ => false,
    });
    assert!(not_computable);
    let early = [("P1", Some("Nowhere"), Some(day(12)), None), ("P2", None, Some(day(12)), None)];
    let data = with_projects(company(7, |_, _, _| 1.0), &early);
    assert!(
        super::compute::Computed::new(&data, &super::params::Params::default(), &Ask::default())
            .is_some_and(|computed| computed.judged.is_empty())
    );
}

/// Ten values a side in turn 1 below and 1 above the mean: s² = 10/9, Ppk = (USL − mean) / 3s.
#[test]
fn a_measured_metric_is_judged_by_its_mean_and_ppk() {
    let mut data = company(8, |_, _, _| 1.0);
    let cols = [Col::Date, Col::Characteristic, Col::Value, Col::Usl];
    let mut table = TableBuilder::new(TableKind::Measurements, &cols);
    for i in 0..20_i32 {
        let mean = if i < 10 { 9.0 } else { 5.0 };
        let value = mean + if i % 2 == 0 { 1.0 } else { -1.0 };
        let when = day(12).plus(if i < 10 { i - 10 } else { i });
        let cells =
            [Cell::Day(when), Cell::Text("Temperature"), Cell::Number(value), Cell::Number(10.0)];
        table.push(Origin { source: 2, row: 2 }, &cells);
    }
    data.tables.insert(TableKind::Measurements, table.finish());
    let cols = [Col::ProjectId, Col::ProjectName, Col::Metric, Col::Phase, Col::Intervention];
    let mut projects = TableBuilder::new(TableKind::Projects, &cols);
    let cells = [
        Cell::Text("P1"),
        Cell::Text("Cooler"),
        Cell::Text("temperature"),
        Cell::Text("Control"),
        Cell::Day(day(12)),
    ];
    projects.push(Origin { source: 1, row: 2 }, &cells);
    data.tables.insert(TableKind::Projects, projects.finish());
    let outcome = outcome(&data);
    let table = outcome.blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.id == "projects.measured" => Some(table),
        _ => None,
    });
    let value = |column| table.unwrap().value(0, column).and_then(Value::as_f64).unwrap();
    let s = (10.0_f64 / 9.0).sqrt();
    assert!((value("ppk_before") - 1.0 / (3.0 * s)).abs() < 1e-12);
    assert!((value("ppk_after") - 5.0 / (3.0 * s)).abs() < 1e-12);
    assert!((value("mean_change") + 4.0).abs() < 1e-12);
    let gain = value("ppk_after") - value("ppk_before");
    assert!(value("ppk_gain_low") > 0.0 && value("ppk_gain_low") < gain);
}

#[test]
fn parameters_are_checked() {
    let ask = |params| Ask { params, ..Ask::default() };
    assert!(Projects.check(&ask(serde_json::json!({"baseline_months": 6}))).is_ok());
    assert!(Projects.check(&ask(serde_json::json!({"baseline_months": 1}))).is_err());
    assert!(Projects.check(&ask(serde_json::json!({"alpha": 2.0}))).is_err());
    assert!(Projects.check(&ask(serde_json::json!({"months": 2}))).is_err());
}
