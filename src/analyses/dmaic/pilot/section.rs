//! The section of the page.

use super::compute::{Computed, Pair, Verdict, Verified};
use crate::records::{Col, TableKind};
use crate::report::{
    Block, Cell, Chart, ChartKind, Check, CheckState, Column, Direction, Emphasis, Format,
    Interval, Message, Metric, Reference, Role, Row, Table, Value,
};
use crate::stats::interval::Estimate;
use crate::stats::special::normal;
use crate::stats::summary::histogram::{Rule, histogram as binned};

/// A name, or the words for none.
pub(super) fn named(name: Option<&str>) -> Value {
    name.map_or_else(|| Message::new("pilot.unnamed").into(), Value::from)
}

/// The headline figures: those of the characteristic with the least Ppk.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    let worst = data.worst();
    let n = worst.map_or(0, |v| v.values.len() as u64);
    let metric = |id: &str, of: Option<Estimate>, value: &dyn Fn(f64) -> Option<Value>| {
        let ends = |e: Estimate| [value(e.bounds.low), value(e.bounds.high)];
        let interval = of.map(ends).map(|[a, b]| Interval { low: a, high: b, level: data.level });
        let value = of.and_then(|e| value(e.value));
        Metric { interval, ..Metric::new("pilot", id, value, n, data.period) }
    };
    let beyond = worst.and_then(|v| v.share.observed).map(|share| Estimate {
        value: 1.0 - share.value,
        bounds: crate::stats::Bounds { low: 1.0 - share.bounds.high, high: 1.0 - share.bounds.low },
    });
    let ppk = worst.and_then(|v| v.ppk.observed);
    vec![
        Metric {
            direction: Direction::Higher,
            target: Value::number(data.target, 2),
            ..metric("pilot_ppk", ppk, &|x| Value::number(x, 2))
        },
        Metric {
            direction: Direction::Lower,
            ..metric("pilot_dpmo", beyond, &|x| Value::number(x * 1e6, 0))
        },
    ]
}

/// The blocks, in order.
pub(super) fn blocks(data: &Computed, metrics: &[Metric]) -> Vec<Block> {
    let mut blocks = vec![Block::Cards(metrics.to_vec()), Block::Checklist(verdicts(data))];
    for (index, verified) in data.verified.iter().enumerate() {
        let heading = Message::new("pilot.heading")
            .arg("project", named(verified.project.as_deref()))
            .arg("result", named(verified.characteristic.as_deref()));
        blocks.push(Block::Heading(heading));
        blocks.extend(histogram(index, verified).map(|chart| Block::Chart(Box::new(chart))));
        blocks.push(Block::Table(scorecard(index, verified)));
    }
    blocks
}

/// One line a characteristic: met, not met, or cannot tell; and what was not predicted.
fn verdicts(data: &Computed) -> Vec<Check> {
    let line = |verified: &Verified| {
        let label = Message::new("pilot.check.label")
            .arg("result", named(verified.characteristic.as_deref()));
        let (state, detail) = match (verified.verdict, verified.ppk.observed.is_some()) {
            (_, false) => (CheckState::NotComputable, "unknown"),
            (Verdict::Met, _) => (CheckState::Pass, "met"),
            (Verdict::NotMet, _) => (CheckState::Fail, "not_met"),
            (Verdict::CannotTell, _) => (CheckState::Warn, "open"),
        };
        let detail = Message::new(format!("pilot.check.{detail}"))
            .arg("n", verified.values.len())
            .arg("target", Value::Number { value: data.target, decimals: 2 });
        Check { label, state, detail }
    };
    let mut checks: Vec<Check> = data.verified.iter().map(line).collect();
    if !data.verified.iter().all(Verified::is_predicted) {
        let detail = Message::new("pilot.check.unpredicted")
            .arg("table", TableKind::Tolerances.name())
            .arg("column", Col::Characteristic.name());
        let label = Message::new("pilot.check.prediction");
        checks.push(Check { label, state: CheckState::NotComputable, detail });
    }
    checks
}

fn column(id: &str, format: Format) -> Column {
    Column::of("pilot", id, format)
}

fn number(value: Option<f64>) -> Cell {
    Cell::from(value.and_then(|x| Value::number(x, 3)))
}

/// Predicted beside observed.
fn scorecard(index: usize, verified: &Verified) -> Table {
    let mut columns = vec![column("figure", Format::Text)];
    let figures = ["predicted", "observed", "low", "high"];
    columns.extend(figures.map(|id| column(id, Format::Number(3))));
    columns.push(column("agrees", Format::Text));
    let row = |(id, pair, scale): (&str, Pair, f64)| {
        let seen = pair.observed;
        let (agrees, emphasis) = match pair.agrees() {
            Some(true) => ("yes", None),
            Some(false) => ("no", Some(Emphasis::Bad)),
            None => ("unknown", None),
        };
        let of = |x: f64| x * scale;
        let cells = vec![
            Cell::from(Value::from(Message::new(format!("pilot.figure.{id}")))),
            number(pair.predicted.map(of)),
            number(seen.map(|e| of(e.value))),
            number(seen.map(|e| of(e.bounds.low))),
            number(seen.map(|e| of(e.bounds.high))),
            Cell::from(Value::from(Message::new(format!("pilot.agrees.{agrees}")))),
        ];
        Row { cells, emphasis }
    };
    let pairs = [
        ("mean", verified.mean, 1.0),
        ("sd", verified.sd, 1.0),
        ("ppk", verified.ppk, 1.0),
        ("share", verified.share, 100.0),
    ];
    let rows = pairs.into_iter().map(row).collect();
    let title = Message::new("pilot.table.scorecard");
    let note = Some(Message::new("pilot.note.scorecard"));
    Table { note, ..Table::new(&format!("pilot.scorecard_{index}"), title, columns, rows) }
}

/// The measurements between their limits, with the normal curve of the same mean and spread.
#[expect(clippy::cast_precision_loss, reason = "counts of measurements stay below 2^53")]
fn histogram(index: usize, verified: &Verified) -> Option<Chart> {
    let bins = binned(&verified.values, Rule::FreedmanDiaconis).ok()?;
    let (mean, sd) = (verified.mean.observed?.value, verified.sd.observed?.value);
    let n = verified.values.len() as f64;
    let row = |(edges, count): (&[f64], &usize)| {
        let [low, high] = edges else { return None };
        let middle = f64::midpoint(*low, *high);
        let fitted =
            Value::number(n * (high - low) * normal::density((middle - mean) / sd) / sd, 1);
        Some(Row::from(vec![number(Some(middle)), Cell::from(*count), Cell::from(fitted)]))
    };
    let rows: Option<Vec<Row>> = bins.edges.windows(2).zip(&bins.counts).map(row).collect();
    let columns = vec![
        column("middle", Format::Number(3)),
        column("count", Format::Count),
        column("fitted", Format::Number(1)),
    ];
    let result = named(verified.characteristic.as_deref());
    let title = Message::new("pilot.chart.title").arg("result", result.clone());
    let table = Table::new(&format!("pilot.measured_{index}"), title, columns, rows?);
    let describe =
        Message::new("pilot.chart.describe").arg("result", result).arg("n", verified.values.len());
    let line = |at: Option<f64>, role: Role, label: &str| {
        let label = Message::new(format!("pilot.column.{label}"));
        Some(Reference { at: Value::number(at?, 3)?, role, label })
    };
    let references = [
        line(verified.lsl, Role::Limit, "lsl"),
        line(verified.usl, Role::Limit, "usl"),
        line(verified.mean.predicted, Role::Target, "predicted_mean"),
    ];
    let references = references.into_iter().flatten().collect();
    let series = [("count", Role::Value), ("fitted", Role::Other)];
    let kind = ChartKind::Histogram;
    Some(Chart { references, ..Chart::of(kind, table, "middle", &series).described(describe) })
}
