//! The section of the page.

use super::compute::Pyramid;
use super::tables::{bars, migration, tiers};
use super::tier::Tier;
use crate::report::{
    Assurance, Block, Chart, ChartKind, Direction, Message, Metric, Role, Series, StatusRow, Tone,
    Value, Variation,
};

/// The headline figures.
pub(super) fn metrics(pyramid: &Pyramid) -> Vec<Metric> {
    let top20 = pyramid.top20().and_then(Value::share);
    let gini = pyramid.gini().and_then(|gini| Value::number(gini, 2));
    vec![
        metric(pyramid, "top20", top20, Direction::Neutral),
        metric(pyramid, "gini", gini, Direction::Neutral),
        metric(pyramid, "customers", Some(Value::from(pyramid.n())), Direction::Higher),
    ]
}

fn metric(pyramid: &Pyramid, id: &str, value: Option<Value>, direction: Direction) -> Metric {
    Metric {
        id: format!("pyramid.{id}"),
        value,
        interval: None,
        n: u64::try_from(pyramid.n()).unwrap_or(u64::MAX),
        period: pyramid.period,
        target: None,
        direction,
        method: "pyramid.method.ranked".to_owned(),
    }
}

/// The row of the status board.
pub(super) fn status(metrics: &[Metric]) -> Vec<StatusRow> {
    let row = |metric: &Metric| StatusRow {
        scope: None,
        metric: metric.clone(),
        change: None,
        spark: Vec::new(),
        variation: Variation::Unknown,
        assurance: Assurance::Unknown,
    };
    metrics.iter().take(1).map(row).collect()
}

/// The blocks, in order.
pub(super) fn blocks(pyramid: &Pyramid, metrics: &[Metric]) -> Vec<Block> {
    let window = Message::new("pyramid.note.window")
        .arg("from", pyramid.period.from)
        .arg("to", pyramid.period.to);
    let mut blocks = vec![
        Block::Note { tone: Tone::Plain, text: window },
        Block::Cards(metrics.to_vec()),
        Block::Chart(Box::new(chart(pyramid))),
        Block::Table(tiers(pyramid)),
    ];
    blocks.push(match &pyramid.migration {
        Some(moves) => Block::Table(migration(pyramid, moves)),
        None => Block::Note { tone: Tone::Plain, text: Message::new("pyramid.note.no_migration") },
    });
    blocks
}

fn chart(pyramid: &Pyramid) -> Chart {
    let share = |tier| {
        let all = pyramid.sums(|_| true).sales;
        pyramid.sums(|t| t <= tier).sales.share_of(all).and_then(Value::share)
    };
    let describe = match (share(Tier::Top), share(Tier::Large), share(Tier::Medium)) {
        (Some(top), Some(large), Some(medium)) => Message::new("pyramid.chart.describe")
            .arg("customers", pyramid.n())
            .arg("top", top)
            .arg("large", large)
            .arg("medium", medium),
        _ => Message::new("pyramid.chart.describe_none").arg("customers", pyramid.n()),
    };
    let title = match share(Tier::Medium) {
        Some(share) => Message::new("pyramid.chart.title").arg("share", share),
        None => Message::new("pyramid.table.tiers"),
    };
    let series = [("customer_share", Role::Value), ("sales_share", Role::Other)];
    Chart {
        id: "pyramid.tiers".to_owned(),
        kind: ChartKind::Pyramid,
        title,
        describe,
        y_label: Message::new("pyramid.column.share"),
        table: bars(pyramid),
        x: "tier".to_owned(),
        series: series.map(|(id, role)| Series { column: id.to_owned(), role }).to_vec(),
        signal: None,
        point_label: None,
        marks: Vec::new(),
        references: Vec::new(),
    }
}
