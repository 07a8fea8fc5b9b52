//! Tables of designs and their components, and the picture of what was simulated.

use super::compute::{Computed, Design};
use super::section::{named, project};
use crate::dataset::Part;
use crate::report::{
    Cell, Chart, ChartKind, Column, Emphasis, Expr, Format, Func, Message, Reference, Role, Row,
    Table, Value,
};
use crate::stats::special::normal;
use crate::stats::summary::histogram::{Rule, histogram as binned};

fn column(id: &str, format: Format) -> Column {
    Column::of("tolerances", id, format)
}

fn number(value: Option<f64>) -> Cell {
    Cell::from(value.and_then(|x| Value::number(x, 3)))
}

fn share(value: Option<f64>) -> Cell {
    Cell::from(value.and_then(Value::share))
}

/// One row a design: exact mean and spread, worst case, and the yield both ways.
pub(super) fn summary(data: &Computed) -> Table {
    let mut columns = ["project", "result"].map(|id| column(id, Format::Text)).to_vec();
    let figures = ["lsl", "usl", "mean", "sd", "worst_low", "worst_high"];
    columns.extend(figures.map(|id| column(id, Format::Number(3))));
    columns.extend(["yield", "low", "high", "normal"].map(|id| column(id, Format::Share)));
    let row = |(index, design): (usize, &Design)| {
        let sum = design.sum.as_ref().ok();
        let found = design.prediction.as_ref().ok();
        let simulated = found.map(|p| p.simulated);
        let parts = |column: &str| Expr::whole(&parts_id(index), column);
        let mean = Expr::call(Func::Sumproduct, [parts("coefficient") * parts("mean")]);
        let variance = Expr::call(Func::Sum, [parts("variance")]);
        let normal = share(found.map(|p| p.normal));
        Row::from(vec![
            project(design.stack.project.as_deref()).into(),
            named(design.stack.characteristic.as_deref()).into(),
            number(design.stack.lsl),
            number(design.stack.usl),
            number(sum.map(|s| s.mean)).by(mean),
            number(sum.map(|s| s.sd)).by(Expr::call(Func::Sqrt, [variance])),
            number(sum.map(|s| s.worst.low)),
            number(sum.map(|s| s.worst.high)),
            share(simulated.map(|s| s.value)),
            share(simulated.map(|s| s.bounds.low)),
            share(simulated.map(|s| s.bounds.high)),
            if let Some(formula) = normal_share(design) { normal.by(formula) } else { normal },
        ])
    };
    let rows = data.designs.iter().enumerate().map(row).collect();
    let note = Some(Message::new("tolerances.note.summary"));
    let title = Message::new("tolerances.table.summary");
    Table { note, ..Table::new("tolerances.summary", title, columns, rows) }
}

/// The share of a normal distribution within the limits, as a spreadsheet computes it.
fn normal_share(design: &Design) -> Option<Expr> {
    let below = |limit: &str| {
        let z = (Expr::own(limit) - Expr::own("mean")) / Expr::own("sd");
        Expr::call(Func::NormSDist, [z])
    };
    match (design.stack.lsl, design.stack.usl) {
        (Some(_), Some(_)) => Some(below("usl") - below("lsl")),
        (None, Some(_)) => Some(below("usl")),
        (Some(_), None) => Some(Expr::from(1.0) - below("lsl")),
        (None, None) => None,
    }
}

fn parts_id(index: usize) -> String {
    format!("tolerances.parts_{index}")
}

/// The components, and how much of the variance each makes.
pub(super) fn parts(index: usize, design: &Design) -> Table {
    let mut columns = ["component", "law"].map(|id| column(id, Format::Text)).to_vec();
    columns.extend(["mean", "sd", "coefficient"].map(|id| column(id, Format::Number(3))));
    columns.extend([column("variance", Format::Number(5)), column("share", Format::Share)]);
    let id = parts_id(index);
    let total = || Expr::call(Func::Sum, [Expr::whole(&id, "variance")]);
    let driver = design.driver().map(|(part, _)| part.name.clone());
    let row = |(i, part): (usize, &Part)| {
        let own = design.sum.as_ref().ok().and_then(|sum| sum.shares.get(i).copied());
        let moved = Expr::own("coefficient") * Expr::own("sd");
        let variance = Value::number((part.coefficient * part.sd).powi(2), 5);
        let law = Message::new(format!("tolerances.law.{}", part.law.unwrap_or("unknown")));
        let cells = vec![
            Cell::from(part.name.as_str()),
            Cell::from(Value::from(law)),
            number(Some(part.mean)),
            number(Some(part.sd)),
            number(Some(part.coefficient)),
            Cell::from(variance).by(Expr::call(Func::Power, [moved, 2.0.into()])),
            share(own).by(Expr::own("variance") / total()),
        ];
        let emphasis = (driver.as_ref() == Some(&part.name)).then_some(Emphasis::Bad);
        Row { cells, emphasis }
    };
    let rows = design.stack.parts.iter().enumerate().map(row).collect();
    let note = Some(Message::new("tolerances.note.parts"));
    Table { note, ..Table::new(&id, Message::new("tolerances.table.parts"), columns, rows) }
}

/// The simulated results between their limits, with the normal curve of the same mean and spread.
#[expect(clippy::cast_precision_loss, reason = "counts of draws stay below 2^53")]
pub(super) fn histogram(index: usize, design: &Design) -> Option<Chart> {
    let (found, sum) = (design.prediction.as_ref().ok()?, design.sum.as_ref().ok()?);
    let bins = binned(&found.results, Rule::Sturges).ok()?;
    let n = found.results.len() as f64;
    let row = |(edges, count): (&[f64], &usize)| {
        let [low, high] = edges else { return None };
        let middle = f64::midpoint(*low, *high);
        let fitted = n * (high - low) * normal::density((middle - sum.mean) / sum.sd) / sum.sd;
        let fitted = Value::number(fitted, 0);
        Some(Row::from(vec![number(Some(middle)), Cell::from(*count), Cell::from(fitted)]))
    };
    let rows: Option<Vec<Row>> = bins.edges.windows(2).zip(&bins.counts).map(row).collect();
    let columns = vec![
        column("middle", Format::Number(3)),
        column("count", Format::Count),
        column("fitted", Format::Count),
    ];
    let result = named(design.stack.characteristic.as_deref());
    let title = Message::new("tolerances.chart.title").arg("result", result.clone());
    let table = Table::new(&format!("tolerances.simulated_{index}"), title, columns, rows?);
    let describe = Message::new("tolerances.chart.describe")
        .arg("result", result)
        .arg("draws", found.results.len())
        .arg("yield", Value::share(found.simulated.value)?);
    let series = [("count", Role::Value), ("fitted", Role::Other)];
    let line = |at: Option<f64>, role: Role, label: &str| {
        let label = Message::new(format!("tolerances.column.{label}"));
        Some(Reference { at: Value::number(at?, 3)?, role, label })
    };
    let references = [
        line(design.stack.lsl, Role::Limit, "lsl"),
        line(design.stack.usl, Role::Limit, "usl"),
        line(Some(sum.mean), Role::Center, "mean"),
    ];
    let references = references.into_iter().flatten().collect();
    let kind = ChartKind::Histogram;
    Some(Chart { references, ..Chart::of(kind, table, "middle", &series).described(describe) })
}
