//! The section of the page.

use super::compute::Computed;
use super::tables;
use crate::analyses::CountChart;
use crate::dataset::Grain;
use crate::report::{
    Block, Chart, ChartKind, Direction, Mark, MarkKind, Message, Metric, Role, Series, Tone, Value,
};
use crate::stats::control_chart::attribute_chart::Kind;
use crate::units::{Month, Period};

/// A period as a value: a month, or the Monday of a week.
pub(super) fn period(grain: Grain, number: i32) -> Value {
    match grain {
        Grain::Month => Month::from_number(number).into(),
        Grain::Week => grain.first_day(number).into(),
    }
}

/// The headline figures.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    let newest = data.newest();
    let grain = data.cube.grain;
    let metric = |id: &str, value: Option<Value>| Metric {
        id: id.to_owned(),
        value,
        interval: None,
        n: data.charts.iter().map(|chart| chart.counts.len() as u64).sum(),
        period: Period { from: grain.first_day(newest), to: grain.last_day(newest) },
        target: None,
        direction: Direction::Lower,
        method: format!("control.method.{id}"),
    };
    let stage = data.charts.first().and_then(CountChart::stage);
    let ratio = stage.and_then(|stage| stage.dispersion).map(|d| d.ratio);
    vec![
        metric("control_signals", Some(data.signals().0.into())),
        metric("expected_false_signals", Value::number(data.expected_false(), 1)),
        metric("dispersion_ratio", ratio.and_then(|ratio| Value::number(ratio, 2))),
    ]
}

/// The blocks, in order: what is new stands first.
pub(super) fn blocks(data: &Computed) -> Vec<Block> {
    let mut blocks = vec![Block::Cards(metrics(data)), new(data), note(data)];
    let drawn = |wanted: fn(&CountChart) -> bool| {
        let charts = data.charts.iter().enumerate().filter(move |(_, c)| wanted(c));
        charts.map(|(index, c)| chart(data, index, c)).collect::<Vec<_>>()
    };
    let whole = drawn(|chart| chart.step.is_none()).into_iter();
    blocks.extend(whole.map(|chart| Block::Chart(Box::new(chart))));
    let older = tables::signals(data, |period| period < data.newest(), "signals");
    if !older.rows.is_empty() {
        blocks.push(Block::Table(older));
    }
    let facets = drawn(|chart| chart.step.is_some());
    if !facets.is_empty() {
        blocks.push(Block::Heading(Message::new("control.heading.facets")));
        blocks.push(Block::Panels(facets));
    }
    if data.left_out > 0 {
        let text = Message::new("control.note.left_out").arg("steps", data.left_out);
        blocks.push(Block::Note { tone: Tone::Plain, text });
    }
    blocks
}

/// The signals of the newest period, or the note that there are none.
fn new(data: &Computed) -> Block {
    let newest = data.newest();
    let table = tables::signals(data, |period| period == newest, "new_signals");
    if !table.rows.is_empty() {
        return Block::Table(table);
    }
    let text =
        Message::new("control.note.nothing_new").arg("period", period(data.cube.grain, newest));
    Block::Note { tone: Tone::Plain, text }
}

fn note(data: &Computed) -> Block {
    let stage = data.charts.first().and_then(CountChart::stage);
    let trial = stage.is_some_and(crate::stats::control_chart::staged::Stage::is_trial);
    let key = if trial { "control.note.trial" } else { "control.note.frozen" };
    let text = Message::new(key).arg("points", stage.map_or(0, |stage| stage.baseline));
    Block::Note { tone: if trial { Tone::Caution } else { Tone::Plain }, text }
}

/// What a chart is of.
pub(super) fn scope(data: &Computed, chart: &CountChart) -> Value {
    match (chart.step, data.step(chart.step)) {
        (_, Some(name)) => Value::Text(name.to_owned()),
        (Some(_), None) => Message::new("control.unnamed").into(),
        (None, None) => Message::new("control.whole").into(),
    }
}

/// What a chart counts, as the last part of a word's key.
pub(super) const fn counted(chart: &CountChart) -> &'static str {
    match chart.kind {
        Kind::P | Kind::Np => "p",
        Kind::U | Kind::C => "u",
    }
}

fn title(data: &Computed, chart: &CountChart) -> Message {
    let laney = chart.fit.stages.iter().any(|stage| stage.chart.factor > 1.0);
    let kind = format!("{}{}", counted(chart), if laney { "_laney" } else { "" });
    Message::new(format!("control.chart.{kind}")).arg("scope", scope(data, chart))
}

fn chart(data: &Computed, index: usize, of: &CountChart) -> Chart {
    let id = tables::chart_id(index);
    let roles = [
        ("rate", Role::Value),
        ("center", Role::Center),
        ("ucl", Role::Limit),
        ("lcl", Role::Limit),
    ];
    let signals = of.fit.points.iter().filter(|point| !point.signals.is_empty()).count();
    Chart {
        id: id.clone(),
        kind: ChartKind::Control,
        title: title(data, of),
        describe: Message::new("control.chart.describe")
            .arg("scope", scope(data, of))
            .arg("points", of.counts.len())
            .arg("signals", signals),
        y_label: Message::new(format!("control.column.rate_{}", counted(of))),
        table: tables::points(data, index, of, title(data, of)),
        x: "period".to_owned(),
        series: roles.map(|(id, role)| Series { column: id.to_owned(), role }).to_vec(),
        signal: Some("signal".to_owned()),
        point_label: None,
        marks: marks(data, of),
        references: Vec::new(),
    }
}

/// Where baselines end, where limits are new and why, and what projects did.
fn marks(data: &Computed, chart: &CountChart) -> Vec<Mark> {
    let frozen = chart.fit.stages.iter().filter(|stage| !stage.is_trial());
    let ends = frozen.map(|stage| Mark {
        row: (stage.points.start + stage.baseline).saturating_sub(1),
        kind: MarkKind::BaselineEnd,
        label: Message::new("control.mark.baseline"),
    });
    let begins = chart.plan.starts.iter().map(|start| Mark {
        row: start.at,
        kind: MarkKind::Event,
        label: Message::new("control.mark.phase").arg("reason", start.reason.as_str()),
    });
    let events = data.events(chart).into_iter().map(|(row, event)| Mark {
        row,
        kind: MarkKind::Event,
        label: Message::new("control.mark.event").arg("project", event.name.as_str()),
    });
    ends.chain(begins).chain(events).collect()
}
