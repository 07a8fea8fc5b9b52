//! The analysis on cases made by hand.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::CtqTree;
use crate::analyses::dmaic::testing::{dataset, day, text};
use crate::analyses::{Analysis, Ask, recalc};
use crate::dataset::{Cell, Table, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Block, Value};

/// Tickets `(category, priority, how many)`, opened on day 90.
fn tickets(rows: &[(&str, &str, usize)]) -> Table {
    let cols = [Col::TicketId, Col::Opened, Col::Category, Col::Priority];
    let mut table = TableBuilder::new(TableKind::Tickets, &cols);
    for &(category, priority, many) in rows {
        for i in 0..many {
            let id = format!("{category}{i}");
            let opened = Cell::Millis(90 * 86_400_000);
            let cells = [text(&id), opened, text(category), text(priority)];
            table.push(Origin { source: 0, row: 1 }, &cells);
        }
    }
    table.finish()
}

fn log(types: &[(&str, i64)]) -> Table {
    let cols = [Col::Date, Col::DefectType, Col::Defects];
    let mut table = TableBuilder::new(TableKind::DefectLog, &cols);
    for &(kind, defects) in types {
        let cells = [Cell::Day(day(80)), text(kind), Cell::Count(defects)];
        table.push(Origin { source: 0, row: 1 }, &cells);
    }
    table.finish()
}

/// Late: 10 plain = 10; wrong: 5 grave = 15; rude: 2 plain = 2. Wrong and late reach four fifths.
#[test]
fn grave_cases_weigh_more_and_complaints_find_their_defects() {
    let cases =
        [("Late delivery 配送延遲", "Low", 10), ("Wrong item 送錯", "High", 5), ("Rude", "Low", 2)];
    let tables = [tickets(&cases), log(&[("Wrong item 品項錯誤", 30), ("Torn label", 9)])];
    let outcome = CtqTree.compute(&dataset(tables, day(100)), &Ask::default()).unwrap();
    let table = outcome.blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.id == "ctq_tree.tree" => Some(table),
        _ => None,
    });
    let table = table.unwrap();
    assert_eq!(table.value(0, "category"), Some(&Value::from("Wrong item 送錯")));
    assert_eq!(table.value(0, "weighted"), Some(&Value::Count(15)));
    assert_eq!(table.value(0, "defects"), Some(&Value::Count(30)));
    assert_eq!(table.value(1, "defects"), None);
    assert_eq!(outcome.metrics[0].value, Some(Value::Count(2)));
    assert_eq!(outcome.metrics[1].value, Some(Value::Share(0.5)));
    let ids: Vec<&str> = outcome.findings.iter().map(|f| f.id.as_str()).collect();
    assert_eq!(ids, ["ctq_tree.first", "ctq_tree.unmeasured"]);
    assert_eq!(recalc::misses(&outcome), Vec::<String>::new());
}

#[test]
fn what_is_missing_is_named_and_old_cases_do_not_count() {
    let data = dataset([tickets(&[("Late", "", 3)])], day(100));
    let outcome = CtqTree.compute(&data, &Ask::default()).unwrap();
    let checks = outcome.blocks.iter().find_map(|block| match block {
        Block::Checklist(checks) => Some(checks.len()),
        _ => None,
    });
    assert_eq!(checks, Some(4));
    let later = dataset([tickets(&[("Late", "", 3)])], day(900));
    assert!(CtqTree.compute(&later, &Ask::default()).is_err());
}
