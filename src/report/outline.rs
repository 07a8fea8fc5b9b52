//! The outline of a report: sections, what was skipped, the account of rows, provenance.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::{Block, Finding, Message, Metric, StatusRow, Table};
use crate::records::{Account, Col, InputFile, Issue, TableKind};
use crate::units::{Day, Period};

/// The version of the report's public form.
pub const SCHEMA: &str = "gemba.report/1";

/// What an analysis hands over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Outcome {
    /// Its headline figures.
    pub metrics: Vec<Metric>,
    /// What they say.
    pub findings: Vec<Finding>,
    /// Its rows for the status board.
    pub status: Vec<StatusRow>,
    /// Its section of the page.
    pub blocks: Vec<Block>,
    /// Counts its formulas stand on: sheets of the workbook, not shown on the page.
    pub data: Vec<Table>,
}

/// A table or column an analysis misses.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Missing {
    /// The table.
    pub table: TableKind,
    /// The column; the whole table when absent.
    pub col: Option<Col>,
}

/// An analysis that could not be computed, and why.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Skipped {
    /// The analysis.
    pub analysis: String,
    /// What is missing; empty where the reason is not a missing column.
    pub missing: Vec<Missing>,
    /// The reason, where it is not a missing column.
    pub reason: Option<Message>,
}

impl Skipped {
    /// For a reason worded at `<analysis>.skipped.<reason>`.
    #[must_use]
    pub fn because(analysis: &str, reason: &str) -> Self {
        let reason = Message::new(format!("{analysis}.skipped.{reason}"));
        Self { analysis: analysis.to_owned(), missing: Vec::new(), reason: Some(reason) }
    }
}

/// One analysis in a report. Its title is the word at `<analysis>.title`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Section {
    /// The analysis.
    pub analysis: String,
    /// What it handed over; reports that ask the same share it.
    #[serde(serialize_with = "whole")]
    pub outcome: Arc<Outcome>,
}

fn whole<S: Serializer>(outcome: &Arc<Outcome>, serializer: S) -> Result<S::Ok, S::Error> {
    outcome.as_ref().serialize(serializer)
}

/// A number formulas name; its meaning is the word at `constant.<name>`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Constant {
    /// Its name, as `sigma_shift`.
    pub name: String,
    /// Its value.
    pub value: f64,
}

/// What the report was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Provenance {
    /// Version of gemba.
    pub version: String,
    /// SHA-256 of the effective settings, hexadecimal.
    pub settings: String,
    /// How inputs were read and the limits in force: `[read]` of the settings, by dotted name.
    pub reading: BTreeMap<String, String>,
    /// The files read, by name.
    pub inputs: Vec<InputFile>,
}

/// How a report is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Headline and every section.
    #[default]
    Full,
    /// One page: the headline only; the sections stay in the workbook and in the JSON.
    Summary,
}

/// A report, in no language.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: String,
    /// Its id, as `monthly-sigma`; its title is the word at `report.<id>.title`.
    pub id: String,
    /// How it is laid out.
    pub layout: Layout,
    /// The days it speaks of.
    pub period: Period,
    /// The day it looks from.
    pub as_of: Day,
    /// ISO 4217 code shown beside money, where configured.
    pub currency: Option<String>,
    /// What stands before the sections: status board, findings that matter.
    pub headline: Vec<Block>,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// What could not be computed.
    pub skipped: Vec<Skipped>,
    /// The numbers formulas name.
    pub constants: Vec<Constant>,
    /// The account of every row.
    pub account: Account,
    /// Every problem seen in the input.
    pub issues: Vec<Issue>,
    /// What it was made from.
    pub provenance: Provenance,
}
