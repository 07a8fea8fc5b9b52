//! The section of the page.

use super::compute::{Computed, Voice};
use crate::records::{Col, TableKind};
use crate::report::{
    Block, Cell, Chart, ChartKind, Check, CheckState, Column, Direction, Emphasis, Expr, Format,
    Func, Message, Metric, Role, Row, Table, Tone, Value,
};
use crate::stats::interval::wilson;

const TREE: &str = "ctq_tree.tree";
const PARETO: &str = "ctq_tree.pareto";

/// The headline figures.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    let metric = |id: &str, value| Metric::new("ctq_tree", id, value, data.cases, data.period);
    let vital = data.vital();
    let measured = vital.iter().filter(|voice| !voice.types.is_empty()).count();
    let share = Value::ratio(measured as u64, vital.len() as u64).filter(|_| data.known.defects);
    vec![
        metric("vital_voices", Some(vital.len().into())),
        Metric { direction: Direction::Higher, ..metric("voices_measured", share) },
    ]
}

/// The blocks, in order.
pub(super) fn blocks(data: &Computed, metrics: &[Metric]) -> Vec<Block> {
    let text = Message::new("ctq_tree.note.window")
        .arg("from", data.period.from)
        .arg("to", data.period.to)
        .arg("cases", data.cases);
    let mut blocks = vec![
        Block::Cards(metrics.to_vec()),
        Block::Note { tone: Tone::Plain, text },
        Block::Chart(Box::new(pareto(data))),
        Block::Table(tree(data)),
    ];
    let checks = checks(data);
    if !checks.is_empty() {
        blocks.push(Block::Checklist(checks));
    }
    blocks
}

/// What is not in the tree, and which column it would take.
fn checks(data: &Computed) -> Vec<Check> {
    let known = data.known;
    let needed = [
        (known.priority, "priority", TableKind::Tickets, Col::Priority),
        (known.cost, "cost", TableKind::Tickets, Col::Cost),
        (known.surveys, "surveys", TableKind::Surveys, Col::TicketId),
        (known.defects, "defects", TableKind::DefectLog, Col::DefectType),
    ];
    let absent = needed.into_iter().filter(|(there, ..)| !there);
    let check = |(_, label, table, col): (bool, &str, TableKind, Col)| Check {
        label: Message::new(format!("ctq_tree.check.{label}")),
        state: CheckState::NotComputable,
        detail: Message::new("ctq_tree.check.missing")
            .arg("table", table.name())
            .arg("column", col.name()),
    };
    absent.map(check).collect()
}

fn column(id: &str, format: Format) -> Column {
    Column::of("ctq_tree", id, format)
}

/// Complaints by weight, and the share of all so far.
fn pareto(data: &Computed) -> Chart {
    let columns = vec![
        column("category", Format::Text),
        column("weighted", Format::Count),
        column("cumulative", Format::Share),
    ];
    let shown = data.voices.len().min(data.top);
    let rest: u64 = data.voices.iter().skip(shown).map(|voice| voice.weighted).sum();
    let named = data.voices.iter().take(shown);
    let mut bars: Vec<(Cell, u64)> =
        named.map(|voice| (Cell::from(voice.category.as_str()), voice.weighted)).collect();
    if rest > 0 {
        bars.push((Cell::from(Value::from(Message::new("ctq_tree.other"))), rest));
    }
    let last = bars.len().saturating_sub(1);
    let span = |to: usize| {
        Expr::call(Func::Sum, [Expr::Span(PARETO.to_owned(), "weighted".to_owned(), 0, to)])
    };
    let mut so_far = 0;
    let row = |(i, (name, weighted)): (usize, (Cell, u64))| {
        so_far += weighted;
        let cumulative = Cell::from(Value::ratio(so_far, data.weighted));
        Row::from(vec![name, Cell::from(weighted), cumulative.by(span(i) / span(last))])
    };
    let rows = bars.into_iter().enumerate().map(row).collect();
    let table = Table::new(PARETO, Message::new("ctq_tree.chart.title"), columns, rows);
    let describe = Message::new("ctq_tree.chart.describe")
        .arg("categories", data.voices.len())
        .arg("vital", data.vital().len());
    let series = [("weighted", Role::Value), ("cumulative", Role::Cumulative)];
    Chart::of(ChartKind::Pareto, table, "category", &series).described(describe)
}

/// The tree: voice, severity, and the defects that answer to it.
fn tree(data: &Computed) -> Table {
    let known = data.known;
    let mut columns = vec![column("category", Format::Text), column("cases", Format::Count)];
    columns.extend(["share", "low", "high"].map(|id| column(id, Format::Share)));
    let optional = [
        (known.priority, "grave", Format::Count),
        (known.priority, "weighted", Format::Count),
        (known.cost, "cost", Format::Money),
        (known.surveys, "score", Format::Number(2)),
        (known.surveys, "answers", Format::Count),
        (known.defects, "types", Format::Text),
        (known.defects, "defects", Format::Count),
        (known.defects, "defect_cost", Format::Money),
    ];
    let there = |(known, id, format): (bool, &str, Format)| known.then(|| column(id, format));
    columns.extend(optional.into_iter().filter_map(there));
    let vital = data.vital().len();
    let row = |(i, voice): (usize, &Voice)| {
        let mut cells = vec![Cell::from(voice.category.as_str()), Cell::from(voice.cases)];
        cells.extend(shares(data, voice));
        cells.extend(severity(data, voice));
        cells.extend(defects(data, voice));
        let bare = i < vital && known.defects && voice.types.is_empty();
        Row { cells, emphasis: bare.then_some(Emphasis::Bad) }
    };
    let mut rows: Vec<Row> = data.voices.iter().enumerate().map(row).collect();
    rows.push(total(data, columns.len()));
    let note = Some(Message::new("ctq_tree.note.tree"));
    let title = Message::new("ctq_tree.table.tree");
    Table { note, top: Some(data.top), ..Table::new(TREE, title, columns, rows) }
}

/// Share of all cases with Wilson's interval; the total stands in the last row.
fn shares(data: &Computed, voice: &Voice) -> [Cell; 3] {
    let bounds = wilson(voice.cases, data.cases, data.level);
    let end = |end: Option<f64>| Cell::from(end.and_then(Value::share));
    let all = Expr::at(TREE, "cases", data.voices.len());
    [
        Cell::from(Value::ratio(voice.cases, data.cases)).by(Expr::own("cases") / all),
        end(bounds.map(|b| b.low)),
        end(bounds.map(|b| b.high)),
    ]
}

fn severity(data: &Computed, voice: &Voice) -> Vec<Cell> {
    let mut cells = Vec::new();
    if data.known.priority {
        cells.extend([Cell::from(voice.grave), Cell::from(voice.weighted)]);
    }
    if data.known.cost {
        cells.push(Cell::from(voice.cost.map(Value::Money)));
    }
    if data.known.surveys {
        let score = voice.score.and_then(|score| Value::number(score.value, 2));
        cells.extend([Cell::from(score), Cell::from(voice.answers)]);
    }
    cells
}

fn defects(data: &Computed, voice: &Voice) -> Vec<Cell> {
    if !data.known.defects {
        return Vec::new();
    }
    let types = match voice.types.as_slice() {
        [] => Value::from(Message::new("ctq_tree.unmeasured")),
        types => Value::from(types.join(", ")),
    };
    let count = (!voice.types.is_empty()).then(|| Value::count(voice.defects));
    vec![Cell::from(types), Cell::from(count), Cell::from(voice.defect_cost.map(Value::Money))]
}

fn total(data: &Computed, width: usize) -> Row {
    let last = data.voices.len().saturating_sub(1);
    let sum = Expr::Span(TREE.to_owned(), "cases".to_owned(), 0, last);
    let mut cells = vec![
        Cell::from(Value::from(Message::new("ctq_tree.total"))),
        Cell::from(data.cases).by(Expr::call(Func::Sum, [sum])),
    ];
    cells.resize(width, Cell::none());
    Row { cells, emphasis: Some(Emphasis::Total) }
}
