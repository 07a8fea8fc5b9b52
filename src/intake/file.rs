//! One file: opened, told, and read sheet by sheet.
#![expect(clippy::disallowed_methods, reason = "the room that opens files")]

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::book::{Book, SheetName};
use super::habits::Habits;
use super::isolate::read_apart;
use super::sheet::{Pass, Task, count_rows, read_sheet};
use super::sink::{Shelf, Sink};
use super::sniff::{Format, contradiction, sniff};
use super::text::encoding_of;
use super::trouble::Trouble;
use super::{Options, Read};
use crate::records::{InputFile, Issue, IssueCode, Place, SheetAccount, Source, TableKind};
use crate::settings::{Limits, ReadSettings};

/// A file in memory, before it is parsed.
pub(super) struct Opened {
    /// What the account of inputs says of it.
    pub(super) input: InputFile,
    bytes: Vec<u8>,
    format: Result<Format, Trouble>,
}

/// Reads a file into an empty account of its own.
///
/// # Errors
/// The trouble that makes the whole file unreadable.
pub(super) fn read_file(
    path: &Path,
    name: &str,
    options: &Options,
    out: &mut Read,
) -> Result<(), Trouble> {
    let file = File::open(path).map_err(|e| unreadable(&e))?;
    if let Some(program) = &options.program {
        return read_apart(program, file, name, options, out);
    }
    let opened = open(file, name, &options.read)?;
    out.inputs.push(opened.input.clone());
    let shelf = Shelf::default();
    let ended = read_opened(&opened, options, &shelf, out);
    out.tables = shelf.into_tables();
    ended
}

fn unreadable(error: &io::Error) -> Trouble {
    Trouble::Unreadable(error.to_string())
}

/// Takes a file into memory and tells what it is.
///
/// # Errors
/// It cannot be read, or is larger than the limit.
pub(super) fn open(
    file: impl io::Read,
    name: &str,
    settings: &ReadSettings,
) -> Result<Opened, Trouble> {
    let limits = &settings.limits;
    let mut bytes = Vec::new();
    file.take(limits.bytes + 1).read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
    if bytes.len() as u64 > limits.bytes {
        return Err(Trouble::OverLimit("bytes", limits.bytes));
    }
    let format = sniff(&bytes);
    let declared = settings.writing(name).encoding;
    let encoding = || encoding_of(&bytes, declared.as_deref()).to_owned();
    let input = InputFile {
        name: name.to_owned(),
        bytes: bytes.len() as u64,
        sha256: sha256(&bytes),
        reader: format.as_ref().map_or("", |format| format.name()).to_owned(),
        encoding: matches!(format, Ok(Format::Csv)).then(encoding),
    };
    Ok(Opened { input, bytes, format })
}

/// Reads every sheet of an opened file.
///
/// # Errors
/// The trouble that makes the whole file unreadable.
pub(super) fn read_opened(
    opened: &Opened,
    options: &Options,
    sink: &dyn Sink,
    out: &mut Read,
) -> Result<(), Trouble> {
    let format = opened.format.clone()?;
    let name = &opened.input.name;
    if let Some(extension) = contradiction(name, format) {
        let place = Place { file: name.clone(), ..Place::default() };
        let issue = Issue::new(IssueCode::FormatMismatch, place);
        out.issues.push(issue.arg("extension", extension).arg("found", format.name()));
    }
    let encoding = opened.input.encoding.as_deref();
    if let Some(encoding) = encoding.filter(|name| *name != "UTF-8") {
        let place = Place { file: name.clone(), ..Place::default() };
        out.issues.push(Issue::new(IssueCode::EncodingNamed, place).arg("encoding", encoding));
    }
    let limits = &options.read.limits;
    let mut book = guarded(|| Book::open(&opened.bytes, format, encoding, limits))?;
    book.check(limits)?;
    for sheet in book.sheets() {
        read_one(&mut book, name, &sheet, options, sink, out);
    }
    let nothing = out.account.sheets.iter().all(|sheet| sheet.seen == 0);
    if nothing && out.issues.is_empty() { Err(Trouble::Empty) } else { Ok(()) }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
        let written = write!(out, "{byte:02x}");
        debug_assert!(written.is_ok(), "writing to a String does not fail");
        out
    })
}

/// Runs a foreign parser; a panic of it is a broken file.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(Trouble::Broken("the reader failed".to_owned())))
}

fn read_one(
    book: &mut Book<'_>,
    file: &str,
    sheet: &SheetName,
    options: &Options,
    sink: &dyn Sink,
    out: &mut Read,
) {
    let source = Source { file: file.to_owned(), sheet: sheet.name.clone() };
    let index = u32::try_from(out.sources.len()).unwrap_or(u32::MAX);
    out.sources.push(source.clone());
    if sheet.hidden {
        hidden(book, source, options, out);
        return;
    }
    let mut task = Task {
        fixed: fixed(&source, options),
        source,
        index,
        max_examples: options.max_examples,
        keep_rejects: options.keep_rejects,
        habits: Habits::default(),
        sink,
    };
    let mut account = SheetAccount::new(task.source.clone());
    let mut pass = read_pass(book, &task, &mut account, &options.read.limits);
    if let Ok(Pass { revised: Some(habits), .. }) = &mut pass {
        task.habits = std::mem::take(habits);
        sink.discard();
        account = SheetAccount::new(task.source.clone());
        pass = read_pass(book, &task, &mut account, &options.read.limits);
    }
    match pass {
        Ok(pass) => {
            sink.keep();
            take(pass, account, out);
        }
        Err(trouble) => {
            sink.discard();
            give_up(&trouble, account, out);
        }
    }
}

fn read_pass(
    book: &mut Book<'_>,
    task: &Task<'_>,
    account: &mut SheetAccount,
    limits: &Limits,
) -> Result<Pass, Trouble> {
    guarded(|| {
        let mut rows = book.rows(&task.source.sheet, *limits)?;
        read_sheet(rows.as_mut(), task, account)
    })
}

fn take(pass: Pass, account: SheetAccount, out: &mut Read) {
    out.issues.extend(pass.issues);
    out.account.sheets.push(account);
    out.mapping.push(pass.mapping);
    out.rejects.extend(pass.rejects);
}

/// A sheet that could not be read to its end is left out whole: half a table would be a wrong
/// figure. The rows seen until then are accounted for under the reason.
fn give_up(trouble: &Trouble, mut account: SheetAccount, out: &mut Read) {
    let place = Place {
        file: account.source.file.clone(),
        sheet: account.source.sheet.clone(),
        cell: String::new(),
    };
    out.issues.push(trouble.issue(place));
    let left_out = account.seen - account.blank;
    let (seen, blank) = (account.seen, account.blank);
    account = SheetAccount::new(account.source);
    (account.seen, account.blank) = (seen, blank);
    if left_out > 0 {
        account.ignored.insert(trouble.reason().to_owned(), left_out);
    }
    out.account.sheets.push(account);
}

/// Hidden sheets are counted and left out.
fn hidden(book: &mut Book<'_>, source: Source, options: &Options, out: &mut Read) {
    let mut account = SheetAccount::new(source);
    let sheet = account.source.sheet.clone();
    let counted = guarded(|| {
        let mut rows = book.rows(&sheet, options.read.limits)?;
        count_rows(rows.as_mut(), &mut account, "hidden")
    });
    if let Err(trouble) = counted {
        give_up(&trouble, account, out);
        return;
    }
    let place = Place { file: account.source.file.clone(), sheet, cell: String::new() };
    let rows = account.seen - account.blank;
    let mut issue = Issue::new(IssueCode::HiddenSheet, place).arg("rows", rows.to_string());
    issue.rows = rows;
    out.issues.push(issue);
    out.account.sheets.push(account);
}

/// The table a sheet was declared to be.
fn fixed(source: &Source, options: &Options) -> Option<TableKind> {
    let fits = |pattern: &str, text: &str| {
        glob::Pattern::new(pattern).map_or(pattern == text, |glob| glob.matches(text))
    };
    let mut all = options.tables.iter();
    all.find(|t| fits(&t.file, &source.file) && fits(&t.sheet, &source.sheet)).map(|t| t.kind)
}
