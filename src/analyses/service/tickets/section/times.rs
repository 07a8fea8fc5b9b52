//! Times by clock, what still runs after so long, and what customers say.

use super::super::compute::{Desk, Timed, Unit};
use super::{clock_name, column, in_unit, timed_column};
use crate::report::{Block, Cell, Emphasis, Expr, Format, Func, Message, Row, Table, Value};
use crate::stats::summary::moments::Moments;
use crate::stats::summary::quantile::type7;

/// Times people ask about, in hours.
const HOURS: [u32; 8] = [1, 4, 8, 24, 48, 72, 168, 336];
const DAYS: [u32; 8] = [24, 48, 72, 168, 336, 720, 1440, 2160];
/// Shares ended, of the table of times.
const ENDED: [(&str, f64); 5] =
    [("p25", 0.25), ("median", 0.5), ("p75", 0.75), ("p85", 0.85), ("p95", 0.95)];

/// Open cases counted, readings, and ended cases alone.
pub(super) fn tables(desk: &Desk, level: f64) -> Vec<Block> {
    if desk.clocks.is_empty() {
        return Vec::new();
    }
    let mut out = vec![Block::Table(with_open(desk, level))];
    out.extend(super::main(desk).map(|timed| Block::Table(readings(timed, desk.unit))));
    out.push(Block::Table(closed_only(desk)));
    out
}

fn name(timed: &Timed) -> Cell {
    let key = format!("tickets.clock.{}", clock_name(timed.clock));
    Cell::from(Value::from(Message::new(key)))
}

fn with_open(desk: &Desk, level: f64) -> Table {
    let mut columns = vec![
        column("clock", Format::Text),
        column("cases", Format::Count),
        column("ended", Format::Count),
        column("running_on", Format::Count),
    ];
    columns.extend(ENDED.iter().map(|(id, _)| timed_column(id, desk.unit)));
    columns.extend(["median_low", "median_high"].map(|id| timed_column(id, desk.unit)));
    let row = |timed: &Timed| {
        let curve = &timed.curve;
        let mut cells =
            vec![name(timed), curve.cases.into(), curve.events.into(), timed.open.into()];
        let time = |ended: f64| curve.time_left(1.0 - ended);
        cells.extend(ENDED.iter().map(|(_, p)| Cell::from(in_unit(time(*p), desk.unit))));
        let (low, high) = curve.median_bounds(level);
        cells.extend([low, high].map(|end| Cell::from(in_unit(end, desk.unit))));
        Row::from(cells)
    };
    Table {
        id: "tickets.times".to_owned(),
        title: Message::new("tickets.table.times"),
        columns,
        rows: desk.clocks.iter().map(row).collect(),
        note: Some(Message::new("tickets.note.times")),
        top: None,
    }
}

/// Ended cases alone: muted throughout, for the open ones are missing from them.
fn closed_only(desk: &Desk) -> Table {
    let ids = ["mean", "sd", "min", "p10", "p25", "median", "p75", "p90", "max"];
    let mut columns = vec![column("clock", Format::Text), column("ended", Format::Count)];
    columns.extend(ids.iter().map(|id| timed_column(id, desk.unit)));
    let row = |timed: &Timed| {
        let (values, moments) = (&timed.ended, Moments::of(&timed.ended));
        let at = |p| type7(values, p);
        let figures = [
            moments.mean().ok(),
            moments.sd().ok(),
            values.first().copied(),
            at(0.1),
            at(0.25),
            at(0.5),
            at(0.75),
            at(0.9),
            values.last().copied(),
        ];
        let mut cells = vec![name(timed), values.len().into()];
        cells.extend(figures.map(|figure| Cell::from(in_unit(figure, desk.unit))));
        Row { cells, emphasis: Some(Emphasis::Muted) }
    };
    Table {
        id: "tickets.closed_only".to_owned(),
        title: Message::new("tickets.table.closed_only"),
        columns,
        rows: desk.clocks.iter().map(row).collect(),
        note: Some(Message::new("tickets.note.closed_only")),
        top: None,
    }
}

fn readings(timed: &Timed, unit: Unit) -> Table {
    let ladder = if unit == Unit::Hours { HOURS } else { DAYS };
    let last = timed.curve.steps.last().map_or(0.0, |step| step.time);
    let ms = |hours: u32| f64::from(hours) * 3_600_000.0;
    let row = |hours: u32| {
        let step = timed.curve.at(ms(hours));
        let left = step.map_or(1.0, |step| step.survival);
        Row::from(vec![
            Cell::from(Value::number(unit.of(ms(hours)), 0)),
            Cell::from(Value::share(left)),
            Cell::from(Value::share(1.0 - left)).by(Expr::from(1.0) - Expr::own("running")),
        ])
    };
    Table {
        id: "tickets.readings".to_owned(),
        title: Message::new("tickets.table.readings"),
        columns: vec![
            timed_column("time", unit),
            column("running", Format::Share),
            column("ended_share", Format::Share),
        ],
        rows: ladder.into_iter().filter(|hours| ms(*hours) <= last).map(row).collect(),
        note: None,
        top: None,
    }
}

/// The scores customers gave.
pub(super) fn ratings(desk: &Desk) -> Option<Block> {
    let ratings = desk.ratings.as_ref()?;
    let all: u64 = ratings.scores.iter().map(|(_, n)| n).sum();
    let total = || Expr::call(Func::Sum, [Expr::whole("tickets.ratings", "cases")]);
    let row = |(score, n): &(f64, u64)| {
        Row::from(vec![
            Cell::from(Value::number(*score, u8::from(score.fract() != 0.0))),
            (*n).into(),
            Cell::from(Value::ratio(*n, all)).by(Expr::own("cases") / total()),
        ])
    };
    Some(Block::Table(Table {
        id: "tickets.ratings".to_owned(),
        title: Message::new("tickets.table.ratings"),
        columns: vec![
            column("score", Format::Number(0)),
            column("cases", Format::Count),
            column("share", Format::Share),
        ],
        rows: ratings.scores.iter().map(row).collect(),
        note: Some(
            Message::new("tickets.note.ratings").arg("silent", Value::count(ratings.silent)),
        ),
        top: None,
    }))
}
