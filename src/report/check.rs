//! What a check of the inputs found, in no language.

use std::collections::BTreeMap;

use crate::records::{Account, Col, InputFile, Issue, KeyMatch, SheetRejects, Source, TableKind};

/// What a check found.
#[derive(Clone, Debug)]
pub struct InputCheck {
    /// The account of every row.
    pub account: Account,
    /// How the headings of every sheet were understood.
    pub headings: Vec<ReadHeading>,
    /// How well keys find their partners.
    pub keys: Vec<KeyMatch>,
    /// Every problem.
    pub issues: Vec<Issue>,
    /// The faulty rows as they stood.
    pub rejects: Vec<SheetRejects>,
    /// The files read.
    pub inputs: Vec<InputFile>,
    /// Where a file lies, by its name: what a link leads to.
    pub links: BTreeMap<String, String>,
}

/// How one heading was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadHeading {
    /// The sheet.
    pub source: Source,
    /// The table it was read as.
    pub table: Option<TableKind>,
    /// Where the heading stands, as `D3`; empty where that is not known.
    pub cell: String,
    /// The heading as in the file.
    pub heading: String,
    /// What it was read as; `None` where it was not read.
    pub col: Option<Col>,
}
