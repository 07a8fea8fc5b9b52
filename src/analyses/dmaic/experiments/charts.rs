//! Pictures of effects: half-normal plot, effects by size, and the mean at every level.

use super::compute::Experiment;
use super::tables::{column, number};
use crate::report::{
    Cell, Chart, ChartKind, Column, Emphasis, Format, Message, Role, Row, Table, Value,
};
use crate::stats::design::factorial::Effect;
use crate::stats::special::normal;
use crate::stats::summary::moments::Moments;

/// Effects a chart of sizes shows.
const SHOWN: usize = 12;

fn text(key: &str) -> Message {
    Message::new(format!("experiments.{key}"))
}

/// The half-normal plot and the sizes of the effects, where there are any.
pub(super) fn effects(index: usize, experiment: &Experiment) -> Vec<Chart> {
    let Ok(found) = &experiment.effects else { return Vec::new() };
    let mut sorted: Vec<&Effect> = found.effects.iter().collect();
    sorted.sort_by(|a, b| a.effect.abs().total_cmp(&b.effect.abs()));
    vec![half_normal(index, experiment, &sorted), sizes(index, experiment, &sorted)]
}

/// Standard error of an effect: from the replicates, else Lenth's.
#[expect(clippy::cast_precision_loss, reason = "counts of runs stay below 2^53")]
fn error(experiment: &Experiment) -> Option<f64> {
    let n: usize = experiment.runs.iter().map(|run| run.responses.len()).sum();
    let found = experiment.effects.as_ref().ok()?;
    let replicated = found.residual_sd().map(|sd| 2.0 * sd / (n as f64).sqrt());
    replicated.or(experiment.lenth.map(|lenth| lenth.pseudo_standard_error))
}

#[expect(clippy::cast_precision_loss, reason = "effects are few")]
fn half_normal(index: usize, experiment: &Experiment, sorted: &[&Effect]) -> Chart {
    let active: Vec<&[usize]> = experiment.active().iter().map(|e| e.factors.as_slice()).collect();
    let (m, error) = (sorted.len() as f64, error(experiment));
    let row = |(i, effect): (usize, &&Effect)| {
        let score = normal::quantile(0.5 + 0.5 * (i as f64 + 0.5) / m);
        let size = effect.effect.abs();
        let stands = active.contains(&effect.factors.as_slice());
        let signal = stands.then(|| Value::from(text("signal.active")));
        let cells = vec![
            number(Some(size)),
            number(score),
            number(error.map(|error| size / error).filter(|_| !stands)),
            Cell::from(experiment.label(&effect.factors)),
            Cell::from(signal),
        ];
        Row { cells, emphasis: stands.then_some(Emphasis::Good) }
    };
    let columns = vec![
        column("absolute", Format::Number(3)),
        column("score", Format::Number(3)),
        column("line", Format::Number(3)),
        column("effect", Format::Text),
        column("signal", Format::Text),
    ];
    let rows = sorted.iter().enumerate().map(row).collect();
    let id = format!("experiments.half_normal_{index}");
    let table = Table::new(&id, text("chart.half_normal"), columns, rows);
    let describe =
        text("chart.half_normal_describe").arg("effects", sorted.len()).arg("active", active.len());
    let series = [("score", Role::Value), ("line", Role::Center)];
    Chart {
        signal: Some("signal".to_owned()),
        point_label: Some("effect".to_owned()),
        ..Chart::of(ChartKind::Probability, table, "absolute", &series).described(describe)
    }
}

/// Sizes of the effects, the largest first, and the margin they must pass.
fn sizes(index: usize, experiment: &Experiment, sorted: &[&Effect]) -> Chart {
    let margin = experiment.lenth.map(|lenth| lenth.simultaneous_margin);
    let row = |effect: &&Effect| {
        let name = Cell::from(experiment.label(&effect.factors));
        let mut cells = vec![name, number(Some(effect.effect.abs()))];
        cells.extend(margin.map(|margin| number(Some(margin))));
        Row::from(cells)
    };
    let mut columns = vec![column("effect", Format::Text), column("absolute", Format::Number(3))];
    let mut series = vec![("absolute", Role::Value)];
    if margin.is_some() {
        columns.push(column("margin", Format::Number(3)));
        series.push(("margin", Role::Limit));
    }
    let rows = sorted.iter().rev().take(SHOWN).map(row).collect();
    let id = format!("experiments.sizes_{index}");
    let table = Table::new(&id, text("chart.sizes"), columns, rows);
    let describe = text("chart.sizes_describe").arg("effects", sorted.len().min(SHOWN));
    Chart::of(ChartKind::Bars, table, "effect", &series).described(describe)
}

/// The mean response at every level, all factors on one scale: a steep line is a strong factor.
pub(super) fn main_effects(index: usize, experiment: &Experiment) -> Chart {
    let all: Vec<f64> = experiment.runs.iter().flat_map(|run| run.responses.clone()).collect();
    let grand = Moments::of(&all).mean().ok();
    let ids: Vec<String> = (0..experiment.factors.len()).map(|j| format!("f{j}")).collect();
    let mut columns = vec![column("level", Format::Text)];
    columns.extend(ids.iter().zip(&experiment.factors).map(|(id, factor)| {
        let header = text("column.named").arg("name", factor.name.as_str());
        Column::titled(id, Format::Number(3), header)
    }));
    columns.push(column("all", Format::Number(3)));
    let mut rows = Vec::new();
    for (own, factor) in experiment.factors.iter().enumerate() {
        for level in &factor.levels {
            let mut cells = vec![Cell::from(format!("{}: {}", factor.name, level.label))];
            let mean = |j: usize| number(level.mean.filter(|_| j == own));
            cells.extend((0..experiment.factors.len()).map(mean));
            cells.push(number(grand));
            rows.push(Row::from(cells));
        }
    }
    let table = Table::new(&format!("experiments.main_{index}"), text("chart.main"), columns, rows);
    let describe = text("chart.main_describe").arg("factors", experiment.factors.len());
    let mut series: Vec<(&str, Role)> = ids.iter().map(|id| (id.as_str(), Role::Value)).collect();
    series.push(("all", Role::Center));
    let chart = Chart::of(ChartKind::Line, table, "level", &series).described(describe);
    Chart { y_label: text("column.mean"), ..chart }
}
