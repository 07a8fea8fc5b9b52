//! Pictures of a study of values: where the spread comes from, and readings by part and operator.

use super::compute::{Spread, Variable};
use super::tables::{column, number};
use crate::report::{Cell, Chart, ChartKind, Column, Format, Message, Role, Row, Table, Value};
use crate::stats::measurement::gage::Reading;

/// Operators the chart of parts and operators tells apart.
const OPERATORS: usize = 6;

fn text(key: &str) -> Message {
    Message::new(format!("gage.{key}"))
}

/// Shares of the variance and of the standard deviation.
pub(super) fn components(index: usize, spread: &Spread) -> Chart {
    let own = spread.components;
    let lines = [
        ("gage", own.gage()),
        ("repeatability", own.repeatability),
        ("reproducibility", own.reproducibility()),
        ("part", own.part_to_part),
    ];
    let row = |(key, variance): (&str, f64)| {
        let told = own.share(variance, spread.terms()).ok();
        let percent = |x: Option<f64>| Cell::from(x.and_then(|x| Value::share(x / 100.0)));
        let name = Cell::from(Value::from(text(&format!("source.{key}"))));
        let shares = [told.map(|t| t.contribution), told.map(|t| t.study_variation)].map(percent);
        Row::from(std::iter::once(name).chain(shares).collect::<Vec<_>>())
    };
    let columns = vec![
        column("source", Format::Text),
        column("contribution", Format::Share),
        column("percent", Format::Share),
    ];
    let rows = lines.into_iter().map(row).collect();
    let id = format!("gage.shares_{index}");
    let table = Table::new(&id, text("chart.components"), columns, rows);
    let percent = spread.percent().map_or(0.0, |percent| percent / 100.0);
    let describe = text("chart.components_describe").arg("percent", Value::Share(percent));
    let series = [("contribution", Role::Value), ("percent", Role::Other)];
    Chart::of(ChartKind::Bars, table, "source", &series).described(describe)
}

/// Readings by part, by operator, and both together.
pub(super) fn by_part_and_operator(index: usize, found: &Variable) -> Vec<Chart> {
    let mut charts = vec![
        by(index, "part", &found.parts, found, |reading| reading.part),
        by(index, "operator", &found.operators, found, |reading| reading.operator),
    ];
    if found.operators.len() <= OPERATORS {
        charts.push(together(index, found));
    }
    charts
}

fn mean(values: &[f64]) -> Option<f64> {
    let n = f64::from(u32::try_from(values.len()).ok().filter(|n| *n > 0)?);
    Some(values.iter().sum::<f64>() / n)
}

/// Mean, lowest and highest reading of every part, or of every operator.
fn by(
    index: usize,
    what: &str,
    names: &[String],
    found: &Variable,
    of: fn(&Reading) -> usize,
) -> Chart {
    let row = |(place, name): (usize, &String)| {
        let own = found.readings.iter().filter(|reading| of(reading) == place);
        let values: Vec<f64> = own.map(|reading| reading.value).collect();
        Row::from(vec![
            Cell::from(name.as_str()),
            number(mean(&values), 4),
            number(values.iter().copied().reduce(f64::min), 4),
            number(values.iter().copied().reduce(f64::max), 4),
        ])
    };
    let mut columns = vec![column(what, Format::Text)];
    columns.extend(["mean", "least", "most"].map(|id| column(id, Format::Number(4))));
    let rows = names.iter().enumerate().map(row).collect();
    let id = format!("gage.by_{what}_{index}");
    let table = Table::new(&id, text(&format!("chart.by_{what}")), columns, rows);
    let describe = text(&format!("chart.by_{what}_describe")).arg("n", names.len());
    let series = [("mean", Role::Value), ("least", Role::Bound), ("most", Role::Bound)];
    let y_label = text("column.reading");
    Chart { y_label, ..Chart::of(ChartKind::Line, table, what, &series).described(describe) }
}

/// The mean of every part, one line an operator: lines that cross are an interaction.
fn together(index: usize, found: &Variable) -> Chart {
    let row = |(part, name): (usize, &String)| {
        let mut cells = vec![Cell::from(name.as_str())];
        cells.extend((0..found.operators.len()).map(|operator| {
            let own = found.readings.iter().filter(|r| r.part == part && r.operator == operator);
            let values: Vec<f64> = own.map(|reading| reading.value).collect();
            number(mean(&values), 4)
        }));
        Row::from(cells)
    };
    let ids: Vec<String> = (0..found.operators.len()).map(|j| format!("o{j}")).collect();
    let named = |(id, name): (&String, &String)| {
        let header = text("column.named").arg("name", name.as_str());
        Column::titled(id, Format::Number(4), header)
    };
    let mut columns = vec![column("part", Format::Text)];
    columns.extend(ids.iter().zip(&found.operators).map(named));
    let rows = found.parts.iter().enumerate().map(row).collect();
    let id = format!("gage.together_{index}");
    let table = Table::new(&id, text("chart.together"), columns, rows);
    let describe = text("chart.together_describe")
        .arg("parts", found.parts.len())
        .arg("operators", found.operators.len());
    let role = |j: usize| match j {
        0 => Role::Value,
        2 => Role::Center,
        _ => Role::Other,
    };
    let series: Vec<(&str, Role)> =
        ids.iter().enumerate().map(|(j, id)| (id.as_str(), role(j))).collect();
    let y_label = text("column.reading");
    Chart { y_label, ..Chart::of(ChartKind::Line, table, "part", &series).described(describe) }
}
