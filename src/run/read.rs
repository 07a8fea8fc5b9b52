//! Reading: the inputs named, their tables, and every problem seen on the way.

use std::path::PathBuf;

use super::{Exit, Failure, progress::Bar};
use crate::dataset::{self, Places};
use crate::intake::{self, MappedHeader, Read};
use crate::records::{Issue, KeyMatch};
use crate::settings::{Checked, ReadSettings};

/// Problems of a kind in a column that `gemba check` keeps one by one. The rows themselves are
/// kept without bound.
const EVERY: usize = 100_000;

/// What the inputs hold.
pub(super) struct Inputs {
    /// The files found.
    pub(super) paths: Vec<PathBuf>,
    /// Their tables, and the account of every row.
    pub(super) read: Read,
    /// Every problem: of the files, their cells, and the keys between them.
    pub(super) issues: Vec<Issue>,
    /// How well keys find their partners.
    pub(super) keys: Vec<KeyMatch>,
}

/// What the inputs hold, with a few problems of each kind one by one.
pub(super) fn inputs(checked: &Checked, bar: &Bar) -> Result<Inputs, Failure> {
    Ok(read(checked, &options(checked)?, bar))
}

/// The same with every problem one by one, and the rows that have one as they stood.
pub(super) fn faults(checked: &Checked, bar: &Bar) -> Result<Inputs, Failure> {
    let options = intake::Options { max_examples: EVERY, keep_rejects: true, ..options(checked)? };
    Ok(read(checked, &options, bar))
}

fn options(checked: &Checked) -> Result<intake::Options, Failure> {
    known_encodings(&checked.read)?;
    Ok(intake::Options {
        map: checked.map.clone(),
        threads: checked.threads,
        read: checked.read.clone(),
        program: Some(own_program()?),
        ..intake::Options::default()
    })
}

fn read(checked: &Checked, options: &intake::Options, bar: &Bar) -> Inputs {
    let (paths, mut issues) = intake::expand(&checked.inputs);
    let mut read = intake::read(&paths, options, bar);
    issues.extend(read.issues.iter().cloned());
    for log in dataset::one_row_a_case(&mut read.tables) {
        log.settle(&mut read.account, &read.sources);
        issues.push(log.issue(&read.sources));
    }
    let columns = read.mapping.iter().flat_map(|sheet| {
        let at = |column: &MappedHeader| (sheet.source.clone(), column.col, column.at);
        sheet.columns.iter().map(at)
    });
    let places = Places::new(&read.sources, columns);
    let (keys, key_issues) = dataset::check_keys(&read.tables, &places);
    issues.extend(key_issues);
    Inputs { paths, read, issues, keys }
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

/// Refuses a label of no encoding before it is taken for another.
fn known_encodings(read: &ReadSettings) -> Result<(), Failure> {
    let own = read.files.values().filter_map(|file| file.encoding.as_deref());
    let mut labels = read.encoding.as_deref().into_iter().chain(own);
    labels.find(|label| !intake::is_encoding(label)).map_or(Ok(()), |label| {
        let text = format!(
            "read.encoding: {label:?} is not valid; expected a label of the Encoding Standard, as \
             utf-8, gb18030, big5 or windows-1252"
        );
        Err(Failure::new(Exit::Usage, text, ""))
    })
}
