//! The rules on companies whose figures are counted by hand.

use serde_json::json;

use super::RulesOfThumb;
use crate::analyses::service::testing::{Row, dataset, first, metric, outcome, tickets};
use crate::dataset::{Cell, Dataset, Table, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Block, Outcome};
use crate::units::Money;

/// A table of cells.
fn table(kind: TableKind, cols: &[Col], rows: &[&[Cell<'_>]]) -> Table {
    let mut table = TableBuilder::new(kind, cols);
    for row in rows {
        table.push(Origin { source: 0, row: 1 }, row);
    }
    table.finish()
}

fn day(n: i32) -> Cell<'static> {
    Cell::Day(first().plus(n))
}

fn money(units: f64) -> Cell<'static> {
    Money::from_units(units).map_or(Cell::Missing, Cell::Money)
}

fn run(data: &Dataset) -> Outcome {
    outcome(&RulesOfThumb, data, json!({"months": 12}))
}

/// Rules that are not computable, in order.
fn absent(outcome: &Outcome) -> Vec<&str> {
    let checks = outcome.blocks.iter().filter_map(|block| match block {
        Block::Checklist(checks) => Some(checks),
        _ => None,
    });
    let names = checks.flatten().map(|check| check.label.key.as_str());
    names.map(|key| key.trim_start_matches("rules_of_thumb.rule.")).collect()
}

/// Two years: one customer from the first, two new ones in the second.
fn shop() -> Vec<Table> {
    let ids = ["A", "B", "C", "A"];
    let when = [10, 400, 500, 600];
    let order = |i: usize| [Cell::Text(ids[i]), day(when[i]), money(100.0), money(30.0)];
    let rows: Vec<_> = (0..4).map(order).collect();
    let rows: Vec<&[Cell<'_>]> = rows.iter().map(<[Cell<'_>; 4]>::as_slice).collect();
    let cols = [Col::CustomerId, Col::Date, Col::Amount, Col::Profit];
    let orders = table(TableKind::Orders, &cols, &rows);
    let cols = [Col::CampaignId, Col::Channel, Col::Cost, Col::Start];
    let mail = |start, cost| [Cell::Text("M"), Cell::Text("Mail"), money(cost), day(start)];
    let campaigns = table(
        TableKind::Campaigns,
        &cols,
        &[&mail(5, 999.0), &mail(450, 200.0), &mail(470, 100.0)],
    );
    let cols = [Col::CustomerId, Col::Date, Col::CostType, Col::Cost];
    let cost = |id, when, cost| [Cell::Text(id), day(when), Cell::Text("Delivery"), money(cost)];
    let costs = table(
        TableKind::CostsToServe,
        &cols,
        &[&cost("A", 580, 25.0), &cost("B", 580, 70.0), &cost("A", 20, 8.0)],
    );
    vec![orders, campaigns, costs]
}

#[test]
fn a_new_customer_is_held_against_one_kept() {
    let outcome = run(&dataset(shop(), 730));
    // (300 / 2 new) / (25 / 1 kept).
    assert_eq!(metric(&outcome, "acquire_to_keep"), Some(6.0));
    assert_eq!(absent(&outcome), ["voice", "referral", "silent"]);
}

#[test]
fn where_all_customers_are_new_nobody_was_kept() {
    let outcome = run(&dataset(shop(), 100));
    assert_eq!(metric(&outcome, "acquire_to_keep"), None);
    assert!(absent(&outcome).contains(&"acquire"));
}

#[test]
fn good_and_bad_answers_and_recommendations_are_counted() {
    let cols = [Col::Date, Col::CustomerId, Col::Score];
    let answer = |id, n, score| [day(n), Cell::Text(id), Cell::Number(score)];
    let rows = [
        answer("A", 1, 10.0),
        answer("A", 2, 9.0),
        answer("B", 3, 9.0),
        answer("C", 4, 3.0),
        answer("D", 5, 8.0),
    ];
    let rows: Vec<&[Cell<'_>]> = rows.iter().map(<[Cell<'_>; 3]>::as_slice).collect();
    let surveys = table(TableKind::Surveys, &cols, &rows);
    let cols = [Col::LeadId, Col::Created, Col::Source];
    let lead = |id, source| [Cell::Text(id), day(9), Cell::Text(source)];
    let leads =
        table(TableKind::Leads, &cols, &[&lead("1", "Referral 轉介"), &lead("2", "Website")]);
    let outcome = run(&dataset([surveys, leads], 30));
    let of = |id| metric(&outcome, id);
    assert_eq!((of("good_per_bad"), of("repair_debt")), (Some(3.0), Some(9.0)));
    assert_eq!(of("referral_rate"), Some(0.5), "one recommendation, A and B are satisfied");
    assert_eq!(absent(&outcome), ["acquire", "silent"]);
}

#[test]
fn complainers_count_once_and_the_extrapolation_can_be_switched_off() {
    let ticket = |customer, opened| Row { opened, customer, ..Row::default() };
    let rows = [ticket("A", 700 * 24), ticket("A", 701 * 24), ticket("B", 702 * 24)];
    let mut tables = shop();
    tables.push(tickets(&rows));
    let data = dataset(tables, 730);
    let outcome = run(&data);
    assert_eq!(metric(&outcome, "silent_dissatisfied"), Some(40.0));
    // 42 would be affected, so all three who ordered in the year, each with a profit of 30.
    assert_eq!(metric(&outcome, "value_at_risk"), Some(90.0));
    let text = serde_json::to_string(&outcome.blocks).unwrap_or_default();
    assert!(text.contains("note.silent_more"), "more than the three customers there are");
    let off = crate::analyses::service::testing::outcome(
        &RulesOfThumb,
        &data,
        json!({"extrapolate": false}),
    );
    assert_eq!(metric(&off, "silent_dissatisfied"), None);
    assert!(absent(&off).contains(&"silent"));
}

#[test]
fn nothing_at_all_still_says_what_each_rule_needs() {
    let outcome = run(&dataset([], 30));
    assert_eq!(absent(&outcome), ["acquire", "voice", "referral", "silent"]);
    assert!(outcome.findings.is_empty() && outcome.metrics.is_empty());
}
