use std::collections::BTreeMap;

use super::Pyramid;
use crate::analyses::analysis::{Analysis, Ask, run};
use crate::dataset::{Cell, Dataset, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Block, Outcome, Skipped, Table, Value};
use crate::units::{Day, Money, Month, Period};

const ORIGIN: Origin = Origin { source: 0, row: 1 };

fn units(n: i64) -> Money {
    Money::from_raw(i128::from(n) * i128::from(Money::SCALE))
}

fn end() -> Day {
    Month::new(2026, 10).last_day()
}

fn data(lines: &[(Day, String, i64)], master: &[&str]) -> Dataset {
    let mut orders =
        TableBuilder::new(TableKind::Orders, &[Col::Date, Col::CustomerId, Col::Amount]);
    for (day, id, sales) in lines {
        let sales = Cell::Money(units(*sales));
        orders.push(ORIGIN, &[Cell::Day(*day), Cell::Text(id), sales]);
    }
    let mut customers = TableBuilder::new(TableKind::Customers, &[Col::CustomerId]);
    for id in master {
        customers.push(ORIGIN, &[Cell::Text(id)]);
    }
    let tables = BTreeMap::from([
        (TableKind::Orders, orders.finish()),
        (TableKind::Customers, customers.finish()),
    ]);
    let from = lines.iter().map(|line| line.0).min().unwrap_or(end());
    let period = Period { from, to: end() };
    Dataset {
        tables,
        sources: Vec::new(),
        period,
        as_of: end(),
        threads: 1,
        kept: crate::dataset::Kept::default(),
    }
}

/// A hundred customers who buy 1, 2 … 100, all on the last day.
fn hundred() -> Vec<(Day, String, i64)> {
    (1..=100).map(|i| (end(), format!("C{i:03}"), i)).collect()
}

fn table(outcome: &Outcome, id: &str) -> Option<Table> {
    let shown = outcome.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    shown.chain(&outcome.data).find(|table| table.id == id).cloned()
}

fn column(table: Option<Table>, id: &str) -> Vec<f64> {
    let table = table.into_iter();
    table
        .flat_map(|t| {
            let cell = |row| t.value(row, id).and_then(Value::as_f64).unwrap_or(f64::NAN);
            (0..t.rows.len()).map(cell).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn tiers_are_cut_at_one_five_and_twenty_per_cent() -> Result<(), Skipped> {
    let outcome = run(&Pyramid, &data(&hundred(), &["C001", "X"]), &Ask::default())?;
    let counts = column(table(&outcome, "pyramid.tiers"), "customers");
    assert_eq!(counts, [1.0, 4.0, 15.0, 80.0, 100.0, 1.0]);
    let sales = column(table(&outcome, "pyramid.tiers"), "sales");
    assert_eq!(sales.get(..5), Some([100.0, 390.0, 1320.0, 3240.0, 5050.0].as_slice()));
    Ok(())
}

#[test]
fn concentration_is_told_by_share_and_gini() -> Result<(), Skipped> {
    let outcome = run(&Pyramid, &data(&hundred(), &[]), &Ask::default())?;
    let value = |id: &str| {
        outcome.metrics.iter().find(|m| m.id == id)?.value.as_ref().and_then(Value::as_f64)
    };
    assert!(value("pyramid.top20").is_some_and(|x| (x - 1810.0 / 5050.0).abs() < 1e-12));
    // Of 1 … n the coefficient is (n − 1) / 3n.
    assert!(value("pyramid.gini").is_some_and(|x| (x - 0.33).abs() < 1e-12));
    Ok(())
}

#[test]
fn moves_between_two_years_are_counted_and_lost_key_customers_named() -> Result<(), Skipped> {
    let before = Month::new(2025, 3).first_day();
    let mut lines: Vec<_> = (1..=100).map(|i| (before, format!("C{i:03}"), i)).collect();
    lines.extend((1..=99).map(|i| (end(), format!("C{i:03}"), i)));
    lines.push((Month::new(2024, 11).first_day(), "C001".to_owned(), 1));
    let outcome = run(&Pyramid, &data(&lines, &[]), &Ask::default())?;
    let matrix = table(&outcome, "pyramid.migration");
    // C100 was the top customer and left; C099 rose from large to top.
    assert_eq!(column(matrix.clone(), "inactive").first(), Some(&1.0));
    assert_eq!(column(matrix.clone(), "top").get(..2), Some([0.0, 1.0].as_slice()));
    let total: f64 = ["top", "large", "medium", "small", "inactive"]
        .iter()
        .flat_map(|id| column(matrix.clone(), id))
        .filter(|n| n.is_finite())
        .sum();
    assert!((total - 100.0).abs() < 1e-9);
    let lost = outcome.findings.iter().find(|finding| finding.id == "pyramid.lost_key");
    assert_eq!(lost.and_then(|finding| finding.money), Some(units(100)));
    Ok(())
}

#[test]
fn poor_data_survive() {
    let one = |id: &str, sales| (end(), id.to_owned(), sales);
    let skipped =
        |lines: &[(Day, String, i64)]| run(&Pyramid, &data(lines, &["X"]), &Ask::default());
    assert!(skipped(&[]).is_err());
    assert!(skipped(&[one("A", 5)]).is_ok());
    assert!(skipped(&[one("A", 5), one("B", 5), one("C", 5)]).is_ok());
    let refunded = skipped(&[one("A", -5), one("B", 2)]);
    assert!(refunded.is_ok_and(|o| o.metrics.first().is_some_and(|m| m.value.is_none())));
    let many: Vec<_> = (0..6000).map(|i| (end(), format!("C{i}"), i)).collect();
    assert!(skipped(&many).is_ok_and(|o| o.data.is_empty()));
}

#[test]
fn parameters_are_checked() {
    let ask = |json| Ask { params: json, ..Ask::default() };
    assert!(Pyramid.check(&ask(serde_json::json!({"top": 0.3}))).is_err());
    assert!(Pyramid.check(&ask(serde_json::json!({"top": 0.02, "large": 0.1}))).is_ok());
    assert!(Pyramid.check(&ask(serde_json::json!({"months": 0}))).is_err());
}
