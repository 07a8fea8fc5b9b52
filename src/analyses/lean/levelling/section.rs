//! The metrics, charts and tables of load and capacity.

use super::capacity::{Capacity, Entry};
use super::compute::{Evenness, Load};
use super::findings::findings;
use crate::analyses::analysis::Ask;
use crate::dataset::Dataset;
use crate::report::{
    Block, Cell, Chart, ChartKind, Check, CheckState, Direction, Emphasis, Format, Interval,
    Message, Metric, Outcome, Role, Row, Table, Tone, Value, formula,
};
use crate::stats::interval;
use crate::units::Period;

/// The outcome.
pub(super) fn outcome(
    load: Option<&Load>,
    capacity: Option<&Capacity>,
    data: &Dataset,
    ask: &Ask,
) -> Outcome {
    let mut metrics = load.map(|load| of_load(load, data.period)).unwrap_or_default();
    let used = capacity.filter(|capacity| !capacity.entries.is_empty());
    metrics.extend(used.map(|c| of_capacity(c, data.period, ask.confidence)).unwrap_or_default());
    let mut blocks = vec![Block::Cards(metrics.clone())];
    if let Some(load) = load {
        blocks.push(Block::Note { tone: Tone::Plain, text: note(load) });
        blocks.push(Block::Table(halves(load)));
        blocks.push(Block::Chart(Box::new(by_month(load))));
    }
    if let Some(capacity) = used {
        blocks.push(Block::Chart(Box::new(against(capacity))));
    }
    let checks = lacking(load, used);
    if !checks.is_empty() {
        blocks.push(Block::Checklist(checks));
    }
    Outcome {
        findings: findings(load, capacity, ask),
        metrics,
        status: Vec::new(),
        blocks,
        data: Vec::new(),
    }
}

fn metric(id: &str, value: Option<Value>, n: usize, period: Period, method: &str) -> Metric {
    Metric {
        id: id.to_owned(),
        value,
        interval: None,
        n: n as u64,
        period,
        target: None,
        direction: Direction::Lower,
        method: format!("levelling.method.{method}"),
    }
}

fn of_load(load: &Load, period: Period) -> Vec<Metric> {
    let whole = load.whole;
    let cv = whole.cv.and_then(Value::share);
    let index = whole.index.and_then(|index| Value::number(index, 2));
    vec![
        metric("load_variation", cv, whole.days, period, "cv"),
        Metric {
            direction: Direction::Higher,
            ..metric("levelling_index", index, whole.days, period, "jain")
        },
    ]
}

fn of_capacity(capacity: &Capacity, period: Period, level: f64) -> Vec<Metric> {
    let n = capacity.entries.len();
    let estimate = capacity.utilisation;
    let utilisation = estimate.map(|e| Interval::shares(e.bounds.low, e.bounds.high, level));
    let bounds = interval::wilson(capacity.peaks, n as u64, level);
    vec![
        Metric {
            interval: utilisation,
            direction: Direction::Neutral,
            ..metric(
                "capacity_utilisation",
                estimate.and_then(|e| Value::share(e.value)),
                n,
                period,
                "utilisation",
            )
        },
        Metric {
            interval: bounds.map(|b| Interval::shares(b.low, b.high, level)),
            ..metric("peak_share", Value::ratio(capacity.peaks, n as u64), n, period, "peaks")
        },
    ]
}

fn note(load: &Load) -> Message {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let off = DAYS.into_iter().zip(load.weekdays).filter(|(_, works)| !works);
    let off: Vec<&str> = off.map(|(day, _)| day).collect();
    let key = match off.as_slice() {
        [] => "levelling.note.every_day",
        ["sat", "sun"] => "levelling.note.weekend",
        ["sun"] => "levelling.note.sunday",
        _ => "levelling.note.some_days",
    };
    Message::new(key)
        .arg("source", Message::new(format!("levelling.source.{}", load.source.key())))
        .arg("days", load.whole.days)
        .arg("weekdays", 7 - off.len())
}

fn number(x: Option<f64>, decimals: u8) -> Cell {
    Cell::from(x.and_then(|x| Value::number(x, decimals)))
}

fn figures(of: &Evenness) -> Vec<Cell> {
    let share = |x: Option<f64>| Cell::from(x.and_then(Value::share));
    vec![
        Cell::from(of.days),
        number(Some(of.mean), 1),
        number(Some(of.peak), 0),
        share(of.cv),
        share(of.by_chance()),
        number(of.index, 2),
    ]
}

const FIGURES: [(&str, Format); 6] = [
    ("days", Format::Count),
    ("mean", Format::Number(1)),
    ("peak", Format::Count),
    ("cv", Format::Share),
    ("by_chance", Format::Share),
    ("index", Format::Number(2)),
];

/// The whole period and its halves.
fn halves(load: &Load) -> Table {
    let columns = [&[("span", Format::Text)], FIGURES.as_slice()].concat();
    let row = |key: &str, of: &Evenness| {
        let name = Cell::from(Value::from(Message::new(format!("levelling.row.{key}"))));
        Row::from([vec![name], figures(of)].concat())
    };
    let mut rows: Vec<Row> = Vec::new();
    if let Some([before, after]) = &load.halves {
        rows.extend([row("first", before), row("second", after)]);
    }
    let total = row("whole", &load.whole);
    rows.push(Row { emphasis: Some(Emphasis::Total), ..total });
    let note = match load.p {
        None => Message::new("levelling.note.halves"),
        Some(p) => Message::new("levelling.note.halves_test")
            .arg("p", Value::Number { value: p, decimals: 3 }),
    };
    Table::of("levelling", "halves", &columns, rows).noted(note)
}

/// The variation of daily load by month, with what chance alone would give.
fn by_month(load: &Load) -> Chart {
    let columns = [&[("month", Format::Month)], FIGURES.as_slice()].concat();
    let row = |(month, of): &(crate::units::Month, Evenness)| {
        Row::from([vec![Cell::from(*month)], figures(of)].concat())
    };
    let rows = load.months.iter().map(row).collect();
    let mut table = Table::of("levelling", "by_month", &columns, rows)
        .noted(Message::new("levelling.note.by_month"));
    table.top = Some(12);
    let series = [("cv", Role::Value), ("by_chance", Role::Other)];
    Chart::of(ChartKind::Line, table, "month", &series)
        .described(Message::new("levelling.chart.by_month").arg("months", load.months.len()))
}

/// Demand and capacity over time.
fn against(capacity: &Capacity) -> Chart {
    let columns = [
        ("day", Format::Date),
        ("demand", Format::Number(1)),
        ("capacity", Format::Number(1)),
        ("load", Format::Share),
    ];
    let row = |entry: &Entry| {
        let load = Cell::from(Value::share(entry.demand / entry.units));
        let cells = vec![
            Cell::from(entry.day),
            number(Some(entry.demand), 1),
            number(Some(entry.units), 1),
            load.by(formula::ratio("demand", "capacity")),
        ];
        let beyond = entry.demand > entry.units;
        Row { cells, emphasis: beyond.then_some(Emphasis::Bad) }
    };
    let rows = capacity.entries.iter().map(row).collect();
    let mut table = Table::of("levelling", "against", &columns, rows)
        .noted(Message::new("levelling.note.against"));
    table.top = Some(12);
    let series = [("demand", Role::Value), ("capacity", Role::Other)];
    Chart::of(ChartKind::Line, table, "day", &series).described(
        Message::new("levelling.chart.against")
            .arg("entries", capacity.entries.len())
            .arg("peaks", Value::count(capacity.peaks)),
    )
}

/// What cannot be computed, and why.
fn lacking(load: Option<&Load>, capacity: Option<&Capacity>) -> Vec<Check> {
    let lacks = [("load", load.is_none()), ("capacity", capacity.is_none())];
    let check = |name: &str| Check {
        label: Message::new(format!("levelling.check.{name}.label")),
        state: CheckState::NotComputable,
        detail: Message::new(format!("levelling.check.{name}.missing")),
    };
    lacks.iter().filter(|(_, lacks)| *lacks).map(|(name, _)| check(name)).collect()
}
