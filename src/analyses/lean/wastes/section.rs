//! The wastes' metrics, chart, tables and what is lacking.

use super::compute::{Basis, Computed, Line};
use super::findings::{findings, name};
use super::inferred::Lack;
use crate::analyses::analysis::Ask;
use crate::dataset::{Dataset, Waste};
use crate::report::{
    Block, Cell, Chart, ChartKind, Check, CheckState, Direction, Emphasis, Expr, Format, Func,
    Message, Metric, Outcome, Role, Row, Table, Tone, Value, formula,
};
use crate::stats::summary::sum::sum;
use crate::units::{Money, Period};

const LINES: &str = "wastes.lines";

/// The outcome.
pub(super) fn outcome(data: &Computed, of: &Dataset, ask: &Ask) -> Outcome {
    let metrics = metrics(data, of.period);
    let mut blocks = vec![Block::Cards(metrics.clone())];
    blocks.push(Block::Note { tone: Tone::Plain, text: Message::new("wastes.note.bases") });
    if data.unknown > 0 {
        let text = Message::new("wastes.note.unknown").arg("rows", Value::count(data.unknown));
        blocks.push(Block::Note { tone: Tone::Caution, text });
    }
    blocks.extend(pareto(data).map(|chart| Block::Chart(Box::new(chart))));
    blocks.push(Block::Table(lines(data)));
    blocks.push(Block::Table(months(data)));
    if !data.lacking.is_empty() {
        blocks.push(Block::Checklist(data.lacking.iter().copied().map(lacking).collect()));
    }
    Outcome { findings: findings(data, ask), metrics, status: Vec::new(), blocks, data: Vec::new() }
}

/// Hours of a basis without those held by another line.
fn total(data: &Computed, basis: Basis) -> Option<f64> {
    let own = data.lines.iter().filter(|line| line.basis == basis && line.within.is_none());
    let hours: Vec<f64> = own.filter_map(|line| line.hours).collect();
    (!hours.is_empty()).then(|| sum(hours))
}

fn metrics(data: &Computed, period: Period) -> Vec<Metric> {
    let metric = |id: &str, value: Option<Value>, n: u64, method: &str| Metric {
        id: id.to_owned(),
        value,
        interval: None,
        n,
        period,
        target: None,
        direction: Direction::Lower,
        method: format!("wastes.method.{method}"),
    };
    let events = |basis| data.lines.iter().filter(|l| l.basis == basis).map(|l| l.events).sum();
    let hours = |basis| total(data, basis).and_then(|hours| Value::number(hours, 0));
    let costs: Vec<Money> = data
        .lines
        .iter()
        .filter_map(|line| line.money.filter(|_| line.basis == Basis::Measured))
        .collect();
    let cost = Money::from_units(costs.iter().map(|money| money.to_units()).sum());
    let mut out = Vec::new();
    if data.lines.iter().any(|line| line.basis == Basis::Measured) {
        let n = events(Basis::Measured);
        out.push(metric("waste_hours", hours(Basis::Measured), n, "measured"));
        let cost = cost.filter(|_| !costs.is_empty()).map(Value::from);
        out.push(metric("waste_cost", cost, n, "cost"));
    }
    if data.lines.iter().any(|line| line.basis == Basis::Inferred) {
        let n = events(Basis::Inferred);
        out.push(metric("waste_hours_inferred", hours(Basis::Inferred), n, "inferred"));
        let waiting = data
            .lines
            .iter()
            .find(|line| line.waste == Waste::Waiting && line.basis == Basis::Inferred);
        let share = waiting.and_then(|line| line.hours).zip(data.lead).map(|(h, lead)| h / lead);
        out.push(metric("waiting_share", share.and_then(Value::share), n, "waiting"));
    }
    out
}

/// The measured wastes by hours, the most first; without a log the inferred ones.
fn pareto(data: &Computed) -> Option<Chart> {
    let of = |basis| -> Vec<(&Line, f64)> {
        let own = data.lines.iter().filter(|l| l.basis == basis && l.within.is_none());
        own.filter_map(|line| Some((line, line.hours.filter(|hours| *hours > 0.0)?))).collect()
    };
    let measured = of(Basis::Measured);
    let (mut bars, key) = if measured.is_empty() {
        (of(Basis::Inferred), "inferred")
    } else {
        (measured, "measured")
    };
    bars.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.waste.cmp(&b.0.waste)));
    let all = sum(bars.iter().map(|bar| bar.1));
    let mut so_far = 0.0;
    let mut row = |(line, hours): &(&Line, f64)| {
        so_far += hours;
        let cells = vec![
            Cell::from(name(line)),
            Cell::from(Value::number(*hours, 1)),
            Cell::from(Value::share(so_far / all)),
        ];
        Row::from(cells)
    };
    let rows: Vec<Row> = bars.iter().map(&mut row).collect();
    let first = bars.first()?.0;
    let columns =
        [("waste", Format::Text), ("hours", Format::Number(1)), ("cumulative", Format::Share)];
    let mut table = Table::of("wastes", "pareto", &columns, rows);
    table.title = Message::new(format!("wastes.table.pareto_{key}"));
    let series = [("hours", Role::Value), ("cumulative", Role::Cumulative)];
    let describe = Message::new("wastes.chart.pareto")
        .arg("first", name(first))
        .arg("hours", Value::number(all, 0)?);
    Some(Chart::of(ChartKind::Pareto, table, "waste", &series).described(describe))
}

/// Every waste on every basis.
fn lines(data: &Computed) -> Table {
    let columns = [
        ("waste", Format::Text),
        ("basis", Format::Text),
        ("events", Format::Count),
        ("hours", Format::Number(1)),
        ("money", Format::Money),
        ("share", Format::Share),
        ("within", Format::Text),
        ("change", Format::Text),
    ];
    let mut rows: Vec<Row> = data.lines.iter().map(|line| line_row(data, line)).collect();
    rows.extend([Basis::Measured, Basis::Inferred].into_iter().filter_map(|b| total_row(data, b)));
    Table::of("wastes", "lines", &columns, rows).noted(Message::new("wastes.note.lines"))
}

fn words(key: &str) -> Cell {
    Cell::from(Value::from(Message::new(key)))
}

const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Measured => "wastes.basis.measured",
        Basis::Inferred => "wastes.basis.inferred",
    }
}

fn share(data: &Computed, hours: Option<f64>) -> Cell {
    let lead = data.lead.map(Expr::from);
    let cell =
        Cell::from(hours.zip(data.lead).and_then(|(hours, lead)| Value::share(hours / lead)));
    match lead {
        Some(lead) => cell.by(Expr::own("hours") / lead),
        None => cell,
    }
}

fn line_row(data: &Computed, line: &Line) -> Row {
    let within = line.within.map(|waste| Message::new(format!("wastes.waste.{}", waste.key())));
    let cells = vec![
        Cell::from(name(line)),
        words(basis(line.basis)),
        Cell::from(line.events),
        Cell::from(line.hours.and_then(|hours| Value::number(hours, 1))),
        Cell::from(line.money.map(Value::from)),
        share(data, line.hours),
        Cell::from(within.map(Value::from)),
        words(&format!("wastes.change.{}", verdict(line))),
    ];
    let muted = line.within.is_some().then_some(Emphasis::Muted);
    Row { cells, emphasis: muted }
}

/// What its months say.
fn verdict(line: &Line) -> &'static str {
    use crate::stats::control_chart::change_point::Way;
    match line.change {
        _ if line.months.len() < 4 => "unknown",
        Some((_, Way::Rise, p)) if p < 0.05 => "rose",
        Some((_, Way::Fall, p)) if p < 0.05 => "fell",
        _ => "none",
    }
}

/// The sum of a basis without what another line holds.
fn total_row(data: &Computed, of: Basis) -> Option<Row> {
    let hours = total(data, of)?;
    let own = |line: &Line| line.basis == of && line.within.is_none() && line.hours.is_some();
    let at = data.lines.iter().enumerate().filter(|(_, line)| own(line)).map(|(at, _)| at);
    let parts: Vec<Expr> = at.map(|at| Expr::at(LINES, "hours", at)).collect();
    let cells = vec![
        words("wastes.total"),
        words(basis(of)),
        Cell::none(),
        Cell::from(Value::number(hours, 1)).by(Expr::call(Func::Sum, parts)),
        Cell::none(),
        share(data, Some(hours)),
        Cell::none(),
        Cell::none(),
    ];
    Some(Row { cells, emphasis: Some(Emphasis::Total) })
}

/// Hours by month: all measured together, and waiting and rework a finished case.
fn months(data: &Computed) -> Table {
    let columns = [
        ("month", Format::Month),
        ("measured", Format::Number(1)),
        ("finished", Format::Count),
        ("waiting_hours", Format::Number(1)),
        ("waiting_each", Format::Number(1)),
        ("rework_hours", Format::Number(1)),
        ("rework_each", Format::Number(2)),
    ];
    let find = |waste| data.lines.iter().find(|l| l.waste == waste && l.basis == Basis::Inferred);
    let (waiting, rework) = (find(Waste::Waiting), find(Waste::Rework));
    let measured: Vec<&Line> =
        data.lines.iter().filter(|line| line.basis == Basis::Measured).collect();
    let months = data.lines.iter().map(|line| line.months.len()).max().unwrap_or(0);
    let number = |x: Option<f64>| Cell::from(x.and_then(|x| Value::number(x, 1)));
    let row = |at: usize| {
        let rate = |line: Option<&Line>| line.and_then(|line| line.months.get(at).copied());
        let logged = measured.iter().filter_map(|line| Some(line.months.get(at)?.events));
        let each = |line, decimals| {
            let value = rate(line)
                .and_then(crate::stats::sigma::rates::Rate::value)
                .and_then(|x| Value::number(x, decimals));
            Cell::from(value)
        };
        Row::from(vec![
            Cell::from(data.first.plus(i32::try_from(at).unwrap_or(0))),
            number((!measured.is_empty()).then(|| sum(logged))),
            Cell::from(rate(waiting).and_then(|r| Value::number(r.exposure, 0))),
            number(rate(waiting).map(|r| r.events)),
            each(waiting, 1).by(formula::ratio("waiting_hours", "finished")),
            number(rate(rework).map(|r| r.events)),
            each(rework, 2).by(formula::ratio("rework_hours", "finished")),
        ])
    };
    let mut table = Table::of("wastes", "by_month", &columns, (0..months).map(row).collect())
        .noted(Message::new("wastes.note.by_month"));
    table.top = Some(12);
    table
}

fn lacking((waste, lack): (Waste, Lack)) -> Check {
    Check {
        label: Message::new(format!("wastes.waste.{}", waste.key())),
        state: CheckState::NotComputable,
        detail: Message::new(format!("wastes.lack.{}", lack.key())),
    }
}
