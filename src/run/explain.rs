//! `gemba explain`: the page of a metric, a finding or an error code.

use super::terminal::Terminal;
use super::{Exit, Failure, catalogs};
use crate::i18n::{self, Catalog};
use crate::report::edition::MethodNote;
use crate::settings::{ExplainArgs, TextFormat};

pub(super) fn explain(args: &ExplainArgs, terminal: Terminal) -> Result<Exit, Failure> {
    let words = catalogs::catalog(args.lang.as_deref().unwrap_or("en"), &[])?;
    let ids = match &args.id {
        Some(id) if !args.all => vec![id.clone()],
        _ => i18n::explain_ids(&words),
    };
    let mut notes = Vec::with_capacity(ids.len());
    for id in &ids {
        notes.push(i18n::explain(id, &words).ok_or_else(|| unknown(id, &words))?);
    }
    match args.format {
        TextFormat::Json => {
            terminal.result(&serde_json::to_string_pretty(&notes).unwrap_or_default());
        }
        TextFormat::Text => {
            let pages: Vec<String> = notes.iter().map(|note| page(note, &words)).collect();
            terminal.result(&pages.join("\n\n"));
        }
    }
    Ok(Exit::Ok)
}

fn page(note: &MethodNote, words: &Catalog) -> String {
    let parts = [
        ("ui.definition", &note.definition),
        ("ui.formula", &note.formula),
        ("ui.reading", &note.reading),
        ("ui.source", &note.source),
    ];
    let mut out = format!("{} ({})", note.name, note.id);
    for (key, text) in parts {
        if !text.is_empty() {
            let label = words.get(key).unwrap_or(key);
            out.push_str("\n\n");
            out.push_str(label);
            out.push_str("\n  ");
            out.push_str(text);
        }
    }
    out
}

/// What to say of an id without a page: the nearest that has one.
fn unknown(id: &str, words: &Catalog) -> Failure {
    let ids = i18n::explain_ids(words);
    let near = ids.iter().max_by(|a, b| {
        strsim::jaro_winkler(a, id).total_cmp(&strsim::jaro_winkler(b, id)).then(b.cmp(a))
    });
    let word = |key: &str| words.get(key).unwrap_or(key).to_owned();
    let hint =
        near.map_or_else(String::new, |near| word("run.explain_hint").replace("{near}", near));
    Failure::new(Exit::Usage, word("run.explain_unknown").replace("{id}", id), hint)
}
