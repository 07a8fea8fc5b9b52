//! `gemba explain --docs`: every page of a figure, as Markdown, a chapter a file, in the three
//! languages. English stands in the folder itself, the others each in a folder of theirs.

use std::path::Path;

use super::super::terminal::{Style, Terminal};
use super::super::{Exit, Failure, catalogs};
use crate::analyses;
use crate::deliver::{self, Artifact};
use crate::i18n::{self, Catalog, FAMILIES};
use crate::render::{Chapter, chapter, contents};
use crate::report::edition::Lang;

pub(super) fn write(folder: &Path, terminal: Terminal) -> Result<Exit, Failure> {
    let mut editions = Vec::with_capacity(Lang::ALL.len());
    for lang in Lang::ALL {
        editions.push(catalogs::whole(lang.tag())?);
    }
    for words in &editions {
        let also: Vec<(String, String)> = editions
            .iter()
            .filter(|other| other.lang != words.lang)
            .map(|other| (other.word("docs.language"), way(words.lang, other.lang)))
            .collect();
        for path in deliver::write(&folder.join(place(words.lang)), &files(words, &also))? {
            terminal.line(Style::Plain, &path.display().to_string());
        }
    }
    Ok(Exit::Ok)
}

/// The folder of a language.
const fn place(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "",
        Lang::ZhHant | Lang::ZhHans => lang.tag(),
    }
}

/// The way from the pages of one language to those of another.
fn way(from: Lang, to: Lang) -> String {
    let up = if place(from).is_empty() { "" } else { "../" };
    let down = if place(to).is_empty() { String::new() } else { format!("{}/", place(to)) };
    format!("{up}{down}README.md")
}

/// The chapters of one language, and the page that lists them.
fn files(words: &Catalog, also: &[(String, String)]) -> Vec<Artifact> {
    let label = |key: &str| words.word(key);
    let parts = [(label("docs.figures"), figures(words)), (label("docs.methods"), methods(words))];
    let index = contents(&label("docs.title"), &label("docs.about"), also, &parts);
    let mut files = vec![artifact("README", index)];
    for (_, chapters) in &parts {
        let labelled = |part: &str| words.word(&format!("ui.{part}"));
        files.extend(chapters.iter().map(|c| artifact(&c.id, chapter(c, labelled))));
    }
    files
}

fn artifact(name: &str, text: String) -> Artifact {
    Artifact { name: format!("{name}.md"), bytes: text.into_bytes() }
}

/// The figures and findings of the reports, a chapter an analysis.
fn figures(words: &Catalog) -> Vec<Chapter> {
    let chapter = |analysis: &dyn analyses::Analysis| {
        let id = analysis.id();
        let title = words.word(&format!("{id}.title"));
        made(id, title, String::new(), i18n::page_ids(analysis.words().en), words)
    };
    analyses::all().map(chapter).collect()
}

/// The methods of the statistics core, a chapter a family, named apart from those of figures.
fn methods(words: &Catalog) -> Vec<Chapter> {
    let chapter = |family: &i18n::Family| {
        let word = |part: &str| words.word(&format!("family.{}.{part}", family.id));
        let file = format!("stats-{}", family.id);
        made(&file, word("name"), word("about"), family.pages(), words)
    };
    FAMILIES.iter().map(chapter).collect()
}

fn made<'a>(
    id: &str,
    title: String,
    about: String,
    ids: impl Iterator<Item = &'a str>,
    words: &Catalog,
) -> Chapter {
    let notes = ids.filter_map(|page| i18n::explain(page, words)).collect();
    Chapter { id: id.replace('_', "-"), title, about, notes }
}
