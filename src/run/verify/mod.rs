//! `gemba verify`: the program checks itself against certified and published figures.

mod text;

use serde::Serialize;

use super::terminal::Terminal;
use super::{Exit, Failure, catalogs};
use crate::i18n::{self, Catalog};
use crate::report::Message;
use crate::settings::{TextFormat, VerifyArgs};
use crate::verify::{self, Case, CaseError, Outcome, Summary};

pub(super) fn verify(args: &VerifyArgs, terminal: Terminal) -> Result<Exit, Failure> {
    let words = catalogs::catalog(args.lang.as_deref().unwrap_or("en"), &[])?;
    let outcomes: Vec<Outcome> = cases(args, &words)?.into_iter().map(verify::check).collect();
    let summary = verify::summary(&outcomes);
    match args.format {
        TextFormat::Json => terminal.result(&json(&outcomes, summary)),
        TextFormat::Text => text::print(terminal, &outcomes, summary, args.summary, &words),
    }
    Ok(if summary.miss > 0 { Exit::Missed } else { Exit::Ok })
}

/// The cases asked for; none at all is a mistake in the line, not a success.
fn cases(args: &VerifyArgs, words: &Catalog) -> Result<Vec<Case>, Failure> {
    let all = match &args.cases {
        Some(folder) => verify::load(folder),
        None => verify::shipped(),
    };
    let mut cases = all.map_err(|error| unusable(&error, words))?;
    if let Some(only) = &args.only {
        cases.retain(|case| case.id.contains(only) || case.procedure.contains(only));
    }
    if cases.is_empty() {
        let say = |key| i18n::say(&Message::new(key), words);
        return Err(Failure::new(Exit::Usage, say("run.verify.none"), say("run.verify.none_hint")));
    }
    Ok(cases)
}

fn unusable(error: &CaseError, words: &Catalog) -> Failure {
    let hint = i18n::say(&Message::new("run.verify.no_case_hint"), words);
    Failure::new(Exit::Usage, error.to_string(), hint)
}

#[derive(Serialize)]
struct Verification<'a> {
    program: &'static str,
    summary: Summary,
    cases: &'a [Outcome],
}

fn json(outcomes: &[Outcome], summary: Summary) -> String {
    let program = concat!("gemba ", env!("CARGO_PKG_VERSION"));
    let whole = Verification { program, summary, cases: outcomes };
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}
