//! The check as people read it: every sheet as it was understood, then the problems.

use crate::i18n::{self, Catalog};
use crate::intake::{How, MappedHeader, SheetMapping};
use crate::records::{Account, Issue, Severity, SheetAccount, column_letters, groups};
use crate::report::Message;
use crate::report::edition;
use crate::run::read::Inputs;
use crate::run::terminal::{Style, Terminal};

pub(super) fn print(terminal: Terminal, inputs: &Inputs, words: &Catalog) {
    for account in &inputs.read.account.sheets {
        let mapping = inputs.read.mapping.iter().find(|m| m.source == account.source);
        sheet(terminal, account, mapping, words);
    }
    if !inputs.keys.is_empty() {
        terminal.line(Style::Bold, &words.word("keys.title"));
    }
    for found in &inputs.keys {
        terminal.line(Style::Plain, &format!("  {}", i18n::key_match(found, words)));
    }
    problems(terminal, &inputs.issues, words);
}

fn sheet(
    terminal: Terminal,
    account: &SheetAccount,
    mapping: Option<&SheetMapping>,
    words: &Catalog,
) {
    terminal.line(Style::Bold, &title(account, mapping, words));
    let own = Account { sheets: vec![account.clone()] };
    terminal.line(Style::Plain, &format!("  {}", i18n::account_line(&own, words)));
    let reasons = i18n::account_reasons(account, words);
    if !reasons.is_empty() {
        terminal.line(Style::Plain, &format!("  {reasons}"));
    }
    let Some(mapping) = mapping else { return };
    for found in &mapping.columns {
        terminal.line(Style::Plain, &column(found, words));
    }
    if !mapping.unmapped.is_empty() {
        let message =
            Message::new("run.check.unmapped").arg("headings", mapping.unmapped.join(" · "));
        terminal.line(Style::Dim, &format!("  {}", i18n::say(&message, words)));
    }
}

/// `cases.xlsx / 工單: Tickets, headings in row 3`.
fn title(account: &SheetAccount, mapping: Option<&SheetMapping>, words: &Catalog) -> String {
    let source = &account.source;
    let place = [source.file.as_str(), source.sheet.as_str()];
    let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
    let table = account.kind.map_or_else(
        || words.word("account.no_table"),
        |kind| words.word(&format!("table.{}", kind.name())),
    );
    let message = match mapping.and_then(|mapping| mapping.header_row) {
        Some(row) => Message::new("run.check.sheet_row").arg("row", u64::from(row)),
        None => Message::new("run.check.sheet"),
    };
    let message = message.arg("place", place.join(" / ")).arg("table", table);
    i18n::say(&message, words)
}

/// `  D  結案日期 → closed (Closed) · synonym`.
fn column(found: &MappedHeader, words: &Catalog) -> String {
    let how = match found.how {
        How::Exact => "run.check.exact",
        How::Folded => "run.check.folded",
        How::Synonym => "run.check.synonym",
        How::Declared => "run.check.declared",
    };
    let col = found.col.name();
    let name = words.get(&format!("col.{col}")).unwrap_or_default();
    let at = column_letters(found.at);
    format!("  {at:>3}  {} → {col} ({name}) · {}", found.header, words.word(how))
}

/// Every group of problems, the worst first, and their sum.
pub(super) fn problems(terminal: Terminal, issues: &[Issue], words: &Catalog) {
    for group in groups(issues) {
        let Some(issue) = i18n::problem(&group, words) else { continue };
        terminal.line(Style::Plain, "");
        terminal.line(style(group.severity), &first_line(&issue));
        for line in rest(&issue, words) {
            terminal.line(Style::Plain, &format!("  {line}"));
        }
    }
    terminal.line(Style::Plain, "");
    terminal.line(Style::Bold, &i18n::counts(issues, words));
}

const fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::Error,
        Severity::Warning => Style::Warning,
        Severity::Note => Style::Dim,
    }
}

/// `error[E203] cases.xlsx / 工單 / D17: “2026/13/05” in “結案日期” is not a date.`
fn first_line(issue: &edition::Issue) -> String {
    let place = [&issue.file, &issue.sheet, &issue.cell].map(String::as_str);
    let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
    let severity = issue.severity.to_lowercase();
    format!("{severity}[{}] {}: {}", issue.code, place.join(" / "), issue.problem)
}

fn rest(issue: &edition::Issue, words: &Catalog) -> Vec<String> {
    let line = |key: &str, args: &[(&str, &str)]| {
        let message = args.iter().fold(Message::new(key), |m, &(name, text)| m.arg(name, text));
        i18n::say(&message.arg("n", issue.rows), words)
    };
    let mut out = Vec::new();
    if !issue.column.is_empty() {
        out.push(issue.column.clone());
    }
    if !issue.also.is_empty() {
        out.push(line("problem.also", &[("cells", &issue.also)]));
    }
    if !issue.expected.is_empty() {
        out.push(line("problem.expected", &[("text", &issue.expected)]));
    }
    if !issue.hint.is_empty() {
        out.push(line("problem.hint", &[("text", &issue.hint)]));
    }
    out
}
