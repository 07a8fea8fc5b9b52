//! One file: opened, told, and read sheet by sheet.
#![expect(clippy::disallowed_methods, reason = "the room that opens files")]

use std::fmt::Write as _;
use std::fs::{File, Metadata};
use std::io::{self, BufReader, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use sha2::{Digest, Sha256};

use super::at_once::read_at_once;
use super::book::Book;
use super::isolate::read_apart;
use super::ranges;
use super::sheets::read_one;
use super::sink::{Shelf, Sink};
use super::sniff::{Format, contradiction, sniff};
use super::text::encoding_of;
use super::trouble::Trouble;
use super::xlsx;
use super::{Options, Read};
use crate::records::{InputFile, Issue, IssueCode, Place};
use crate::settings::{ReadSettings, Reader};

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
    let own = options.read.reader != Some(Reader::General);
    if let Some(read) = own.then(|| streamed(path, name, options)).flatten() {
        *out = read;
        return Ok(());
    }
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

/// Reads a workbook by streaming it; `None` where that is left to the general reader.
fn streamed(path: &Path, name: &str, options: &Options) -> Option<Read> {
    // What is no plain file can be read only once.
    let bytes = path.metadata().ok().filter(Metadata::is_file)?.len();
    let (mut file, limits) = (File::open(path).ok()?, options.read.limits);
    let mut head = [0; 4];
    file.read_exact(&mut head).ok()?;
    if bytes > limits.bytes || head != *b"PK\x03\x04" {
        return None;
    }
    thread::scope(|scope| {
        let hash = scope.spawn(|| hash_of(path));
        let shelf = Shelf::default();
        let mut out = Read::default();
        let read = guarded(|| {
            let again = (options.threads > 1).then(|| reopen(path));
            let book = xlsx::Workbook::open(Box::new(BufReader::new(file)), limits, again)?;
            let mut book = Book::Streamed(Box::new(book));
            read_book(&mut book, name, Format::Xlsx, options, &shelf, &mut out)
        });
        let sha256 = hash.join().ok()?.ok()?;
        read.ok()?;
        let (name, reader) = (name.to_owned(), Format::Xlsx.name().to_owned());
        out.inputs.push(InputFile { name, bytes, sha256, reader, encoding: None });
        out.tables = shelf.into_tables();
        Some(out)
    })
}

/// How another thread opens a workbook for itself.
fn reopen(path: &Path) -> xlsx::Reopen {
    let path = path.to_owned();
    Arc::new(move || Ok(Box::new(BufReader::new(File::open(&path)?))))
}

fn hash_of(path: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut file = File::open(path)?;
    let mut piece = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut piece)?;
        match piece.get(..read).filter(|bytes| !bytes.is_empty()) {
            Some(bytes) => hash.update(bytes),
            None => return Ok(hexadecimal(&hash.finalize())),
        }
    }
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
        sha256: hexadecimal(&Sha256::digest(&bytes)),
        reader: format.as_ref().map_or("", |format| format.reader()).to_owned(),
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
    let encoding = opened.input.encoding.as_deref();
    if let Some(encoding) = encoding.filter(|name| *name != "UTF-8") {
        let place = Place { file: name.clone(), ..Place::default() };
        out.issues.push(Issue::new(IssueCode::EncodingNamed, place).arg("encoding", encoding));
    }
    let limits = &options.read.limits;
    let mut book = guarded(|| Book::open(&opened.bytes, format, encoding, limits))?;
    read_book(&mut book, name, format, options, sink, out)
}

/// Reads every sheet of a book.
///
/// # Errors
/// The trouble that makes the whole file unreadable, or leaves it to another reader.
fn read_book(
    book: &mut Book<'_>,
    name: &str,
    format: Format,
    options: &Options,
    sink: &dyn Sink,
    out: &mut Read,
) -> Result<(), Trouble> {
    if let Some(extension) = contradiction(name, format) {
        let place = Place { file: name.to_owned(), ..Place::default() };
        let issue = Issue::new(IssueCode::FormatMismatch, place);
        out.issues.push(issue.arg("extension", extension).arg("found", format.name()));
    }
    book.check(&options.read.limits)?;
    out.issues.extend(ranges::unmet(book.ranges(), name, &options.map));
    let sheets = book.sheets();
    if let Some(known) = book.for_threads(options.threads) {
        let mut read = read_at_once(&known, name, &sheets, options)?;
        for table in std::mem::take(&mut read.tables).into_values() {
            sink.rows(table);
        }
        sink.keep();
        out.append(read);
    } else {
        for sheet in &sheets {
            read_one(book, name, sheet, options, sink, out)?;
        }
    }
    let nothing = out.account.sheets.iter().all(|sheet| sheet.seen == 0);
    if nothing && out.issues.is_empty() { Err(Trouble::Empty) } else { Ok(()) }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut out, byte| {
        let written = write!(out, "{byte:02x}");
        debug_assert!(written.is_ok(), "writing to a String does not fail");
        out
    })
}

/// Runs a foreign parser; a panic of it is a broken file.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|panic| Err(Trouble::of_panic(&*panic)))
}
