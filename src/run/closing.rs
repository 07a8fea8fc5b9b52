//! The closing summary: what was read, the headline figures, what calls for action, the paths.

use std::path::PathBuf;

use super::terminal::{Style, Terminal};
use crate::i18n::{self, Catalog};
use crate::records::{Issue, Severity};
use crate::report::edition::{self, Block, Edition};
use crate::report::{Grade, Message, Report};
use crate::settings::Gate;

/// Examples of errors printed where nothing could be read.
const EXAMPLES: usize = 5;

pub(super) fn print(terminal: Terminal, words: &Catalog, reports: &[Report], paths: &[PathBuf]) {
    // Nobody reads it: not worth wording.
    if terminal.is_quiet() {
        return;
    }
    let editions: Vec<Edition> =
        reports.iter().map(|report| i18n::edition(report, words)).collect();
    if let Some(first) = editions.first() {
        terminal.line(Style::Plain, &first.account_line);
    }
    if let Some(first) = reports.first() {
        problems(terminal, &first.issues, words);
    }
    for edition in &editions {
        terminal.line(Style::Plain, "");
        terminal.line(Style::Bold, &format!("{} · {}", edition.title, edition.period));
        edition.headline.iter().for_each(|block| headline(terminal, block));
        edition.skipped.iter().for_each(|line| terminal.line(Style::Dim, &format!("  {line}")));
    }
    terminal.line(Style::Plain, "");
    terminal.line(Style::Bold, &words.word("run.written"));
    for path in paths {
        terminal.line(Style::Plain, &format!("  {}", path.display()));
    }
}

fn headline(terminal: Terminal, block: &Block) {
    match block {
        Block::Status(rows) => rows.iter().for_each(|row| status(terminal, row)),
        Block::Findings(findings) => findings.iter().for_each(|f| finding(terminal, f)),
        Block::Note { text, .. } => terminal.line(Style::Plain, &format!("  {text}")),
        _ => {}
    }
}

fn status(terminal: Terminal, row: &edition::StatusRow) {
    let metric = &row.metric;
    let parts = [&metric.period, &metric.interval, &metric.n, &row.change, &row.variation_label];
    let rest: Vec<&str> = parts.into_iter().map(String::as_str).filter(|s| !s.is_empty()).collect();
    let line = format!("  {}: {}  ({})", metric.name, metric.value, rest.join("; "));
    terminal.line(Style::Plain, &line);
}

fn finding(terminal: Terminal, finding: &edition::Finding) {
    let style = if finding.grade == Grade::Act { Style::Warning } else { Style::Plain };
    terminal.line(style, &format!("  {}: {}", finding.grade_label, finding.message));
}

/// How many problems of each weight there are, and where they are listed.
fn problems(terminal: Terminal, issues: &[Issue], words: &Catalog) {
    let style = match issues.iter().map(Issue::severity).max() {
        None => return,
        Some(Severity::Note) => Style::Dim,
        Some(_) => Style::Warning,
    };
    let message = Message::new("run.see_check").arg("counts", i18n::counts(issues, words));
    terminal.line(style, &i18n::say(&message, words));
}

/// The first errors, a line each, for a run that read nothing.
pub(super) fn first_errors(issues: &[Issue], words: &Catalog) -> String {
    let errors = issues.iter().filter(|issue| issue.severity() > Severity::Note);
    errors.take(EXAMPLES).map(|issue| line(&i18n::issue(issue, words)) + "\n").collect()
}

/// One problem in one line, with its hint below.
pub(super) fn line(issue: &edition::Issue) -> String {
    let place = [&issue.file, &issue.sheet, &issue.cell];
    let place: Vec<&str> =
        place.into_iter().map(String::as_str).filter(|s| !s.is_empty()).collect();
    let mut out =
        format!("{}[{}] {}: {}", issue.severity, issue.code, place.join(" / "), issue.problem);
    for part in [&issue.expected, &issue.hint] {
        if !part.is_empty() {
            out.push_str("\n    ");
            out.push_str(part);
        }
    }
    out
}

pub(super) fn print_gates(terminal: Terminal, words: &Catalog, failed: &[(&Gate, Option<f64>)]) {
    for (gate, value) in failed {
        let value = value.map_or_else(|| "–".to_owned(), |value| value.to_string());
        let message =
            Message::new("run.gate_failed").arg("gate", gate.to_string()).arg("value", value);
        terminal.note(Style::Error, &i18n::say(&message, words));
    }
}
