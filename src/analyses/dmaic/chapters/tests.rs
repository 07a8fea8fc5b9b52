//! The analysis on a made-up company.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use super::Dmaic;
use crate::analyses::{Analysis, Ask};
use crate::dataset::{Cell, Dataset, Table, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Block, Chart, CheckState, Message, Outcome, Value};
use crate::units::{Day, Month, Period};

const FIRST: Month = Month::new(2024, 11);

fn table(kind: TableKind, cols: &[Col], rows: &[Vec<Cell<'_>>]) -> Table {
    let mut builder = TableBuilder::new(kind, cols);
    for (i, row) in (2..).zip(rows) {
        builder.push(Origin { source: 0, row: i }, row);
    }
    builder.finish()
}

/// Two steps in two teams for 24 months; packing is halved from the 15th month and team South has
/// three times the defects there.
fn records() -> Table {
    let cols = [Col::Date, Col::Step, Col::Team, Col::Units, Col::Opportunities, Col::Defects];
    let mut rows = Vec::new();
    for month in 0..24_i32 {
        for step in ["Packing", "Picking"] {
            for team in ["North", "South"] {
                let base = if step == "Packing" && team == "South" { 120 } else { 40 };
                let halved = step == "Packing" && month >= 14;
                let defects = if halved { base / 2 } else { base } + i64::from(month % 3);
                let day = FIRST.plus(month).first_day().plus(3);
                rows.push(vec![
                    Cell::Day(day),
                    Cell::Text(step),
                    Cell::Text(team),
                    Cell::Count(1000),
                    Cell::Count(4),
                    Cell::Count(defects),
                ]);
            }
        }
    }
    table(TableKind::ServiceRecords, &cols, &rows)
}

fn projects() -> Table {
    let cols = [Col::ProjectId, Col::ProjectName, Col::Step, Col::Phase, Col::Intervention];
    let row = |id, step, phase, day: Option<Day>| {
        let day = day.map_or(Cell::Missing, Cell::Day);
        vec![Cell::Text(id), Cell::Text("Project"), Cell::Text(step), Cell::Text(phase), day]
    };
    let day = FIRST.plus(14).first_day();
    let rows = [row("P1", "Packing", "Control", Some(day)), row("P2", "Picking", "Measure", None)];
    table(TableKind::Projects, &cols, &rows)
}

fn outcome(more: Vec<Table>) -> Outcome {
    let until = FIRST.plus(23).last_day();
    let tables = [records(), projects()].into_iter().chain(more);
    let data = Dataset {
        tables: tables.map(|table| (table.kind(), table)).collect::<BTreeMap<_, _>>(),
        sources: Vec::new(),
        period: Period::month(until.month()),
        as_of: until,
        threads: 1,
        kept: crate::dataset::Kept::default(),
    };
    Dmaic.compute(&data, &Ask::default()).unwrap()
}

fn shown<'o>(outcome: &'o Outcome, id: &str) -> Option<&'o crate::report::Table> {
    outcome.blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.id == id => Some(table),
        Block::Chart(chart) if chart.id == id => Some(&chart.table),
        _ => None,
    })
}

fn checks(outcome: &Outcome, label: &str) -> Vec<(CheckState, Message)> {
    let lists = outcome.blocks.iter().filter_map(|block| match block {
        Block::Checklist(checks) => Some(checks),
        _ => None,
    });
    let key = format!("dmaic.check.{label}");
    let wanted = lists.flatten().filter(|check| check.label.key == key);
    wanted.map(|check| (check.state, check.detail.clone())).collect()
}

#[test]
fn a_chapter_measures_stratifies_and_judges() {
    let outcome = outcome(Vec::new());
    let baseline = shown(&outcome, "dmaic.p1_baseline").unwrap();
    // By hand: twelve months of (120 + 40) plus twice 0, 1, 2 in turn, in 96 000 opportunities.
    let dpmo = baseline.value(0, "dpmo").and_then(Value::as_f64).unwrap();
    assert!((dpmo - 1e6 * (12.0 * 160.0 + 24.0) / 96_000.0).abs() < 1e-6, "{dpmo}");
    let strata = shown(&outcome, "dmaic.p1_strata").unwrap();
    assert_eq!(strata.value(0, "worst"), Some(&Value::Text("South".to_owned())));
    let ratio = strata.value(0, "ratio").and_then(Value::as_f64).unwrap();
    assert!((ratio - (120.0 + 1.0) / 41.0).abs() < 1e-9, "{ratio}");
    let verdicts = checks(&outcome, "hold");
    assert_eq!(verdicts[0].0, CheckState::Pass);
    assert_eq!(verdicts[0].1.key, "dmaic.verdict.held");
}

#[test]
fn the_staged_chart_marks_the_intervention_and_steps_its_limits() {
    let outcome = outcome(Vec::new());
    let chart: &Chart = outcome
        .blocks
        .iter()
        .find_map(|block| match block {
            Block::Chart(chart) if chart.id == "dmaic.p1_staged" => Some(chart),
            _ => None,
        })
        .unwrap();
    assert_eq!(chart.marks[0].row, 12);
    let center = |row| chart.table.value(row, "center").and_then(Value::as_f64).unwrap();
    assert!((center(12) / center(11) - 0.5).abs() < 0.02);
}

#[test]
fn what_is_missing_is_named_and_a_later_phase_is_not_reached() {
    let outcome = outcome(Vec::new());
    for label in ["charter", "sipoc", "system", "plan", "risk"] {
        assert_eq!(checks(&outcome, label)[0].0, CheckState::NotComputable, "{label}");
    }
    let not_reached = outcome
        .blocks
        .iter()
        .filter(|b| matches!(b, Block::Note { text, .. } if text.key == "dmaic.note.not_reached"));
    assert_eq!(not_reached.count(), 3);
}

#[test]
fn sheets_of_the_project_are_shown_and_its_open_checks_found() {
    let sipoc = table(
        TableKind::Sipoc,
        &[Col::ProjectId, Col::Element, Col::Item],
        &[
            vec![Cell::Text("P1"), Cell::Text("Supplier"), Cell::Text("Shop")],
            vec![Cell::Text("P1"), Cell::Text("顧客"), Cell::Text("Guest")],
        ],
    );
    let day = FIRST.plus(20).first_day();
    let plan = table(
        TableKind::ControlPlan,
        &[Col::ProjectId, Col::Characteristic, Col::Due, Col::DoneAt],
        &[
            vec![Cell::Text("P1"), Cell::Text("x"), Cell::Day(day), Cell::Day(day)],
            vec![Cell::Text("P1"), Cell::Text("x"), Cell::Day(day.plus(7)), Cell::Missing],
            vec![Cell::Text("P1"), Cell::Text("x"), Cell::Day(day.plus(900)), Cell::Missing],
        ],
    );
    let cols = [
        Col::ProjectId,
        Col::FailureMode,
        Col::Severity,
        Col::Occurrence,
        Col::Detection,
        Col::SeverityAfter,
        Col::OccurrenceAfter,
        Col::DetectionAfter,
    ];
    let mode = |name, ratings: [i64; 6]| {
        let ratings = ratings.map(Cell::Count);
        [Cell::Text("P1"), Cell::Text(name)].into_iter().chain(ratings).collect::<Vec<_>>()
    };
    let modes = [mode("leak", [10, 1, 2, 10, 1, 1]), mode("late", [5, 6, 6, 5, 2, 3])];
    let outcome = outcome(vec![sipoc, plan, table(TableKind::Fmea, &cols, &modes)]);
    let sipoc = shown(&outcome, "dmaic.p1_sipoc").unwrap();
    assert_eq!(sipoc.value(0, "customer"), Some(&Value::Text("Guest".to_owned())));
    assert_eq!(outcome.findings[0].message.args["open"], Value::Count(1));
    assert_eq!(outcome.findings[0].message.args["due"], Value::Count(2));
    assert_eq!(shown(&outcome, "dmaic.p1_risk_severe").unwrap().rows.len(), 1);
    let risk = shown(&outcome, "dmaic.p1_risk").unwrap();
    assert_eq!(risk.value(0, "rpn"), Some(&Value::Count(180)));
    assert_eq!(risk.value(0, "rpn_after"), Some(&Value::Count(30)));
}
