//! Several files at the same time, put together in the order of their names.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::drift::drift;
use super::file::read_file;
use super::headers::unused_rules;
use super::sink::add_rows;
use super::{Options, Progress, Read, file_name, twins};
use crate::records::{Issue, IssueCode, Place};

/// Reads files on the threads allowed; the result does not depend on how many those are.
pub(super) fn read_all(
    files: &[&PathBuf],
    options: &Options,
    progress: &(dyn Progress + Sync),
) -> Read {
    // The largest first, so that no thread is left alone with one at the end.
    let mut order: Vec<(u64, usize)> =
        files.iter().enumerate().map(|(i, f)| (size(f), i)).collect();
    order.sort_by_key(|&(bytes, index)| (Reverse(bytes), index));
    let next = AtomicUsize::new(0);
    let each = Options { threads: options.threads / files.len().max(1), ..options.clone() };
    let done = Mutex::new(Vec::with_capacity(files.len()));
    let work = || {
        loop {
            let turn = next.fetch_add(1, Ordering::Relaxed);
            let Some(&(_, index)) = order.get(turn) else { break };
            let Some(path) = files.get(index) else { break };
            progress.file(&file_name(path), turn, files.len());
            let own = read_alone(path, &each);
            if let Ok(mut done) = done.lock() {
                done.push((index, own));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..options.threads.clamp(1, files.len().max(1)) {
            scope.spawn(work);
        }
        work();
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(index, _)| *index);
    let mut read = done.into_iter().fold(Read::default(), |out, (_, own)| out.with(own));
    twins::settle(&mut read);
    let differ = drift(&read);
    read.issues.extend(differ);
    let names: Vec<String> = files.iter().map(|path| file_name(path)).collect();
    read.issues.extend(unused_rules(&options.map, &names, &read.sources));
    read
}

/// Bytes of a file; what cannot be asked is read last.
fn size(path: &Path) -> u64 {
    path.metadata().map_or(0, |meta| meta.len())
}

fn read_alone(path: &Path, options: &Options) -> Read {
    let name = file_name(path);
    let mut own = Read::default();
    if let Err(trouble) = read_file(path, &name, options, &mut own) {
        own.issues.push(trouble.of_file(&name));
    }
    own
}

impl Read {
    /// What was read before and one more file; a file seen before adds nothing but the note.
    fn with(mut self, mut own: Self) -> Self {
        let input = own.inputs.first();
        let twin = input.and_then(|input| self.inputs.iter().find(|i| i.sha256 == input.sha256));
        if let (Some(twin), Some(input)) = (twin, input) {
            let place = Place { file: input.name.clone(), ..Place::default() };
            let same = Issue::new(IssueCode::SameFile, place).arg("other", &twin.name);
            own.issues.retain(|issue| issue.code == IssueCode::FormatMismatch);
            own.issues.push(same);
            own = Self { inputs: own.inputs, issues: own.issues, ..Self::default() };
        }
        self.append(own);
        self
    }

    /// Adds what was read elsewhere.
    pub(super) fn append(&mut self, own: Self) {
        let before = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        for (_, mut table) in own.tables {
            table.shift_sources(before);
            add_rows(&mut self.tables, table);
        }
        self.sources.extend(own.sources);
        self.account.sheets.extend(own.account.sheets);
        self.issues.extend(own.issues);
        self.inputs.extend(own.inputs);
        self.mapping.extend(own.mapping);
        self.rejects.extend(own.rejects);
    }
}
