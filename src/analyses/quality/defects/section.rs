//! The section of the page.

use super::compute::Computed;
use super::figures::Exact;
use super::tables::{By, Tables};
use crate::dataset::OpportunityBasis;
use crate::report::{
    Block, Cell, Chart, ChartKind, Check, CheckState, Column, Expr, Format, Message, Metric, Role,
    Row, Series, Table, Tone, Value, Variation,
};
use crate::units::Month;

/// Fewer defects in the month than this leave a wide interval.
const FEW_DEFECTS: u64 = 10;

/// The blocks, in order.
pub(super) fn blocks(
    data: &Computed,
    tables: &Tables<'_>,
    metrics: &[Metric],
    variation: Variation,
) -> Vec<Block> {
    let mut blocks = vec![Block::Cards(metrics.to_vec())];
    blocks.extend(data.partial.map(|month| withheld(data, month)));
    let by_month = tables.by_month();
    blocks.push(Block::Chart(Box::new(trend(data, &by_month))));
    blocks.push(Block::Checklist(checks(data, variation)));
    blocks.push(Block::Table(by_month));
    let dims = [
        (By::Step, data.cube.steps.len()),
        (By::Team, data.cube.teams.len()),
        (By::Category, data.cube.categories.len()),
    ];
    for (by, _) in dims.into_iter().filter(|&(_, labels)| labels > 1) {
        blocks.push(Block::Table(tables.breakdown(by)));
    }
    blocks
}

fn withheld(data: &Computed, month: i32) -> Block {
    let text = Message::new("defects.note.withheld")
        .arg("partial", Month::from_number(month))
        .arg("month", Month::from_number(data.focus));
    Block::Note { tone: Tone::Plain, text }
}

/// Defects per million opportunities by month, the unfinished month left out.
fn trend(data: &Computed, by_month: &Table) -> Chart {
    let ids = ["dpmo", "dpmo_low", "dpmo_high"];
    let title = |id: &str| Message::new(format!("defects.column.{id}"));
    let mut columns = vec![Column::titled("month", Format::Month, title("month"))];
    columns.extend(ids.map(|id| Column::titled(id, Format::Number(0), title(id))));
    let newest = by_month.rows.len().saturating_sub(1);
    let rows = (data.first..=data.focus).enumerate().map(|(i, month)| {
        let source = newest - i.min(newest);
        let mut cells = vec![Cell::from(Month::from_number(month))];
        cells.extend(ids.map(|id| {
            let value = by_month.value(source, id).cloned();
            Cell::from(value).by(Expr::at(&by_month.id, id, source))
        }));
        Row::from(cells)
    });
    let table = Table {
        id: "defects.trend".to_owned(),
        title: Message::new("defects.chart.trend"),
        columns,
        rows: rows.collect(),
        note: None,
        top: None,
    };
    let series = [("dpmo", Role::Value), ("dpmo_low", Role::Bound), ("dpmo_high", Role::Bound)];
    Chart {
        id: "defects.trend".to_owned(),
        kind: ChartKind::Line,
        title: Message::new("defects.chart.trend"),
        describe: describe(data),
        y_label: title("dpmo"),
        table,
        x: "month".to_owned(),
        series: series.map(|(id, role)| Series { column: id.to_owned(), role }).to_vec(),
        signal: None,
        point_label: None,
        marks: Vec::new(),
        references: Vec::new(),
    }
}

fn describe(data: &Computed) -> Message {
    let dpmo = |month| Some(data.month(month).dpo()?.value * 1e6);
    let known = || (data.first..=data.focus).filter_map(dpmo);
    let number = |x: f64| Value::number(x, 0);
    let low = number(known().fold(f64::INFINITY, f64::min));
    let high = number(known().fold(f64::NEG_INFINITY, f64::max));
    let (Some(low), Some(high)) = (low, high) else {
        return Message::new("defects.chart.trend_empty");
    };
    Message::new("defects.chart.trend_describe")
        .arg("from", Month::from_number(data.first))
        .arg("to", Month::from_number(data.focus))
        .arg("low", low)
        .arg("high", high)
}

/// The report card: what to trust, and what to know before trusting it.
fn checks(data: &Computed, variation: Variation) -> Vec<Check> {
    let mut checks = vec![enough(data), stable(variation), opportunities(data), yields(data)];
    checks.push(check("measurement", CheckState::NotComputable, "defects.check.measurement_none"));
    if data.cube.silent > 0 {
        let detail = Message::new("defects.check.silent_rows").arg("rows", data.cube.silent);
        let label = Message::new("defects.check.silent");
        checks.push(Check { label, state: CheckState::Warn, detail });
    }
    for col in &data.cube.dropped {
        let detail = Message::new("defects.check.dropped_column").arg("column", col.name());
        let label = Message::new("defects.check.dropped");
        checks.push(Check { label, state: CheckState::Warn, detail });
    }
    checks
}

fn check(label: &str, state: CheckState, detail: &str) -> Check {
    let label = Message::new(format!("defects.check.{label}"));
    Check { label, state, detail: Message::new(detail) }
}

fn enough(data: &Computed) -> Check {
    let counts = data.month(data.focus).counts;
    let (state, key) = match (data.complete, counts.defects) {
        (false, _) => (CheckState::Warn, "enough_partial"),
        (_, n) if n < FEW_DEFECTS => (CheckState::Warn, "enough_few"),
        _ => (CheckState::Pass, "enough_yes"),
    };
    let detail = Message::new(format!("defects.check.{key}"))
        .arg("units", counts.units)
        .arg("defects", counts.defects)
        .arg("month", Month::from_number(data.focus));
    Check { label: Message::new("defects.check.enough"), state, detail }
}

fn stable(variation: Variation) -> Check {
    let (state, detail) = match variation {
        Variation::Common => (CheckState::Pass, "defects.check.stable_yes"),
        Variation::Improving => (CheckState::Warn, "defects.check.stable_improving"),
        Variation::Concerning => (CheckState::Warn, "defects.check.stable_concerning"),
        Variation::Unknown => (CheckState::NotComputable, "defects.check.stable_unknown"),
    };
    check("stable", state, detail)
}

fn opportunities(data: &Computed) -> Check {
    let total = data.cube.total(|_| true);
    let one_each = total.opportunities == total.units;
    let (state, detail) = match (data.exact, one_each, data.basis) {
        (Exact::Rate, ..) => (CheckState::Warn, "opportunities_exceeded"),
        (_, true, _) => (CheckState::Warn, "opportunities_one"),
        (.., OpportunityBasis::PerUnit) => (CheckState::Pass, "opportunities_per_unit"),
        (.., OpportunityBasis::PerRow) => (CheckState::Pass, "opportunities_per_row"),
    };
    check("opportunities", state, &format!("defects.check.{detail}"))
}

fn yields(data: &Computed) -> Check {
    let (state, detail) = if data.judged() {
        (CheckState::Pass, "defects.check.yields_counted")
    } else {
        (CheckState::Warn, "defects.check.yields_inferred")
    };
    check("yields", state, detail)
}
