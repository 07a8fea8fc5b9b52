//! Columns, cells and lines that several phases share.

use super::compute::{Chapter, double};
use crate::dataset::DefectCounts;
use crate::records::{Col, TableKind};
use crate::report::{Cell, Check, CheckState, Column, Expr, Format, Message, Row, Table, Value};
use crate::stats::interval::{self, Estimate};
use crate::stats::sigma::{self, rates::Rate};

/// A column of this analysis.
pub(super) fn column(id: &str, format: Format) -> Column {
    Column::of("dmaic", id, format)
}

/// A table of a chapter.
pub(super) fn table(
    chapter: &Chapter<'_>,
    what: &str,
    columns: Vec<Column>,
    rows: Vec<Row>,
) -> Table {
    let title = Message::new(format!("dmaic.table.{what}")).arg("project", id(chapter));
    Table { id: chapter.id(what), title, columns, rows, note: None, top: Some(12) }
}

/// The project's id as a value.
pub(super) fn id(chapter: &Chapter<'_>) -> Value {
    Value::Text(chapter.project.id.clone())
}

/// A line of a checklist.
pub(super) fn check(label: &str, state: CheckState, detail: Message) -> Check {
    Check { label: Message::new(format!("dmaic.check.{label}")), state, detail }
}

/// A line that says what is missing.
pub(super) fn missing(label: &str, kind: TableKind, col: Option<Col>) -> Check {
    let key = if col.is_some() { "missing_column" } else { "missing_table" };
    let mut detail = Message::new(format!("dmaic.check.{key}"))
        .arg("table", Message::new(format!("table.{}", kind.name())));
    if let Some(col) = col {
        detail = detail.arg("column", Message::new(format!("col.{}", col.name())));
    }
    check(label, CheckState::NotComputable, detail)
}

/// A line that says a table has no row of this project.
pub(super) fn no_rows(label: &str, kind: TableKind) -> Check {
    let table = Message::new(format!("table.{}", kind.name()));
    let detail = Message::new("dmaic.check.no_rows").arg("table", table);
    check(label, CheckState::NotComputable, detail)
}

/// A number, where it is one.
pub(super) fn number(x: Option<f64>, decimals: u8) -> Cell {
    Cell::from(x.and_then(|x| Value::number(x, decimals)))
}

/// Defects per opportunity with the exact interval: Clopper–Pearson, or Garwood where defects
/// exceed opportunities.
pub(super) fn dpo(counts: &DefectCounts, level: f64) -> Option<Estimate> {
    let (d, n) = (counts.defects, counts.opportunities);
    let value = Rate { events: double(d), exposure: double(n) }.value()?;
    let bounds = if d <= n {
        interval::clopper_pearson(d, n, level)?
    } else {
        interval::garwood(d, double(n), level)?
    };
    Some(Estimate { value, bounds })
}

/// First-time yield: from defective units where counted, else e^(−DPU).
pub(super) fn yielded(counts: &DefectCounts) -> Option<f64> {
    if counts.judged > 0 && counts.defective <= counts.judged {
        return Some(1.0 - double(counts.defective) / double(counts.judged));
    }
    (counts.units > 0)
        .then(|| sigma::throughput_yield(double(counts.defects) / double(counts.units)))
}

/// Columns of [`figures`].
pub(super) fn figure_columns() -> Vec<Column> {
    let formats = [
        ("units", Format::Count),
        ("opportunities", Format::Count),
        ("defects", Format::Count),
        ("dpmo", Format::Number(0)),
        ("dpmo_low", Format::Number(0)),
        ("dpmo_high", Format::Number(0)),
        ("z_lt", Format::Number(2)),
        ("z_st", Format::Number(2)),
        ("z_st_low", Format::Number(2)),
        ("z_st_high", Format::Number(2)),
        ("fty", Format::Share),
    ];
    formats.map(|(id, format)| column(id, format)).to_vec()
}

/// The figures of some counts; those a spreadsheet can compute from the counts carry its formula.
pub(super) fn figures(counts: &DefectCounts, level: f64, shift: f64) -> Vec<Cell> {
    let dpo = dpo(counts, level);
    let million = |x: Option<f64>| number(x.map(|x| x * 1e6), 0);
    let z = dpo.and_then(|dpo| sigma::z_long_term(dpo.value));
    let (low, high) = dpo.map_or((None, None), |dpo| sigma::z_bounds(dpo.bounds));
    let shifted = |z: Option<f64>| number(z.map(|z| z + shift), 2);
    let defects_of = Expr::own("defects") / Expr::own("opportunities");
    vec![
        counts.units.into(),
        counts.opportunities.into(),
        counts.defects.into(),
        million(dpo.map(|e| e.value)).by(Expr::from(1e6) * defects_of),
        million(dpo.map(|e| e.bounds.low)),
        million(dpo.map(|e| e.bounds.high)),
        number(z, 2),
        shifted(z).by(Expr::own("z_lt") + Expr::constant("sigma_shift")),
        shifted(low),
        shifted(high),
        Cell::from(yielded(counts).and_then(Value::share)),
    ]
}
