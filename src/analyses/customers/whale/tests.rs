use std::collections::BTreeMap;

use super::Whale;
use crate::analyses::analysis::{Analysis, Ask, run};
use crate::dataset::{Cell, Dataset, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Block, Finding, Grade, Outcome, Skipped, Table, Value};
use crate::units::{Day, Money, Month, Period};

const DAY: Day = Day::from_number(20_000);

/// Customer, segment, sales, profit.
type Line<'a> = (&'a str, &'a str, i64, Option<i64>);

fn units(n: i64) -> Money {
    Money::from_raw(i128::from(n) * i128::from(Money::SCALE))
}

fn data(lines: &[Line<'_>], costs: &[(&str, i64)]) -> Dataset {
    let origin = Origin { source: 0, row: 1 };
    let cols = [Col::Date, Col::CustomerId, Col::Segment, Col::Amount, Col::Profit];
    let mut orders = TableBuilder::new(TableKind::Orders, &cols);
    for &(id, segment, sales, profit) in lines {
        let profit = profit.map_or(Cell::Missing, |p| Cell::Money(units(p)));
        let sales = Cell::Money(units(sales));
        orders.push(origin, &[Cell::Day(DAY), Cell::Text(id), Cell::Text(segment), sales, profit]);
    }
    let cols = [Col::CustomerId, Col::CostType, Col::Cost];
    let mut serve = TableBuilder::new(TableKind::CostsToServe, &cols);
    for &(id, cost) in costs {
        serve.push(origin, &[Cell::Text(id), Cell::Text("visit"), Cell::Money(units(cost))]);
    }
    let mut tables = BTreeMap::from([(TableKind::Orders, orders.finish())]);
    if !costs.is_empty() {
        tables.insert(TableKind::CostsToServe, serve.finish());
    }
    let period = Period { from: DAY.plus(-30), to: DAY.plus(30) };
    Dataset {
        tables,
        sources: Vec::new(),
        period,
        as_of: period.to,
        threads: 1,
        kept: crate::dataset::Kept::default(),
    }
}

fn outcome(lines: &[Line<'_>], costs: &[(&str, i64)]) -> Result<Outcome, Skipped> {
    run(&Whale, &data(lines, costs), &Ask::default())
}

fn table(outcome: &Outcome, id: &str) -> Option<Table> {
    let shown = outcome.blocks.iter().flat_map(Block::tables);
    shown.chain(&outcome.data).find(|table| table.id == id).cloned()
}

fn metric(outcome: &Outcome, id: &str) -> Option<Value> {
    outcome.metrics.iter().find(|metric| metric.id == id)?.value.clone()
}

fn finding<'o>(outcome: &'o Outcome, id: &str) -> Option<&'o Finding> {
    outcome.findings.iter().find(|finding| finding.id == id)
}

/// 25 customers: 20 earn 10 each, five of the segment "outer" lose 4 each.
fn company() -> Vec<(String, &'static str, i64, Option<i64>)> {
    let inner = (0..20).map(|i| (format!("A{i:02}"), "inner", 100, Some(10)));
    inner.chain((0..5).map(|i| (format!("B{i}"), "outer", 50, Some(-4)))).collect()
}

fn lines<'a>(owned: &'a [(String, &'static str, i64, Option<i64>)]) -> Vec<Line<'a>> {
    owned
        .iter()
        .map(|(id, segment, sales, profit)| (id.as_str(), *segment, *sales, *profit))
        .collect()
}

#[test]
fn a_segment_that_loses_money_asks_for_action() -> Result<(), Skipped> {
    let company = company();
    let outcome = outcome(&lines(&company), &[])?;
    let group = finding(&outcome, "whale.loss_group");
    assert_eq!(group.map(|f| (f.grade, f.money)), Some((Grade::Act, Some(units(20)))));
    let segment = group.and_then(|f| f.message.args.get("segment"));
    assert_eq!(segment, Some(&Value::from("outer")));
    assert_eq!(metric(&outcome, "whale.peak"), Value::share(200.0 / 180.0));
    assert_eq!(metric(&outcome, "whale.losing"), Value::share(0.2));
    assert_eq!(metric(&outcome, "whale.top20"), Value::share(50.0 / 180.0));
    Ok(())
}

#[test]
fn without_a_losing_group_nothing_asks_for_action() -> Result<(), Skipped> {
    let mut company = company();
    company.retain(|(id, ..)| id != "B4");
    let outcome = outcome(&lines(&company), &[])?;
    assert!(outcome.findings.iter().all(|finding| finding.grade != Grade::Act));
    assert!(finding(&outcome, "whale.loss_makers").is_some());
    Ok(())
}

#[test]
fn costs_to_serve_count_even_of_customers_who_ordered_nothing() -> Result<(), Skipped> {
    let company = company();
    let outcome = outcome(&lines(&company), &[("A00", 3), ("A00", 4), ("Z", 5)])?;
    assert_eq!(metric(&outcome, "whale.total"), Some(Value::Money(units(168))));
    let data = table(&outcome, "whale.customers");
    let last = data.as_ref().and_then(|t| t.value(25, "customer"));
    assert_eq!(last, Some(&Value::from("Z")));
    Ok(())
}

#[test]
fn the_curve_reads_by_whole_customers_rounded_up() -> Result<(), Skipped> {
    let company = company();
    let outcome = outcome(&lines(&company), &[])?;
    let points = table(&outcome, "whale.points");
    let counts = points.as_ref().map(|t| {
        (0..t.rows.len()).filter_map(|row| t.value(row, "customers")?.as_f64()).collect::<Vec<_>>()
    });
    let expected = [1.0, 2.0, 3.0, 5.0, 8.0, 10.0, 13.0, 15.0, 18.0, 20.0, 23.0, 25.0];
    assert_eq!(counts.as_deref(), Some(expected.as_slice()));
    Ok(())
}

#[test]
fn equals_stand_in_the_order_of_their_ids_whatever_the_order_of_rows() -> Result<(), Skipped> {
    let company = company();
    let mut reversed = company.clone();
    reversed.reverse();
    assert_eq!(outcome(&lines(&company), &[])?, outcome(&lines(&reversed), &[])?);
    Ok(())
}

#[test]
fn a_large_company_gathers_its_data_and_thins_its_curve() -> Result<(), Skipped> {
    let owned: Vec<_> = (0..12_345)
        .map(|i| (format!("C{i:05}"), "all", 100, Some(if i % 10 == 0 { -i } else { i })))
        .collect();
    let outcome = outcome(&lines(&owned), &[])?;
    let rows = |id: &str| table(&outcome, id).map_or(0, |t| t.rows.len());
    assert!((100..=200).contains(&rows("whale.curve")), "{}", rows("whale.curve"));
    assert!(rows("whale.customers") <= 1000);
    assert_eq!(rows("whale.losers"), 20);
    Ok(())
}

#[test]
fn poor_data_survive() {
    assert!(outcome(&[], &[]).is_err());
    assert!(outcome(&[("A", "s", 10, Some(3))], &[]).is_ok());
    assert!(outcome(&[("A", "s", 10, Some(0)), ("B", "s", 10, Some(0))], &[]).is_ok());
    let lost = outcome(&[("A", "s", 10, Some(-3)), ("B", "s", 10, Some(-1))], &[]);
    assert!(lost.is_ok_and(|o| metric(&o, "whale.peak").is_none()));
    let unknown = outcome(&[("A", "s", 10, None)], &[]);
    let missing = unknown.err().map(|s| s.missing.iter().map(|m| m.col).collect::<Vec<_>>());
    assert_eq!(missing, Some(vec![Some(Col::Profit)]));
}

#[test]
fn a_short_period_is_stretched_to_twelve_months_and_parameters_are_checked() -> Result<(), Skipped>
{
    let mut data = data(&[("A", "s", 10, Some(3))], &[]);
    data.period = Period::month(Month::new(2025, 3));
    data.as_of = data.period.to;
    let outcome = run(&Whale, &data, &Ask::default())?;
    let period = outcome.metrics.first().map(|metric| metric.period.from);
    assert_eq!(period, Some(Month::new(2024, 4).first_day()));
    let ask = |json| Ask { params: json, ..Ask::default() };
    assert!(Whale.check(&ask(serde_json::json!({"months": 0}))).is_err());
    assert!(Whale.check(&ask(serde_json::json!({"group_loss": 0.02}))).is_ok());
    assert!(Whale.check(&ask(serde_json::json!({"nonsense": 1}))).is_err());
    Ok(())
}
