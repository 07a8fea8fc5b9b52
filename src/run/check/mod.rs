//! `gemba check`: what would be read, how columns map, and every problem with its cell.

mod text;

use serde_json::json;

use super::terminal::Terminal;
use super::{Exit, Failure, catalogs, progress::Bar, read};
use crate::intake::Read;
use crate::records::{Issue, Severity, groups};
use crate::settings::{CheckArgs, Checked, TextFormat};

pub(super) fn check(args: &CheckArgs, terminal: Terminal) -> Result<Exit, Failure> {
    let checked = Checked::check(args)?;
    let tag = checked.languages.first().map_or("en", String::as_str);
    let words = catalogs::catalog(tag, &checked.plans)?;
    let bar = Bar::new(terminal);
    let (read, issues) = read::faults(&checked, &bar)?;
    bar.done();
    match args.format {
        TextFormat::Json => terminal.result(&as_json(&read, &issues)),
        TextFormat::Text => text::print(terminal, &read, &issues, &words),
    }
    Ok(ending(&read, &issues))
}

fn ending(read: &Read, issues: &[Issue]) -> Exit {
    if read.account.used() == 0 {
        Exit::Refused
    } else if issues.iter().any(|issue| issue.severity() == Severity::Error) {
        Exit::Partial
    } else {
        Exit::Ok
    }
}

fn as_json(read: &Read, issues: &[Issue]) -> String {
    let report = json!({
        "inputs": read.inputs,
        "account": read.account,
        "mapping": read.mapping,
        "groups": groups(issues),
        "issues": issues,
    });
    serde_json::to_string_pretty(&report).unwrap_or_default()
}
