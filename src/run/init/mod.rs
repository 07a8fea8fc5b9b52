//! `gemba init`: a commented `gemba.toml` for the inputs as they are.

mod found;
mod sheets;

use super::terminal::{Style, Terminal};
use super::{Exit, Failure, catalogs, progress::Bar, read};
use crate::deliver::{self, Artifact};
use crate::i18n::{self, Catalog};
use crate::report::Message;
use crate::settings::{Checked, InitArgs};
use read::Inputs;

pub(super) fn init(args: &InitArgs, terminal: Terminal) -> Result<Exit, Failure> {
    let checked = Checked::init(args)?;
    let tag = checked.languages.first().map_or("en", String::as_str);
    let words = catalogs::catalog(tag, &checked.plans)?;
    let to = &args.output;
    if to.exists() && !args.force {
        let say =
            |key: &str| i18n::say(&Message::new(key).arg("file", to.display().to_string()), &words);
        return Err(Failure::new(Exit::Usage, say("run.init.exists"), say("run.init.exists_hint")));
    }
    let bar = Bar::new(terminal);
    let inputs = read::inputs(&checked, &bar)?;
    bar.done();
    let folder = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(".".as_ref());
    let name = to.file_name().unwrap_or(to.as_os_str()).to_string_lossy().into_owned();
    let bytes = text(&inputs, &words).into_bytes();
    deliver::write(folder, &[Artifact { name, bytes }])?;
    terminal.line(Style::Plain, &to.display().to_string());
    Ok(if inputs.read.account.used() == 0 { Exit::Refused } else { Exit::Ok })
}

/// The file: what it is, what was found, and how every sheet is read.
fn text(inputs: &Inputs, words: &Catalog) -> String {
    let mut page = Page { out: "#:schema gemba.schema.json\n".to_owned(), words };
    page.note("run.init.what");
    page.note("run.init.schema");
    found::settings(&mut page, inputs);
    found::read_settings(&mut page);
    found::characteristics(&mut page, inputs);
    found::targets(&mut page, inputs);
    page.line("");
    page.note("run.init.recipients");
    sheets::maps(&mut page, inputs);
    page.out
}

/// A TOML file while it is written.
struct Page<'w> {
    out: String,
    words: &'w Catalog,
}

impl Page<'_> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// A text as comment; its line breaks do not end the comment.
    fn comment(&mut self, text: &str) {
        for line in text.lines() {
            self.line(format!("# {line}").trim_end());
        }
    }

    fn note(&mut self, key: &str) {
        self.comment(&self.words.word(key));
    }

    fn say(&mut self, message: &Message) {
        self.comment(&i18n::say(message, self.words));
    }
}

/// A text as TOML writes it in one line, which JSON writes the same.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
