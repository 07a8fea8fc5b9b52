//! The closed set of blocks a section is made of: a new analysis needs no new template.

use std::slice;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Chart, Finding, Message, Metric, StatusRow, Table};

/// How a note is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Plain.
    Plain,
    /// A caveat that changes how a figure is read.
    Caution,
}

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// Fine.
    Pass,
    /// To be read with care.
    Warn,
    /// Not met.
    Fail,
    /// Not computable from what was handed in.
    NotComputable,
}

/// One line of a checklist.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Check {
    /// What was checked.
    pub label: Message,
    /// How it came out.
    pub state: CheckState,
    /// Why, in one sentence.
    pub detail: Message,
}

/// One block.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "block", content = "content", rename_all = "snake_case")]
pub enum Block {
    /// A heading inside a section.
    Heading(Message),
    /// A paragraph.
    Note {
        /// How it is meant.
        tone: Tone,
        /// The text.
        text: Message,
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
