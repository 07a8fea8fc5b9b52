//! The section of the page.

use super::compute::Whale;
use super::tables::{curve, losers, points, ranks, segments, share_of};
use crate::report::{
    Assurance, Block, Chart, ChartKind, Check, CheckState, Direction, Mark, MarkKind, Message,
    Metric, Role, Series, StatusRow, Tone, Value, Variation,
};

/// Fewer customers than this make a curve of single fates.
const FEW: usize = 20;

/// The headline figures.
pub(super) fn metrics(whale: &Whale) -> Vec<Metric> {
    let share = |rank: usize| whale.share(rank).and_then(Value::share);
    let losing = share_of(whale.losing, whale.n());
    let sales = whale.sum(|customer| customer.sums.sales);
    vec![
        metric(whale, "top20", share(whale.rank(20)), Direction::Neutral),
        metric(whale, "top80", share(whale.rank(80)), Direction::Neutral),
        metric(whale, "peak", whale.peak().and_then(share), Direction::Lower),
        metric(whale, "losing", losing, Direction::Lower),
        metric(whale, "loss", Some(Value::from(-whale.lost)), Direction::Lower),
        metric(whale, "sales", Some(Value::from(sales)), Direction::Higher),
        metric(whale, "total", Some(Value::from(whale.total())), Direction::Higher),
    ]
}

fn metric(whale: &Whale, id: &str, value: Option<Value>, direction: Direction) -> Metric {
    let method = if whale.has_costs { "whale.method.net" } else { "whale.method.profit" };
    Metric {
        id: format!("whale.{id}"),
        value,
        interval: None,
        n: u64::try_from(whale.n()).unwrap_or(u64::MAX),
        period: whale.period,
        target: None,
        direction,
        method: method.to_owned(),
    }
}

/// The rows of the status board.
pub(super) fn status(metrics: &[Metric]) -> Vec<StatusRow> {
    let wanted = metrics.iter().filter(|m| ["whale.peak", "whale.losing"].contains(&m.id.as_str()));
    let row = |metric: &Metric| StatusRow {
        scope: None,
        metric: metric.clone(),
        change: None,
        spark: Vec::new(),
        variation: Variation::Unknown,
        assurance: Assurance::Unknown,
    };
    wanted.map(row).collect()
}

/// The blocks, in order.
pub(super) fn blocks(whale: &Whale, metrics: &[Metric]) -> Vec<Block> {
    let window =
        Message::new("whale.note.window").arg("from", whale.period.from).arg("to", whale.period.to);
    let mut blocks = vec![
        Block::Note { tone: Tone::Plain, text: window },
        Block::Cards(metrics.to_vec()),
        Block::Chart(Box::new(chart(whale))),
        Block::Checklist(checks(whale)),
        Block::Table(points(whale)),
    ];
    if !whale.segments.is_empty() {
        blocks.push(Block::Table(segments(whale)));
    }
    if whale.losing > 0 {
        blocks.push(Block::Table(losers(whale)));
    }
    blocks
}

fn chart(whale: &Whale) -> Chart {
    let peak = whale.peak();
    let mark = |peak: usize| {
        let row = ranks(whale).binary_search(&peak).ok()?;
        let label = Message::new("whale.chart.peak")
            .arg("share", Value::share(whale.share(peak)?)?)
            .arg("rank", peak);
        Some(Mark { row, kind: MarkKind::Read, label })
    };
    let describe = match (whale.share(whale.rank(20)), peak.and_then(|rank| whale.share(rank))) {
        (Some(top), Some(best)) => Message::new("whale.chart.describe")
            .arg("customers", whale.n())
            .arg("top", Value::Share(top))
            .arg("peak", Value::Share(best))
            .arg("rank", peak.unwrap_or_default())
            .arg("losing", whale.losing),
        _ => Message::new("whale.chart.describe_loss").arg("customers", whale.n()),
    };
    let title = if whale.losing > 0 { "whale.chart.title" } else { "whale.chart.title_flat" };
    Chart {
        id: "whale.curve".to_owned(),
        kind: ChartKind::Whale,
        title: Message::new(title)
            .arg("losing", whale.losing)
            .arg("customers", whale.n())
            .arg("loss", -whale.lost),
        describe,
        y_label: Message::new("whale.column.share"),
        table: curve(whale),
        x: "percent".to_owned(),
        series: vec![Series { column: "share".to_owned(), role: Role::Value }],
        signal: None,
        point_label: None,
        marks: peak.and_then(mark).into_iter().collect(),
        references: Vec::new(),
    }
}

/// What to know before trusting the curve.
fn checks(whale: &Whale) -> Vec<Check> {
    let unknown = whale.count(|c| c.sums.unknown);
    let refunds = whale.count(|c| c.sums.refunds);
    let refunded = whale.sum(|c| c.sums.refunded);
    let sales = whale.sum(|c| c.sums.sales);
    let enough = say(if whale.n() < FEW { "few" } else { "enough" }).arg("customers", whale.n());
    let known = say(if unknown > 0 { "unknown" } else { "known" })
        .arg("lines", whale.count(|c| c.sums.lines))
        .arg("unknown", unknown);
    let net = say(if refunds > 0 { "refunds" } else { "no_refunds" })
        .arg("refunds", refunds)
        .arg("refunded", refunded)
        .arg("gross", sales - refunded)
        .arg("sales", sales);
    vec![
        check("customers", enough, whale.n() >= FEW),
        check("profit", known, unknown == 0),
        check("costs", say(if whale.has_costs { "costs" } else { "no_costs" }), whale.has_costs),
        check("returns", net, true),
    ]
}

fn say(key: &str) -> Message {
    Message::new(format!("whale.check.{key}"))
}

fn check(label: &str, detail: Message, fine: bool) -> Check {
    let state = if fine { CheckState::Pass } else { CheckState::Warn };
    Check { label: Message::new(format!("whale.check.label_{label}")), state, detail }
}
