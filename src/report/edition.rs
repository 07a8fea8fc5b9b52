//! The same report in one language: every word worded, every value formatted, raw values kept
//! for those who write cells.

mod chart;
mod method;
mod rejects;

pub use chart::{Chart, Mark, Reference, Series};
pub use method::{Constant, MethodNote};
pub use rejects::{RejectedLine, RejectedSheet, RejectsBook};

use std::slice;

use serde::Serialize;

use super::{
    Assurance, ChangeVerdict, CheckState, Direction, Emphasis, Format, Formula, Grade, Layout,
    Tone, Value, Variation,
};
use crate::units::Day;

/// A language gemba speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Lang {
    /// English.
    #[default]
    #[serde(rename = "en")]
    En,
    /// Traditional Chinese as written in Taiwan.
    #[serde(rename = "zh-Hant")]
    ZhHant,
    /// Simplified Chinese as written on the mainland.
    #[serde(rename = "zh-Hans")]
    ZhHans,
}

impl Lang {
    /// Every language.
    pub const ALL: [Self; 3] = [Self::En, Self::ZhHant, Self::ZhHans];

    /// Its tag in settings and file names.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhHant => "zh-Hant",
            Self::ZhHans => "zh-Hans",
        }
    }

    /// The tag that picks the right glyph shapes on a page.
    #[must_use]
    pub const fn html(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhHant => "zh-Hant-TW",
            Self::ZhHans => "zh-Hans-CN",
        }
    }
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Cell {
    /// As printed; `–` where unknown.
    pub text: String,
    /// Raw, for cells of a workbook.
    pub value: Option<Value>,
    /// How a spreadsheet computes it.
    pub formula: Option<Formula>,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// Id within its table.
    pub id: String,
    /// Heading.
    pub header: String,
    /// Alignment and number format.
    pub format: Format,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// One cell a column.
    pub cells: Vec<Cell>,
    /// How it stands out.
    pub emphasis: Option<Emphasis>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Table {
    /// Id, unique in a report.
    pub id: String,
    /// Title.
    pub title: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// What to know when reading it.
    pub note: Option<String>,
    /// Rows shown before the rest is folded away.
    pub top: Option<usize>,
}

impl Table {
    /// The index of a column.
    #[must_use]
    pub fn index(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.id == column)
    }
}

/// A metric.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Metric {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: String,
    /// The figure, formatted; `–` where unknown.
    pub value: String,
    /// `95 % CI 3.40 – 4.37`, or a one-sided bound; empty where none.
    pub interval: String,
    /// `n = 300`.
    pub n: String,
    /// The days it speaks of.
    pub period: String,
    /// What it should be; empty where none.
    pub target: String,
    /// Which way is better.
    pub direction: Direction,
    /// How it was computed.
    pub method: String,
    /// Raw, for cells of a workbook.
    pub raw: Option<Value>,
    /// Raw ends of the interval.
    pub raw_low: Option<Value>,
    /// Raw ends of the interval.
    pub raw_high: Option<Value>,
    /// Raw target.
    pub raw_target: Option<Value>,
    /// Raw n.
    pub raw_n: u64,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Stable id.
    pub id: String,
    /// What it asks.
    pub grade: Grade,
    /// The grade in words.
    pub grade_label: String,
    /// The statement.
    pub message: String,
    /// What to do.
    pub advice: String,
    /// What it is worth; empty where unknown.
    pub money: String,
    /// What that money is: a loss, a cost, the worth of open deals.
    pub money_label: String,
}

/// A row of the status board.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatusRow {
    /// The metric.
    pub metric: Metric,
    /// The difference, formatted, with its verdict in words.
    pub change: String,
    /// What the difference amounts to.
    pub verdict: Option<ChangeVerdict>,
    /// Its recent course.
    pub spark: Vec<Option<f64>>,
    /// What its chart says.
    pub variation: Variation,
    /// The same in words.
    pub variation_label: String,
    /// Will it keep hitting the target?
    pub assurance: Assurance,
    /// The same in words.
    pub assurance_label: String,
}

/// A line of a checklist.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// What was checked.
    pub label: String,
    /// How it came out.
    pub state: CheckState,
    /// The state in words.
    pub state_label: String,
    /// Why.
    pub detail: String,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "block", content = "content", rename_all = "snake_case")]
pub enum Block {
    /// A heading inside a section.
    Heading(String),
    /// A paragraph.
    Note {
        /// How it is meant.
        tone: Tone,
        /// The text.
        text: String,
    },
    /// Metric cards.
    Cards(Vec<Metric>),
    /// A table.
    Table(Table),
    /// A chart with its table.
    Chart(Box<Chart>),
    /// Charts to be read together, side by side where there is room.
    Panels(Vec<Chart>),
    /// Findings.
    Findings(Vec<Finding>),
    /// The status board.
    Status(Vec<StatusRow>),
    /// A checklist.
    Checklist(Vec<Check>),
}

impl Block {
    /// The charts it shows.
    #[must_use]
    pub fn charts(&self) -> &[Chart] {
        match self {
            Self::Chart(chart) => slice::from_ref(chart),
            Self::Panels(charts) => charts,
            _ => &[],
        }
    }

    /// The tables it shows, those behind its charts among them.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        let own = match self {
            Self::Table(table) => Some(table),
            _ => None,
        };
        own.into_iter().chain(self.charts().iter().map(|chart| &chart.table))
    }
}

/// A section.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// The analysis.
    pub id: String,
    /// Title.
    pub title: String,
    /// Its findings, shown first.
    pub findings: Vec<Finding>,
    /// Its headline figures (shown by its own blocks; listed in the workbook's summary).
    pub metrics: Vec<Metric>,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// Its data tables, for the workbook.
    pub data: Vec<Table>,
}

/// A problem of the input, worded.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Issue {
    /// Stable code.
    pub code: String,
    /// `error`, `warning`, `note` in words.
    pub severity: String,
    /// File.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// Cell of the first.
    pub cell: String,
    /// Heading of the column and what it was read as; empty where it speaks of no column.
    pub column: String,
    /// Where else it stands: the next cells, and how many more.
    pub also: String,
    /// The value as it stood.
    pub value: String,
    /// What is wrong.
    pub problem: String,
    /// What was expected.
    pub expected: String,
    /// How to fix it.
    pub hint: String,
    /// Rows it stands for.
    pub rows: u64,
}

/// A report in one language.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Edition {
    /// The language.
    pub lang: Lang,
    /// Its tag for the page.
    pub html_lang: String,
    /// Id of the report.
    pub id: String,
    /// How it is laid out: a summary shows its headline only on the page.
    pub layout: Layout,
    /// Title.
    pub title: String,
    /// Who it is for and what it answers, one sentence.
    pub subtitle: String,
    /// The period, formatted.
    pub period: String,
    /// The day it looks from, formatted.
    pub as_of: String,
    /// The same day, for those who need a date: a workbook's properties.
    pub as_of_day: Option<Day>,
    /// What stands before the sections.
    pub headline: Vec<Block>,
    /// Sections.
    pub sections: Vec<Section>,
    /// `Not computable: …`, one line an analysis.
    pub skipped: Vec<String>,
    /// The account of rows.
    pub account: Table,
    /// The account in one sentence.
    pub account_line: String,
    /// Problems, grouped and worded.
    pub issues: Vec<Issue>,
    /// Definitions of all it shows.
    pub methods: Vec<MethodNote>,
    /// Numbers formulas name.
    pub constants: Vec<Constant>,
    /// Files read, with their hashes.
    pub inputs: Table,
    /// How inputs were read, and the limits in force.
    pub reading: Table,
    /// Version and settings hash, one line.
    pub provenance: String,
    /// Interface words of the page and workbook, by key (`ui.*` without the prefix).
    pub ui: std::collections::BTreeMap<String, String>,
}
