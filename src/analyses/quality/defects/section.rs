//! The section of the page.

use super::compute::Computed;
use super::tables::{By, Tables};
use crate::report::{
    Block, Cell, Chart, ChartKind, Check, Column, Expr, Format, Message, Metric, Role, Row, Series,
    Table, Tone, Value,
};
use crate::units::Month;

/// The blocks, in order.
pub(super) fn blocks(
    data: &Computed,
    tables: &Tables<'_>,
    metrics: &[Metric],
    checks: Vec<Check>,
) -> Vec<Block> {
    let mut blocks = vec![Block::Cards(metrics.to_vec())];
    blocks.extend(data.partial.map(|month| withheld(data, month)));
    let by_month = tables.by_month();
    blocks.push(Block::Chart(Box::new(trend(data, &by_month))));
    blocks.push(Block::Checklist(checks));
    blocks.push(Block::Table(by_month));
    for by in By::ALL.into_iter().filter(|by| tables.tells_apart(*by)) {
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
