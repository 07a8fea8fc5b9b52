//! The section of the page.

use super::compute::{Computed, Criterion, Matrix, Total, Turn};
use crate::records::Col;
use crate::report::{
    Block, Cell, Check, CheckState, Column, Direction, Emphasis, Expr, Format, Func, Message,
    Metric, Op, Row, Table, Value,
};

/// Concepts a matrix shows side by side; all of them stand in the totals and their sheet.
const WIDE: usize = 10;

/// The name of a project, or the words for none.
pub(super) fn project(name: Option<&str>) -> Value {
    name.map_or_else(|| Message::new("pugh.unnamed").into(), Value::from)
}

/// The name of the j-th concept.
pub(super) fn concept(matrix: &Matrix, j: usize) -> Value {
    matrix.concepts.get(j).map_or_else(|| project(None), |name| Value::from(name.as_str()))
}

/// The headline figures, over all matrices.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    let pairs: Vec<(usize, usize)> = data.matrices.iter().filter_map(Matrix::kept).collect();
    let (kept, all) = pairs.iter().fold((0, 0), |(a, b), (k, n)| (a + k, b + n));
    let concepts = data.matrices.iter().map(|matrix| matrix.concepts.len()).sum::<usize>();
    let metric = |id: &str, value, n: usize| Metric::new("pugh", id, value, n as u64, data.period);
    let kept = Metric {
        direction: Direction::Higher,
        ..metric("pugh_kept", Value::ratio(kept as u64, all as u64), all)
    };
    vec![kept, metric("pugh_concepts", Some(concepts.into()), concepts)]
}

/// The blocks, in order.
pub(super) fn blocks(data: &Computed, metrics: &[Metric]) -> Vec<Block> {
    let mut blocks = vec![Block::Cards(metrics.to_vec())];
    if !data.weighted {
        let detail = Message::new("pugh.check.weights_missing").arg("column", Col::Weight.name());
        let label = Message::new("pugh.check.weights");
        let check = Check { label, state: CheckState::NotComputable, detail };
        blocks.push(Block::Checklist(vec![check]));
    }
    for (index, matrix) in data.matrices.iter().enumerate() {
        let name = project(matrix.project.as_deref());
        blocks.push(Block::Heading(Message::new("pugh.heading").arg("project", name)));
        blocks.push(Block::Table(totals(index, matrix)));
        blocks.push(Block::Table(scored(index, matrix)));
        blocks.push(Block::Table(sensitivity(index, matrix)));
    }
    blocks
}

/// The scores of each matrix, for the formulas of its totals.
pub(super) fn data(data: &Computed) -> Vec<Table> {
    data.matrices.iter().enumerate().map(|(index, matrix)| scores(index, matrix)).collect()
}

fn column(id: &str, format: Format) -> Column {
    Column::of("pugh", id, format)
}

fn number(value: f64) -> Cell {
    Cell::from(Value::number(value, 1))
}

fn sheet(index: usize) -> String {
    format!("pugh.scores_{index}")
}

/// Concepts from the highest weighted total down.
fn totals(index: usize, matrix: &Matrix) -> Table {
    let mut columns = vec![column("concept", Format::Text)];
    columns.extend(["weighted", "plain"].map(|id| column(id, Format::Number(1))));
    columns.extend(["plus", "minus", "same"].map(|id| column(id, Format::Count)));
    let sheet = sheet(index);
    let sum = |factors: Expr| {
        let own = Expr::op(Op::Eq, Expr::whole(&sheet, "concept"), Expr::own("concept"));
        Expr::call(Func::Sumproduct, [own * factors])
    };
    let score = || Expr::whole(&sheet, "score");
    let sign = |op: Op| sum(Expr::op(op, score(), 0.0.into()));
    let winner = matrix.winner();
    let row = |(j, total): (usize, Total)| {
        let same = matrix.criteria.len() - total.plus - total.minus;
        let cells = vec![
            Cell::from(concept(matrix, j)),
            number(total.weighted).by(sum(Expr::whole(&sheet, "weight") * score())),
            number(total.plain).by(sum(score())),
            Cell::from(total.plus).by(sign(Op::Gt)),
            Cell::from(total.minus).by(sign(Op::Lt)),
            Cell::from(same).by(sign(Op::Eq)),
        ];
        let emphasis = (winner == Some(j)).then_some(Emphasis::Good);
        Row { cells, emphasis }
    };
    let mut rows: Vec<Row> = matrix.ranking().into_iter().map(row).collect();
    let unscored = (0..matrix.concepts.len()).filter(|&j| matrix.total(j).is_none());
    rows.extend(unscored.map(|j| {
        let mut cells = vec![Cell::from(concept(matrix, j))];
        cells.resize(6, Cell::none());
        Row { cells, emphasis: Some(Emphasis::Muted) }
    }));
    let note = Some(Message::new("pugh.note.totals"));
    let title = Message::new("pugh.table.totals");
    Table { note, ..Table::new(&format!("pugh.totals_{index}"), title, columns, rows) }
}

/// Criteria down, concepts across.
fn scored(index: usize, matrix: &Matrix) -> Table {
    let mut columns = vec![column("criterion", Format::Text), column("weight", Format::Number(1))];
    let shown = matrix.concepts.len().min(WIDE);
    let named = |(j, name): (usize, &String)| {
        let header = Message::new("pugh.column.named").arg("name", name.as_str());
        Column::titled(&format!("c{j}"), Format::Number(0), header)
    };
    columns.extend(matrix.concepts.iter().take(shown).enumerate().map(named));
    let row = |criterion: &Criterion| {
        let mut cells = vec![Cell::from(criterion.name.as_str()), number(criterion.weight)];
        let score = |j| Cell::from(criterion.score(j).and_then(|s| Value::number(s, 0)));
        cells.extend((0..shown).map(score));
        Row::from(cells)
    };
    let rows = matrix.criteria.iter().map(row).collect();
    let note =
        (shown < matrix.concepts.len()).then(|| Message::new("pugh.note.cut").arg("shown", shown));
    let title = Message::new("pugh.table.matrix");
    Table { note, ..Table::new(&format!("pugh.matrix_{index}"), title, columns, rows) }
}

/// Who wins when each weight in turn is halved, and raised by half.
fn sensitivity(index: usize, matrix: &Matrix) -> Table {
    let columns = ["criterion", "less", "more"].map(|id| column(id, Format::Text)).to_vec();
    let winner = matrix.winner();
    let named = |j: Option<usize>| {
        let tie = || Value::from(Message::new("pugh.tie"));
        Cell::from(j.map_or_else(tie, |j| concept(matrix, j)))
    };
    let row = |turn: &Turn| {
        let criterion = matrix.criteria.get(turn.criterion)?;
        let [less, more] = turn.winners;
        let turned = turn.winners.iter().any(|w| *w != winner);
        let cells = vec![Cell::from(criterion.name.as_str()), named(less), named(more)];
        Some(Row { cells, emphasis: turned.then_some(Emphasis::Bad) })
    };
    let rows = matrix.turns().iter().filter_map(row).collect();
    let note = Some(Message::new("pugh.note.sensitivity"));
    let title = Message::new("pugh.table.sensitivity");
    Table { note, ..Table::new(&format!("pugh.sensitivity_{index}"), title, columns, rows) }
}

fn scores(index: usize, matrix: &Matrix) -> Table {
    let mut columns = vec![column("criterion", Format::Text), column("concept", Format::Text)];
    columns.extend(["weight", "score"].map(|id| column(id, Format::Number(1))));
    let mut rows = Vec::new();
    for criterion in &matrix.criteria {
        for (j, name) in matrix.concepts.iter().enumerate() {
            let Some(score) = criterion.score(j) else { continue };
            let names = [criterion.name.as_str(), name.as_str()].map(Cell::from);
            let cells = names.into_iter().chain([number(criterion.weight), number(score)]);
            rows.push(Row::from(cells.collect::<Vec<_>>()));
        }
    }
    Table::new(&sheet(index), Message::new("pugh.table.scores"), columns, rows)
}
