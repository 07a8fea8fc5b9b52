//! `gemba explain`: the page of a figure, a finding, a method or an error code.

mod docs;

use super::terminal::Terminal;
use super::{Exit, Failure, catalogs};
use crate::i18n::{self, Catalog};
use crate::report::Message;
use crate::report::edition::MethodNote;
use crate::settings::{ExplainArgs, TextFormat};

pub(super) fn explain(args: &ExplainArgs, terminal: Terminal) -> Result<Exit, Failure> {
    if let Some(folder) = &args.docs {
        return docs::write(folder, terminal);
    }
    let words = catalogs::whole(args.lang.as_deref().unwrap_or("en"))?;
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
    let mut out = format!("{} ({})", note.name, note.id);
    for (part, text) in note.parts() {
        out.push_str("\n\n");
        out.push_str(&words.word(&format!("ui.{part}")));
        out.push_str("\n  ");
        out.push_str(text);
    }
    out
}

/// What to say of an id without a page: the nearest that has one.
fn unknown(id: &str, words: &Catalog) -> Failure {
    let likeness = |known: &str| {
        let bare = known.strip_prefix("stats.").unwrap_or(known);
        strsim::jaro_winkler(known, id).max(strsim::jaro_winkler(bare, id))
    };
    let ids = i18n::explain_ids(words);
    let near = ids.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)).then(b.cmp(a)));
    let say = |message: &Message| i18n::say(message, words);
    let near = near.map(|near| Message::new("run.explain_hint").arg("near", near.as_str()));
    let text = say(&Message::new("run.explain_unknown").arg("id", id));
    Failure::new(Exit::Usage, text, near.as_ref().map(say).unwrap_or_default())
}
