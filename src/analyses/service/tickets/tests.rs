//! The desk on companies whose course is known.

use serde_json::json;

use super::Desk;
use crate::analyses::service::testing::{Draw, Row, dataset, metric, outcome, tickets};
use crate::report::{Block, CheckState, Grade, Outcome, Value};

const CATEGORIES: [&str; 4] = ["Billing", "Delivery", "Quality", "Other"];
const AGENTS: [&str; 5] = ["Ann", "Bo", "Cy", "Di", "Ed"];
const MONTHS: i64 = 12;
const END: i64 = 365 * 24;

/// What is planted in a desk.
#[derive(Clone, Copy, Default)]
struct Planted {
    /// Mean hours of a category that takes longer.
    delivery: Option<f64>,
    /// Mean hours of the last month.
    last_month: Option<f64>,
    /// Cases a day more, for each month that passes.
    growing: bool,
}

/// Five cases a day, 30 hours on average, promised within 72.
fn desk(seed: u64, planted: Planted) -> Outcome {
    let mut draw = Draw::new(seed);
    let mut rows = Vec::new();
    for i in 0..5 * 365 {
        let opened = i * END / (5 * 365);
        let pick = |draw: &mut Draw, n: usize| {
            (draw.uniform() * f64::from(u32::try_from(n).unwrap_or(1))).floor()
        };
        let category = CATEGORIES.into_iter().nth(index(pick(&mut draw, 4))).unwrap_or("");
        let agent = AGENTS.into_iter().nth(index(pick(&mut draw, 5))).unwrap_or("");
        let month = opened * MONTHS / END;
        let mut mean = planted.delivery.filter(|_| category == "Delivery").unwrap_or(30.0);
        mean = planted.last_month.filter(|_| month == MONTHS - 1).unwrap_or(mean);
        let lost = planted.growing && draw.uniform() < 0.25;
        let closed = opened + draw.hours(mean);
        let closed = (closed < END && !lost).then_some(closed);
        rows.push(Row {
            opened,
            closed,
            due: Some(opened + 72),
            category,
            agent,
            ..Row::default()
        });
    }
    outcome(&Desk, &dataset([tickets(&rows)], 365), json!({}))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small index")]
fn index(x: f64) -> usize {
    x as usize
}

fn ids(outcome: &Outcome, grade: Grade) -> Vec<&str> {
    let of = |f: &&crate::report::Finding| f.grade == grade;
    outcome.findings.iter().filter(of).map(|f| f.id.as_str()).collect()
}

#[test]
fn a_desk_where_nothing_happens_asks_for_nothing() {
    let acts = (1..=60).filter(|s| !ids(&desk(*s, Planted::default()), Grade::Act).is_empty());
    assert!(acts.count() <= 1);
    let quiet = desk(1, Planted::default());
    assert_eq!(ids(&quiet, Grade::Good), ["tickets.steady"]);
}

#[test]
fn a_slower_category_is_named_and_no_other() {
    for seed in 1..=5 {
        let outcome = desk(seed, Planted { delivery: Some(60.0), ..Planted::default() });
        assert_eq!(ids(&outcome, Grade::Act), ["tickets.slower", "tickets.late"], "{seed}");
        let named = |f: &crate::report::Finding| f.message.args["group"] == "Delivery".into();
        assert!(outcome.findings.iter().filter(|f| f.grade == Grade::Act).all(named));
    }
}

#[test]
fn promises_that_fall_in_the_last_month_are_found() {
    for seed in 1..=5 {
        let outcome = desk(seed, Planted { last_month: Some(80.0), ..Planted::default() });
        assert!(ids(&outcome, Grade::Act).contains(&"tickets.sla_fell"), "{seed}");
        let fell = outcome.findings.iter().find(|f| f.id == "tickets.sla_fell");
        let month = crate::units::Month::new(2026, 12);
        assert_eq!(fell.map(|f| &f.message.args["point"]), Some(&Value::from(month)));
    }
}

#[test]
fn a_backlog_that_grows_is_found() {
    let outcome = desk(3, Planted { growing: true, ..Planted::default() });
    assert!(ids(&outcome, Grade::Act).contains(&"tickets.backlog_grows"));
}

#[test]
fn open_cases_count_with_their_time_so_far() {
    // Closed after 2, 4 and 6 hours; two still open after 10: the third of five ends at 6.
    let closed = |hours| Row { opened: 0, closed: Some(hours), ..Row::default() };
    let open = Row { opened: 0, ..Row::default() };
    let late = Row { opened: 9, closed: Some(10), ..Row::default() };
    let rows = [closed(2), closed(4), closed(6), open.clone(), open, late];
    let outcome = outcome(&Desk, &dataset([tickets(&rows)], 1), json!({}));
    let hours = |id| metric(&outcome, id).map(|ms| ms / 3_600_000.0);
    // S falls to 5/6 at 1 h, 4/6 at 2 h, 3/6 at 4 h.
    assert_eq!(hours("ticket_close_median"), Some(4.0));
    assert_eq!(hours("ticket_close_closed_only"), Some(3.0));
    assert_eq!((hours("ticket_close_p85"), metric(&outcome, "ticket_backlog")), (None, Some(2.0)));
}

#[test]
fn what_is_not_recorded_is_said() {
    let rows = [Row { opened: 0, ..Row::default() }, Row { opened: 30, ..Row::default() }];
    let outcome = outcome(&Desk, &dataset([tickets(&rows)], 3), json!({}));
    let checks = outcome.blocks.iter().filter_map(|block| match block {
        Block::Checklist(checks) => Some(checks),
        _ => None,
    });
    let parts: Vec<_> = checks.flatten().map(|c| (c.label.key.clone(), c.state)).collect();
    assert!(parts.contains(&("tickets.part.close".to_owned(), CheckState::NotComputable)));
    assert_eq!(parts.len(), 8);
}

#[test]
fn a_case_counts_once_and_so_does_its_customer() {
    let row = |customer, reopened, csat| Row {
        opened: 1,
        answered: Some(2),
        closed: Some(5),
        due: Some(6),
        customer,
        reopened: Some(reopened),
        csat: Some(csat),
        ..Row::default()
    };
    let rows = [row("A", 0, 5.0), row("A", 2, 3.0), row("B", 0, 4.0), row("C", 0, 4.0)];
    let outcome = outcome(&Desk, &dataset([tickets(&rows)], 1), json!({}));
    let of = |id| metric(&outcome, id);
    assert_eq!((of("ticket_sla"), of("ticket_reopened")), (Some(1.0), Some(0.25)));
    assert_eq!((of("ticket_repeat"), of("ticket_csat")), (Some(0.5), Some(4.0)));
}
