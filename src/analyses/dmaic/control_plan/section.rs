//! The section of the page.

use std::collections::BTreeMap;

use super::compute::{Check, Computed, Counts, State};
use crate::report::formula::{wilson_high, wilson_low};
use crate::report::{
    Block, Cell, Chart, ChartKind, Column, Direction, Expr, Format, Func, Interval, Message,
    Metric, Op, Role, Row, Table, Tone, Value,
};
use crate::stats::interval::wilson;
use crate::units::Month;

/// The data sheet of checks.
const DUE: &str = "control_plan.due";
/// Overdue checks shown before the rest is folded.
const TOP: usize = 15;

/// A name, or the words for none.
pub(super) fn named(name: Option<&str>) -> Value {
    name.map_or_else(|| Message::new("control_plan.unnamed").into(), Value::from)
}

/// Part over whole.
pub(super) fn share(part: u64, whole: u64) -> Option<Value> {
    (whole > 0).then(|| Value::ratio(part, whole)).flatten()
}

/// The headline figures.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    let Counts { due, on_time, late, overdue } = data.all;
    let metric = |id: &str, value| Metric::new("control_plan", id, value, due, data.period);
    let part = |id: &str, part: u64| Metric {
        interval: wilson(part, due, data.level)
            .map(|b| Interval::shares(b.low, b.high, data.level)),
        direction: Direction::Higher,
        ..metric(id, share(part, due))
    };
    let overdue = Metric {
        direction: Direction::Lower,
        ..metric("checks_overdue", Some(Value::count(overdue)))
    };
    vec![part("checks_on_time", on_time), part("checks_done", on_time + late), overdue]
}

/// The blocks, in order.
pub(super) fn blocks(data: &Computed, metrics: &[Metric]) -> Vec<Block> {
    let text = Message::new("control_plan.note.window")
        .arg("from", data.period.from)
        .arg("to", data.period.to);
    let mut blocks = vec![
        Block::Cards(metrics.to_vec()),
        Block::Note { tone: Tone::Plain, text },
        Block::Chart(Box::new(by_month(data))),
        Block::Table(by(data, "characteristic", |check| Some(&check.characteristic))),
        Block::Table(by(data, "owner", |check| check.owner.as_deref())),
    ];
    if data.all.overdue > 0 {
        blocks.push(Block::Table(overdue(data)));
    }
    blocks
}

fn column(id: &str, format: Format) -> Column {
    Column::of("control_plan", id, format)
}

const COUNTS: [&str; 4] = ["due", "on_time", "late", "overdue"];

fn counted(format: Format) -> Vec<Column> {
    let mut columns = COUNTS.map(|id| column(id, format)).to_vec();
    columns.extend(["share", "low", "high"].map(|id| column(id, Format::Share)));
    columns
}

/// Counts with the share done by its day and Wilson's interval; counts by `of` of a state.
fn cells(data: &Computed, counts: Counts, of: impl Fn(&str) -> Expr) -> Vec<Cell> {
    let Counts { due, on_time, late, overdue } = counts;
    let by = |(id, n): (&str, u64)| Cell::from(n).by(of(id));
    let mut cells: Vec<Cell> =
        COUNTS.into_iter().zip([due, on_time, late, overdue]).map(by).collect();
    let bounds = wilson(on_time, due, data.level);
    let end = |end: Option<f64>| Cell::from(end.and_then(Value::share));
    cells.push(Cell::from(share(on_time, due)).by(Expr::own("on_time") / Expr::own("due")));
    cells.push(end(bounds.map(|b| b.low)).by(wilson_low("on_time", "due", data.level)));
    cells.push(end(bounds.map(|b| b.high)).by(wilson_high("on_time", "due", data.level)));
    cells
}

/// Checks by characteristic or owner, in order of the names: this is no ranking.
fn by(data: &Computed, label: &str, of: fn(&Check) -> Option<&str>) -> Table {
    let mut columns = vec![column(label, Format::Text)];
    columns.extend(counted(Format::Count));
    let sum = |id: &str| {
        let own = Expr::op(Op::Eq, Expr::whole(DUE, label), Expr::own(label));
        Expr::call(Func::Sumproduct, [own * Expr::whole(DUE, id)])
    };
    let row = |(name, counts): (Option<&str>, Counts)| {
        let mut row = vec![Cell::from(named(name))];
        row.extend(cells(data, counts, sum));
        Row::from(row)
    };
    let rows = data.by(of).into_iter().map(row).collect();
    let title = Message::new(format!("control_plan.table.by_{label}"));
    Table::new(&format!("control_plan.by_{label}"), title, columns, rows)
}

/// Share done by its day, month by month.
fn by_month(data: &Computed) -> Chart {
    let mut columns = vec![column("month", Format::Month)];
    columns.extend(counted(Format::Count));
    let sum = |id: &str| {
        let own = Expr::op(Op::Eq, Expr::whole(DUE, "month"), Expr::own("month"));
        Expr::call(Func::Sumproduct, [own * Expr::whole(DUE, id)])
    };
    let row = |(&month, &counts): (&i32, &Counts)| {
        let mut row = vec![Cell::from(Month::from_number(month))];
        row.extend(cells(data, counts, sum));
        Row::from(row)
    };
    let rows: Vec<Row> = data.months.iter().map(row).collect();
    let title = Message::new("control_plan.chart.title");
    let describe = Message::new("control_plan.chart.describe")
        .arg("months", rows.len())
        .arg("due", data.all.due)
        .arg("on_time", data.all.on_time);
    let table = Table::new("control_plan.by_month", title, columns, rows);
    let series = [("share", Role::Value), ("low", Role::Bound), ("high", Role::Bound)];
    Chart::of(ChartKind::Line, table, "month", &series).described(describe)
}

fn overdue(data: &Computed) -> Table {
    let text = ["project", "characteristic", "owner"].map(|id| column(id, Format::Text));
    let mut columns = text.to_vec();
    columns.push(column("day", Format::Date));
    columns.push(column("days", Format::Count));
    columns.push(column("reaction", Format::Text));
    let row = |(check, days): (&Check, i32)| {
        Row::from(vec![
            named(check.project.as_deref()).into(),
            Cell::from(check.characteristic.as_str()),
            named(check.owner.as_deref()).into(),
            Cell::from(check.due),
            i64::from(days).into(),
            Cell::from(check.reaction.as_deref().map(Value::from)),
        ])
    };
    let rows = data.overdue().into_iter().map(row).collect();
    let title = Message::new("control_plan.table.overdue");
    Table { top: Some(TOP), ..Table::new("control_plan.overdue", title, columns, rows) }
}

/// The data sheet: checks due so far by month, characteristic and owner.
pub(super) fn due(data: &Computed) -> Table {
    let mut columns = vec![column("month", Format::Month)];
    columns.extend(["characteristic", "owner"].map(|id| column(id, Format::Text)));
    columns.extend(COUNTS.map(|id| column(id, Format::Count)));
    let mut counts = BTreeMap::<(i32, &str, Option<&str>), [u64; 4]>::new();
    for check in &data.checks {
        let state = match check.state {
            State::OnTime => [1, 1, 0, 0],
            State::Late(_) => [1, 0, 1, 0],
            State::Overdue(_) => [1, 0, 0, 1],
            State::Ahead => continue,
        };
        let place = (check.due.month().number(), &*check.characteristic, check.owner.as_deref());
        let sums = counts.entry(place).or_default();
        sums.iter_mut().zip(state).for_each(|(sum, one)| *sum += one);
    }
    let row = |((month, characteristic, owner), sums): ((i32, &str, Option<&str>), [u64; 4])| {
        let mut cells =
            vec![Cell::from(Month::from_number(month)), characteristic.into(), named(owner).into()];
        cells.extend(sums.map(Cell::from));
        Row::from(cells)
    };
    let rows = counts.into_iter().map(row).collect();
    Table::new(DUE, Message::new("control_plan.table.due"), columns, rows)
}
