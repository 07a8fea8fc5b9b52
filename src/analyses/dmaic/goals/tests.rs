//! The analysis on charters made by hand.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::Goals;
use crate::analyses::dmaic::testing::{dataset, day, text};
use crate::analyses::{Analysis, Ask};
use crate::dataset::{Table, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::Value;

fn charters(rows: &[(&str, &str)]) -> Table {
    let cols = [Col::ProjectId, Col::Goal, Col::Sponsor];
    let mut table = TableBuilder::new(TableKind::Charters, &cols);
    for (project, goal) in rows {
        table.push(Origin { source: 0, row: 1 }, &[text(project), text(goal), text("Li")]);
    }
    table.finish()
}

fn projects(rows: &[(&str, &str)]) -> Table {
    let cols = [Col::ProjectId, Col::ProjectName, Col::ProjectType];
    let mut table = TableBuilder::new(TableKind::Projects, &cols);
    for (project, kind) in rows {
        table.push(Origin { source: 0, row: 1 }, &[text(project), text("A box"), text(kind)]);
    }
    table.finish()
}

#[test]
fn only_design_projects_are_shown_and_a_goal_needs_a_number() {
    let tables = [
        charters(&[("P1", "Fewer late arrivals."), ("P2", "Below 6 °C after three hours.")]),
        projects(&[("P1", "DMAIC"), ("P2", "DMADV")]),
    ];
    let outcome = Goals.compute(&dataset(tables, day(100)), &Ask::default()).unwrap();
    assert_eq!(outcome.findings[0].id, "goals.measurable");
    assert_eq!(outcome.metrics[0].value, Some(Value::Share(2.0 / 7.0)));
    let alone = charters(&[("P1", "Fewer late arrivals."), ("P2", "Halve the defects.")]);
    let outcome = Goals.compute(&dataset([alone], day(100)), &Ask::default()).unwrap();
    assert_eq!(outcome.findings[0].message.args.get("project"), Some(&Value::from("P1")));
    assert_eq!(outcome.metrics[0].n, 14);
}

#[test]
fn without_a_design_project_there_is_nothing_to_show() {
    let tables = [charters(&[("P1", "x 1")]), projects(&[("P1", "DMAIC")])];
    assert!(Goals.compute(&dataset(tables, day(100)), &Ask::default()).is_err());
}
