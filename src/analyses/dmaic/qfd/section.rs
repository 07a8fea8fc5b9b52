//! The section of the page.

use super::compute::{Computed, House, Need};
use crate::report::{
    Block, Cell, Chart, ChartKind, Check, CheckState, Column, Direction, Emphasis, Expr, Format,
    Func, Message, Metric, Op, Role, Row, Table, Value,
};

/// Characteristics a matrix shows side by side; all of them stand in the ranking and its sheet.
const WIDE: usize = 16;

/// The name of a project, or the words for none.
pub(super) fn project(name: Option<&str>) -> Value {
    name.map_or_else(|| Message::new("qfd.unnamed").into(), Value::from)
}

/// The headline figures, over all houses.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    let sum = |of: fn(&House) -> usize| data.houses.iter().map(of).sum::<usize>();
    let metric = |id: &str, holes: usize, of: usize| Metric {
        direction: Direction::Lower,
        ..Metric::new("qfd", id, Some(holes.into()), of as u64, data.period)
    };
    vec![
        metric("qfd_unanswered", sum(|h| h.unanswered().len()), sum(|h| h.needs.len())),
        metric("qfd_unneeded", sum(|h| h.unneeded().len()), sum(|h| h.characteristics.len())),
    ]
}

/// The blocks, in order.
pub(super) fn blocks(data: &Computed, metrics: &[Metric]) -> Vec<Block> {
    let mut blocks = vec![Block::Cards(metrics.to_vec()), Block::Checklist(checks(data))];
    for (index, house) in data.houses.iter().enumerate() {
        let name = project(house.project.as_deref());
        blocks.push(Block::Heading(Message::new("qfd.heading").arg("project", name)));
        blocks.push(Block::Chart(Box::new(ranking(index, house))));
        blocks.push(Block::Table(matrix(index, house)));
    }
    blocks
}

/// The relations of each house, for the formulas of its ranking.
pub(super) fn data(data: &Computed) -> Vec<Table> {
    data.houses.iter().enumerate().map(|(index, house)| relations(index, house)).collect()
}

fn checks(data: &Computed) -> Vec<Check> {
    let contrary: usize = data.houses.iter().map(|house| house.contrary).sum();
    let check = |label: &str, rows: usize| Check {
        label: Message::new(format!("qfd.check.{label}")),
        state: if rows == 0 { CheckState::Pass } else { CheckState::Warn },
        detail: Message::new(format!("qfd.check.{label}_rows")).arg("rows", rows),
    };
    vec![check("contrary", contrary), check("refused", data.refused)]
}

fn column(id: &str, format: Format) -> Column {
    Column::of("qfd", id, format)
}

fn number(value: f64) -> Cell {
    Cell::from(Value::number(value, 1))
}

fn sheet(index: usize) -> String {
    format!("qfd.relations_{index}")
}

/// The characteristics from the weightiest down, as a Pareto chart.
fn ranking(index: usize, house: &House) -> Chart {
    let id = format!("qfd.ranking_{index}");
    let columns = vec![
        column("characteristic", Format::Text),
        column("weight", Format::Number(1)),
        column("share", Format::Share),
        column("cumulative", Format::Share),
    ];
    let (sheet, mut so_far) = (sheet(index), 0.0);
    let span = |to: usize| Expr::call(Func::Sum, [Expr::Span(id.clone(), "weight".into(), 0, to)]);
    let ranked = house.ranking();
    let last = ranked.len().saturating_sub(1);
    let row = |(i, &(j, weight, share)): (usize, &(usize, f64, Option<f64>))| {
        so_far += share.unwrap_or(0.0);
        let name = "characteristic";
        let own = Expr::op(Op::Eq, Expr::whole(&sheet, name), Expr::own(name));
        let terms = own * Expr::whole(&sheet, "importance") * Expr::whole(&sheet, "relation");
        let cumulative = share.and_then(|_| Value::share(so_far));
        Row::from(vec![
            Cell::from(house.characteristics.get(j).map(|name| Value::from(name.as_str()))),
            number(weight).by(Expr::call(Func::Sumproduct, [terms])),
            Cell::from(share.and_then(Value::share)).by(Expr::own("weight") / span(last)),
            Cell::from(cumulative).by(span(i) / span(last)),
        ])
    };
    let rows = ranked.iter().enumerate().map(row).collect();
    let table = Table::new(&id, Message::new("qfd.chart.title"), columns, rows);
    let describe = Message::new("qfd.chart.describe")
        .arg("needs", house.needs.len())
        .arg("characteristics", house.characteristics.len());
    let series = [("weight", Role::Value), ("cumulative", Role::Cumulative)];
    Chart::of(ChartKind::Pareto, table, "characteristic", &series).described(describe)
}

/// Needs down, characteristics across; a need nobody answers stands out.
fn matrix(index: usize, house: &House) -> Table {
    let mut columns = vec![column("need", Format::Text), column("importance", Format::Number(1))];
    let shown = house.characteristics.len().min(WIDE);
    let named = |(j, name): (usize, &String)| {
        let header = Message::new("qfd.column.named").arg("name", name.as_str());
        Column::titled(&format!("c{j}"), Format::Number(0), header)
    };
    columns.extend(house.characteristics.iter().take(shown).enumerate().map(named));
    columns.push(column("strongest", Format::Number(0)));
    let row = |need: &Need| {
        let mut cells = vec![Cell::from(need.name.as_str()), number(need.importance)];
        let related = |j| Cell::from(need.relation(j).and_then(|r| Value::number(r, 0)));
        cells.extend((0..shown).map(related));
        cells.push(Cell::from(Value::number(need.strongest(), 0)));
        let emphasis = (need.strongest() <= 0.0).then_some(Emphasis::Bad);
        Row { cells, emphasis }
    };
    let mut rows: Vec<Row> = house.needs.iter().map(row).collect();
    rows.push(totals(index, house, shown));
    let note = if shown < house.characteristics.len() { "qfd.note.cut" } else { "qfd.note.scale" };
    let note = Some(Message::new(note).arg("shown", shown));
    let title = Message::new("qfd.table.matrix");
    Table { note, ..Table::new(&format!("qfd.matrix_{index}"), title, columns, rows) }
}

/// The technical importance of each characteristic under its column.
fn totals(index: usize, house: &House, shown: usize) -> Row {
    let id = format!("qfd.matrix_{index}");
    let last = house.needs.len().saturating_sub(1);
    let span = |column: &str| Expr::Span(id.clone(), column.to_owned(), 0, last);
    let mut cells = vec![Cell::from(Value::from(Message::new("qfd.total"))), Cell::none()];
    let weights = house.weights();
    cells.extend(weights.iter().take(shown).enumerate().map(|(j, &weight)| {
        let terms = span("importance") * span(&format!("c{j}"));
        Cell::from(Value::number(weight, 0)).by(Expr::call(Func::Sumproduct, [terms]))
    }));
    cells.push(Cell::none());
    Row { cells, emphasis: Some(Emphasis::Total) }
}

fn relations(index: usize, house: &House) -> Table {
    let mut columns = vec![column("need", Format::Text), column("characteristic", Format::Text)];
    columns.extend(["importance", "relation"].map(|id| column(id, Format::Number(1))));
    let mut rows = Vec::new();
    for need in &house.needs {
        for (j, name) in house.characteristics.iter().enumerate() {
            let Some(relation) = need.relation(j) else { continue };
            let names = [need.name.as_str(), name.as_str()].map(Cell::from);
            let cells = names.into_iter().chain([number(need.importance), number(relation)]);
            rows.push(Row::from(cells.collect::<Vec<_>>()));
        }
    }
    Table::new(&sheet(index), Message::new("qfd.table.relations"), columns, rows)
}
