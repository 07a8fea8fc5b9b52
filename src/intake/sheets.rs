//! One sheet of a file: what of it is read, table by table, and what is left out.

use super::area::Area;
use super::book::{Book, SheetName};
use super::file::guarded;
use super::habits::Habits;
use super::headers::{Declared, SheetMapping};
use super::ranges::scopes;
use super::sheet::{Ended, Pass, Progress, Scope, Task, count_rows, read_sheet};
use super::sink::Sink;
use super::trouble::Trouble;
use super::{Options, Read};
use crate::records::{Issue, IssueCode, Place, SheetAccount, Source, address};
use crate::settings::Hidden;

/// Reads a sheet. Every table of it, and a sheet without one, has its own source, account and
/// mapping, in the same order.
///
/// # Errors
/// The trouble of a reader that leaves the file to another one.
pub(super) fn read_one(
    book: &mut Book<'_>,
    file: &str,
    sheet: &SheetName,
    options: &Options,
    sink: &dyn Sink,
    out: &mut Read,
) -> Result<(), Trouble> {
    let source = Source { file: file.to_owned(), sheet: sheet.name.clone() };
    if sheet.hidden && options.read.hidden_sheets != Some(Hidden::Include) {
        return left_out(book, &source, options, out);
    }
    let before = out.account.sheets.len();
    let mut scopes = scopes(book.ranges(), &source, &options.map);
    scopes.reverse();
    let whole = scopes.iter().all(|scope| scope.area == Area::WHOLE);
    while let Some(scope) = scopes.pop() {
        match read_scope(book, &source, scope.clone(), options, sink, out)? {
            Ended::Whole => {}
            Ended::SideBySide(parts) => scopes.extend(scope.split(&parts).into_iter().rev()),
        }
    }
    let accounts = out.account.sheets.get_mut(before..).unwrap_or_default();
    if let ([only], true) = (&mut *accounts, whole) {
        only.area.clear();
    }
    let outside = accounts.iter().filter_map(|account| account.ignored.get("outside")).sum();
    if outside > 0 {
        out.issues.push(note(IssueCode::OutsideRange, &source, outside));
    }
    if sheet.hidden {
        let rows = accounts.iter().map(|account| account.seen - account.blank).sum();
        out.issues.push(note(IssueCode::HiddenSheetRead, &source, rows));
    }
    Ok(())
}

/// Reads one scope of a sheet, a second time where the rows show that it is written otherwise
/// than assumed.
fn read_scope(
    book: &mut Book<'_>,
    source: &Source,
    scope: Scope,
    options: &Options,
    sink: &dyn Sink,
    out: &mut Read,
) -> Result<Ended, Trouble> {
    let mut task = Task {
        mapped: Declared::of(source, &options.map, scope.range.as_deref()),
        source: source.clone(),
        index: u32::try_from(out.sources.len()).unwrap_or(u32::MAX),
        max_examples: options.max_examples,
        keep_rejects: options.keep_rejects,
        declared: Habits::declared(&options.read.writing(&source.file)),
        habits: Vec::new(),
        scope,
        hidden: book.unseen(&source.sheet),
        skip_hidden: options.read.hidden_rows == Some(Hidden::Skip),
        sink,
    };
    let (mut progress, mut ended) = read_pass(book, &task, options);
    let shown = || progress.passes.iter().map(|pass| pass.shown.clone());
    if ended.is_ok() && shown().any(|shown| shown != task.declared) {
        task.habits = shown().collect();
        sink.discard();
        (progress, ended) = read_pass(book, &task, options);
    }
    match ended {
        Ok(ended) => {
            sink.keep();
            out.issues.extend(hidden_rows(&progress, &task));
            progress.passes.into_iter().for_each(|pass| take(pass, source, out));
            Ok(ended)
        }
        Err(trouble) if book.may_decline() => Err(trouble),
        Err(trouble) => {
            sink.discard();
            give_up(&trouble, &progress, source, out);
            Ok(Ended::Whole)
        }
    }
}

fn read_pass(
    book: &mut Book<'_>,
    task: &Task<'_>,
    options: &Options,
) -> (Progress, Result<Ended, Trouble>) {
    let mut progress = Progress::new(task.source.clone());
    let ended = guarded(|| {
        let mut rows = book.rows(&task.source.sheet, options.read.limits)?;
        read_sheet(rows.as_mut(), task, &mut progress)
    });
    let ended = ended.map_err(|trouble| explained(trouble, book, &task.source.sheet));
    (progress, ended)
}

/// A parser's failure with its cause, where one is found.
fn explained(trouble: Trouble, book: &Book<'_>, sheet: &str) -> Trouble {
    match trouble {
        Trouble::Failed(_) => book.fault(sheet).unwrap_or(trouble),
        other => other,
    }
}

fn take(pass: Pass, source: &Source, out: &mut Read) {
    out.issues.extend(pass.issues);
    out.sources.push(source.clone());
    out.account.sheets.push(pass.account);
    out.mapping.push(pass.mapping);
    out.rejects.extend(pass.rejects);
}

/// A sheet that could not be read to its end is left out whole: half a table would be a wrong
/// figure. The rows seen until then are accounted for under the reason.
fn give_up(trouble: &Trouble, progress: &Progress, source: &Source, out: &mut Read) {
    let place = place(source);
    out.issues.push(trouble.issue(place));
    let accounts = || progress.passes.iter().map(|pass| &pass.account).chain([&progress.account]);
    let mut account = SheetAccount::new(source.clone());
    account.seen = accounts().map(|account| account.seen).sum();
    account.blank = accounts().map(|account| account.blank).sum();
    let rows = account.seen - account.blank;
    if rows > 0 {
        account.ignored.insert(trouble.reason().to_owned(), rows);
    }
    add_unread(account, out);
}

/// Hidden sheets are counted and left out.
fn left_out(
    book: &mut Book<'_>,
    source: &Source,
    options: &Options,
    out: &mut Read,
) -> Result<(), Trouble> {
    let mut progress = Progress::new(source.clone());
    let counted = guarded(|| {
        let mut rows = book.rows(&source.sheet, options.read.limits)?;
        count_rows(rows.as_mut(), &mut progress.account, "hidden")
    });
    if let Err(trouble) = counted {
        if book.may_decline() {
            return Err(trouble);
        }
        let trouble = explained(trouble, book, &source.sheet);
        give_up(&trouble, &progress, source, out);
        return Ok(());
    }
    let account = progress.account;
    out.issues.push(note(IssueCode::HiddenSheet, source, account.seen - account.blank));
    add_unread(account, out);
    Ok(())
}

fn add_unread(account: SheetAccount, out: &mut Read) {
    out.sources.push(account.source.clone());
    out.mapping.push(SheetMapping::none(account.source.clone()));
    out.account.sheets.push(account);
}

/// The note on hidden rows, where a pass met any.
fn hidden_rows(progress: &Progress, task: &Task<'_>) -> Option<Issue> {
    let (rows, first) = progress.hidden;
    let row = first?;
    let code =
        if task.skip_hidden { IssueCode::HiddenRowsSkipped } else { IssueCode::HiddenRowsRead };
    let mut issue = note(code, &task.source, rows);
    issue.place.cell = address(0, row);
    Some(issue)
}

/// The place of a whole sheet.
pub(super) fn place(source: &Source) -> Place {
    let Source { file, sheet } = source.clone();
    Place { file, sheet, cell: String::new() }
}

/// A note on so many rows of a sheet.
fn note(code: IssueCode, source: &Source, rows: u64) -> Issue {
    Issue { rows, ..Issue::new(code, place(source)).arg("rows", rows.to_string()) }
}
