//! The section of the page.

use super::compute::{Action, Computed, Mode, State};
use crate::records::Col;
use crate::report::{
    Block, Cell, Chart, ChartKind, Check, CheckState, Column, Direction, Emphasis, Expr, Format,
    Func, Message, Metric, Op, Role, Row, Table, Value,
};
use crate::stats::flow::risk::{ActionPriority, Rating};

/// Failure modes a chart shows.
const CHARTED: usize = 12;

/// The name of a project, or the words for none.
pub(super) fn project(name: Option<&str>) -> Value {
    name.map_or_else(|| Message::new("fmea.unnamed").into(), Value::from)
}

/// The headline figures.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    let high = data.modes.iter().filter(|m| m.now().action_priority() == ActionPriority::High);
    let (open, n) = (data.open(), data.modes.len());
    let overdue = open.iter().filter(|(_, a)| matches!(a.state, State::Overdue(_))).count();
    let metric = |id: &str, count: usize, of: usize| Metric {
        direction: Direction::Lower,
        ..Metric::new("fmea", id, Some(count.into()), of as u64, data.period)
    };
    let owed = data.actions.then(|| metric("fmea_overdue", overdue, open.len()));
    let severe = metric("fmea_severe", data.severe().count(), n);
    [severe, metric("fmea_high", high.count(), n)].into_iter().chain(owed).collect()
}

/// The blocks, in order.
pub(super) fn blocks(data: &Computed, metrics: &[Metric]) -> Vec<Block> {
    let mut blocks = vec![Block::Cards(metrics.to_vec()), Block::Checklist(checks(data))];
    for (index, modes) in data.by_project().enumerate() {
        let name = modes.first().and_then(|mode| mode.project.as_deref());
        blocks.push(Block::Heading(Message::new("fmea.heading").arg("project", project(name))));
        let table = rated(index, modes);
        if modes.iter().any(|mode| mode.after.is_some()) {
            blocks.push(Block::Chart(Box::new(chart(index, modes, &table))));
        }
        blocks.push(Block::Table(table));
    }
    if data.severe().next().is_some() {
        blocks.push(Block::Table(severe(data)));
    }
    let open = data.open();
    if !open.is_empty() {
        blocks.push(Block::Table(actions(&open)));
    }
    blocks
}

fn checks(data: &Computed) -> Vec<Check> {
    let check = |label: &str, state: CheckState, detail: &str| Check {
        label: Message::new(format!("fmea.check.{label}")),
        state,
        detail: Message::new(format!("fmea.check.{label}_{detail}")),
    };
    let mut checks = vec![check("ranks", CheckState::Warn, "ordinal")];
    for (there, label, col) in
        [(data.actions, "actions", Col::Action), (data.states, "states", Col::Status)]
    {
        if !there {
            let mut absent = check(label, CheckState::NotComputable, "missing");
            absent.detail = absent.detail.arg("column", col.name());
            checks.push(absent);
        }
    }
    if data.refused > 0 {
        let mut refused = check("refused", CheckState::Warn, "rows");
        refused.detail = refused.detail.arg("rows", data.refused);
        checks.push(refused);
    }
    checks
}

fn column(id: &str, format: Format) -> Column {
    Column::of("fmea", id, format)
}

fn text(text: Option<&str>) -> Cell {
    Cell::from(text.map(Value::from))
}

fn priority(rating: Rating) -> Value {
    Message::new(match rating.action_priority() {
        ActionPriority::High => "fmea.priority.high",
        ActionPriority::Medium => "fmea.priority.medium",
        ActionPriority::Low => "fmea.priority.low",
    })
    .into()
}

/// Severity, occurrence, detection, their product and its action priority.
fn ratings(rating: Option<Rating>, [s, o, d]: [&str; 3]) -> [Cell; 5] {
    let count = |of: fn(&Rating) -> u32| {
        Cell::from(rating.as_ref().map(|rating| Value::Count(i64::from(of(rating)))))
    };
    let product = Expr::own(s) * Expr::own(o) * Expr::own(d);
    [
        count(|r| r.severity),
        count(|r| r.occurrence),
        count(|r| r.detection),
        count(Rating::priority).by(product),
        Cell::from(rating.map(priority)),
    ]
}

const BEFORE: [&str; 5] = ["s", "o", "d", "rpn", "priority"];
const AFTER: [&str; 5] = ["s_after", "o_after", "d_after", "rpn_after", "priority_after"];

/// The failure modes of a project, the highest number first.
fn rated(index: usize, modes: &[Mode]) -> Table {
    let id = format!("fmea.modes_{index}");
    let figures = |ids: [&str; 5]| {
        ids.map(|id| column(id, if id.starts_with("pri") { Format::Text } else { Format::Count }))
    };
    let mut columns = vec![column("rank", Format::Count)];
    columns.extend(["step", "mode", "effect", "cause"].map(|id| column(id, Format::Text)));
    columns.extend(figures(BEFORE));
    let again = modes.iter().any(|mode| mode.after.is_some());
    columns.extend(figures(AFTER).into_iter().filter(|_| again));
    let above = Expr::op(Op::Gt, Expr::whole(&id, "rpn"), Expr::own("rpn"));
    let rank = Expr::call(Func::Sumproduct, [above * 1.0.into()]) + 1.0.into();
    let row = |mode: &Mode| {
        let higher = modes.iter().filter(|m| m.before.priority() > mode.before.priority()).count();
        let mut cells = vec![Cell::from(higher + 1).by(rank.clone())];
        let words = [&mode.step, &Some(mode.name.clone()), &mode.effect, &mode.cause];
        cells.extend(words.map(|word| text(word.as_deref())));
        cells.extend(ratings(Some(mode.before), ["s", "o", "d"]));
        let after = ratings(mode.after, ["s_after", "o_after", "d_after"]);
        cells.extend(after.into_iter().filter(|_| again));
        let emphasis = mode.is_unanswered().then_some(Emphasis::Bad);
        Row { cells, emphasis }
    };
    let rows = modes.iter().map(row).collect();
    let note = Some(Message::new("fmea.note.modes"));
    Table {
        note,
        top: Some(15),
        ..Table::new(&id, Message::new("fmea.table.modes"), columns, rows)
    }
}

/// The highest numbers before and after.
fn chart(index: usize, modes: &[Mode], source: &Table) -> Chart {
    let columns = vec![
        column("mode", Format::Text),
        column("rpn", Format::Count),
        column("rpn_after", Format::Count),
    ];
    let row = |(row, mode): (usize, &Mode)| {
        let figure =
            |id: &str| Cell::from(source.value(row, id).cloned()).by(Expr::at(&source.id, id, row));
        Row::from(vec![Cell::from(mode.name.as_str()), figure("rpn"), figure("rpn_after")])
    };
    let rows = modes.iter().take(CHARTED).enumerate().map(row).collect();
    let title = Message::new("fmea.chart.title");
    let table = Table::new(&format!("fmea.chart_{index}"), title, columns, rows);
    let fell = |mode: &&Mode| mode.after.is_some_and(|a| a.priority() < mode.before.priority());
    let describe = Message::new("fmea.chart.describe")
        .arg("modes", modes.len().min(CHARTED))
        .arg("fell", modes.iter().filter(fell).count());
    let series = [("rpn", Role::Value), ("rpn_after", Role::Other)];
    Chart::of(ChartKind::Bars, table, "mode", &series).described(describe)
}

/// Severity 9 and 10 apart, whatever the product.
fn severe(data: &Computed) -> Table {
    let mut columns: Vec<Column> =
        ["project", "mode", "effect"].map(|id| column(id, Format::Text)).to_vec();
    columns.extend(["s", "rpn"].map(|id| column(id, Format::Count)));
    columns.push(column("action", Format::Text));
    let row = |mode: &Mode| {
        let now = mode.now();
        Row::from(vec![
            project(mode.project.as_deref()).into(),
            Cell::from(mode.name.as_str()),
            text(mode.effect.as_deref()),
            i64::from(now.severity).into(),
            i64::from(now.priority()).into(),
            text(mode.action.as_ref().map(|action| action.text.as_str())),
        ])
    };
    let rows = data.severe().map(row).collect();
    Table::new("fmea.severe", Message::new("fmea.table.severe"), columns, rows)
}

/// Actions somebody owes, the latest first.
fn actions(open: &[(&Mode, &Action)]) -> Table {
    let mut columns: Vec<Column> =
        ["project", "mode", "action", "owner"].map(|id| column(id, Format::Text)).to_vec();
    columns.push(column("due", Format::Date));
    columns.push(column("late", Format::Count));
    let row = |(mode, action): &(&Mode, &Action)| {
        let late = match action.state {
            State::Overdue(days) => Some(Value::Count(i64::from(days))),
            _ => None,
        };
        let emphasis = late.is_some().then_some(Emphasis::Bad);
        let cells = vec![
            project(mode.project.as_deref()).into(),
            Cell::from(mode.name.as_str()),
            Cell::from(action.text.as_str()),
            text(action.owner.as_deref()),
            Cell::from(action.due.map(Value::Date)),
            Cell::from(late),
        ];
        Row { cells, emphasis }
    };
    let rows = open.iter().map(row).collect();
    Table::new("fmea.actions", Message::new("fmea.table.actions"), columns, rows)
}
