//! Blocks as the page shows them: states turned into icons and class names, charts into SVG.

use std::collections::BTreeSet;

use minijinja::Value;
use serde::Serialize;

use super::table::TableView;
use crate::charts;
use crate::report::edition::{Block, Chart, Check, Finding, Metric, StatusRow};
use crate::report::{Assurance, ChangeVerdict, CheckState, Direction, Grade, Tone, Variation};

/// A block; `kind` names its partial.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", content = "of", rename_all = "lowercase")]
pub(super) enum BlockView<'a> {
    Heading(&'a str),
    Note(NoteView<'a>),
    Cards(Vec<MetricView<'a>>),
    Table(Box<TableView>),
    Chart(Box<ChartView<'a>>),
    Panels(Vec<ChartView<'a>>),
    Findings(Vec<FindingView<'a>>),
    Status(BoardView<'a>),
    Checklist(Vec<CheckView<'a>>),
}

/// A paragraph.
#[derive(Debug, Serialize)]
pub(super) struct NoteView<'a> {
    tone: Tone,
    caution: bool,
    text: &'a str,
}

/// A metric.
#[derive(Debug, Serialize)]
pub(super) struct MetricView<'a> {
    name: &'a str,
    /// Anchor of its method, where the page has one.
    page: Option<String>,
    value: &'a str,
    interval: &'a str,
    n: &'a str,
    period: &'a str,
    target: &'a str,
    method: &'a str,
    /// Key of the word that says which way is better.
    better: Option<&'static str>,
}

/// A chart.
#[derive(Debug, Serialize)]
pub(super) struct ChartView<'a> {
    title: &'a str,
    describe: &'a str,
    no_data: &'a str,
    svg: Value,
    /// The drawing for a narrow page, where it needs its own.
    narrow: Option<Value>,
    table: TableView,
}

/// A finding.
#[derive(Debug, Serialize)]
pub(super) struct FindingView<'a> {
    grade: Grade,
    grade_label: &'a str,
    message: &'a str,
    advice: &'a str,
    money: &'a str,
    /// What that money is.
    money_label: &'a str,
}

/// The status board.
#[derive(Debug, Serialize)]
pub(super) struct BoardView<'a> {
    /// Keys of the headings: of the columns that say something of any row.
    columns: Vec<&'static str>,
    rows: Vec<StatusView<'a>>,
}

/// A row of the status board.
#[derive(Debug, Serialize)]
pub(super) struct StatusView<'a> {
    metric: MetricView<'a>,
    change: &'a str,
    verdict: Option<ChangeVerdict>,
    spark: Value,
    variation: Variation,
    variation_icon: &'static str,
    variation_label: &'a str,
    assurance: Assurance,
    assurance_icon: &'static str,
    assurance_label: &'a str,
}

/// A line of a checklist.
#[derive(Debug, Serialize)]
pub(super) struct CheckView<'a> {
    label: &'a str,
    state: CheckState,
    state_label: &'a str,
    detail: &'a str,
}

/// Makes the views of blocks that name the methods a page has.
pub(super) struct Blocks<'a> {
    methods: BTreeSet<&'a str>,
}

/// The anchor of a method.
pub(super) fn anchor(method: &str) -> String {
    format!("method-{method}")
}

impl<'a> Blocks<'a> {
    /// For a page with these methods.
    pub(super) fn new(methods: impl Iterator<Item = &'a str>) -> Self {
        Self { methods: methods.collect() }
    }

    /// A section's blocks, its findings first.
    pub(super) fn section(
        &self,
        findings: &'a [Finding],
        blocks: &'a [Block],
    ) -> Vec<BlockView<'a>> {
        let first = (!findings.is_empty()).then(|| self::findings(findings));
        first.into_iter().chain(self.list(blocks)).collect()
    }

    /// Blocks in order.
    pub(super) fn list(&self, blocks: &'a [Block]) -> Vec<BlockView<'a>> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&self, block: &'a Block) -> BlockView<'a> {
        match block {
            Block::Heading(text) => BlockView::Heading(text),
            Block::Note { tone, text } => {
                BlockView::Note(NoteView { tone: *tone, caution: *tone == Tone::Caution, text })
            }
            Block::Cards(metrics) => {
                BlockView::Cards(metrics.iter().map(|metric| self.metric(metric)).collect())
            }
            Block::Table(table) => BlockView::Table(Box::new(TableView::new(table))),
            Block::Chart(chart) => BlockView::Chart(Box::new(self::chart(chart))),
            Block::Panels(charts) => BlockView::Panels(charts.iter().map(panel).collect()),
            Block::Findings(findings) => self::findings(findings),
            Block::Status(rows) => BlockView::Status(self.board(rows)),
            Block::Checklist(checks) => BlockView::Checklist(checks.iter().map(check).collect()),
        }
    }

    fn metric(&self, metric: &'a Metric) -> MetricView<'a> {
        MetricView {
            name: &metric.name,
            page: self.methods.contains(metric.id.as_str()).then(|| anchor(&metric.id)),
            value: &metric.value,
            interval: &metric.interval,
            n: &metric.n,
            period: &metric.period,
            target: &metric.target,
            method: &metric.method,
            better: match metric.direction {
                Direction::Higher => Some("higher_is_better"),
                Direction::Lower => Some("lower_is_better"),
                Direction::Neutral => None,
            },
        }
    }

    fn board(&self, rows: &'a [StatusRow]) -> BoardView<'a> {
        let any = |of: fn(&StatusRow) -> bool| rows.iter().any(of);
        let targets = any(|row| !row.metric.target.is_empty());
        let variations = any(|row| row.variation != Variation::Unknown);
        let assurances = any(|row| row.assurance != Assurance::Unknown);
        let columns = [
            ("metric", true),
            ("value", true),
            ("target", targets),
            ("change", any(|row| !row.change.is_empty())),
            ("trend", any(|row| row.spark.iter().any(Option::is_some))),
            ("variation", variations),
            ("assurance", targets && assurances),
        ];
        BoardView {
            columns: columns.iter().filter(|(_, shown)| *shown).map(|(word, _)| *word).collect(),
            rows: rows.iter().map(|row| self.status(row)).collect(),
        }
    }

    fn status(&self, row: &'a StatusRow) -> StatusView<'a> {
        StatusView {
            metric: self.metric(&row.metric),
            change: &row.change,
            verdict: row.verdict,
            spark: Value::from_safe_string(charts::sparkline(&row.spark)),
            variation: row.variation,
            variation_icon: variation_icon(row.variation, row.metric.direction),
            variation_label: &row.variation_label,
            assurance: row.assurance,
            assurance_icon: match row.assurance {
                Assurance::Hit => "hit",
                Assurance::Miss => "miss",
                Assurance::Random => "random",
                Assurance::Unknown => "unknown",
            },
            assurance_label: &row.assurance_label,
        }
    }
}

/// The way the figures went, drawn; whether that is good is said by colour and word.
const fn variation_icon(variation: Variation, direction: Direction) -> &'static str {
    match (variation, direction) {
        (Variation::Common, _) => "common",
        (Variation::Unknown, _) => "unknown",
        (_, Direction::Neutral) => "shift",
        (Variation::Improving, Direction::Higher) | (Variation::Concerning, Direction::Lower) => {
            "rise"
        }
        (Variation::Improving, Direction::Lower) | (Variation::Concerning, Direction::Higher) => {
            "fall"
        }
    }
}

fn findings(findings: &[Finding]) -> BlockView<'_> {
    BlockView::Findings(findings.iter().map(finding).collect())
}

fn finding(finding: &Finding) -> FindingView<'_> {
    FindingView {
        grade: finding.grade,
        grade_label: &finding.grade_label,
        message: &finding.message,
        advice: &finding.advice,
        money: &finding.money,
        money_label: &finding.money_label,
    }
}

fn chart(chart: &Chart) -> ChartView<'_> {
    drawn(chart, charts::svg(chart), charts::narrow(chart))
}

fn panel(chart: &Chart) -> ChartView<'_> {
    drawn(chart, charts::panel(chart), None)
}

fn drawn(chart: &Chart, svg: String, narrow: Option<String>) -> ChartView<'_> {
    ChartView {
        title: &chart.title,
        describe: &chart.describe,
        no_data: &chart.no_data,
        svg: Value::from_safe_string(svg),
        narrow: narrow.map(Value::from_safe_string),
        table: TableView::behind(&chart.table),
    }
}

fn check(check: &Check) -> CheckView<'_> {
    CheckView {
        label: &check.label,
        state: check.state,
        state_label: &check.state_label,
        detail: &check.detail,
    }
}
