//! Reading: the inputs named, their tables, and every problem seen on the way.

use std::path::PathBuf;

use super::{Exit, Failure, progress::Bar};
use crate::dataset;
use crate::intake::{self, FixedTable, Read};
use crate::records::{Issue, TableKind};
use crate::settings::Checked;

/// Problems of a kind in a column that `gemba check` keeps one by one. The rows themselves are
/// kept without bound.
const EVERY: usize = 100_000;

/// What the inputs hold, and every problem: of the files, their cells, and the keys between them.
pub(super) fn inputs(checked: &Checked, bar: &Bar) -> Result<(Read, Vec<Issue>), Failure> {
    Ok(read(checked, &options(checked)?, bar))
}

/// The same with every problem one by one, and the rows that have one as they stood.
pub(super) fn faults(checked: &Checked, bar: &Bar) -> Result<(Read, Vec<Issue>), Failure> {
    let options = intake::Options { max_examples: EVERY, keep_rejects: true, ..options(checked)? };
    Ok(read(checked, &options, bar))
}

fn options(checked: &Checked) -> Result<intake::Options, Failure> {
    let tables = checked.tables.iter().map(|(sheet, table)| fixed(sheet, table));
    Ok(intake::Options {
        tables: tables.collect::<Result<_, _>>()?,
        threads: checked.threads,
        read: checked.read.clone(),
        program: Some(own_program()?),
        ..intake::Options::default()
    })
}

fn read(checked: &Checked, options: &intake::Options, bar: &Bar) -> (Read, Vec<Issue>) {
    let (paths, mut issues) = intake::expand(&checked.inputs);
    let read = intake::read(&paths, options, bar);
    issues.extend(read.issues.iter().cloned());
    issues.extend(dataset::key_issues(&read.tables, &read.sources));
    (read, issues)
}

/// The program that runs: it reads each file in a process of its own.
fn own_program() -> Result<PathBuf, Failure> {
    std::env::current_exe().map_err(|e| Failure::new(Exit::Internal, e.to_string(), ""))
}

/// The reading process' own main.
pub(super) fn serve(order: &str) -> Result<Exit, Failure> {
    let served = intake::serve(order);
    served.map(|()| Exit::Ok).map_err(|e| Failure::new(Exit::Internal, e.to_string(), ""))
}

/// `"cases.xlsx/Sheet" = "tickets"` of the settings.
fn fixed(sheet: &str, table: &str) -> Result<FixedTable, Failure> {
    let Some(kind) = TableKind::parse(table) else {
        let known: Vec<&str> = TableKind::ALL.iter().map(|kind| kind.name()).collect();
        let text = format!("tables: {table:?} is not valid; expected {}", known.join(", "));
        return Err(Failure::new(Exit::Usage, text, ""));
    };
    let (file, sheet) = sheet.split_once('/').unwrap_or((sheet, "*"));
    Ok(FixedTable { file: file.to_owned(), sheet: sheet.to_owned(), kind })
}
