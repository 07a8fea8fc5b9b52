//! `gemba check`: what would be read, how columns map, and every problem with its cell.

mod text;
mod workbook;

use std::path::{Path, PathBuf};

use serde_json::json;

use super::terminal::{Style, Terminal};
use super::{Exit, Failure, catalogs, progress::Bar, read};
use crate::deliver::{self, Artifact};
use crate::i18n;
use crate::records::{Severity, groups};
use crate::render;
use crate::settings::{CheckArgs, CheckFormat, Checked};
use read::Inputs;

pub(super) fn check(args: &CheckArgs, terminal: Terminal) -> Result<Exit, Failure> {
    let checked = Checked::check(args)?;
    let tag = checked.languages.first().map_or("en", String::as_str);
    let words = catalogs::catalog(tag, &checked.plans)?;
    let bar = Bar::new(terminal);
    let inputs = read::faults(&checked, &bar)?;
    bar.done();
    let to = args.output.as_deref();
    match (args.format, to) {
        (CheckFormat::Json, None) => terminal.result(&as_json(&inputs)),
        (CheckFormat::Json, Some(to)) => write(to, as_json(&inputs).into_bytes(), terminal)?,
        (CheckFormat::Text, _) => text::print(terminal, &inputs, &words),
        (CheckFormat::Xlsx, to) => {
            let to = to.map_or_else(|| PathBuf::from("rejects.xlsx"), Path::to_owned);
            let book = i18n::rejects(&workbook::found(&inputs, &to), &words);
            text::problems(terminal, &inputs.issues, &words);
            write(&to, render::rejects_xlsx(&book)?, terminal)?;
        }
    }
    Ok(ending(&inputs))
}

fn ending(inputs: &Inputs) -> Exit {
    if inputs.read.account.used() == 0 {
        Exit::Refused
    } else if inputs.issues.iter().any(|issue| issue.severity() == Severity::Error) {
        Exit::Partial
    } else {
        Exit::Ok
    }
}

fn write(to: &Path, bytes: Vec<u8>, terminal: Terminal) -> Result<(), Failure> {
    let folder = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = to.file_name().unwrap_or(to.as_os_str()).to_string_lossy().into_owned();
    deliver::write(folder, &[Artifact { name, bytes }])?;
    terminal.line(Style::Plain, &to.display().to_string());
    Ok(())
}

fn as_json(inputs: &Inputs) -> String {
    let read = &inputs.read;
    let report = json!({
        "inputs": read.inputs,
        "account": read.account,
        "mapping": read.mapping,
        "keys": inputs.keys,
        "groups": groups(&inputs.issues),
        "issues": inputs.issues,
    });
    serde_json::to_string_pretty(&report).unwrap_or_default()
}
