//! The desk's metrics, charts and tables.

mod ageing;
mod course;
mod curve;
mod flow;
mod groups;
mod metrics;
mod status;
mod times;

use super::compute::{Course, Desk, Timed, Unit};
use super::findings::findings;
use super::params::Params;
use crate::analyses::analysis::Ask;
use crate::dataset::{Clock, Dataset, Grain};
use crate::records::Col;
use crate::report::{Block, Check, CheckState, Column, Format, Message, Outcome, Tone, Value};
use crate::units::Month;

/// The outcome.
pub(super) fn outcome(desk: &Desk, params: &Params, data: &Dataset, ask: &Ask) -> Outcome {
    let metrics = metrics::all(desk, params, data, ask);
    let mut blocks = vec![Block::Cards(metrics.clone())];
    blocks.extend(notes(desk));
    blocks.extend(flow::blocks(desk));
    let grain = desk.flow.grain;
    let kept = desk.promise.as_ref().and_then(|promise| promise.course.as_ref());
    let courses = || desk.flow.incoming.iter().chain(kept);
    let chart = |course: &Course| course::chart(course, grain, params);
    blocks.extend(desk.flow.incoming.as_ref().and_then(chart));
    blocks.extend(ageing::chart(desk));
    blocks.extend(main(desk).map(|timed| curve::chart(timed, desk.unit, ask.confidence)));
    blocks.extend(times::tables(desk, ask.confidence));
    blocks.extend(kept.and_then(chart));
    blocks.extend(groups::tables(desk, ask.confidence));
    blocks.extend(times::ratings(desk));
    blocks.extend(missing(desk));
    Outcome {
        metrics,
        findings: findings(desk, params, ask),
        status: status::rows(desk, params, data, ask),
        blocks,
        data: courses().map(|course| course::data(course, params)).collect(),
    }
}

/// The clock groups are compared by.
fn main(desk: &Desk) -> Option<&Timed> {
    desk.clocks.iter().find(|timed| Some(timed.clock) == desk.main)
}

/// A point in time as a value: a month, or the Monday of a week.
pub(super) fn point(grain: Grain, at: i32) -> Value {
    match grain {
        Grain::Month => Month::from_number(at).into(),
        Grain::Week => grain.first_day(at).into(),
    }
}

const fn point_format(grain: Grain) -> Format {
    match grain {
        Grain::Month => Format::Month,
        Grain::Week => Format::Date,
    }
}

/// The heading of points in time.
fn point_column(grain: Grain) -> Column {
    let heading = match grain {
        Grain::Month => "tickets.column.month",
        Grain::Week => "tickets.column.week",
    };
    Column::titled("point", point_format(grain), Message::new(heading))
}

fn column(id: &str, format: Format) -> Column {
    Column::of("tickets", id, format)
}

/// A column of times, its unit in the heading.
fn timed_column(id: &str, unit: Unit) -> Column {
    let heading = Message::new(format!("tickets.column.{id}")).arg("unit", unit_word(unit));
    Column::titled(id, Format::Number(2), heading)
}

fn unit_word(unit: Unit) -> Message {
    Message::new(match unit {
        Unit::Hours => "tickets.unit.hours",
        Unit::Days => "tickets.unit.days",
    })
}

/// A length of time in milliseconds as a value with its unit.
#[expect(clippy::cast_possible_truncation, reason = "whole milliseconds; the cast saturates")]
pub(super) fn duration(ms: f64) -> Option<Value> {
    ms.is_finite().then(|| Value::Duration(ms.round() as i64))
}

/// A length of time in milliseconds as a number of a unit.
fn in_unit(ms: Option<f64>, unit: Unit) -> Option<Value> {
    Value::number(unit.of(ms?), 2)
}

const fn clock_name(clock: Clock) -> &'static str {
    match clock {
        Clock::Answer => "answer",
        Clock::Resolve => "resolve",
        Clock::Close => "close",
    }
}

fn note(tone: Tone, text: Message) -> Block {
    Block::Note { tone, text }
}

fn notes(desk: &Desk) -> Vec<Block> {
    let text = Message::new("tickets.note.cases")
        .arg("cases", Value::count(desk.cases))
        .arg("unit", unit_word(desk.unit));
    let mut out = vec![note(Tone::Plain, text)];
    let unknown = main(desk).map_or(0, |timed| timed.unknown);
    if unknown > 0 {
        let text = Message::new("tickets.note.unknown").arg("cases", Value::count(unknown));
        out.push(note(Tone::Caution, text));
    }
    out
}

/// What is not there, by table and column.
fn missing(desk: &Desk) -> Option<Block> {
    let has = |clock| desk.clocks.iter().any(|timed| timed.clock == clock);
    let parts: [(&str, Col, bool); 8] = [
        ("close", Col::Closed, desk.main.is_some()),
        ("backlog", Col::Status, desk.ages.is_some()),
        ("answer", Col::FirstResponse, has(Clock::Answer)),
        ("promise", Col::SlaDue, desk.promise.is_some()),
        ("reopened", Col::Reopened, desk.reopened.is_some()),
        ("reassigned", Col::Reassigned, desk.reassigned.is_some()),
        ("ratings", Col::Csat, desk.ratings.is_some()),
        ("repeat", Col::CustomerId, desk.repeat.is_some()),
    ];
    let absent = parts.into_iter().filter(|(_, _, there)| !there);
    let check = |(part, col, _): (&str, Col, bool)| Check {
        label: Message::new(format!("tickets.part.{part}")),
        state: CheckState::NotComputable,
        detail: Message::new("tickets.missing")
            .arg("column", Message::new(format!("col.{}", col.name()))),
    };
    let checks: Vec<Check> = absent.map(check).collect();
    (!checks.is_empty()).then_some(Block::Checklist(checks))
}
