//! `gemba check`: what would be read, how columns map, and every problem with its cell.

use serde_json::json;

use super::terminal::{Style, Terminal};
use super::{Exit, Failure, catalogs, closing, progress::Bar, read};
use crate::i18n::{self, Catalog};
use crate::intake::{Read, SheetMapping};
use crate::records::{Account, Issue, Severity};
use crate::settings::{CheckArgs, Checked, TextFormat};

pub(super) fn check(args: &CheckArgs, terminal: Terminal) -> Result<Exit, Failure> {
    let checked = Checked::check(args)?;
    let tag = checked.languages.first().map_or("en", String::as_str);
    let words = catalogs::catalog(tag, &checked.plans)?;
    let bar = Bar::new(terminal);
    let (read, issues) = read::inputs(&checked, &bar)?;
    bar.done();
    match args.format {
        TextFormat::Json => terminal.result(&as_json(&read, &issues)),
        TextFormat::Text => as_text(terminal, &read, &issues, &words),
    }
    let refused = read.account.used() == 0;
    let errors = issues.iter().any(|issue| issue.severity() == Severity::Error);
    Ok(if refused {
        Exit::Refused
    } else if errors {
        Exit::Partial
    } else {
        Exit::Ok
    })
}

fn as_json(read: &Read, issues: &[Issue]) -> String {
    let report = json!({
        "inputs": read.inputs,
        "account": read.account,
        "mapping": read.mapping,
        "issues": issues,
    });
    serde_json::to_string_pretty(&report).unwrap_or_default()
}

fn as_text(terminal: Terminal, read: &Read, issues: &[Issue], words: &Catalog) {
    for (mapping, sheet) in read.mapping.iter().zip(&read.account.sheets) {
        terminal.line(Style::Bold, &title(mapping, words));
        let account = Account { sheets: vec![sheet.clone()] };
        terminal.line(Style::Plain, &format!("  {}", i18n::account_line(&account, words)));
        for column in &mapping.columns {
            let name = words.get(&format!("col.{}", column.col.name())).unwrap_or_default();
            let line = format!("  {} → {} ({name})", column.header, column.col.name());
            terminal.line(Style::Plain, &line);
        }
        for header in &mapping.unmapped {
            terminal.line(Style::Dim, &format!("  {header} → –"));
        }
    }
    for issue in issues {
        let style = match issue.severity() {
            Severity::Error => Style::Error,
            Severity::Warning => Style::Warning,
            Severity::Note => Style::Dim,
        };
        terminal.line(style, &closing::line(&i18n::issue(issue, words)));
    }
}

fn title(mapping: &SheetMapping, words: &Catalog) -> String {
    let table = mapping.kind.map_or("–", |kind| kind.name());
    let name = words.get(&format!("table.{table}")).unwrap_or(table);
    let source = &mapping.source;
    let place = if source.sheet.is_empty() {
        source.file.clone()
    } else {
        format!("{} / {}", source.file, source.sheet)
    };
    format!("{place}: {name}")
}
