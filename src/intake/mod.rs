//! Reads files into typed tables and issues, every value with its origin.
//!
//! A file is told by its content (`sniff`), checked against the limits, and read sheet by
//! sheet: the header is looked for among the first rows and its headings name the table, then
//! every row is used, or refused or left out with a reason. Nothing is dropped without a count.

mod archive;
mod area;
mod at_once;
mod book;
mod cell;
mod convert;
mod crew;
mod drift;
mod expand;
mod file;
mod grid;
mod habits;
mod headers;
mod hidden;
mod indent;
mod isolate;
mod log;
mod markup;
mod ods;
mod ole;
#[cfg(feature = "parquet")]
mod parquet;
mod ranges;
mod rejects;
mod row;
mod sheet;
mod sheets;
mod sink;
mod slots;
mod sniff;
mod stream;
mod text;
mod texts;
mod trouble;
mod twins;
mod typing;
mod xlsb;
mod xlsx;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use expand::expand;
pub use headers::{How, MappedHeader, SheetMapping, Suggestion, currency_of};
pub use isolate::serve;
pub use text::is_encoding;

use crate::dataset::Table;
use crate::records::{Account, InputFile, Issue, SheetRejects, Source, TableKind};
use crate::settings::{ReadSettings, SheetRule};

/// How inputs are read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Options {
    /// How files and cells are read, and the bounds on what a file may ask of the machine.
    pub read: ReadSettings,
    /// Issues of a kind in a column kept with their cell; the last stands for the rest.
    pub max_examples: usize,
    /// Whether rows with a fault are kept as they stood; reports do not need them.
    pub keep_rejects: bool,
    /// What is declared of sheets, instead of being recognised.
    pub map: Vec<SheetRule>,
    /// Threads that may read; never changes what is read.
    pub threads: usize,
    /// The program that reads a file in a process of its own by [`serve`]; `None` reads in this
    /// process, without the limits on memory and time.
    pub program: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            read: ReadSettings::default(),
            max_examples: 5,
            keep_rejects: false,
            map: Vec::new(),
            threads: 1,
            program: None,
        }
    }
}

/// Everything read from the inputs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Read {
    /// The tables that had rows.
    pub tables: BTreeMap<TableKind, Table>,
    /// The sheet of every table seen, and every sheet without one;
    /// [`crate::records::Origin::source`] is an index into it.
    pub sources: Vec<Source>,
    /// What became of every row, one account for each of `sources`.
    pub account: Account,
    /// Every problem, in the order of files, sheets and rows.
    pub issues: Vec<Issue>,
    /// Every file that could be opened.
    pub inputs: Vec<InputFile>,
    /// How the columns were understood, one for each of `sources`.
    pub mapping: Vec<SheetMapping>,
    /// The rows with a fault, as they stood; empty unless [`Options::keep_rejects`].
    pub rejects: Vec<SheetRejects>,
}

/// Told of every file before it is read. `()` hears nothing.
pub trait Progress {
    /// File `index` (from 0) of `of` is about to be read.
    fn file(&self, name: &str, index: usize, of: usize);
}

impl Progress for () {
    fn file(&self, _: &str, _: usize, _: usize) {}
}

/// Reads files into tables. Never panics: what cannot be read becomes an issue.
///
/// Files are read in the order of their names whatever the order given, so the same set of files
/// gives the same result.
#[must_use]
pub fn read(inputs: &[PathBuf], options: &Options, progress: &(dyn Progress + Sync)) -> Read {
    let mut files: Vec<&PathBuf> = inputs.iter().collect();
    files.sort_by(|a, b| file_name(a).cmp(&file_name(b)).then_with(|| a.cmp(b)));
    files.dedup();
    crew::read_all(&files, options, progress)
}

/// What the own and the general reader of `xlsx` make of the same bytes, sheet by sheet: its name,
/// and a word that begins with `different` where their cells are not the same.
#[cfg(fuzzing)]
#[must_use]
pub fn both_readers(bytes: &[u8]) -> Vec<(String, String)> {
    xlsx::both::verdicts(bytes)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod walk_tests;
