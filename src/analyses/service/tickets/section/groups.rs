//! Cases by priority, category, agent and so on.

use super::super::compute::{Desk, Dimension, Group, Unit};
use super::super::findings::probability;
use super::{clock_name, column, in_unit, note, timed_column};
use crate::report::{Block, Cell, Emphasis, Format, Message, Row, Table, Tone, Value, formula};

/// A table and what the tests say, for each dimension.
pub(super) fn tables(desk: &Desk, level: f64) -> Vec<Block> {
    let mut out = Vec::new();
    for found in &desk.dimensions {
        let name = found.col.name();
        let heading = Message::new("tickets.heading.by").arg("what", column_name(name));
        out.push(Block::Heading(heading));
        if found.groups.is_empty() {
            let text = Message::new("tickets.note.names").arg("labels", found.labels);
            out.push(note(Tone::Caution, text));
            continue;
        }
        out.extend(verdicts(desk, found));
        out.push(Block::Table(table(desk, found, level)));
        if found.unnamed > 0 {
            let text =
                Message::new("tickets.note.unnamed").arg("cases", Value::count(found.unnamed));
            out.push(note(Tone::Plain, text));
        }
    }
    out
}

/// The heading of a column of the records.
pub(super) fn column_name(name: &str) -> Message {
    Message::new(format!("col.{name}"))
}

fn verdicts(desk: &Desk, found: &Dimension) -> Vec<Block> {
    let tests = [("time", found.time), ("promise", found.kept)];
    let shown = [desk.main.is_some(), desk.promise.is_some()];
    let tests = tests.into_iter().zip(shown).filter(|(_, shown)| *shown).map(|(test, _)| test);
    let text = tests.map(|(what, p)| match p {
        None => Message::new(format!("tickets.verdict.{what}_none")),
        Some(p) if p < 0.05 => {
            Message::new(format!("tickets.verdict.{what}_differs")).arg("p", probability(p))
        }
        Some(p) => Message::new(format!("tickets.verdict.{what}_even")).arg("p", probability(p)),
    });
    text.map(|text| note(Tone::Plain, text)).collect()
}

fn table(desk: &Desk, found: &Dimension, level: f64) -> Table {
    let name = found.col.name();
    let title = Message::new("tickets.table.by").arg("what", column_name(name));
    let clock = desk.main.map_or("close", clock_name);
    let small = found.groups.iter().any(|group| !group.compared);
    let mut columns = vec![
        crate::report::Column::titled("group", Format::Text, column_name(name)),
        column("cases", Format::Count),
    ];
    if desk.main.is_some() {
        columns.push(column("running_on", Format::Count));
        columns.push(timed_column("median", desk.unit));
        columns.push(timed_column("closed_median", desk.unit));
        columns.push(column("p_time", Format::Number(3)));
    }
    if desk.promise.is_some() {
        columns.push(column("kept", Format::Count));
        columns.push(column("n", Format::Count));
        columns.extend(["share", "low", "high"].map(|id| column(id, Format::Share)));
        columns.push(column("p_kept", Format::Number(3)));
    }
    let note =
        Message::new(if small { "tickets.note.groups_small" } else { "tickets.note.groups" });
    Table {
        id: format!("tickets.by_{name}"),
        title,
        columns,
        rows: found.groups.iter().map(|group| row(desk, group, level)).collect(),
        note: Some(note.arg("clock", Message::new(format!("tickets.clock.{clock}")))),
        top: Some(12),
    }
}

fn row(desk: &Desk, group: &Group, level: f64) -> Row {
    let mut cells = vec![Cell::from(group.name.clone()), group.cases.into()];
    if desk.main.is_some() {
        cells.extend(times(group, desk.unit));
    }
    if desk.promise.is_some() {
        let share = |x: Option<f64>| Cell::from(x.and_then(Value::share));
        let bounds = group.kept.bounds(level);
        cells.push(group.kept.k.into());
        cells.push(group.kept.n.into());
        cells.push(share(group.kept.value()).by(formula::ratio("kept", "n")));
        cells.push(share(bounds.map(|b| b.low)).by(formula::wilson_low("kept", "n", level)));
        cells.push(share(bounds.map(|b| b.high)).by(formula::wilson_high("kept", "n", level)));
        cells.push(Cell::from(group.later.and_then(|(p, _)| p_value(p))));
    }
    Row { cells, emphasis: emphasis(group) }
}

fn times(group: &Group, unit: Unit) -> [Cell; 4] {
    let timed = group.timed.as_ref();
    let curve = timed.and_then(|timed| timed.median);
    let closed = timed.and_then(|timed| timed.closed_median);
    [
        Cell::from(timed.map(|timed| Value::count(timed.open))),
        Cell::from(in_unit(curve, unit)),
        Cell::from(in_unit(closed, unit)),
        Cell::from(group.slower.and_then(|(p, _)| p_value(p))),
    ]
}

/// A p-value too small for a double is still above zero.
fn p_value(p: f64) -> Option<Value> {
    Value::number(p.max(f64::MIN_POSITIVE), 3)
}

fn emphasis(group: &Group) -> Option<Emphasis> {
    if !group.compared {
        return Some(Emphasis::Muted);
    }
    let sure = |p: f64| p < 0.05;
    let time = group.slower.filter(|(p, _)| sure(*p)).map(|(_, slower)| slower);
    let kept = group.later.filter(|(p, _)| sure(*p));
    let kept = kept.and_then(|(_, rest)| Some(group.kept.value()? < rest));
    match (time, kept) {
        (Some(true), _) | (_, Some(true)) => Some(Emphasis::Bad),
        (Some(false), _) | (_, Some(false)) => Some(Emphasis::Good),
        (None, None) => None,
    }
}
